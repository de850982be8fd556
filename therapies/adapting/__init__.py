"""Use one region's page as the start of another's: targets, links, the draft, and what changed since."""
