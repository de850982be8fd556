"""Jobs: what time brings, and what can wait, done once by the worker on any number of machines."""
