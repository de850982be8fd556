"""Labels with their texts, as tests write them."""

from typing import Any

from django.db.models import QuerySet
from wagtail.models import Locale

from home.models import Region
from home.provisioning import languages_of
from therapies.models import Label, LabelText, Product
from therapies.models.in_force import Status
from therapies.models.label_text import LanguageDecision, seal_of

OF_TEXT = {field.name for field in LabelText._meta.concrete_fields}
WORDS = {
    "indication": "<p>An indication.</p>",
    "safety_information": "<p>Safety.</p>",
    "authority": "An authority",
}


def label_of(region: Region, *languages: str, **values: Any) -> Label:
    """Return a label of `region` that is not saved: whole, in all of its languages or in these."""
    said = {**WORDS, **{name: value for name, value in values.items() if name in OF_TEXT}}
    given = {
        "product": values.get("product") or Product.objects.get(maker="Sirtex"),
        "status": Status.APPROVED,
        "registration_number": "1",
        **{name: value for name, value in values.items() if name not in OF_TEXT},
    }
    texts = [text_in(language, **said) for language in languages or languages_of(region)]
    return Label(region=region, texts=texts, **given)


def text_in(language: str, **words: Any) -> LabelText:
    """Return a text in `language` that is not saved."""
    return LabelText(locale=Locale.objects.get(language_code=language), **{**WORDS, **words})


def say(label: Label, *languages: str, **words: Any) -> Label:
    """Have the draft `label` say these `words` in all its languages, or in these."""
    for text in label.texts.get_object_list():
        if text.language in languages or not languages:
            for name, value in words.items():
                setattr(text, name, value)
    return label


def stands(label: Label, *languages: str) -> Label:
    """Have legal say of the draft `label` that its text in these languages is still valid as it stands."""
    seal = seal_of(label.texts.all())
    return say(label, *languages, decision=LanguageDecision.STANDS, decided_on=seal)


def lack(label: Label, language: str) -> None:
    """Have `label`, as it is stored, have no text in `language`, and the record know it."""
    LabelText.objects.get(label=label, locale__language_code=language).delete()


def set_words(labels: Any, **words: Any) -> None:
    """Have the stored texts of `labels` say these `words`, past every step."""
    QuerySet(LabelText).filter(label__in=labels).update(**words)


def add_texts(labels: list[Label], language: str = "en") -> None:
    """Store a text of each of `labels`, past every step."""
    locale = Locale.objects.get(language_code=language)
    QuerySet(LabelText).bulk_create(LabelText(label=label, locale=locale, **WORDS) for label in labels)


def form_of_texts(languages: list[str], rich: str, **more: str) -> dict[str, Any]:
    """Return what the form of a label sends for its texts, all new, in `languages`."""
    sent: dict[str, Any] = {"texts-TOTAL_FORMS": len(languages), "texts-INITIAL_FORMS": 0}
    words = {"indication": rich, "safety_information": rich, "authority": "An authority", "decision": ""}
    for number, language in enumerate(languages):
        locale = Locale.objects.get(language_code=language).pk
        values = {
            "locale": locale,
            "instructions_document": "",
            "instructions_url": "",
            "id": "",
            **words,
            **more,
        }
        sent |= {f"texts-{number}-{name}": value for name, value in values.items()}
    return sent
