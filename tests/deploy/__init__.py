"""What `deploy/` holds: the install script, and what runs what it installs."""
