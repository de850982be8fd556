"""The app's configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LegalHoldsConfig(AppConfig):
    """What legal keeps from being deleted."""

    name = "legal_holds"
    verbose_name = _("Legal holds")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the holds on record, and have every purge and deletion ask for them."""
        from region_gate import retention
        from therapies.chains import CHAINS

        from . import signals  # noqa: F401 - registers the steps
        from .held import notes
        from .held_rows import keep_from_purges
        from .models import LegalHold

        if LegalHold not in CHAINS:
            CHAINS.append(LegalHold)
            retention.notes.append(notes)
        keep_from_purges()
