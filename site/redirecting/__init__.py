"""Forwarding: what was here once is found where it is now. The admin says "Redirects"."""
