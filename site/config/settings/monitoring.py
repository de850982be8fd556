"""What is logged and counted, where to, and who is told of errors: nothing about a person in any of them."""

import os
from typing import Any

from environs import Env, validate

from config.bind import read_bind

from .paths import DATA_DIR

env = Env()

LOG_LEVEL = env.str(
    "LOG_LEVEL", "WARNING", validate=validate.OneOf(["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"])
)
LOG_FORMAT = env.str("LOG_FORMAT", "line", validate=validate.OneOf(["line", "json"]))
ACCESS_LOG = env.bool("ACCESS_LOG", False)
SENTRY_DSN = env.str("SENTRY_DSN", "")

# Processes count in files of theirs, and one of its own serves what they count.
METRICS_BIND = read_bind("METRICS_BIND", env.str("METRICS_BIND", ""))
METRICS_DIR = DATA_DIR / "metrics"
if METRICS_BIND:
    METRICS_DIR.mkdir(exist_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(METRICS_DIR)

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "request_id": {"()": "config.request_id.RequestIdFilter"},
        "refusal": {"()": "config.request_id.RefusalFilter"},
    },
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s [%(request_id)s] %(name)s: %(message)s"},
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "fmt": "%(asctime)s %(levelname)s %(request_id)s %(name)s %(message)s",
            "rename_fields": {"asctime": "time", "levelname": "level", "name": "logger"},
        },
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "filters": ["request_id"], "formatter": LOG_FORMAT},
        "refusals": {
            "class": "logging.StreamHandler",
            "filters": ["request_id", "refusal"],
            "formatter": LOG_FORMAT,
        },
    },
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        # Django's own handlers write nothing in production; without them all goes to the root's.
        "django": {"handlers": [], "level": LOG_LEVEL},
        "accounts": {"level": "INFO"},  # who signs in, by number
        "django.security": {"handlers": ["refusals"], "propagate": False},
        "monitoring.access": {"level": "INFO" if ACCESS_LOG else "WARNING"},
    },
}
