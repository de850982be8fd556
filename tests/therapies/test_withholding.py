"""From the first moment of the day on which a label has ended, no visitor meets a claim without it."""

import pytest
from django.core.management import call_command
from django.db.models import QuerySet
from django.test import Client
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from home.models import RegionHomePage
from home.visibility import shown
from region_gate.constancy import constant
from therapies.models import EndingChoice, Label, LabelEnd, LabelVersion, Mention, Publication
from therapies.models.in_force import Status
from therapies.page_record.capture import answer
from therapies.page_record.labels import settle_label
from therapies.page_record.rendering import Then

from .conftest import NAME, publish, withdraw
from .label_texts import label_of
from .recorded import DAY, DAY_AFTER, at

pytestmark = pytest.mark.django_db
PRODUCT, THERAPY = "/eu/sir-spheres/", "/eu/therapies/liver-metastases-colorectal-cancer/"


@pytest.fixture
def now(time_machine):
    """Return a function that sets the clock to a time on that day, or another."""
    return lambda clock, day=DAY: time_machine.move_to(at(clock, day), tick=False)


@pytest.fixture
def ending_at_midnight(eu, now) -> None:
    """The labels of the region end with the day; the rule for pages is on record from before."""
    now("09:00:00")
    EndingChoice(keeps_up=False, is_in_force=True).save()
    now("10:00:00")
    for label in Label.objects.filter(region=eu):
        label.status, label.withdrawn_on = Status.WITHDRAWN, DAY_AFTER
        publish(label)


def keep_up(region) -> None:
    EndingChoice(region=region, keeps_up=True, is_in_force=True, reason="As agreed.").save()


def test_the_page_is_withheld_from_the_first_moment_and_no_list_offers_it(
    client: Client, ending_at_midnight, now
):
    now("23:59:59.999999")
    assert client.get(PRODUCT).status_code == 200
    assert f'href="{PRODUCT}"' in client.get("/eu/about/").text
    now("00:00:00", DAY_AFTER)
    for address in (PRODUCT, THERAPY, f"/de{PRODUCT}", f"/fr{THERAPY}"):
        answer = client.get(address)
        assert answer.status_code == 410
        assert "SAMPLE-EU-0001" not in answer.text
    assert "This page is not available at present" in client.get(PRODUCT).text
    assert f'href="{PRODUCT}"' not in client.get("/eu/about/").text
    assert f'href="{THERAPY}"' not in client.get("/eu/therapies/").text
    for address in ("/eu/search/?q=liver", "/sitemap.xml"):
        shown = client.get(address).text
        assert [(address, path) for path in (PRODUCT, THERAPY) if path in shown] == []
    assert client.get("/us/sir-spheres/").status_code == 200


def test_no_link_in_a_text_leads_there_meanwhile(ending_at_midnight, now):
    therapy = Page.objects.get(url_path=f"/regions{THERAPY}")
    link = f'<a linktype="page" id="{therapy.pk}">there</a>'
    now("23:59:59.999999")
    assert expand_db_html(link) == f'<a href="{THERAPY}">there</a>'
    now("00:00:00", DAY_AFTER)
    assert expand_db_html(link) == "<a>there</a>"


def test_the_command_takes_it_down_and_another_label_would_have_brought_it_back(
    client: Client, eu, ending_at_midnight, now
):
    now("00:00:01", DAY_AFTER)
    label = Label.objects.filter(region=eu).first()
    label.withdrawn_on, label.status = None, Status.APPROVED
    publish(label)
    assert client.get(PRODUCT).status_code == 200
    label.withdrawn_on, label.status = DAY_AFTER, Status.WITHDRAWN
    publish(label)
    assert not Page.objects.get(url_path=f"/regions{PRODUCT}").live


def test_the_record_tells_that_nobody_met_it_between_midnight_and_the_command(ending_at_midnight, now):
    page = Page.objects.get(url_path=f"/regions{PRODUCT}").pk
    now("00:10:00", DAY_AFTER)
    call_command("enforce_labels")
    entries = Publication.objects.all()
    before, between = (Then.at(entries, page, at(clock, day)) for clock, day in MOMENTS)
    assert "SAMPLE-EU-0001" in before.html
    assert (between.entry.is_live, between.is_withheld, between.html) == (True, True, "")
    assert not between.until.is_live


MOMENTS = [("23:59:59", DAY), ("00:05:00", DAY_AFTER)]


def test_before_the_rule_was_on_record_the_past_stays_as_it_was(eu, now):
    now("10:00:00")
    page = Page.objects.get(url_path=f"/regions{PRODUCT}").pk
    QuerySet(EndingChoice).delete()
    withdraw(eu)
    now("11:00:00")
    EndingChoice(keeps_up=False, is_in_force=True).save()
    entry = Publication.objects.chain(page).first()
    assert not Then(entry, at("10:30:00"), at("12:00:00")).is_withheld
    assert Then(entry, at("11:30:00"), at("12:00:00")).is_withheld


