"""Django's backend for SQLite, which opens the database on a full disk too."""
