"""The settings of the reports, read nowhere else.

`LABEL_REVIEW_NOTICE_DAYS`: how many days ahead a review is said to be due; 30 unless it is set.
"""

from datetime import timedelta

from django.conf import settings

NOTICE = "LABEL_REVIEW_NOTICE_DAYS"
USUAL_NOTICE = 30


def notice_days() -> object:
    """Return the setting as it stands."""
    return getattr(settings, NOTICE, USUAL_NOTICE)


def review_notice() -> timedelta:
    """Return how long before its last day a review is said to be due."""
    return timedelta(days=int(str(notice_days())))
