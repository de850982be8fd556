"""On a developer's machine, and `make run`: no secret to set, nothing to install but Python."""

from config.secret import local_secret

from .base import *  # noqa: F403 - a settings module extends the one before it
from .base import DATA_DIR, INSTALLED_APPS, RECORD_KEYS, STORAGES, env

KEY_BYTES = 32  # of an Ed25519 key

DEMO = True
DEBUG = env.bool("DEBUG", True)
SECRET_KEY = env.str("SECRET_KEY", "") or local_secret(DATA_DIR / "secret-key")
RECORD_KEYS = RECORD_KEYS or [local_secret(DATA_DIR / "record-signing-key", KEY_BYTES)]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
if not env.str("EMAIL_URL", ""):
    MAIL_DELIVERY_BACKEND = "django.core.mail.backends.console.EmailBackend"

# The command `runserver` would serve static files itself, and by any spelling.
INSTALLED_APPS = ["whitenoise.runserver_nostatic", *INSTALLED_APPS]

if DEBUG:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
