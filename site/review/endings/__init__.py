"""Endings: labels that legal withdraws at once, and pages that it takes down."""
