"""Who wrote a draft, and what happens when two people write at once."""
