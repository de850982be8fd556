"""Where addresses lead: plain values, no query, no request."""
