"""Review: legal approves, with a code and dates, what somebody else has written."""
