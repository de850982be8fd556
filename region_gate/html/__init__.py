"""What leads out of a page's HTML, and what the page becomes: no query, no request."""
