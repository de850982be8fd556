"""What is logged, and where: warnings and errors, one handler, to stderr, each with the request's id."""

from typing import Any

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "request_id": {"()": "config.request_id.RequestIdFilter"},
        "refusal": {"()": "config.request_id.RefusalFilter"},
    },
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s [%(request_id)s] %(name)s: %(message)s"},
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "filters": ["request_id"], "formatter": "line"},
        "refusals": {
            "class": "logging.StreamHandler",
            "filters": ["request_id", "refusal"],
            "formatter": "line",
        },
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # Django's own handlers write nothing in production; without them all goes to the root's.
        "django": {"handlers": [], "level": "INFO"},
        "django.security": {"handlers": ["refusals"], "propagate": False},
    },
}
