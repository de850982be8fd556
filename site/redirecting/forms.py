"""The forms in the admin: a rule, a file of rules, an address to test."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from home.importing import ImportForm
from home.optimistic_locking import OptimisticLockingMixin

from .live_pages import live_pages
from .models import Redirect, current_rules
from .rules import Match, Rule
from .validation import Surroundings, accept

# Neither is for ever: browsers keep a 301 for an hour (see middleware). Methods are GET and HEAD
# only, so the library's 303, 307 and 308 would differ in nothing.
STATUSES = [
    (301, _("301: moved for good, search engines follow")),
    (302, _("302: elsewhere for now, search engines keep this address")),
]
MATCHES = [
    (Match.EXACT.value, _("This address")),
    (Match.PREFIX.value, _("This address and everything below it")),
    (Match.REGEX.value, _("Pattern")),
]


class RedirectForm(forms.ModelForm):
    """A rule, accepted only where it can do no harm; `around` spares looking the others up again."""

    match = forms.ChoiceField(
        label=_("Match"),
        choices=MATCHES,
        initial=Match.EXACT.value,
        help_text=_(
            "A pattern is a regular expression such as ^/eu/old/(.*)$; $1 in the target is its group."
        ),
    )
    type_status_code = forms.TypedChoiceField(label=_("Status"), choices=STATUSES, coerce=int, initial=301)
    priority = forms.IntegerField(
        label=_("Priority"),
        min_value=0,
        max_value=1000,
        initial=0,
        help_text=_("Where several prefixes or several patterns match, the highest wins."),
    )

    class Meta:
        model = Redirect
        fields = ["old_path", "match", "new_path", "type_status_code", "priority", "notes"]
        labels = {"old_path": _("From"), "new_path": _("To"), "notes": _("Notes")}
        widgets = {"old_path": forms.TextInput, "new_path": forms.TextInput}
        help_texts = {
            "old_path": _("An address without a page, without its host: /eu/old/. Case makes no difference."),
            "new_path": _("A path such as /eu/about/, or a whole address with https://."),
            "notes": _("Why this redirect exists."),
        }

    def __init__(self, *args: Any, around: Surroundings | None = None, **kwargs: Any) -> None:
        """Ask for a target, which the library does not."""
        super().__init__(*args, **kwargs)
        self.around = around
        self.accepted: Rule | None = None
        self.fields["new_path"].required = True

    def clean(self) -> dict[str, Any]:
        """Put both addresses into their one spelling, or say what to type instead."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            self.accepted = accept(self._rule(cleaned), self._surroundings())
            cleaned |= {"old_path": self.accepted.source, "new_path": self.accepted.target}
        return cleaned

    def _rule(self, cleaned: dict[str, Any]) -> Rule:
        return Rule(
            cleaned["old_path"],
            cleaned["new_path"],
            cleaned["match"],
            cleaned["type_status_code"],
            cleaned["priority"],
            self.instance.pk,
        )

    def _surroundings(self) -> Surroundings:
        around = self.around or Surroundings(current_rules(), live_pages())
        return Surroundings(around.rules.without(self.instance.pk), around.pages)


class RedirectEditForm(OptimisticLockingMixin, RedirectForm, WagtailAdminModelForm):
    """A rule in the admin, where two people may change it at once; a file of rules says what it says."""


class RuleFileForm(ImportForm):
    """A file of rules."""

    file = forms.FileField(
        label=_("CSV file"),
        help_text=_(
            "Columns: from, to; if need be match, status, priority, notes. An export can be read back."
        ),
    )


class AddressForm(forms.Form):
    """An address to test."""

    address = forms.CharField(
        label=_("Address"),
        max_length=2048,
        widget=forms.TextInput(attrs={"placeholder": "/eu/old/"}),
        help_text=_("As visitors type or follow it, with or without the host."),
    )
