"""The settings of the reports, read nowhere else.

`LABEL_REVIEW_NOTICE_DAYS`: how many days ahead a review is said to be due; 30 unless it is set.
`CATCH_UP_DAYS`: how many days after its source a page is to have taken a change over; 30 unless it is set.
"""

from datetime import timedelta

from django.conf import settings

NOTICE, CATCH_UP = "LABEL_REVIEW_NOTICE_DAYS", "CATCH_UP_DAYS"
USUAL_DAYS = 30


def days_of(name: str) -> object:
    """Return the setting `name`, of the two, as it stands."""
    return getattr(settings, name, USUAL_DAYS)


def review_notice() -> timedelta:
    """Return how long before its last day a review is said to be due."""
    return timedelta(days=int(str(days_of(NOTICE))))


def catch_up_days() -> int:
    """Return how many days after its source a page is to have taken a change over."""
    return int(str(days_of(CATCH_UP)))
