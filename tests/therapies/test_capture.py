"""What cannot be put on record does not go live, whichever way; what was live already stays, and is named."""

import re
from weakref import ref

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseServerError
from django.urls import reverse
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, Site, TaskState

from home.models import RegionHomePage, StandardPage
from region_gate.constancy import constant
from review.models import Approval
from tests.conftest import approval
from tests.review.conftest import loaded
from therapies.management.commands import keep_record
from therapies.models import Publication, RecordedFile
from therapies.models.publication_record import PublicationQuerySet, Why
from therapies.page_record import archiving
from therapies.page_record.capture import NotOnRecordError, answer
from therapies.page_record.pages import settle
from therapies.page_record.rendering import Then

from .recorded import publish

pytestmark = pytest.mark.django_db
SERVE = StandardPage.serve


@pytest.fixture
def about(eu_home) -> StandardPage:
    """A live European page that names no product."""
    return StandardPage.objects.child_of(eu_home).get(slug="about")


@pytest.fixture
def draft(eu_home) -> StandardPage:
    """A European page that was never live."""
    made = StandardPage(title="New", slug="new", locale=eu_home.locale, live=False)
    eu_home.add_child(instance=made)
    made.save_revision(user=user("eu-editor"))
    return StandardPage.objects.get(pk=made.pk)


@pytest.fixture
def broken(monkeypatch):
    """Have plain pages break; returned, what mends them again."""
    monkeypatch.setattr(StandardPage, "serve", lambda *told, **more: HttpResponseServerError("x"))
    return lambda: monkeypatch.setattr(StandardPage, "serve", SERVE)


def user(name):
    return get_user_model().objects.get(username=name)


def sent(page: Page) -> TaskState:
    """Send `page` to review."""
    page.get_workflow().start(page, user("eu-editor"))
    return page.current_workflow_task_state


def live() -> dict[int, tuple[str, str]]:
    """Return what visitors can reach: titles and addresses by the pages' keys."""
    return {pk: rest for pk, *rest in Page.objects.live().values_list("pk", "title", "url_path")}


def chain(page: Page) -> PublicationQuerySet:
    return Publication.objects.chain(page.pk)


def by_revision(page):
    page.get_latest_revision().publish()


def by_save(page):
    page.live = True
    page.save()


def by_approval(page):
    state = sent(page)
    state.task.specific.on_action(state, user("eu-legal"), "approve", **approval())


def as_new(page):
    page.get_parent().add_child(instance=StandardPage(title="Newer", slug="newer", locale=page.locale))


def as_alias(page):
    StandardPage.objects.sibling_of(page).get(slug="about").create_alias(update_slug="also")


def as_copy(page):
    StandardPage.objects.sibling_of(page).get(slug="about").copy(update_attrs={"slug": "copied"})


@pytest.mark.parametrize("way", [by_revision, by_save, by_approval, as_new, as_alias, as_copy])
def test_in_code_nothing_goes_live_that_cannot_be_put_on_record(draft, broken, way):
    before = live()
    with pytest.raises(NotOnRecordError, match=r"error \(HTTP 500\)"):
        way(draft)
    assert live() == before
    assert not Publication.objects.blank().exists()
    assert not Approval.objects.filter(revision__object_id=str(draft.pk)).exists()


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (HttpResponse(status=302, headers={"Location": "/us/"}), "leads elsewhere"),
        (HttpResponse("x", content_type="application/pdf"), "no page of HTML"),
        (HttpResponse(" "), "empty"),
    ],
)
def test_what_is_no_page_does_not_go_live(draft, monkeypatch, answer, reason):
    monkeypatch.setattr(StandardPage, "serve", lambda *told: answer)
    with pytest.raises(NotOnRecordError, match=reason):
        by_revision(draft)


def test_what_cannot_be_kept_does_not_go_live_though_it_can_be_shown(draft, monkeypatch, caplog):
    monkeypatch.setattr("therapies.page_record.capture.kept", lambda *told: 1 / 0)
    with pytest.raises(NotOnRecordError, match="cannot be kept"):
        by_revision(draft)
    assert "ZeroDivisionError" in caplog.text


