"""The site with its clock shifted by SHIFT_SECONDS: served as `tests.varnish.shifted:application`."""

import os
import time
from datetime import timedelta

from django.core.wsgi import get_wsgi_application
from django.utils import timezone

SHIFT = float(os.environ["SHIFT_SECONDS"])
now, seconds = timezone.now, time.time


def shifted_now():
    return now() + timedelta(seconds=SHIFT)


def shifted_time() -> float:
    return seconds() + SHIFT


timezone.now, time.time = shifted_now, shifted_time

application = get_wsgi_application()
