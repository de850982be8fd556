"""The app's configuration."""

from django.apps import AppConfig, apps
from django.core.checks import register
from django.db.models.signals import post_migrate


class ConfigConfig(AppConfig):
    """The site as a whole."""

    name = "config"

    def ready(self) -> None:
        """Connect what happens when a region is opened; have the site's address put and checked."""
        from . import checks, environment_checks, jobs, signals  # noqa: F401 - registers the jobs, the steps
        from .site_address import put_default_site

        for check in (*checks.CHECKS, *environment_checks.CHECKS):
            register(check, deploy=True)
        # Wagtail's sites are in this app; ours has no models, so nothing is told of it.
        post_migrate.connect(put_default_site, sender=apps.get_app_config("wagtailcore"))
