"""Where the site as a whole meets Wagtail."""

from . import attention  # noqa: F401 - registers what the gate calls attention to
