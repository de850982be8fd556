"""A real Varnish in front of the real site: the next visitor sees the change."""
