"""Links to other sites: which of them are dead or have moved, as a nightly job finds out."""
