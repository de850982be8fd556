"""Comparing texts: versions of a page, and regions side by side."""