def test_where_it_is_kept_up_it_shows_the_last_safety_information_marked_and_no_indication(
    client: Client, eu, ending_at_midnight, now
):
    keep_up(eu)
    page = Page.objects.get(url_path=f"/regions{PRODUCT}").pk
    now("00:05:00", DAY_AFTER)
    call_command("enforce_labels")
    shown = client.get(PRODUCT).text
    assert "This label was withdrawn on" in shown
    assert "The region’s approved safety information will stand here" in shown
    assert "The region’s approved indication" not in shown
    assert "SAMPLE-EU-0001" not in shown
    assert shown.index("This label was withdrawn on") < shown.index("<h1>")
    assert "Hier werden die in der Region zugelassenen" in client.get(f"/de{PRODUCT}").text
    then = Then.at(Publication.objects.all(), page, at("00:06:00", DAY_AFTER))
    assert not then.is_withheld
    assert then.html.index("This label was withdrawn on") < then.html.index("<h1>")
    assert then.html.count("This label was withdrawn on") == 1
    assert "The region’s approved indication" not in then.html
    assert [label.product_name for label in then.withdrawn_labels] == [str(Label.objects.first().product)]


def test_a_label_s_last_words_are_on_record_before_anybody_sees_them(eu, ending_at_midnight):
    label = Label.objects.get(region=eu)
    version = LabelVersion.objects.chain(label.text_in("de").pk).last()
    assert "Hier werden die in der Region zugelassenen" in version.withdrawn_section("de")
    assert settle_label(label) == []


def test_a_page_that_names_another_product_too_is_kept_up_only_if_each_is(client: Client, eu, product):
    keep_up(eu)
    withdraw(eu)
    page = Page.objects.get(url_path=f"/regions{PRODUCT}")
    assert client.get(PRODUCT).status_code == 200
    other = type(product).objects.create(name="Otherine", maker="Sirtex", live=False)
    Mention.objects.create(page=page, product=other)
    assert client.get(PRODUCT).status_code == 410


def test_a_region_s_entrance_is_withheld_and_the_region_stays(client: Client, eu, eu_home):
    home = RegionHomePage.objects.get(pk=eu_home.pk)
    home.intro = f"<p>{NAME}</p>"
    home.save_revision().publish()
    withdraw(eu)
    assert client.get("/eu/").status_code == 410
    assert [client.get(f"/eu/{path}").status_code for path in ("about/", "regions/", "search/")] == [200] * 3


@pytest.mark.parametrize("address", [PRODUCT, f"/de{PRODUCT}"])
def test_a_withheld_page_costs_no_more_queries(
    client: Client, address, ending_at_midnight, now, django_assert_max_num_queries
):
    now("00:00:00", DAY_AFTER)
    client.get(address)
    with django_assert_max_num_queries(12):
        assert client.get(address).status_code == 410


def test_an_end_is_kept_once_with_what_became_of_its_pages(eu, us, ending_at_midnight, now):
    now("00:10:00", DAY_AFTER)
    assert not LabelEnd.objects.exists()
    call_command("enforce_labels")
    call_command("enforce_labels")
    ends = LabelEnd.objects.order_by("pk")
    assert [(end.region, end.ended_on) for end in ends] == [(eu, DAY_AFTER)]
    down = [number for end in ends for number in end.numbers_down]
    assert len(down) == len({*down}) == 6
    us_label = Label.objects.get(region=us)
    us_label.unpublish()
    last = LabelEnd.objects.first()
    assert (last.region, last.ended_on, len(last.numbers_down)) == (us, DAY_AFTER, 2)


def test_a_label_of_the_past_that_is_put_on_record_late_ends_nothing_now(us):
    label = Label.objects.get(region=us)
    first = label.effective_from
    old = label_of(
        us, live=False, status=Status.WITHDRAWN,
        effective_from=first.replace(year=2020), withdrawn_on=first.replace(year=2021),
    )  # fmt: skip
    old.save()
    publish(old)
    assert not LabelEnd.objects.exists()


def met_everywhere() -> tuple[set[int], dict[int, str]]:
    """Return which pages visitors are shown, and what each page of the region answers."""
    live = Page.objects.live().filter(url_path__contains="/eu/")
    return {page.pk for page in shown(live)}, {page.pk: answer(page) for page in live}


@pytest.mark.parametrize("is_kept_up", [True, False])
def test_the_same_is_withheld_and_shown_while_a_set_is_put_on_record(ending_at_midnight, now, eu, is_kept_up):
    if is_kept_up:
        keep_up(eu)
    now("00:00:00", DAY_AFTER)
    alone = met_everywhere()
    with constant():
        assert met_everywhere() == alone
    assert (len(alone[0]) == len(alone[1])) == is_kept_up


def test_what_is_withheld_is_looked_for_once_for_a_set(ending_at_midnight, now, django_assert_num_queries):
    now("00:00:00", DAY_AFTER)
    with constant(), django_assert_num_queries(1 + 3):
        for _again in range(3):
            assert not shown(Page.objects.live().filter(url_path__endswith=PRODUCT)).exists()
