"""Regions: the selector, region home pages, plain pages, and the switch between them."""
