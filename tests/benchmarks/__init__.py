"""Benchmarks: what the site must reach, measured on this machine. Run by `make bench`."""