def test_a_query_that_fails_on_the_page_leaves_the_transaction_usable(draft, monkeypatch, caplog):
    def serve(*told):
        with connection.cursor() as cursor:
            cursor.execute("SELECT nothing FROM nowhere")

    monkeypatch.setattr(StandardPage, "serve", serve)
    with pytest.raises(NotOnRecordError):
        by_revision(draft)
    assert not StandardPage.objects.get(pk=draft.pk).live
    assert "nowhere" in caplog.text


def test_who_approves_reads_why_it_did_not_go_live_and_the_code_stays_free(eu_legal, draft, broken):
    state = sent(draft)
    address = reverse("review", args=[state.pk])
    sending = {f"approve-{name}": value for name, value in approval().items()}
    answer = eu_legal.post(
        address, {**sending, "approve": "1"}, headers={"referer": f"http://testserver{address}"}
    )
    assert answer.status_code == 302
    told = eu_legal.get(answer["Location"]).text
    assert "what visitors would meet at “New” cannot be put on record" in told
    assert "Visitors would meet an error (HTTP 500)." in told
    assert TaskState.objects.get(pk=state.pk).status == TaskState.STATUS_IN_PROGRESS
    assert not Approval.objects.filter(code=approval()["code"]).exists()
    assert not chain(draft).exists()
    broken()
    eu_legal.post(address, {**sending, "approve": "1"})
    assert chain(draft).get().approval_facts["code"] == approval()["code"]


def test_an_administrator_who_publishes_reads_why_it_did_not_go_live(
    administrator, draft, broken, one_person_may
):
    address = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    form = {
        "title": "New",
        "slug": "new",
        "intro": "null",
        "body-count": "0",
        "action-publish": "1",
        **loaded(draft),
        **{f"comments-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL")},
    }
    answer = administrator.post(address, form, headers={"referer": f"http://testserver{address}"})
    assert "cannot be put on record" in administrator.get(answer["Location"]).text
    assert not StandardPage.objects.get(pk=draft.pk).live


def test_pages_published_in_bulk_go_live_together_or_not_at_all(
    administrator, draft, eu_home, broken, one_person_may
):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = administrator.post(f"{address}?id={draft.pk}&id={eu_home.pk}")
    assert "cannot be put on record" in administrator.get(answer["Location"]).text
    assert not StandardPage.objects.get(pk=draft.pk).live


def test_pages_come_down_in_bulk_though_they_break(administrator, about, broken, one_person_may):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    administrator.post(f"{address}?id={about.pk}")
    assert [*chain(about).values_list("is_live", flat=True)] == [True, False]


def test_the_schedule_names_what_it_cannot_put_on_record_and_goes_on(draft, eu_home, monkeypatch):
    due = timezone.now() - timezone.timedelta(minutes=1)
    other = StandardPage(title="Other", slug="other", locale=eu_home.locale, live=False)
    RegionHomePage.objects.get(pk=eu_home.pk).add_child(instance=other)
    other.save_revision(approved_go_live_at=due)
    draft.save_revision(approved_go_live_at=due)
    monkeypatch.setattr(
        StandardPage,
        "serve",
        lambda page, *told, **more: SERVE(page, *told, **more) if page.title != "New" else 1 / 0,
    )
    with pytest.raises(CommandError, match=r"New: .*cannot be put on record"):
        call_command("publish_scheduled")
    assert Page.objects.get(pk=other.pk).live
    assert not Page.objects.get(pk=draft.pk).live


def test_a_new_draft_of_a_live_page_does_not_replace_what_it_breaks(about, broken):
    about.title = "Broken"
    revision = about.save_revision()
    with pytest.raises(NotOnRecordError):
        revision.publish()
    assert Page.objects.get(pk=about.pk).title == "About us"
    assert chain(about).get().title == "About us"


