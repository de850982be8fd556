"""In front of patients: HTTPS only, and no start without its secrets."""

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403 - a settings module extends the one before it
from .base import SITE_HOST, env

NEEDED = ("SECRET_KEY", "RECORD_SIGNING_KEY", "SITE_URL")
if missing := [name for name in NEEDED if not env.str(name, "")]:
    raise ImproperlyConfigured(
        f"Production does not start without {' and '.join(missing)}; docs/reference.md says what they are."
    )
# What it does start without, and `check --deploy` names.
EXPECTED = (
    *("ANCHOR_STORAGE_URL", "CACHE_URL", "DATABASE_URL", "DEFAULT_FROM_EMAIL", "EMAIL_URL"),
    *("SECURITY_CONTACT", "TIMESTAMP_URL", "TIME_ZONE", "TRUSTED_PROXIES"),
)
UNSET_VARIABLES = [name for name in EXPECTED if not env.str(name, "")]

SECRET_KEY = env.str("SECRET_KEY")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", [SITE_HOST])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])

MFA_REQUIRED = env.bool("MFA_REQUIRED", True)

SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", 365 * 24 * 60 * 60)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_INCLUDE_SUBDOMAINS", True)
SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", True)
# Whoever has switched one of them off is not told again that it is off.
SILENCED_SYSTEM_CHECKS = [
    check
    for check, is_on in [
        ("security.W004", SECURE_HSTS_SECONDS),
        ("security.W005", SECURE_HSTS_INCLUDE_SUBDOMAINS),
        ("security.W021", SECURE_HSTS_PRELOAD),
    ]
    if not is_on
]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")  # TRUSTED_PROXIES says whose
