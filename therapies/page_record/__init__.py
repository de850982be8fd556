"""The page record: what visitors met at an address at any moment, kept for good and told to legal."""
