"""A label is one decision for all its languages: none is left behind unseen."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from home.exceptions import RefusedError
from therapies.labels.languages import Lag, lags
from therapies.models import Label, LabelText, LabelVersion
from therapies.models.in_force import Status
from therapies.models.label_text import LanguageDecision

from .conftest import publish, today
from .label_texts import WORDS, label_of, lack, say, set_words, stands
from .test_alerts import found
from .test_matrix import read

NEW = "<p>A narrower indication.</p>"


@pytest.fixture
def label(eu) -> Label:
    """The label of Europe, in English, German and French."""
    return Label.objects.get(region=eu)


def said(label: Label) -> dict[str, str]:
    return {text.language: text.indication for text in LabelText.objects.filter(label=label)}


def test_a_language_left_behind_is_not_published_by_whichever_way(label):
    say(label, "en", indication=NEW)
    before = said(label)
    with pytest.raises(RefusedError) as refusal:
        label.save_revision().publish()
    assert refusal.value.messages == [
        f"{name} is behind: change it as well, or say that it is still valid as it stands."
        for name in ("German", "French")
    ]
    with pytest.raises(RefusedError):
        say(Label.objects.get(pk=label.pk), "en", indication=NEW).save()
    assert said(label) == before


def test_what_was_decided_of_a_language_counts_beside_just_these_words(label):
    say(label, "en", indication=NEW)
    stands(label, "de", "fr")
    say(label, "en", indication=f"{NEW}<p>And another word.</p>")
    with pytest.raises(RefusedError, match="German"):
        label.save_revision().publish()
    stands(label, "de", "fr")
    publish(label)
    assert said(label)["en"] != said(label)["de"]
    # The next change asks anew.
    with pytest.raises(RefusedError, match="French"):
        publish(say(label, "en", indication=NEW))


def test_a_label_that_only_ends_waits_for_no_language(label):
    set_words([label], is_behind=True)
    lack(label, "fr")
    label.withdrawn_on, label.status = today(), Status.WITHDRAWN
    publish(label)
    assert LabelText.objects.get(label=label, locale__language_code="de").is_behind


def test_a_language_of_the_region_is_missing_until_there_is_to_be_none(label):
    lack(label, "fr")
    for text in label.texts.get_object_list():
        text.indication = NEW
    with pytest.raises(RefusedError, match="French is missing"):
        label.save_revision().publish()
    none = dict.fromkeys(WORDS, "")
    french = label_of(label.region, "fr", decision=LanguageDecision.NOT_NEEDED, **none).texts.all()
    label.texts.add(*french)
    publish(label)
    assert label.text_in("fr").language == "en"


@pytest.mark.parametrize("field", WORDS)
def test_a_text_that_is_not_needed_says_nothing(label, field):
    blank = dict.fromkeys((*WORDS, "instructions_url"), "") | {field: "Words"}
    with pytest.raises(ValidationError, match="no text in this language"):
        say(label, "fr", decision=LanguageDecision.NOT_NEEDED, **blank).full_clean()


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ({"en": "A", "de": "B"}, []),
        ({"en": "A2", "de": "B2"}, []),
        ({"en": "A2", "de": "B"}, [("de", False)]),
        ({"en": "A", "de": "B", "fr": "C"}, []),
        ({"en": "A2", "de": "B2", "fr": "C"}, []),
        ({"en": "A2"}, [("de", True)]),
        ({"en": '<p data-block-key="x1">A</p>', "de": "B"}, [("de", False)]),
    ],
)
def test_a_language_lags_that_stays_as_it_was_while_another_changes(eu, now, expected):
    before = {text.locale_id: text for text in texts(eu, {"en": "A", "de": "B"})}
    found = lags(texts(eu, now), before, ["en", "de"])
    assert found == [Lag(language, is_missing) for language, is_missing in expected]


def texts(region, indications: dict[str, str]) -> list[LabelText]:
    made = label_of(region, *indications).texts.get_object_list()
    for text in made:
        text.indication = indications[text.language]
    return made


def test_the_keys_of_paragraphs_are_no_words():
    keyed, plain = (LabelText(indication=words) for words in ('<p data-block-key="x1">A</p>', "<p>A</p>"))
    assert keyed.says_the_same_as(plain)


def test_a_text_keeps_its_number_and_its_record_whatever_a_draft_says_of_it(label):
    numbers = {text.language: text.pk for text in label.texts.all()}
    label.texts.set(label_of(label.region, indication=NEW).texts.all())
    publish(label)
    assert {text.language: text.pk for text in label.stored_texts()} == numbers
    for number in numbers.values():
        chain = LabelVersion.objects.chain(number)
        assert (chain.count(), chain.last().indication) == (2, NEW)


def test_a_language_that_goes_and_returns_goes_on_in_the_record(label):
    draft, number = label.save_revision(), label.text_in("fr").pk
    lack(label, "fr")
    assert not LabelVersion.objects.chain(number).last().is_live
    draft.publish()
    assert [entry.is_live for entry in LabelVersion.objects.chain(number)] == [True, False, True]


def test_the_record_keeps_what_was_decided(label):
    say(label, "en", indication=NEW)
    publish(stands(label, "de", "fr"))
    entries = {entry.language: entry for entry in LabelVersion.objects.newest().filter(label=label.pk)}
    assert {entry.languages[language] for entry in entries.values() for language in ("de", "fr")} == {
        "stands"
    }
    assert all(entry.is_intact for entry in entries.values())
    told = [(code, str(words)) for code, words in entries["en"].decided]
    assert told == [("de", "Still valid as it stands"), ("fr", "Still valid as it stands")]
    entries["de"].languages = {**entries["de"].languages, "de": ""}
    assert not entries["de"].is_intact


def test_attention_and_matrix_name_the_languages(eu_legal, label):
    set_words([label], is_behind=False)
    LabelText.objects.get(label=label, locale__language_code="fr").delete()
    german = LabelText.objects.get(label=label, locale__language_code="de")
    german.is_behind = True
    german.save()
    (one,) = found("behind", "eu-legal")
    assert one.why == "Its text is older than in another language: German."
    assert [gap.why for gap in found("gaps", "eu-legal")] == ["No label in force in: French."]
    (cell,) = read(eu_legal, region=label.region_id).css("td.standing")
    assert [line.text() for line in cell.css(".matrix-missing")] == ["Missing: French", "Behind: German"]


def edit(client, label: Label, **posted: str):
    """Open the form of `label`, change some of it, and send it; return the answer."""
    address = reverse(Label.snippet_viewset.get_url_name("edit"), args=[label.pk])
    page = LexborHTMLParser(client.get(address).text)
    fields = page.css("form [name]")
    sent = {
        field.attributes["name"]: value_of(field)
        for field in fields
        if "__prefix__" not in str(field.attributes)
    }
    return client.post(address, {**{k: v for k, v in sent.items() if v is not None}, **posted}, follow=True)


def value_of(field) -> str | None:
    if field.tag == "select":
        chosen = field.css_first("option[selected]")
        return chosen.attributes.get("value") if chosen else ""
    if field.attributes.get("type") in ("checkbox", "radio", "submit") or field.tag == "button":
        return None
    return field.attributes.get("value") or ("" if field.tag == "input" else field.text())


def number_of(label: Label, language: str) -> int:
    return [text.language for text in label.texts.all()].index(language)


@pytest.mark.parametrize("number", ["101", "99999999", "9" * 30])
def test_more_texts_than_anybody_writes_are_refused_at_once(eu_legal, label, number):
    refused = edit(eu_legal, label, **{"texts-TOTAL_FORMS": number, "texts-0-authority": "Another authority"})
    assert refused.status_code == 200
    assert "Please submit at most" in refused.text
    assert LexborHTMLParser(refused.text).css_first("[name=texts-100-authority]") is None
    assert not Label.objects.get(pk=label.pk).has_unpublished_changes


def test_the_form_says_which_language_is_behind_and_takes_the_decision(eu_legal, label):
    german, french = (f"texts-{number_of(label, code)}-decision" for code in ("de", "fr"))
    new = {"texts-0-authority": "Another authority"}
    refused = edit(eu_legal, label, **new, **{"action-submit": "1"})
    assert "German is behind" in refused.text
    assert "French is behind" in refused.text
    edit(eu_legal, label, **new, **{german: "stands", french: "stands", "action-submit": "1"})
    waiting = Label.objects.get(pk=label.pk)
    assert waiting.current_workflow_state is not None
    from django.contrib.auth import get_user_model

    admin = get_user_model().objects.get(username="admin")
    waiting.current_workflow_state.current_task_state.task.specific.on_action(
        waiting.current_workflow_task_state, admin, "approve", comment=""
    )
    assert LabelText.objects.get(label=label, locale__language_code="en").authority == "Another authority"
