"""System checks of the settings that treatment content depends on."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error


def check_doi_proxy(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Return what is wrong with `DOI_PROXY`."""
    address = getattr(settings, "DOI_PROXY", None)
    if isinstance(address, str) and address.startswith(("https://", "http://")) and address[-1] != "/":
        return []
    hint = "Such as https://doi.org, without a slash at its end."
    return [Error("DOI_PROXY must be an http or https address.", hint=hint, id="therapies.E001")]
