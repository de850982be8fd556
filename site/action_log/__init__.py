"""The action log: who did what in the admin, with their name and role then."""
