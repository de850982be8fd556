"""Which languages of a label are missing or behind: a decision about its words is one for all of them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from home.exceptions import RefusedError
from home.provisioning import languages_of
from therapies.formatting import language_name
from therapies.models import Label, LabelText
from therapies.models.in_force import ONCE_APPROVED
from therapies.models.label_text import BEHIND, seal_of

Texts = Collection[LabelText]


@dataclass(frozen=True, slots=True)
class Lag:
    """A language in which a label has no text, or an older one than in another language."""

    language: str
    is_missing: bool

    def __str__(self) -> str:
        name = language_name(self.language)
        if self.is_missing:
            words = _("%(language)s is missing: write the text, or say that there is to be none.")
        else:
            words = _(
                "%(language)s is behind: change it as well, or say that it is still valid as it stands."
            )
        return words % {"language": name}


def lags(texts: Texts, before: Mapping[int, LabelText], languages: Iterable[str]) -> list[Lag]:
    """Return what of `texts` is missing for `languages`, or behind, against the texts `before` by language.

    A text that stays as it was while another one changes is behind, unless it was decided otherwise.
    """
    spoken = {text.language for text in texts}
    missing = [Lag(language, is_missing=True) for language in languages if language not in spoken]
    return [
        *missing,
        *(Lag(text.language, is_missing=False) for text in texts if _is_behind(text, texts, before)),
    ]


def _is_behind(text: LabelText, texts: Texts, before: Mapping[int, LabelText]) -> bool:
    if not text.is_needed or text.stands_beside(seal_of(texts)):
        return False
    is_same = text.says_the_same_as(before.get(text.locale_id))
    return is_same and (text.is_behind or _changes(texts, before))


def _changes(texts: Texts, before: Mapping[int, LabelText]) -> bool:
    """Say whether one of `texts` has other words than `before`; a language added changes no other."""
    then = ((text, before.get(text.locale_id)) for text in texts)
    return any(old and not text.says_the_same_as(old) for text, old in then)


def undecided(label: Label, texts: Texts) -> list[Lag]:
    """Return what keeps `label` with `texts` from being published: nothing where only dates change."""
    before = label.texts_before()
    if label.status not in ONCE_APPROVED or not _decides_words(label, texts, before):
        return []
    languages = languages_of(label.region)
    if not any(text.is_needed for text in texts):
        return [Lag(language, is_missing=True) for language in languages or [settings.LANGUAGE_CODE]]
    return lags(texts, before, languages)


def _decides_words(label: Label, texts: Texts, before: Mapping[int, LabelText]) -> bool:
    """Say whether visitors would read something else: not so where only dates change."""
    stored = Label.objects.filter(pk=label.pk, live=True, status__in=ONCE_APPROVED).exists()
    gone = before.keys() - {text.locale_id for text in texts}
    return bool(not stored or gone or _changes(texts, before) or len(texts) > len(before))


def check_languages(label: Label) -> None:
    """Raise RefusedError where a language of `label` is missing or behind, and that is undecided."""
    if found := undecided(label, [*label.texts.all()]):
        raise RefusedError([str(lag) for lag in found])


def decisions(texts: Iterable[LabelText]) -> dict[str, str]:
    """Return what holds for each language of a label: what was decided, or that it is behind; else blank."""
    texts = [*texts]
    seal = seal_of(texts)
    return {text.language: _standing(text, seal) for text in sorted(texts, key=lambda text: text.locale_id)}


def _standing(text: LabelText, seal: str) -> str:
    is_decided = not text.is_needed or text.stands_beside(seal)
    return text.decision if is_decided else BEHIND if text.is_behind else ""
