"""Where something listens, as an environment variable says."""

from django.core.exceptions import ImproperlyConfigured

MAX_PORT = 65_535


def read_bind(name: str, value: str) -> str:
    """Return `value`, the host and port in the variable `name`, or blank. Raises ImproperlyConfigured."""
    host, _colon, port = value.rpartition(":")
    if value and not (host and port.isascii() and port.isdigit() and 0 < int(port) <= MAX_PORT):
        raise ImproperlyConfigured(f"{name} has to be like 127.0.0.1:9100, not {value!r}.")
    return value
