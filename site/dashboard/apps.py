"""The app's configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DashboardConfig(AppConfig):
    """The admin's first page, for each role."""

    name = "dashboard"
    verbose_name = _("Dashboard")
