"""What needs attention: who is told of what, when, and where it is mended."""

import csv
import io
from datetime import date, datetime, time, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.checks import run_checks
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook
from selectolax.lexbor import LexborHTMLParser
from wagtail import hooks
from wagtail.models import Locale, Page

from home.models import Region, StandardPage
from jobs.models import JobRun
from jobs.planning import site_zone
from jobs.registry import jobs
from region_gate.models import Notice, RegisteredLink
from tests.conftest import signed_in
from therapies.models import EndingChoice, Label, Mention, Product
from therapies.models.in_force import Status
from therapies.reports.alerts import ALERTS_HOOK, Alert, Source, Watch, alert_groups, alerts_of, sources

from .conftest import allow, publish, today, withdraw
from .label_texts import add_texts, lack

ATTENTION = "/admin/reports/attention/"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_order(db):
    """Have nothing to be attended to, but for what a test brings about."""
    QuerySet(Label).filter(region__code="ap").update(review_by=date(2027, 6, 30))
    for job in jobs():
        moment = job.when.latest(timezone.now(), site_zone())
        JobRun.objects.create(job=job.name, moment=moment, is_open=False)


def person(name: str):
    return get_user_model().objects.get(username=name)


def found(kind: str, name: str = "admin", on: date | None = None) -> list[Alert]:
    """Return the concerns of one kind, to one person."""
    (source,) = [source for source in sources() if source.kind == kind]
    return alerts_of(source, Watch(person(name), on))


def change(region: Region, **values) -> None:
    """Change the labels of `region` past all checks."""
    QuerySet(Label).filter(region=region).update(**values)


def at(path: str) -> Page:
    return Page.objects.get(url_path__endswith=path, locale__language_code="en")


def test_where_all_is_in_order_nobody_has_to_mend_anything():
    assert alert_groups(Watch(person("admin")), 1) == []


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (31, None),
        (30, "Its review is due by"),
        (0, "Its review is due by"),
        (-1, "Its review was due by"),
    ],
)
def test_a_label_is_to_be_reviewed_from_some_days_before(us, days, expected):
    change(us, review_by=today() + timedelta(days=days))
    concerns = found("review")
    assert [one.why.startswith(expected) for one in concerns] == ([True] if expected else [])


def test_how_many_days_before_is_a_setting(us, settings):
    change(us, review_by=today() + timedelta(days=30))
    settings.LABEL_REVIEW_NOTICE_DAYS = 29
    assert found("review") == []


@pytest.mark.parametrize("days", [-1, 3651, "30", None, 1.5, True])
def test_the_setting_is_checked(settings, days):
    settings.LABEL_REVIEW_NOTICE_DAYS = days
    assert "therapies.E003" in [message.id for message in run_checks()]


@pytest.mark.parametrize("days", [0, 30, 3650])
def test_a_number_of_days_passes_the_check(settings, days):
    settings.LABEL_REVIEW_NOTICE_DAYS = days
    assert "therapies.E003" not in [message.id for message in run_checks()]


def test_what_is_not_in_force_needs_no_review(us):
    change(us, review_by=today(), withdrawn_on=today())
    assert found("review") == []


def test_a_label_that_ends_soon_is_told_unless_another_follows(us):
    end = today() + timedelta(days=9)
    change(us, withdrawn_on=end)
    assert [one.due for one in found("ending")] == [end]
    (old,) = Label.objects.filter(region=us)
    following = Label(product=old.product, region=us, status=Status.APPROVED, live=True)
    following.effective_from = end
    add_texts(QuerySet(Label).bulk_create([following]))
    assert found("ending") == []
    change(us, effective_from=end + timedelta(days=1))
    QuerySet(Label).filter(pk=old.pk).update(effective_from=today())
    assert len(found("ending")) == 1


def test_a_live_name_is_told_from_the_day_on_which_its_label_ends(us):
    last = today() + timedelta(days=1)
    change(us, withdrawn_on=last + timedelta(days=1))
    assert found("unlabelled", on=last) == []
    told = found("unlabelled", on=last + timedelta(days=1))
    assert {one.region for one in told} == {"us"}
    assert len(told) == Mention.objects.filter(page__path__startswith=at("/us/").path).count() > 0


def test_a_label_that_begins_tomorrow_allows_nothing_today(us):
    change(us, effective_from=today() + timedelta(days=1))
    assert found("unlabelled")
    assert found("unlabelled", on=today() + timedelta(days=1)) == []