def test_a_region_s_home_that_breaks_does_not_go_live(eu_home, monkeypatch):
    monkeypatch.setattr(RegionHomePage, "serve", lambda *told: HttpResponseServerError("x"))
    eu_home.title = "Broken"
    with pytest.raises(NotOnRecordError):
        eu_home.save_revision().publish()
    assert Page.objects.get(pk=eu_home.pk).title != "Broken"


def test_a_page_is_not_moved_to_where_it_breaks(about, broken):
    contact = Page.objects.get(pk=StandardPage.objects.sibling_of(about).get(slug="contact").pk)
    before = live()
    with pytest.raises(NotOnRecordError):
        Page.objects.get(pk=about.pk).move(contact, pos="last-child")
    assert live() == before


def test_pages_below_one_that_is_renamed_have_their_new_addresses_on_record_at_once(about):
    child = about.add_child(instance=StandardPage(title="Below", slug="below", locale=about.locale))
    publish(about, "About us", slug="who-we-are")
    assert chain(child).last().url.endswith("/eu/who-we-are/below/")
    assert chain(child).last().why == Why.MOVED


def test_a_page_is_not_renamed_where_one_below_it_breaks(about, monkeypatch):
    about.add_child(instance=StandardPage(title="Below", slug="below", locale=about.locale))
    monkeypatch.setattr(
        StandardPage,
        "serve",
        lambda page, *told, **more: SERVE(page, *told, **more) if page.title != "Below" else 1 / 0,
    )
    with pytest.raises(NotOnRecordError, match="“Below”"):
        publish(about, "About us", slug="who-we-are")


def test_a_page_goes_on_record_in_its_own_transaction(eu_home):
    made = eu_home.add_child(instance=StandardPage(title="Made live", locale=eu_home.locale))
    assert "Made live" in chain(made).get().html


