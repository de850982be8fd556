"""The HTML of visitors' pages, as the Nu checker reads it: `make conformance`."""
