"""The app's configuration."""

from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class TherapiesConfig(AppConfig):
    """Treatment content."""

    name = "therapies"
    verbose_name = _("Therapies")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have the settings checked, and connect what happens when regions open and things are published."""
        from home import routing, visibility
        from home.finding.sources import SOURCES

        from . import conf, signals  # noqa: F401 - registers the steps
        from .guard.withholding import unlabelled, withheld
        from .labels.label_source import LabelSource
        from .page_record import signals as record_signals  # noqa: F401 - registers the steps
        from .references import checks as reference_checks
        from .reports import checks

        visibility.withheld_by.append(withheld)
        SOURCES.append(LabelSource())
        routing.annotations["is_unlabelled"] = unlabelled
        register(conf.check_settings)
        register(checks.check_settings)
        register(reference_checks.check_doi_proxy)
