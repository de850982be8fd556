"""Releases: sets of labels, pages, notices and policies that go live at one moment, all or none."""
