"""Refuses the save of a form over what has been changed since the form was loaded.

For what keeps no drafts; what does is asked for its newest draft (therapies.editing.conflicts). The
form carries a signed digest of each field as it was loaded. Where one is another by now, nothing is
saved: the form comes back with the person's values and, field by field, what is stored. It carries
the digests of that, so saving once more is to save over it knowingly.

A request that carries no digests may go on with its sender's own work, or a program's, and passes
over nobody else's.
"""

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django import forms
from django.core import signing
from django.db import models
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.log_actions import registry

from .locking import hold_row

NAME, SALT = "loaded_state", "home.optimistic_locking"
MAX_SHOWN_LENGTH = 200  # characters of a value that are shown

if TYPE_CHECKING:
    View = forms.ModelForm  # one that the mixin stands in front of
else:
    View = object


class OptimisticLockingMixin(View):
    """Knows what was loaded, and compares it with what is stored."""

    data: MultiValueDict[str, Any]
    is_logged = True  # whether the log names who changed such a thing

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Remember the state of what is changed; what is being added has none."""
        super().__init__(*args, **kwargs)
        self._person = kwargs.get("for_user") or kwargs.get("user")
        if self.instance.pk:
            self.initial[NAME] = signing.dumps(self._digests(self.instance), salt=SALT)
            self.fields[NAME] = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Refuse to overwrite a change that the person has not seen."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.instance.pk:
            hold_row(type(self.instance), self.instance.pk)
            stored = type(self.instance)._base_manager.get(pk=self.instance.pk)
            if changed := self._changed(stored):
                self._refuse(stored, changed)
        return cleaned

    def beside(self, thing: models.Model) -> dict[str, tuple[str, str]]:
        """Return what is saved besides the model's own fields: its name to people, and what it says."""
        return {}

    def _changed(self, stored: models.Model) -> list[str]:
        """Return the names of the fields of `stored` that the person has not seen as they are."""
        loaded = self._loaded()
        if loaded is None:
            is_own = self.is_logged and _is_own(stored, self._person)
            return [] if is_own else [*self._digests(stored)]
        return [name for name, digest in self._digests(stored).items() if loaded.get(name) != digest]

    def _loaded(self) -> dict[str, str] | None:
        """Return the digests of what was loaded; None where the request does not say."""
        try:
            digests: dict[str, str] = signing.loads(self.data.get(self.add_prefix(NAME), ""), salt=SALT)
        except signing.BadSignature:
            return None
        return digests

    def _refuse(self, stored: models.Model, changed: list[str]) -> None:
        """Raise ValidationError with the stored values of the fields that are `changed`."""
        self.add_error(None, _("Not saved: this has been changed since you opened it."))
        beside = self.beside(stored)
        for name in changed:
            value = _shortened(beside[name][1]) if name in beside else _shown(stored, name)
            words = _("It is now: %(value)s") % {"value": value}
            if name in beside or self[name].is_hidden:
                label = beside[name][0] if name in beside else self[name].label
                self.add_error(None, f"{label}: {words}")
            else:
                self.add_error(name, words)
        self.add_error(None, _("Your values are below. Saving them now replaces what it is."))
        state = signing.dumps(self._digests(stored), salt=SALT)
        self.data = MultiValueDict({**dict(self.data.lists()), self.add_prefix(NAME): [state]})

    def _digests(self, thing: models.Model) -> dict[str, str]:
        """Return a digest of each field of `thing` that the form asks for, and of what is beside them."""
        own = {field.name for field in (*thing._meta.concrete_fields, *thing._meta.many_to_many)}
        fields = {name: _digest(thing, name) for name in self.fields if name in own}
        return fields | {name: _hashed(words) for name, (_label, words) in self.beside(thing).items()}


class OptimisticLockingForm(OptimisticLockingMixin, WagtailAdminModelForm):
    """Wagtail's form, which refuses to overwrite a change that its user has not seen."""


def _is_own(stored: models.Model, person: Any) -> bool:
    """Say whether `stored` was last changed by `person`, or by nobody that the log names."""
    last = registry.get_logs_for_instance(stored).first()
    return last is None or last.user_id in (None, getattr(person, "pk", None))


def _digest(thing: models.Model, name: str) -> str:
    # A file that replaces another may have its name.
    content = getattr(thing, "file_hash", "") if name == "file" else ""
    return _hashed(f"{_value(thing, name)} {content}")


def _hashed(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


def _value(thing: models.Model, name: str) -> str:
    """Return what stands for the value of a field; of many, their names in one order."""
    field: Any = thing._meta.get_field(name)
    if field.many_to_many:
        return ", ".join(sorted(map(str, field.value_from_object(thing))))
    return str(field.value_to_string(thing))


def _shown(thing: models.Model, name: str) -> str:
    """Return the value of a field as people read it, shortened."""
    field: Any = thing._meta.get_field(name)
    value = str(getattr(thing, name)) if field.many_to_one else _value(thing, name)
    return _shortened(str(dict(field.flatchoices or ()).get(value, value)))


def _shortened(value: str) -> str:
    shortened = value if len(value) <= MAX_SHOWN_LENGTH else f"{value[:MAX_SHOWN_LENGTH]}…"
    return shortened or "–"
