"""The tests' settings, with addresses behind which something breaks."""

from config.settings.test import *  # noqa: F403 - a settings module extends the one before it
from config.settings.test import MIDDLEWARE

ROOT_URLCONF = "tests.config.broken"
MIDDLEWARE = [*MIDDLEWARE[:2], "tests.config.broken.middleware", *MIDDLEWARE[2:]]
