"""What pages point to, what uses it, and what of it is missing."""
