"""Who wrote what a draft says, and what becomes of two people who write at once."""
