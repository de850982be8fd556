"""Treatment content: topics, therapy pages and what their statements rest on."""