def test_of_two_versions_on_one_day_the_second_allows_the_name(us):
    (old,) = Label.objects.filter(region=us)
    change(us, withdrawn_on=today())
    assert found("unlabelled")
    new = Label(product=old.product, region=us, status=Status.APPROVED, live=True)
    new.effective_from = today()
    add_texts(QuerySet(Label).bulk_create([new]))
    assert found("unlabelled") == []


def test_a_name_outside_all_regions_is_the_administrators(product):
    selector = Page.objects.get(depth=2, locale=Locale.get_default())
    Mention.objects.create(page=selector, product=product)
    assert [one.region for one in found("unlabelled")] == [""]
    assert found("unlabelled", "eu-legal") == []


def test_a_label_that_changed_after_its_pages_is_told_until_they_are_published_again(eu):
    change(eu, last_published_at=timezone.now())
    told = found("changed", "eu-legal")
    pages = Page.objects.filter(mentions__isnull=False, path__startswith=at("/eu/").path)
    assert len([one for one in told if "(English)" in one.subject]) == pages.count() > 0
    for page in pages.specific():
        page.save_revision().publish()
    assert not [one for one in found("changed", "eu-legal") if "(English)" in one.subject]


def test_a_page_in_a_language_without_a_label_follows_the_labels_it_shows(eu):
    lack(Label.objects.get(region=eu), "de")
    change(eu, last_published_at=timezone.now())
    assert {one.subject.rpartition("(")[2] for one in found("changed")} == {"English)", "German)", "French)"}


@pytest.mark.parametrize(("hours", "is_told"), [(-1, True), (0, False), (1, False)])
def test_a_label_that_takes_effect_after_the_page_was_published_is_a_change(us, hours, is_told):
    change(us, effective_from=today(), last_published_at=timezone.now() - timedelta(days=9))
    begins = timezone.make_aware(datetime.combine(today(), time.min))
    Page.objects.filter(mentions__isnull=False).update(last_published_at=begins + timedelta(hours=hours))
    assert bool([one for one in found("changed") if one.region == "us"]) is is_told


def test_a_gap_is_a_region_without_a_label_or_with_a_draft_or_without_a_language(eu, us, ca):
    Label.objects.filter(region=us).delete()
    change(ca, live=False)
    lack(Label.objects.get(region=eu), "fr")
    assert {one.region: one.why for one in found("gaps")} == {
        "us": "It has no label here.",
        "ca": "It has only a draft of a label here.",
        "eu": "No label in force in: French.",
    }


def blocked(path: str, region: str) -> RegisteredLink:
    now = timezone.now()
    return RegisteredLink.objects.create(
        page=at(path), region=region, language="en", href="ftp://x/", text="Files", kind="blocked",
        outcome="blocked", first_seen=now, last_seen=now,
    )  # fmt: skip


@pytest.fixture
def troubles(eu, us) -> None:
    """Something of every kind in two regions."""
    for region in (eu, us):
        change(region, review_by=today(), last_published_at=timezone.now())
        blocked(f"/{region.code}/about/", region.code)
    Product.objects.create(name="Newol", maker="M", first_published_at=timezone.now())
    notice = Notice.objects.filter(locale=Locale.get_default()).first()
    notice.heading = "Changed"
    notice.save_revision()
    for code in ("eu", "us"):
        Notice.objects.create(kind="third-party", region=code, heading="H", body="B", live=False)


@pytest.mark.parametrize(
    ("name", "regions", "kinds"),
    [
        ("eu-editor", {"eu"}, {"review", "changed", "gaps", "links"}),
        ("eu-legal", {"eu", ""}, {"review", "changed", "gaps", "links", "notices"}),
        ("us-legal", {"us", ""}, {"review", "changed", "gaps", "links", "notices"}),
        ("admin", {"eu", "us", "ap", "ca", ""}, {"review", "changed", "gaps", "links", "notices"}),
    ],
)
def test_everybody_is_told_of_their_own(troubles, name, regions, kinds):
    watch = Watch(person(name))
    told = {source.kind: alerts_of(source, watch) for source in sources()}
    assert {kind for kind, concerns in told.items() if concerns} == kinds
    assert {one.region for concerns in told.values() for one in concerns} == regions
    client = signed_in(name)
    counted = LexborHTMLParser(client.get("/admin/").text).css(".work-count")
    assert sum(int(one.text()) for one in counted) == sum(map(len, told.values()))


