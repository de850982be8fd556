"""Databases that former states of the code made, and what becomes of them: see README.md."""
