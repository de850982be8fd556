"""Required statements: where visitors read them, what keeps one from going live, and who decides."""

from datetime import datetime, time, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser
from wagtail.models import Locale

from home.exceptions import RefusedError
from home.models import StandardPage
from home.provisioning import languages_of
from region_gate import clock
from tests.cases import first_cases
from tests.conftest import signed_in
from therapies.models import Product, Publication, Statement, StatementPlace, StatementText, StatementVersion
from therapies.page_record.rendering import Then

from .recorded import publish as publish_page

pytestmark = pytest.mark.django_db

WORDS = {"en": "Report a side effect.", "de": "Melden Sie Nebenwirkungen.", "fr": "Signalez un effet."}
ABOUT, PRODUCT_PAGE = "/eu/about/", "/eu/sir-spheres/"


@pytest.fixture(autouse=True)
def _none_of_the_demo(db):
    QuerySet(StatementText).delete()
    QuerySet(Statement).delete()


def statement(region, *languages: str, words: dict[str, str] = WORDS, **values) -> Statement:
    """Return a statement of `region` that is not saved, in all its languages or in these."""
    texts = [
        StatementText(locale=Locale.objects.get(language_code=code), words=f"<p>{words[code]}</p>")
        for code in languages or languages_of(region)
    ]
    return Statement(region=region, texts=texts, **{"place": StatementPlace.FOOTER, "live": False, **values})


def publish(thing: Statement) -> Statement:
    """Publish `thing` as an approval would."""
    thing.full_clean()
    thing.save()
    thing.save_revision().publish()
    return Statement.objects.get(pk=thing.pk)


def said_at(address: str) -> list[str]:
    """Return the statements on the page at `address`, each with its country's name."""
    tree = LexborHTMLParser(Client().get(address).text)
    return [" ".join(node.text(separator=" ").split()) for node in tree.css(".statement")]


def test_the_footer_of_every_page_of_the_region_says_it_in_the_pages_language(eu):
    publish(statement(eu))
    assert said_at(ABOUT) == said_at("/eu/") == [WORDS["en"]]
    assert said_at("/de/eu/") == [WORDS["de"]]
    assert said_at("/us/") == said_at("/") == []


def test_a_page_that_names_a_product_says_what_that_asks_for(eu):
    publish(statement(eu, place=StatementPlace.PRODUCT))
    assert said_at(PRODUCT_PAGE) == [WORDS["en"]]
    assert said_at(ABOUT) == []


def test_only_the_product_that_is_chosen_asks_for_it(eu):
    other = Product.objects.create(name="Otherium", maker="M")
    publish(statement(eu, place=StatementPlace.PRODUCT, product=other))
    assert said_at(PRODUCT_PAGE) == []
    publish(statement(eu, place=StatementPlace.PRODUCT, product=Product.objects.get(maker="Sirtex")))
    assert said_at(PRODUCT_PAGE) == [WORDS["en"]]


def test_each_country_stands_by_its_name_behind_the_whole_region(eu):
    for country in ("CH", "AT", ""):
        publish(statement(eu, country=country))
    assert said_at(ABOUT) == [WORDS["en"], f"Austria {WORDS['en']}", f"Switzerland {WORDS['en']}"]
    assert said_at("/de/eu/")[1:] == [f"Österreich {WORDS['de']}", f"Schweiz {WORDS['de']}"]


def test_a_draft_stands_nowhere(eu):
    draft = statement(eu)
    draft.save()
    draft.save_revision()
    assert said_at(ABOUT) == []


@pytest.mark.parametrize(
    ("starts", "withdrawn_on", "is_said"),
    [(None, None, True), (0, None, True), (1, None, False), (None, 1, True), (-1, 0, False)],
)
def test_it_stands_from_its_first_day_until_the_day_of_its_end(eu, starts, withdrawn_on, is_said):
    days = {"starts": starts, "withdrawn_on": withdrawn_on}
    dated = {name: clock.today() + timedelta(days=n) for name, n in days.items() if n is not None}
    found = publish(statement(eu, **dated))
    assert bool(said_at(ABOUT)) is found.is_in_force(clock.today()) is is_said


