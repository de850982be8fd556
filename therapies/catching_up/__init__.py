"""Translations and adaptations beside their sources: what is behind, and how it catches up."""
