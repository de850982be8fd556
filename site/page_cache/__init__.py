"""Public pages, kept whole by the edition of all that visitors may see."""
