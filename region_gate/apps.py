"""The gate as a Django app."""

from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class RegionGateConfig(AppConfig):
    """The gate, liftable into any Wagtail site."""

    name = "region_gate"
    verbose_name = _("Region gate")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have the settings checked, changes heard of, and typed addresses watched."""
        from region_gate import conf, steps  # noqa: F401 - registers the steps
        from region_gate.authoring.fields import watch_blocks, watch_fields
        from region_gate.checks import check_settings
        from region_gate.date_limits import check_settings as check_date_limits
        from region_gate.placement_checks import check_placement
        from region_gate.region_checks import check_regions

        if conf.trees():
            from region_gate import tree_steps  # noqa: F401 - registers the steps

        register(check_settings)
        register(check_placement)
        register(check_regions)
        register(check_date_limits)
        watch_fields()
        watch_blocks()
