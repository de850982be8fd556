"""The record of pages: whatever visitors meet is on it from that moment on, and stays there as it was."""

import json
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError, connection
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale, Page, Site

from home.models import StandardPage
from region_gate.models.append_only import RecordError
from therapies.models import Label, LabelVersion, Publication, RecordedFile, Reference
from therapies.models.in_force import Status
from therapies.models.publication_record import Why
from therapies.page_record.labels import settle_label
from therapies.page_record.pages import settle
from therapies.page_record.rendering import Then

from .conftest import NAME, allow, withdraw
from .conftest import publish as publish_label
from .label_texts import label_of, lack
from .recorded import DAY, DAY_AFTER, at, heading, met, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def now(time_machine):
    """Return a function that sets the clock to a time on that day, or another."""
    return lambda clock, day=DAY: time_machine.move_to(at(clock, day), tick=False)


@pytest.fixture
def about(eu_home) -> StandardPage:
    """A live European page that names no product."""
    return StandardPage.objects.child_of(eu_home).get(slug="about")


@pytest.fixture
def product_page() -> Page:
    """The European page about the product."""
    return Page.objects.get(url_path__endswith="/eu/sir-spheres/", locale=Locale.get_default()).specific


def chain(page: int) -> list[tuple[bool, str]]:
    return [*Publication.objects.chain(page).values_list("is_live", "why")]


def test_what_went_live_before_is_on_record(about):
    assert chain(about.pk) == [(True, Why.PUBLISHED)]
    assert heading(about.pk, timezone.now()) == "About us"


def test_nothing_was_met_before_the_first_publication(about):
    assert Then.at(Publication.objects.all(), about.pk, at("00:00:00", "2001-01-01")) is None


def test_two_versions_on_one_day_are_told_apart_to_the_moment(about, now):
    now("09:00:00")
    publish(about, "First")
    now("17:30:00")
    publish(about, "Second")
    found = [heading(about.pk, at(clock)) for clock in ("08:59:59", "09:00:00", "17:29:59", "17:30:00")]
    assert found == ["About us", "First", "First", "Second"]


def test_a_publication_says_whose_it_was(about, now):
    now("09:00:00")
    revision = publish(about, "First").live_revision
    entry = Publication.objects.chain(about.pk).last()
    assert (entry.written_by, entry.revision, entry.url) == ("eu-legal", revision.pk, about.full_url)
    assert (entry.region, entry.region_name, entry.language) == ("eu", "Europe", "en")
    assert json.loads(entry.content)["title"] == "First"


def test_a_publication_names_its_reviewer(about, eu_legal, django_user_model):
    legal = django_user_model.objects.get(username="eu-legal")
    about.title = "Reviewed"
    about.save_revision(user=django_user_model.objects.get(username="eu-editor"))
    about.get_workflow().start(about, None)
    about.current_workflow_task_state.approve(user=legal)
    entry = Publication.objects.chain(about.pk).last()
    assert (entry.title, entry.approved_by, entry.written_by) == ("Reviewed", "eu-legal", "eu-editor")


def test_an_unpublished_page_was_met_until_then_and_again_once_republished(about, now):
    now("09:00:00")
    publish(about, "First")
    now("10:00:00")
    about.refresh_from_db()
    about.unpublish()
    now("11:00:00")
    publish(about, "Again")
    found = [heading(about.pk, at(clock)) for clock in ("09:59:59", "10:00:00", "10:59:59", "11:00:00")]
    assert found == ["First", "", "", "Again"]
    assert [why for _is_live, why in chain(about.pk)][-2:] == [Why.UNPUBLISHED, Why.PUBLISHED]


def test_a_deleted_page_stays_on_record(about, now):
    number = about.pk
    now("09:00:00")
    publish(about, "Gone soon")
    now("10:00:00")
    Page.objects.get(pk=number).delete()
    assert heading(number, at("09:59:59")) == "Gone soon"
    assert heading(number, at("10:00:00")) == ""
    assert chain(number)[-1] == (False, Why.DELETED)


def test_pages_deleted_with_what_they_stood_below_stay_on_record(eu_home, now):
    below = Page.objects.live().get(url_path__endswith="/eu/therapies/liver-metastases-colorectal-cancer/",
                                    locale=Locale.get_default())  # fmt: skip
    now("10:00:00")
    Page.objects.get(url_path__endswith="/eu/therapies/", locale=Locale.get_default()).delete()
    assert heading(below.pk, at("09:59:59"))
    assert chain(below.pk)[-1] == (False, Why.DELETED)


