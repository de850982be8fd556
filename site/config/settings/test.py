"""For the tests: fast, quiet, and the same everywhere."""

from .base import *  # noqa: F403 - a settings module extends the one before it
from .base import DATA_DIR, DATABASES, STORAGES

DEMO = True

SECRET_KEY = "only-for-tests"  # noqa: S105 - signs nothing outside the tests
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost", ".example.com"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STATIC_ROOT = None  # served from where the files lie
WHITENOISE_USE_FINDERS = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = DATA_DIR / "test-media"
# A file, so that the server of the browser tests reads what the tests have built.
DATABASES["default"]["TEST"] = {
    "NAME": str(DATA_DIR / "test.sqlite3") if DATABASES["default"]["ENGINE"].endswith("sqlite3") else None
}
