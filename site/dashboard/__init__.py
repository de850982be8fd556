"""The admin's first page: where a person's work is, in which regions, and what waits for them."""
