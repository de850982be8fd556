"""What legal's work follows: who approves, and how far dates may lie."""

from environs import Env

env = Env()

REVIEW_FOUR_EYES = env.bool("REVIEW_FOUR_EYES", True)  # nobody approves what they wrote or sent
REVIEW_SHARED_TEAMS = env.int("REVIEW_SHARED_TEAMS", 2)  # regional teams that approve what holds for all
LABEL_REVIEW_NOTICE_DAYS = env.int("LABEL_REVIEW_NOTICE_DAYS", 30)
CATCH_UP_DAYS = env.int("CATCH_UP_DAYS", 30)  # in which a page takes over what its source changed
REVIEW_WITHIN_DAYS = env.int("REVIEW_WITHIN_DAYS", 5)  # in which what was sent should be decided
REVIEW_MAX_DAYS = env.int("REVIEW_MAX_DAYS", 1826)  # how far ahead a review may be due
PREPARED_MAX_AGE_DAYS = env.int("PREPARED_MAX_AGE_DAYS", 1826)  # how long ago material may have been prepared
DATES_MAX_PAST_DAYS = env.int("DATES_MAX_PAST_DAYS", 36525)  # any typed date: what is beyond is a slip
DATES_MAX_AHEAD_DAYS = env.int("DATES_MAX_AHEAD_DAYS", 7305)
ESCALATION_DAYS = env.int("ESCALATION_DAYS", 7)  # past its date, after which a matter is escalated
ESCALATION_URGENT_DAYS = env.int("ESCALATION_URGENT_DAYS", 1)  # the same of a safety change
REVIEW_BY_NOTICE_DAYS = env.list("REVIEW_BY_NOTICE_DAYS", [30, 7], subcast=int)  # ahead, each an e-mail
REVIEW_BY_TAKES_DOWN = env.bool("REVIEW_BY_TAKES_DOWN", False)  # whether overdue pages come down
DOI_PROXY = "https://doi.org"  # whom `manage.py check_dois` asks
