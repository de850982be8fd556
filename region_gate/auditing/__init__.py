"""What visitors get: every link on record, and every way out checked."""
