"""What is asked before something ends: a reason, and to be sure."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

MAX_REASON = 2000  # characters


class EndingReasonForm(forms.Form):
    """Asks why, which is kept for good."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=MAX_REASON,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("It is kept for good, and read by both teams of the region."),
    )


class WithdrawalForm(EndingReasonForm):
    """Asks why a label ends at once."""

    is_sure = forms.BooleanField(label=_("End this label now. I know that it never comes back."))


class TakeDownForm(EndingReasonForm):
    """Asks why a page comes down, and what comes down with it."""

    with_below = forms.BooleanField(label=_("With all pages below it"), required=False)
    with_translations = forms.BooleanField(label=_("With its translations in this region"), required=False)
    is_sure = forms.BooleanField(label=_("Take this down now. It comes back by review only."))


class SaidForm(forms.Form):
    """Asks what a second person says: refused needs a reason."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=MAX_REASON,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Whoever says no must give one."),
    )

    def __init__(self, *args: Any, needs_reason: bool = False, **kwargs: Any) -> None:
        """Ask for a reason where it `needs_reason`."""
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = needs_reason


class OrderForm(forms.Form):
    """Asks for the place of each page among its siblings."""

    def __init__(self, pages: list[Page], *args: Any, **kwargs: Any) -> None:
        """Ask about `pages`, in their present order."""
        super().__init__(*args, **kwargs)
        self.pages = pages
        for place, page in enumerate(pages, start=1):
            label = page.get_admin_display_title()
            self.fields[f"page-{page.pk}"] = forms.IntegerField(
                label=label, initial=place, min_value=1, max_value=9999
            )

    def clean(self) -> dict[str, Any]:
        """Refuse one place for two pages that move: nobody could say which of them comes first."""
        cleaned = super().clean() or self.cleaned_data
        moved: dict[int, str] = {}
        for name in self.changed_data:
            if (place := cleaned.get(name)) is None:
                continue
            if place in moved:
                other = self.fields[moved[place]].label
                self.add_error(name, _("“%(page)s” is to have this place, too.") % {"page": other})
            moved[place] = name
        if not (moved or self.errors):
            raise ValidationError(_("Nothing moves yet: give at least one page another place."))
        return cleaned

    @property
    def numbers(self) -> list[int]:
        """Return the pages' keys in the order asked for; one that moves takes the place of one that stays."""
        asked = [self.cleaned_data[f"page-{page.pk}"] for page in self.pages]
        numbered = enumerate(zip(asked, self.pages, strict=True), start=1)
        places = [(place, (place > before) - (place < before), page.pk) for before, (place, page) in numbered]
        return [key for _place, _way, key in sorted(places)]