def test_a_moved_page_is_found_at_the_address_of_then(about, now):
    contact = Page.objects.get(pk=StandardPage.objects.sibling_of(about).get(slug="contact").pk)
    now("10:00:00")
    about.move(contact, pos="last-child")
    before = Then.at(Publication.objects.all(), about.pk, at("09:59:59"))
    after = Then.at(Publication.objects.all(), about.pk, at("10:00:00"))
    assert (before.entry.url[-10:], after.entry.url[-18:]) == ("/eu/about/", "/eu/contact/about/")
    assert (after.entry.why, before.until.pk) == (Why.MOVED, after.entry.pk)


def test_what_stands_below_a_renamed_page_is_found_at_the_address_of_then(
    about, now, django_capture_on_commit_callbacks
):
    child = about.add_child(instance=StandardPage(title="Below", locale=about.locale))
    settle(child.pk, Why.FOUND)
    now("10:00:00")
    with django_capture_on_commit_callbacks(execute=True):
        publish(StandardPage.objects.get(pk=about.pk), "About us", slug="who-we-are")
    assert Publication.objects.chain(child.pk).last().url.endswith("/eu/who-we-are/below/")


def test_a_reordered_page_makes_no_entry(about):
    sibling = StandardPage.objects.sibling_of(about).get(slug="contact")
    before = Publication.objects.count()
    Page.objects.get(pk=about.pk).move(Page.objects.get(pk=sibling.pk), pos="right")
    assert Publication.objects.count() == before


def test_an_alias_is_on_record_with_what_it_follows(about, now):
    alias = about.create_alias(update_slug="also-about", parent=about.get_parent())
    settle(alias.pk, Why.PUBLISHED)
    now("10:00:00")
    publish(about, "Renewed")
    assert heading(alias.pk, at("10:00:00")) == "Renewed"
    assert Publication.objects.chain(alias.pk).last().url.endswith("/eu/also-about/")
    about.refresh_from_db()
    about.unpublish()
    assert chain(alias.pk)[-1] == (False, Why.UNPUBLISHED)


def test_a_region_s_name_of_then_is_kept(eu, about, now):
    eu.name = "Europe and Turkey"
    eu.save()
    now("10:00:00")
    publish(about, "Later")
    names = [Then.at(Publication.objects.all(), about.pk, at(clock)).entry.region_name
             for clock in ("09:59:59", "10:00:00")]  # fmt: skip
    assert names == ["Europe", "Europe and Turkey"]


def test_labels_of_then_are_found_though_the_region_has_another_code_now(eu, product_page, now):
    now("09:00:00")
    eu.home_pages.all().delete()
    eu.code = "eea"
    eu.save()
    for one in Label.objects.filter(region=eu):
        settle_label(one)
    assert "SAMPLE-EU-0001" in met(product_page.pk, at("00:00:00"))


def test_the_page_s_own_label_is_that_of_then_though_nobody_published_the_page(eu, product_page, now):
    now("10:00:00")
    for one in Label.objects.filter(region=eu):
        one.registration_number = "RENEWED-2"
        publish_label(one)
    assert "SAMPLE-EU-0001" in met(product_page.pk, at("09:59:59"))
    assert "RENEWED-2" in met(product_page.pk, at("10:00:00"))
    assert Publication.objects.chain(product_page.pk).last().since < at("00:00:00")


@pytest.mark.parametrize(
    ("day", "clock", "is_shown"),
    [(DAY, "23:59:59.999999", False), (DAY_AFTER, "00:00:00", True)],
)
def test_a_label_that_starts_tomorrow_is_met_from_midnight_on(eu, product_page, now, day, clock, is_shown):
    now("10:00:00")
    for one in Label.objects.filter(region=eu):
        number = one.registration_number
        successor = label_of(eu, live=False, effective_from=DAY_AFTER, registration_number=number)
        one.registration_number, one.withdrawn_on = "BEFORE-1", DAY_AFTER
        publish_label(one)
        successor.save()
        publish_label(successor)
    assert ("SAMPLE-EU-0001" in met(product_page.pk, at(clock, day))) is is_shown


@pytest.mark.parametrize(
    ("day", "clock", "is_shown"),
    [(DAY, "23:59:59.999999", True), (DAY_AFTER, "00:00:00", False)],
)
def test_a_label_that_runs_out_is_met_until_midnight(eu, product_page, now, day, clock, is_shown):
    now("10:00:00")
    for one in Label.objects.filter(region=eu):
        one.status, one.withdrawn_on = Status.WITHDRAWN, DAY_AFTER
        publish_label(one)
    assert ("SAMPLE-EU-0001" in met(product_page.pk, at(clock, day))) is is_shown


