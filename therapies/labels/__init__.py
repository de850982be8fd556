"""Labels in the admin: who may change them, and what their end means."""
