"""Words as a search reads them, in any language: plain values, without query, clock or request."""
