"""Nobody forgets."""
