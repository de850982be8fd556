"""Tests of signing in, and of what keeps everybody else out."""