def test_a_language_without_words_keeps_it_from_going_live(eu):
    with pytest.raises(RefusedError, match="French is missing"):
        publish(statement(eu, "en", "de"))


def test_a_language_that_is_opened_later_reads_the_first_one(eu):
    live = publish(statement(eu))
    StatementText.objects.get(statement=live, locale__language_code="fr").delete()
    (node,) = LexborHTMLParser(Client().get("/fr/eu/").text).css(".statement [lang]")
    assert (node.attributes["lang"], node.text(strip=True)) == ("en", WORDS["en"])


def test_it_names_no_product_but_its_own(eu):
    words = {code: f"{said} SIR-Spheres." for code, said in WORDS.items()}
    with pytest.raises(RefusedError, match="“SIR-Spheres” is named in it"):
        publish(statement(eu, words=words))
    ours = Product.objects.get(maker="Sirtex")
    publish(statement(eu, words=words, place=StatementPlace.PRODUCT, product=ours))
    assert said_at(PRODUCT_PAGE)
    assert not said_at(ABOUT)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"country": "US"}, "country"),
        ({"product": 1}, "product"),
        ({"starts": 1, "withdrawn_on": 0}, "withdrawn_on"),
        ({"starts": 99_999}, "starts"),
    ],
)
def test_it_does_not_contradict_itself(eu, values, field):
    for name in {"starts", "withdrawn_on"} & values.keys():
        values = {**values, name: clock.today() + timedelta(days=values[name])}
    if "product" in values:
        values = {"product": Product.objects.first()}
    with pytest.raises(ValidationError) as refusal:
        statement(eu, **values).full_clean()
    assert list(refusal.value.message_dict) == [field]


