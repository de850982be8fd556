"""The app's settings, read nowhere else."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error


def takes_down() -> bool:
    """Say whether a page comes down when the label ends that allowed what it names (LABELS_TAKE_DOWN)."""
    return getattr(settings, "LABELS_TAKE_DOWN", False) is True


def check_settings(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Return what is wrong with LABELS_TAKE_DOWN."""
    if isinstance(getattr(settings, "LABELS_TAKE_DOWN", False), bool):
        return []
    return [Error("LABELS_TAKE_DOWN must be True or False.", id="therapies.E002")]
