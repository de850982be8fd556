"""What visitors write by the contact forms: how much of it is taken, and for how long it is kept."""

from environs import Env

env = Env()

ENQUIRIES_KEPT_DAYS = env.int("ENQUIRIES_KEPT_DAYS", 180)  # answered or not
ENQUIRIES_PER_HOUR = env.int("ENQUIRIES_PER_HOUR", 200)  # from everybody together
