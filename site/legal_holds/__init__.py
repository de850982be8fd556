"""Legal holds: what is named in one is deleted by nobody until legal has ended it."""
