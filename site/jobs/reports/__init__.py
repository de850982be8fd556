"""*Reports, Jobs*: what ran when, with what result, what is late, and which mails could not be sent."""
