"""The form of a label, with a form for its text in each language."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput

from home.approval import is_held
from home.exceptions import RefusedError
from home.submission import is_sending
from region_gate.authoring.dated_forms import DatedFormMixin
from therapies.models import Label, LabelText
from therapies.models.label_text import LanguageDecision, seal_of
from therapies.regional_forms import RegionalForm

from .languages import Lag, undecided
from .succession import check_succession


class ReplaceForm(DatedFormMixin, forms.Form):
    """Asks from which day on a label is replaced."""

    starts = forms.DateField(
        label=gettext_lazy("Replace from"),
        widget=AdminDateInput,
        help_text=gettext_lazy("The first day of the next label; the present one ends then."),
    )


class LabelForm(RegionalForm):
    """A label of one of the person's own regions."""

    limited = ("effective_from", "review_by", "withdrawn_on")  # which the model checks

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer decisions that still count."""
        super().__init__(*args, **kwargs)
        self._seal = seal_of(self.instance.texts.all())
        used = {text.decided_on for text in self.instance.stored_texts()} if self.instance.live else set()
        for form in self._forms():
            form.instance.label = self.instance
            if not form.instance.stands_beside(self._seal) or form.instance.decided_on in used:
                self._forget(form)

    def is_valid(self) -> bool:
        """Say whether the label may be saved, and sent on where that is what was asked for."""
        is_valid = super().is_valid()
        if is_valid:
            self._take_places()
            self._decide()
            if is_sending(self.data):
                self._check()
        return is_valid and not self.errors and not any(form.errors for form in self._text_forms())

    def save(self, commit: bool = True) -> Label:
        """Save the label with what was decided of its languages."""
        label: Label = super().save(commit=False)
        decided = {form.instance.locale_id: form.instance for form in self._text_forms()}
        for text in label.texts.get_object_list():  # type: ignore[attr-defined] # modelcluster's
            said = decided.get(text.locale_id, text)
            text.decision, text.decided_on = said.decision, said.decided_on
        if commit:
            label.save()
            self.save_m2m()
        return label

    def _forms(self) -> list[Any]:
        """Return the forms of all texts."""
        return self.formsets["texts"].forms if "texts" in self.formsets else []

    def _text_forms(self) -> Iterator[Any]:
        """Give the forms of the texts that there are to be, once they have been checked."""
        deleted = self.formsets["texts"].deleted_forms if self._forms() else []
        yield from (form for form in self._forms() if form not in deleted)

    def _take_places(self) -> None:
        """Have a text in a language that the label has one in, and the form did not show, take its place."""
        shown = {form.instance.pk for form in self._forms()}
        hidden = {text.locale_id: text.pk for text in self.instance.texts.all() if text.pk not in shown}
        for form in self._text_forms():
            form.instance.pk = form.instance.pk or hidden.get(form.instance.locale_id)

    def _forget(self, form: Any) -> None:
        """Have a decision that texts stay as they are be made anew."""
        if form.instance.decision == LanguageDecision.STANDS:
            form.initial["decision"] = form.instance.decision = ""

    def _decide(self) -> None:
        """Have each decision count beside the words as they are now; one made beside others is gone."""
        texts = self._texts()
        seal = seal_of(texts)
        for form in self._text_forms():
            is_new = "decision" in form.changed_data
            if form.instance.decision == LanguageDecision.STANDS and not is_new and seal != self._seal:
                form.instance.decision = ""
            form.instance.decided_on = seal if form.instance.decision else ""

    def _texts(self) -> list[LabelText]:
        return [form.instance for form in self._text_forms()]

    def _check(self) -> None:
        """Say at the fields what keeps the label from being sent on."""
        try:
            check_succession(self.instance)
            if not is_held(self.instance):
                self.instance.check_rivals()
        except RefusedError as refusal:
            self.add_error("effective_from", refusal)
        for lag in undecided(self.instance, self._texts()):
            self._say(lag)

    def _say(self, lag: Lag) -> None:
        form = next((form for form in self._text_forms() if form.instance.language == lag.language), None)
        if form is None:
            self.add_error(None, str(lag))
            return
        form.add_error("decision", str(lag))
        if form.data.get(form.add_prefix("decision")) == LanguageDecision.STANDS:
            words = _(
                "Another language has changed since this was decided. Save the draft, then decide again."
            )
            form.add_error("decision", words)
