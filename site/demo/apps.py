"""The app's configuration."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Demo content, for trying the site out."""

    name = "demo"