def test_what_is_written_after_the_page_is_on_record_once_all_is_saved(
    about, eu_home, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        made = eu_home.add_child(instance=StandardPage(title="Made live", locale=eu_home.locale))
        QuerySet(StandardPage).filter(pk=made.pk).update(intro="<p>Written later</p>")
    assert "Written later" in chain(made).last().html


def test_a_publication_makes_one_entry(about, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        publish(about, "Second")
    assert [*chain(about).values_list("title", "why")] == [
        ("About us", Why.PUBLISHED),
        ("Second", Why.PUBLISHED),
    ]


@pytest.fixture
def broken_live(about, monkeypatch, django_capture_on_commit_callbacks):
    """A live page that breaks because its picture was changed; returned with what mends it."""
    image = get_image_model().objects.create(title="A drawing", file=get_test_image_file())
    value = {"image": {"image": image.pk, "decorative": True, "alt_text": ""}, "caption": ""}
    publish(about, "With a picture", body=[{"type": "figure", "value": value}])
    monkeypatch.setattr(StandardPage, "serve", lambda *told: 1 / 0)
    with django_capture_on_commit_callbacks(execute=True):
        image.file = get_test_image_file(colour="black")
        image.save()
    return about, lambda: monkeypatch.setattr(StandardPage, "serve", SERVE)


def test_a_live_page_that_breaks_later_stays_live_and_is_named_until_it_is_mended(
    broken_live, caplog, capsys
):
    about, mend = broken_live
    assert Page.objects.get(pk=about.pk).live
    assert chain(about).last().html == ""
    assert any(record.exc_info for record in caplog.get_records("setup"))
    with pytest.raises(SystemExit) as stopped:
        call_command("check_record")
    assert stopped.value.code == 1
    assert (
        f"Page {about.pk}: live, and what visitors meet is not on record: entry 3 is"
        in capsys.readouterr().err
    )
    with pytest.raises(SystemExit):
        call_command("keep_record")
    assert f"Page {about.pk}: what visitors meet cannot be put on record" in capsys.readouterr().err
    assert chain(about).count() == 3
    mend()
    call_command("keep_record")
    call_command("check_record")
    assert [bool(entry.html) for entry in chain(about)] == [True, True, False, True]
    assert "With a picture" in Then.at(Publication.objects.all(), about.pk, timezone.now()).html


def test_keep_record_goes_on_with_the_others_where_one_page_breaks(about, us_home, monkeypatch, capsys):
    for page in (about, us_home):
        with connection.cursor() as cursor:
            table = Publication._meta.db_table
            cursor.execute(f"DELETE FROM {table} WHERE subject = %s", [page.pk])  # noqa: S608
    monkeypatch.setattr(StandardPage, "serve", lambda *told: 1 / 0)
    with pytest.raises(SystemExit) as stopped:
        call_command("keep_record")
    assert stopped.value.code == 1
    assert f"Page {about.pk}:" in capsys.readouterr().err
    assert (chain(about).get().html, chain(us_home).get().why) == ("", Why.FOUND)


def test_keep_record_tells_how_far_it_is_and_keeps_no_entry_in_memory(db, monkeypatch, capsys):
    monkeypatch.setattr(keep_record, "TOLD_AFTER", 10)
    alive = []

    class Entry:
        """An entry that can be counted while it is there."""

    def publish(page, why, thoroughly):
        alive.append(ref(entry := Entry()))
        assert sum(one() is not None for one in alive) <= 2
        return entry

    monkeypatch.setattr(keep_record, "publish", publish)
    call_command("keep_record")
    told = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"10 of \d+ looked at\.", told[0])
    assert told[-1] == f"{len(alive)} put on record."


def test_a_page_that_was_broken_before_can_be_saved_and_unpublished(broken_live):
    about, _mend = broken_live
    StandardPage.objects.get(pk=about.pk).save()
    settle(about.pk, Why.CHANGED, thoroughly=True)
    assert chain(about).count() == 3
    Page.objects.get(pk=about.pk).unpublish()
    assert not chain(about).last().is_live


def test_the_first_approval_of_a_site_whose_host_nobody_may_ask_for_is_on_record(eu_legal, draft, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    Site.objects.update(hostname="intern.test")
    Site.clear_site_root_paths_cache()
    by_approval(draft)
    entry = chain(draft).get()
    assert ("<h1" in entry.html, entry.url, entry.region) == (True, "http://intern.test/eu/new/", "eu")
    assert RecordedFile.objects.filter(media_type="text/css").exists()
    call_command("check_record")


def test_every_page_goes_on_record_in_a_set_just_as_it_does_by_itself(db):
    alone = {page.pk: answer(page) for page in Page.objects.live().filter(depth__gt=1)}
    with constant():
        together = {page.pk: answer(page) for page in Page.objects.live().filter(depth__gt=1)}
    assert together == alone
    assert len(alone) > 20


def test_a_page_that_breaks_in_a_set_takes_no_file_from_the_record_of_the_next(about, eu_home, monkeypatch):
    read, with_slot, breaks = archiving.read, archiving._with_slots, [True]

    def break_first(tree):
        if breaks and breaks.pop():
            raise ValueError
        return with_slot(tree)

    changed = b"/* changed */"
    monkeypatch.setattr(
        archiving, "read", lambda it: (read(it) or b"") + changed if ".css" in it else read(it)
    )
    monkeypatch.setattr(archiving, "_with_slots", break_first)
    with constant():
        assert settle(about.pk, Why.CHANGED, thoroughly=True).html == ""
        entry = settle(eu_home.pk, Why.CHANGED, thoroughly=True)
    styles = {*re.findall(r'"sha256:([0-9a-f]{64})"', entry.html)}
    assert RecordedFile.objects.filter(pk__in=styles).count() == len(styles)
    assert any(changed.decode() in file.text for file in RecordedFile.objects.filter(media_type="text/css"))


def test_a_file_that_is_on_record_already_is_not_read_again(db):
    first, again = [RecordedFile.objects.keep(b"p {}", "text/css") for _time in range(2)]
    assert (first.pk, first.text) == (again.pk, "p {}")
    assert again.get_deferred_fields() == {"content"}
