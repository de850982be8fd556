"""System checks of the gate's place: among the middleware, and in the site's templates."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage
from django.template import engines
from django.utils.module_loading import import_string

from region_gate.checks import MIDDLEWARE

# They compress, so the gate could not read what passes.
OUTSIDE = {
    "django.middleware.gzip.GZipMiddleware",
    "django_brotli.middleware.BrotliMiddleware",
    "compression_middleware.middleware.CompressionMiddleware",
}
# They answer with pages or redirects of their own, keep pages, or decide of which language one is.
INSIDE = {
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.flatpages.middleware.FlatpageFallbackMiddleware",
    "django.contrib.redirects.middleware.RedirectFallbackMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.cache.CacheMiddleware",
    "django.middleware.cache.FetchFromCacheMiddleware",
    "django.middleware.cache.UpdateCacheMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
}
TAG = "{% gate_script"


def check_placement(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Return which middleware is on the wrong side of the gate, and whether the script's tag is missing."""
    return [*_check_middleware(), *_check_script()]


def _check_middleware() -> Iterator[CheckMessage]:
    names = list(settings.MIDDLEWARE)
    if MIDDLEWARE not in names:
        return  # E005 says so
    place = names.index(MIDDLEWARE)
    for name in names[:place]:
        if INSIDE & _kinds(name):
            yield _error(f"{name!r} stands above the gate, which must see what it answers. Move it below.")
    for name in names[place + 1 :]:
        if OUTSIDE & _kinds(name):
            yield _error(
                f"{name!r} stands below the gate, which cannot read what it compresses. Move it above."
            )


def _kinds(name: str) -> set[str]:
    """Return the names of the middleware's class and of all that it derives from."""
    if name in INSIDE | OUTSIDE:  # some import models, which may not be installed
        return {name}
    try:
        found = import_string(name)
    except Exception:  # whatever it is, Django says so when it starts
        return {name}
    return {name, *(f"{one.__module__}.{one.__qualname__}" for one in getattr(found, "__mro__", ()))}


def _check_script() -> Iterator[CheckMessage]:
    if not any(TAG in _read(path) for path in _templates()):
        yield checks.Warning(
            "No template has the tag of the gate's script, so links that scripts add are not stopped.",
            hint="Put {% load gate %}{% gate_script %} into the head of the site's base template.",
            id="region_gate.W001",
        )


def _templates() -> Iterator[Path]:
    for engine in engines.all():
        for folder in engine.template_dirs:
            yield from Path(folder).rglob("*.html")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""


def _error(message: str) -> CheckMessage:
    return checks.Error(message, id="region_gate.E013")
