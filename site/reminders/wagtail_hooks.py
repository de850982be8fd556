"""The place of reminders in Wagtail's admin: how often a person gets a digest, in their account."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab

from therapies.reports.permissions import may_read

from .digests import frequency_of, is_legal
from .models import DigestChoice, DigestFrequency


class DigestForm(forms.ModelForm[DigestChoice]):
    """Asks how often; legal's digest is weekly at least."""

    class Meta:
        model = DigestChoice
        fields = ("frequency",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer what the person may choose."""
        super().__init__(*args, **kwargs)
        person = self.instance.person
        self.initial["frequency"] = frequency_of(person)
        if is_legal(person):
            offered = [one for one in DigestFrequency.choices if one[0] != DigestFrequency.NONE]
            self.fields["frequency"].choices = offered  # type: ignore[attr-defined] # it is a choice field


class DigestPanel(BaseSettingsPanel):
    """How often the person gets a digest."""

    name = "digest"
    title = _("Digest")
    tab = notifications_tab
    order = 50
    form_class = DigestForm

    def is_active(self) -> bool:
        """Say whether there is anything that the person could get."""
        return may_read(self.user)

    def get_form(self) -> DigestForm:
        """Return the form for the person's choice, or for a first one."""
        choice = DigestChoice.objects.filter(person=self.user).first() or DigestChoice(person=self.user)
        posted = self.request.POST if self.request.method == "POST" else None
        return DigestForm(posted, instance=choice, prefix=self.name)


@hooks.register("register_account_settings_panel")
def digest_in_the_account(request: Any, user: Any, profile: Any) -> DigestPanel:
    """Let everybody choose in their account."""
    return DigestPanel(request, user, profile)
