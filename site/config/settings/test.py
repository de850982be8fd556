"""For the tests: fast, quiet, and the same everywhere."""

from .base import *  # noqa: F403 - a settings module extends the one before it
from .base import CACHES, DATA_DIR, STORAGES, env

DEMO = True

# But for its own tests: each test's changes are undone, and its edition with them.
PAGE_CACHE = env.bool("PAGE_CACHE", False)

SITE_URL = ""  # Wagtail's default site stays where the migrations put it
SECRET_KEY = "only-for-tests"  # noqa: S105 - signs nothing outside the tests
RECORD_KEYS = ["b25seS1mb3ItdGVzdHMtb25seS1mb3ItdGVzdHMtMDE"]  # neither does this
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost", ".example.com"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STATIC_ROOT = None  # served from where the files lie
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True  # looked for when asked for: to list them takes longer than most tests
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Some tests go some days ahead with people who are signed in.
SESSION_IDLE_MINUTES, SESSION_MAX_HOURS, SESSION_COOKIE_AGE = 20160, 336, 336 * 3600

# Processes that run tests at once share no file and no cache.
PROCESS = env.str("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
MEDIA_ROOT = DATA_DIR / f"test-media-{PROCESS}"
for store in CACHES.values():
    if "redis" in store["BACKEND"]:
        server, _slash, number = store["LOCATION"].rpartition("/")
        store["LOCATION"] = f"{server}/{int(number) + int(PROCESS)}"
