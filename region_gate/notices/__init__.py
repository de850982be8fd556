"""The notices: their words, their history and their place in the admin."""
