"""What legal's work follows: who approves, and how far dates may lie."""

from environs import Env

env = Env()

REVIEW_FOUR_EYES = env.bool("REVIEW_FOUR_EYES", True)  # nobody approves what they wrote or sent
REVIEW_SHARED_TEAMS = env.int("REVIEW_SHARED_TEAMS", 2)  # regional teams that approve what holds for all
LABEL_REVIEW_NOTICE_DAYS = env.int("LABEL_REVIEW_NOTICE_DAYS", 30)
CATCH_UP_DAYS = env.int("CATCH_UP_DAYS", 30)  # in which a page takes over what its source changed
REVIEW_MAX_DAYS = env.int("REVIEW_MAX_DAYS", 1826)  # how far ahead a review may be due
PREPARED_MAX_AGE_DAYS = env.int("PREPARED_MAX_AGE_DAYS", 1826)  # how long ago material may have been prepared
DATES_MAX_PAST_DAYS = env.int("DATES_MAX_PAST_DAYS", 36525)  # any typed date: what is beyond is a slip
DATES_MAX_AHEAD_DAYS = env.int("DATES_MAX_AHEAD_DAYS", 7305)
DOI_PROXY = "https://doi.org"  # whom `manage.py check_dois` asks
