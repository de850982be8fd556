"""What the page record is asked: about which moment."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from region_gate.period_form import PeriodForm

PRECISION = timedelta(microseconds=1)  # what the record tells apart


class MomentForm(PeriodForm):
    """Asks about the end of a day, or of a second."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say which moment of the day is meant."""
        super().__init__(*args, **kwargs)
        self.fields["time"].help_text = _("To the second. Leave it empty for the end of the day.")

    def clean(self) -> dict[str, Any]:
        """Add the `moment`: the last one of the period, or now where it has not ended yet."""
        asked = super().clean()
        if not self.errors:
            asked["moment"] = min(asked["end"] - PRECISION, timezone.now())
        return asked
