"""Nobody forgets: digests of what needs attention, reminders before a day, and escalation after it."""
