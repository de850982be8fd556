"""When an office is open, as editors enter it: some days in a row, from one time to another."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import ChoiceBlock, StructBlock, StructValue, TimeBlock
from wagtail.blocks.struct_block import StructBlockValidationError

from home.blocks.thread_safety import ThreadSafeStreamBlock

# In the order of ISO 8601.
WEEKDAYS = [
    ("mon", _("Monday")),
    ("tue", _("Tuesday")),
    ("wed", _("Wednesday")),
    ("thu", _("Thursday")),
    ("fri", _("Friday")),
    ("sat", _("Saturday")),
    ("sun", _("Sunday")),
]
DAYS = [code for code, _name in WEEKDAYS]


class OpeningBlock(StructBlock):
    """Days in a row on which an office opens and closes at the same times."""

    first_day = ChoiceBlock(label=_("From"), choices=WEEKDAYS)
    last_day = ChoiceBlock(
        label=_("To"), choices=WEEKDAYS, required=False, help_text=_("Blank: on this one day only.")
    )
    opens = TimeBlock(label=_("Opens"))
    closes = TimeBlock(label=_("Closes"), help_text=_("On the same day."))

    class Meta:
        icon = "time"
        label = _("Hours")

    def clean(self, value: StructValue) -> StructValue:
        """Refuse what closes before it opens, and days that run backwards."""
        cleaned = super().clean(value)
        errors = {}
        if cleaned["opens"] and cleaned["closes"] and cleaned["closes"] <= cleaned["opens"]:
            errors["closes"] = ValidationError(gettext("It closes before it opens."))
        first, last = cleaned["first_day"], cleaned["last_day"]
        if first and last and DAYS.index(last) < DAYS.index(first):
            errors["last_day"] = ValidationError(gettext("This is before the first day: add a second row."))
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return cleaned


class OfficeHoursBlock(ThreadSafeStreamBlock):
    """All the hours of an office; twice on one day where it closes in between."""

    hours = OpeningBlock()

    class Meta:
        collapsed = False
