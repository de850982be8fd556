"""In front of patients: HTTPS only, and no start without its secrets."""

from .base import *  # noqa: F403 - a settings module extends the one before it
from .base import BEHIND_PROXY, SITE_HOST, env

SECRET_KEY = env.str("SECRET_KEY")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
env.str("SITE_URL")  # which has a default elsewhere
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", [SITE_HOST])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])

SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
