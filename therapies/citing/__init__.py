"""Citing: the DOIs of sources, and the numbers that a page gives to what it cites."""
