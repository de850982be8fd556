"""The whole site on one machine, as in production: each part that `deploy/` names, and an object storage."""
