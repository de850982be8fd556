"""Where the site as a whole meets Wagtail."""

<<<<<<< HEAD
from . import attention  # noqa: F401 - registers what the gate calls attention to
=======
from wagtail import hooks

from therapies.page_record.notices import HOOK

from .page_record import notices_on_record

hooks.register(HOOK, notices_on_record)
>>>>>>> record