def test_a_deleted_label_is_met_until_then(eu, product_page, now):
    now("10:00:00")
    Label.objects.filter(region=eu).delete()
    assert "SAMPLE-EU-0001" in met(product_page.pk, at("09:59:59"))
    assert "SAMPLE-EU-0001" not in met(product_page.pk, at("10:00:00"))


@pytest.mark.parametrize(
    "path", ["/eu/sir-spheres/", "/de/eu/sir-spheres/", "/us/sir-spheres/", "/eu/about/"]
)
def test_the_record_shows_what_visitors_are_shown(client, path):
    entry = next(one for one in Publication.objects.open() if one.url.endswith(f"localhost{path}"))
    settle(entry.subject, Why.CHANGED, thoroughly=True)  # the menu has grown since it went live
    answers = client.get(path, headers={"host": "localhost"}).text, met(entry.subject, timezone.now())
    shown, recorded = map(words_shown, answers)
    assert recorded == shown


def words_shown(html: str) -> list[str]:
    """Return the words of a page in order, without what nobody is shown, and what other records have."""
    page = LexborHTMLParser(html)
    for data in page.css("script, main [data-drawn]"):
        data.decompose()
    return page.body.text(separator=" ").split()


def test_a_region_s_first_language_stands_in_for_a_missing_one(eu, now):
    french = Page.objects.get(url_path__endswith="/eu/sir-spheres/", locale__language_code="fr")
    now("10:00:00")
    lack(Label.objects.get(region=eu), "fr")
    assert "Texte d’exemple" in met(french.pk, at("09:59:59"))
    assert "Sample text" in met(french.pk, at("10:00:00"))


