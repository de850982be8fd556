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
        from home import glossary, routing, visibility, whole_names
        from home.finding.sources import SOURCES

        from . import conf, signals  # noqa: F401 - registers the steps
        from .guard.withholding import unlabelled, withheld
        from .labels.label_source import LabelSource
        from .models import Product
        from .models.mention import named_products
        from .page_record import signals as record_signals  # noqa: F401 - registers the steps
        from .references import checks as reference_checks
        from .reports import checks
        from .statements.statement_source import StatementSource

        visibility.withheld_by.append(withheld)
        whole_names.sources.append(Product.objects.kept_whole)
        glossary.left_out_by.append(lambda: Product.objects.watched().names().find)
        SOURCES.extend([LabelSource(), StatementSource()])
        routing.annotations["is_unlabelled"] = unlabelled
        routing.annotations["named_products"] = named_products
        register(conf.check_settings)
        register(checks.check_settings)
        register(reference_checks.check_doi_proxy)
