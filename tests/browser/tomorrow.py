"""The site a day from now: the same in all but Django's clock.

Served as `tests.browser.tomorrow:application`; its commands run as `python -m tests.browser.tomorrow`.
"""

import sys
from datetime import datetime, timedelta

from django.core.management import execute_from_command_line
from django.core.wsgi import get_wsgi_application
from django.utils import timezone

now = timezone.now


def a_day_on() -> datetime:
    """Return the moment a day from now."""
    return now() + timedelta(days=1)


timezone.now = a_day_on

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
else:
    application = get_wsgi_application()
