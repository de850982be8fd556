"""What the contact form asks, and no more than is needed to answer."""

from typing import Any, cast

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from .models import MAX_EMAIL, MAX_MESSAGE, MAX_NAME, EnquirySubject, SenderRole

TRAP = "website"  # a field that people do not see; what fills in every field fills it in


class EnquiryForm(forms.Form):
    """A message to the team of a region; `consent` are the words that the sender agrees to."""

    subject = forms.ChoiceField(
        label=_("What is it about?"),
        choices=EnquirySubject,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is about.")},
    )
    message = forms.CharField(
        label=_("Your message"),
        max_length=MAX_MESSAGE,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("Please leave out what we need not know, such as record or insurance numbers."),
        error_messages={
            "required": _("Write your message."),
            "max_length": _("Your message may have %(limit_value)d characters. It has %(show_value)d."),
        },
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=MAX_EMAIL,
        widget=forms.EmailInput({"autocomplete": "email", "inputmode": "email", "spellcheck": "false"}),
        help_text=_("We answer there, and use it for nothing else."),
        error_messages={
            "required": _("Give your e-mail address, so that we can answer."),
            "invalid": _("This is no e-mail address. Write it as in name@example.com."),
        },
    )
    name = forms.CharField(
        label=_("Your name (optional)"),
        max_length=MAX_NAME,
        required=False,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    role = forms.ChoiceField(
        label=_("Who are you? (optional)"),
        choices=[("", _("I would rather not say")), *SenderRole.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    consent = forms.BooleanField(
        error_messages={"required": _("We may read your message only if you agree.")}
    )
    ticket = forms.Field(required=False, widget=forms.HiddenInput)
    website = forms.Field(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, consent: SafeString, **kwargs: Any) -> None:
        """Take the words of the consent, which may lead to the privacy notice."""
        super().__init__(*args, **{**kwargs, "auto_id": "enquiry-%s", "label_suffix": ""})
        self.fields["consent"].label = consent
        # Browsers cut what is pasted beyond it, without a word; we say so instead.
        del self.fields["message"].widget.attrs["maxlength"]

    @property
    def is_trapped(self) -> bool:
        """Say whether a field is filled in that people do not see."""
        return bool(self.cleaned_data.get(TRAP))

    def renew(self, **values: str) -> None:
        """Put `values` in the place of what was sent, to show the form once more."""
        posted = cast(Any, self.data).copy()
        for name, value in values.items():
            posted[name] = value
        self.data = posted