@pytest.mark.parametrize("name", ["eu-editor", "eu-legal", "admin"])
def test_everything_leads_to_a_page_that_opens_for_the_person(troubles, name):
    withdraw(Region.objects.get(code="us"))
    client = signed_in(name)
    addresses = {row["Where to mend it"] for row in rows_of(client)}
    assert addresses
    for address in addresses:
        assert client.get(address).status_code == 200, address


def rows_of(client: Client, **asked) -> list[dict[str, str]]:
    answer = client.get(ATTENTION, {"export": "csv", **asked})
    return [*csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode()))]


def test_the_list_is_closed_to_others(client, django_user_model):
    assert "/login/" in client.get(ATTENTION).url
    django_user_model.objects.create_user("nobody")
    assert signed_in("nobody").get(ATTENTION, {"export": "csv"}).status_code == 302


def test_the_list_is_narrowed_by_kind_and_region(troubles, administrator, eu_editor):
    assert {row["Kind"] for row in rows_of(administrator, kind="links")} == {"Blocked links"}
    assert {row["Region"] for row in rows_of(administrator, region="us")} == {"United States"}
    assert rows_of(eu_editor, region="us") == []
    assert rows_of(administrator, kind="nonsense") == []


def test_where_all_is_well_the_list_says_so(eu_legal):
    assert "Nothing needs attention here." in eu_legal.get(ATTENTION).text


def test_another_app_adds_a_source_but_never_reaches_another_region():
    ours = Source(
        "made-up", "Made up", lambda watch: [Alert("us", "A", "b", "/"), Alert("eu", "C", "d", "/")]
    )
    with hooks.register_temporarily(ALERTS_HOOK, lambda: ours):
        assert [one.subject for one in found("made-up", "eu-legal")] == ["C"]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_of_an_export_is_a_formula(troubles, administrator, name):
    QuerySet(Product).update(name=name)
    Page.objects.filter(mentions__isnull=False).update(title=name)
    cells = [value for row in rows_of(administrator) for value in row.values()]
    answer = administrator.get(ATTENTION, {"export": "xlsx"})
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    cells += [one.value for row in sheet.iter_rows(min_row=2) for one in row if isinstance(one.value, str)]
    assert [value for value in cells if value.startswith("'")]
    assert not [value for value in cells if value.startswith(tuple("=+-@\t\r"))]
    assert "f" not in {one.data_type for row in sheet.iter_rows() for one in row}


def test_html_in_a_title_stays_text(troubles, administrator):
    Page.objects.filter(mentions__isnull=False).update(title="<script>alert(1)</script>")
    page = LexborHTMLParser(administrator.get(ATTENTION, {"kind": "changed"}).text)
    assert not page.css(".attention script")
    assert "<script>alert(1)</script>" in page.css_first(".attention").text()


def test_five_thousand_rows_are_listed_with_as_many_queries_as_a_few(administrator, us):
    def grow(number: int) -> int:
        made = [Product(name=f"P{n}", maker="M", first_published_at=timezone.now()) for n in range(number)]
        made = QuerySet(Product).bulk_create(made)
        given = {"status": Status.APPROVED, "live": True, "effective_from": today(), "review_by": today()}
        add_texts(QuerySet(Label).bulk_create(Label(product=one, region=us, **given) for one in made))
        administrator.get(ATTENTION, {"kind": "review"})
        with CaptureQueriesContext(connection) as queries:
            page = administrator.get(ATTENTION, {"kind": "review", "p": 2})
        assert page.status_code == 200
        return len(queries)

    few = grow(60)
    assert grow(4940) == few
    assert len(rows_of(administrator, kind="review")) == 5000
    assert "5000 things to mend" in administrator.get(ATTENTION, {"kind": "review"}).text


def test_allowing_the_product_mends_it(ca, ca_page):
    Mention.objects.create(page=ca_page.page_ptr, product=Product.objects.get())
    assert [one.region for one in found("unlabelled")] == ["ca"]
    label = allow(ca)
    publish(label)
    assert found("unlabelled") == []


def test_a_page_that_is_kept_up_under_a_withdrawn_label_is_told_of_until_it_is_taken_down(us):
    EndingChoice(region=us, keeps_up=True, is_in_force=True).save()
    withdraw(us)
    assert "stays up as its region has chosen" in found("unlabelled")[0].why
    for page in Page.objects.descendant_of(at("/us/")).filter(mentions__isnull=False).specific():
        page.unpublish()
    assert found("unlabelled") == []
    assert not StandardPage.objects.filter(
        mentions__isnull=False, live=True, path__startswith=at("/us/").path
    )