def test_the_record_has_the_pages_that_say_it(eu, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        live = publish(statement(eu))
    assert _recorded("/eu/about/")
    assert not _recorded("/us/about/")
    with django_capture_on_commit_callbacks(execute=True):
        live.withdrawn_on = clock.today()
        publish(live)
    assert not _recorded("/eu/about/")


def _recorded(path: str, moment: datetime | None = None) -> bool:
    entry = Publication.objects.filter(url__endswith=path).order_by("number").last()
    then = Then.at(Publication.objects.all(), entry.subject, moment or timezone.now())
    return WORDS["en"] in then.html


@pytest.mark.parametrize(
    ("field", "before", "after"), [("starts", False, True), ("withdrawn_on", True, False)]
)
@first_cases("place", StatementPlace)
def test_the_record_tells_it_by_the_day_as_it_does_labels(
    eu, place, field, before, after, django_capture_on_commit_callbacks
):
    tomorrow = clock.today() + timedelta(days=1)
    with django_capture_on_commit_callbacks(execute=True):
        publish(statement(eu, place=place, **{field: tomorrow}))
    midnight = timezone.make_aware(datetime.combine(tomorrow, time()), timezone.get_default_timezone())
    assert _recorded(PRODUCT_PAGE, midnight - timedelta(microseconds=1)) is before
    assert _recorded(PRODUCT_PAGE, midnight) is after


@pytest.mark.long
def test_its_days_put_no_page_on_record_anew(eu, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        live = publish(statement(eu, withdrawn_on=clock.today()))
    entries = Publication.objects.count()
    with django_capture_on_commit_callbacks(execute=True):
        live.withdrawn_on = None
        publish(live)
    assert _recorded(ABOUT)
    assert Publication.objects.count() == entries
    assert StatementVersion.objects.filter(statement_number=live.pk, language="en").count() == 2


def test_a_statement_from_before_the_record_of_statements_is_kept_with_the_next_page(eu):
    live = publish(statement(eu))
    QuerySet(StatementVersion).delete()
    publish_page(StandardPage.objects.get(url_path__endswith=ABOUT, locale__language_code="en"), "Anew")
    assert _recorded(ABOUT)
    assert {*StatementVersion.objects.values_list("statement_number", flat=True)} == {live.pk}


def form(thing: Statement, **more: str) -> dict[str, str]:
    texts = [*thing.texts.all()]
    sent = {"texts-TOTAL_FORMS": len(texts), "texts-INITIAL_FORMS": 0}
    for number, text in enumerate(texts):
        raw = '{"blocks": [{"text": "%s", "type": "unstyled", "key": "a"}], "entityMap": {}}'
        said = raw % LexborHTMLParser(text.words).text()
        sent |= {f"texts-{number}-locale": text.locale_id, f"texts-{number}-words": said}
    values = {"region": thing.region_id, "country": "", "place": thing.place, "product": "", "order": 0}
    return {**values, "starts": "", "withdrawn_on": "", **sent, **more}


def test_a_region_s_legal_team_writes_it_and_another_person_of_it_approves(eu, eu_legal, django_user_model):
    add = reverse(Statement.snippet_viewset.get_url_name("add"))
    answer = eu_legal.post(add, form(statement(eu), **{"action-submit": "1"}))
    assert answer.status_code == 302
    written = Statement.objects.get()
    assert not written.live
    assert said_at(ABOUT) == []
    screen = reverse("review", args=[written.current_workflow_task_state.pk])
    shown = eu_legal.get(screen).text
    assert WORDS["de"] in shown
    assert "Live pages that say it" in shown
    assert StandardPage.objects.get(url_path="/regions/eu/about/").title in shown  # where it will stand
    decision = {"approve-comment": "", "approve": "1"}
    eu_legal.post(screen, decision)
    assert not Statement.objects.get().live  # four eyes
    second = django_user_model.objects.create_user("second", email="s@example.com", password="x" * 20)
    second.groups.add(Group.objects.get(name="eu legal"))
    signed_in("us-legal").post(screen, decision)
    assert not Statement.objects.get().live
    signed_in("second").post(screen, decision)
    assert Statement.objects.get().live
    assert said_at(ABOUT) == [WORDS["en"]]


def test_what_cannot_go_live_is_said_when_it_is_sent_and_kept_as_a_draft(eu, eu_legal):
    add = reverse(Statement.snippet_viewset.get_url_name("add"))
    lacking = form(statement(eu, "en", "de"))
    assert "French is missing" in eu_legal.post(add, {**lacking, "action-submit": "1"}).text
    assert not Statement.objects.exists()
    eu_legal.post(add, lacking)
    assert not Statement.objects.get().live


def test_legal_is_told_of_a_language_that_was_opened_later(eu, eu_legal):
    live = publish(statement(eu))
    attention = reverse("attention")
    assert "It has no words in" not in eu_legal.get(attention).text
    StatementText.objects.get(statement=live, locale__language_code="fr").delete()
    assert "It has no words in: French." in eu_legal.get(attention).text


@pytest.mark.parametrize("act", ["edit", "delete", "unpublish", "copy"])
@pytest.mark.parametrize("name", ["us-legal", "eu-editor", "us-editor"])
def test_nobody_else_changes_it_by_whatever_address(eu, act, name):
    live = publish(statement(eu))
    address = reverse(Statement.snippet_viewset.get_url_name(act), args=[live.pk])
    before = Statement.objects.values().get(pk=live.pk)
    answer = signed_in(name).post(address, form(live, **{"texts-0-words": "null"}))
    assert answer.status_code in (302, 403, 404)
    assert Statement.objects.values().get() == before


def test_another_region_s_legal_team_adds_none(eu):
    add = reverse(Statement.snippet_viewset.get_url_name("add"))
    signed_in("us-legal").post(add, form(statement(eu)))
    signed_in("eu-editor").post(add, form(statement(eu)))
    assert not Statement.objects.exists()


def test_what_is_live_is_not_deleted(eu, eu_legal):
    live = publish(statement(eu))
    eu_legal.post(reverse(Statement.snippet_viewset.get_url_name("delete"), args=[live.pk]))
    assert Statement.objects.filter(pk=live.pk, live=True).exists()


def test_drafts_have_no_page_put_on_record_anew(eu, monkeypatch):
    settled = []
    monkeypatch.setattr("therapies.page_record.signals.settle_later", settled.append)
    draft = statement(eu)
    draft.save()
    draft.save_revision()
    assert settled == []
    live = publish(draft)
    assert {*settled} == {eu.pk}
    settled.clear()
    live.order = 9
    live.save_revision()
    assert settled == []
