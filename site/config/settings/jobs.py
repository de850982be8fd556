"""Settings of what the worker does: where tasks wait, and how mails leave."""

from environs import Env

env = Env()

TASKS = {
    # What Wagtail itself hands over is done at once: its index of references is what keeps people from
    # deleting what live pages show, and no index may be behind what went live. To put it off would save
    # 9 of the 132 queries of a publication, and 5 of its 100 ms.
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "worker": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "slow", "mail", "purge"]},
}
JOBS_KEPT_DAYS = env.int("JOBS_KEPT_DAYS", 30)  # runs of jobs
OUTSIDE_LINKS_PER_NIGHT = env.int("OUTSIDE_LINKS_PER_NIGHT", 0)  # links to other sites that are asked about
MAILS_KEPT_DAYS = env.int("MAILS_KEPT_DAYS", 30)  # mails that were sent

# Mails are stored first; this is the backend that then sends them.
EMAIL_BACKEND = "jobs.mail_backend.StoringBackend"
_url = env.dj_email_url("EMAIL_URL", "smtp://localhost:25")
MAIL_DELIVERY_BACKEND: str = _url.get("EMAIL_BACKEND", "")
EMAIL_HOST, EMAIL_PORT = _url["EMAIL_HOST"] or "localhost", _url["EMAIL_PORT"] or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _url["EMAIL_HOST_USER"] or "", _url["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS, EMAIL_USE_SSL = _url.get("EMAIL_USE_TLS", False), _url.get("EMAIL_USE_SSL", False)
EMAIL_FILE_PATH = _url.get("EMAIL_FILE_PATH") or None
EMAIL_TIMEOUT = 30  # seconds: a silent server holds up the other mails no longer
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "webmaster@localhost")
SERVER_EMAIL = env.str("SERVER_EMAIL", DEFAULT_FROM_EMAIL)
