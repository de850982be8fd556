"""Using one region's page as the start of another's: places, links, the draft, and what changed since."""
