"""References: the library, its imports, and citations in texts."""
