"""Where the site as a whole meets Wagtail."""

from wagtail import hooks

from therapies.page_record.notices import HOOK

from . import attention  # noqa: F401 - registers what the gate calls attention to
from .page_record import notices_on_record

hooks.register(HOOK, notices_on_record)
