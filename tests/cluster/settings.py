"""Production, which may hold the demo content."""

from config.settings.production import *  # noqa: F403 - a settings module extends the one before it

DEMO = True