def test_a_page_saved_past_a_publication_is_on_record_all_the_same(about, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        about.title = "Saved directly"
        about.save()
    assert heading(about.pk, timezone.now()) == "Saved directly"
    with django_capture_on_commit_callbacks(execute=True):
        StandardPage.objects.get(pk=about.pk).save()
    assert len(chain(about.pk)) == 2


def test_a_page_made_live_directly_is_on_record(eu_home, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        made = eu_home.add_child(instance=StandardPage(title="Made live", locale=eu_home.locale))
    assert heading(made.pk, timezone.now()) == "Made live"


def test_a_draft_is_not_on_record(about):
    about.title = "A draft"
    about.save_revision()
    assert len(chain(about.pk)) == 1


def test_a_changed_reference_is_a_change_of_the_pages_that_cite_it(now, django_capture_on_commit_callbacks):
    about = Page.objects.get(
        url_path__endswith="/us/therapies/liver-metastases-colorectal-cancer/", locale=Locale.get_default()
    )
    settle(about.pk, Why.CHANGED, thoroughly=True)
    now("10:00:00")
    with django_capture_on_commit_callbacks(execute=True):
        reference = Reference.objects.get(doi__iexact="10.1200/JCO.2015.66.1181")
        reference.text = "van Hazel GA, corrected."
        reference.save()
    assert "corrected" not in met(about.pk, at("09:59:59"))
    assert "corrected" in met(about.pk, at("10:00:00"))


def test_a_record_that_fails_after_the_save_of_a_part_stops_nothing_else(
    monkeypatch, caplog, django_capture_on_commit_callbacks
):
    def fail(*_arguments: object) -> None:
        raise DatabaseError

    monkeypatch.setattr("therapies.page_record.signals._settle_pages_showing", fail)
    with django_capture_on_commit_callbacks(execute=True):
        Reference.objects.first().save()
    assert "Error calling" in caplog.text


def test_a_picture_is_kept_when_its_file_is_gone(about, now):
    image = get_image_model().objects.create(title="A drawing", file=get_test_image_file())
    value = {"image": {"image": image.pk, "decorative": True, "alt_text": ""}, "caption": ""}
    now("09:00:00")
    publish(about, "With a picture", body=[{"type": "figure", "value": value}])
    now("10:00:00")
    publish(about, "Without", body=[])
    image.delete()
    html = met(about.pk, at("09:30:00"))
    assert 'src="data:image/' in html
    assert "data:image/" not in met(about.pk, at("10:00:00")).partition("<main")[2]


def test_a_page_on_record_asks_nothing_of_anybody(product_page):
    tree = LexborHTMLParser(met(product_page.pk, timezone.now()))
    assert tree.css("script, iframe, object, link[href]:not([rel=canonical])") == []
    loaded = [node.attributes["src"] for node in tree.css("[src]")]
    assert all(address.startswith("data:") for address in loaded)
    assert all("url(" not in style.text().replace('url("data:', "") for style in tree.css("style"))
    assert "default-src 'none'" in tree.css_first("meta[http-equiv]").attributes["content"]


def test_links_lead_where_they_led(product_page):
    tree = LexborHTMLParser(met(product_page.pk, timezone.now()))
    addresses = [node.attributes["href"] for node in tree.css("a[href]")]
    assert addresses
    assert all(address.startswith(("http", "#", "mailto:", "tel:")) for address in addresses)


def test_what_is_on_record_can_be_neither_changed_nor_deleted(about):
    entry = Publication.objects.chain(about.pk).last()
    entry.title = "Never said"
    version, file = LabelVersion.objects.first(), RecordedFile.objects.first()
    for attempt in (
        entry.save,
        entry.delete,
        version.save,
        version.delete,
        file.save,
        file.delete,
        Publication.objects.all().delete,
        LabelVersion.objects.all().delete,
        RecordedFile.objects.all().delete,
        lambda: Publication.objects.update(title=""),
        lambda: LabelVersion.objects.update(indication=""),
        lambda: RecordedFile.objects.update(content=b""),
        lambda: Publication.objects.bulk_update([entry], ["title"]),
        lambda: Publication.objects.bulk_create([entry]),
    ):
        with pytest.raises(RecordError):
            attempt()


TABLE = Publication._meta.db_table


def tamper(sql: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.mark.parametrize(
    "field", ["title", "html", "content", "approved_by", "published_by", "approval", "url", "products"]
)
def test_a_row_changed_behind_the_record_s_back_is_found(about, field):
    publish(about, "First")
    tamper(f"UPDATE {TABLE} SET {field} = '[9]' WHERE subject = %s AND number = 1", about.pk)  # noqa: S608
    assert Publication.objects.broken(about.pk) == [1]


def test_a_moment_moved_behind_the_record_s_back_is_found(about):
    moment = timezone.now() - timedelta(days=9)
    tamper(f"UPDATE {TABLE} SET since = %s WHERE subject = %s", moment, about.pk)  # noqa: S608
    assert Publication.objects.broken(about.pk) == [1]


def test_a_row_taken_out_is_found(about):
    for title in ("First", "Second"):
        publish(about, title)
    tamper(f"DELETE FROM {TABLE} WHERE subject = %s AND number = 2", about.pk)  # noqa: S608
    assert Publication.objects.broken(about.pk) == [3]


def test_a_row_changed_and_sealed_anew_breaks_the_chain(about):
    publish(about, "First")
    entry = Publication.objects.chain(about.pk).first()
    entry.title = "Never said"
    tamper(
        f"UPDATE {TABLE} SET title = %s, sha256 = %s WHERE id = %s",  # noqa: S608
        entry.title,
        entry.seal(),
        entry.pk,
    )
    assert Publication.objects.broken(about.pk) == [1, 2]


def test_a_label_changed_behind_the_record_s_back_is_found(eu):
    version = LabelVersion.objects.filter(region="eu").first()
    tamper(f"UPDATE {LabelVersion._meta.db_table} SET indication = '' WHERE id = %s", version.pk)  # noqa: S608
    assert LabelVersion.objects.broken(version.subject) == [1]


def test_a_style_changed_behind_the_record_s_back_is_not_shown(about):
    tamper(f"UPDATE {RecordedFile._meta.db_table} SET content = %s WHERE media_type = 'text/css'", b"x{}")  # noqa: S608
    assert "x{}" not in met(about.pk, timezone.now())


def test_a_region_s_label_is_no_other_region_s(ca, ca_page, now):
    allow(ca)
    now("10:00:00")
    publish(ca_page, f"About {NAME}")
    html = met(ca_page.pk, at("10:00:00"))
    assert "As approved." in html
    assert "SAMPLE-EU-0001" not in html


def test_a_withdrawn_label_is_met_no_more_from_that_day_on(eu, product_page, now):
    now("10:00:00")
    withdraw(eu)
    assert "SAMPLE-EU-0001" in met(product_page.pk, at("09:59:59"))
    assert "SAMPLE-EU-0001" not in met(product_page.pk, at("10:00:00"))


def test_a_document_is_not_loaded_but_led_to(about, now):
    document = get_document_model().objects.create(title="A leaflet", file=ContentFile(b"x", name="l.txt"))
    now("09:00:00")
    publish(about, "With it", intro=f'<p><a linktype="document" id="{document.pk}">Read it</a></p>')
    assert f'href="{Site.objects.get().root_url}{document.url}"' in met(about.pk, at("09:00:00"))
