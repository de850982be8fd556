"""What an approval and a request for changes ask for."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from region_gate import clock
from region_gate.authoring.dated_forms import DatedFormMixin
from region_gate.date_limits import check_day
from therapies.conf import prepared_max_age_days, review_max_days


class CommentForm(forms.Form):
    """Asks for a comment to whoever sent the draft."""

    comment = forms.CharField(label=_("Comment"), required=False, widget=forms.Textarea({"rows": 2}))


class SeenInput(forms.CheckboxInput):
    """A tick that stands for the comments which were open when the form was made; it is never ticked."""

    keys = ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        """Return the keys of the comments, blank without a tick."""
        return str(data.get(name) or "")

    def format_value(self, value: Any) -> str:
        """Return the keys of the comments that are open now, whatever was sent."""
        return self.keys

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Leave it without a tick."""
        return super().get_context(name, None, attrs)


class ConsentForm(CommentForm):
    """Asks of who approves to say that the open comments have been read, where there are any."""

    comments_seen = forms.CharField(
        label=_("I have read the open comments"), required=False, widget=SeenInput
    )

    def show(self, comments: Collection[Any]) -> None:
        """Ask about `comments`; about none, if there are none."""
        if not comments:
            del self.fields["comments_seen"]
            return
        widget: Any = self.fields["comments_seen"].widget
        widget.keys = ",".join(str(comment.pk) for comment in comments)


class ChangesForm(CommentForm):
    """Asks why the draft cannot be published as it is."""

    comment = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea({"rows": 3}),
        help_text=_("What must change; whoever sent it reads this."),
    )


class ApprovalForm(DatedFormMixin, ConsentForm):
    """Asks for the code and the dates of an approval, which the page shows."""

    limited = ("prepared_on", "review_by")
    field_order = ("code", "prepared_on", "review_by", "safety_change", "comment", "comments_seen")

    code = forms.CharField(label=_("Approval code"), max_length=40)
    prepared_on = forms.DateField(label=_("Date of preparation"), initial=clock.today)
    review_by = forms.DateField(
        label=_("Review by"),
        help_text=_("The last day on which it may stand unreviewed."),
    )

    safety_change = forms.BooleanField(
        label=_("This is a safety change"),
        required=False,
        help_text=_("Its translations and adaptations must take it over at once."),
    )

    def clean_code(self) -> str:
        """Refuse a code that is malformed or has been used."""
        field = apps.get_model("review", "Approval")._meta.get_field("code")
        code = self.cleaned_data["code"].strip().upper()
        field.run_validators(code)
        if field.model.objects.filter(code=code).exists():
            raise ValidationError(_("This code has been used for something else."))
        return code

    def clean_prepared_on(self) -> date:
        """Refuse a day in the future, and one too long ago."""
        day: date = self.cleaned_data["prepared_on"]
        if day > clock.today():
            raise ValidationError(_("This day is still to come."))
        check_day(day, past=prepared_max_age_days(), ahead=0)
        return day

    def clean_review_by(self) -> date:
        """Refuse a day too far ahead."""
        day: date = self.cleaned_data["review_by"]
        if day > clock.today():
            check_day(day, past=-1, ahead=review_max_days())
        return day

    def clean(self) -> dict[str, Any]:
        """Refuse a review that would be due already."""
        cleaned = super().clean() or self.cleaned_data
        due, prepared = cleaned.get("review_by"), cleaned.get("prepared_on")
        if due and due <= max(clock.today(), prepared or date.min):
            self.add_error("review_by", _("Give a day to come, after the date of preparation."))
        return cleaned
