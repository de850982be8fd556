"""Redirects: rules that lead from old addresses to new ones."""
