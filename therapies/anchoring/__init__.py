"""Anchors: what the record held on a day, stamped and kept where this machine cannot change it."""
