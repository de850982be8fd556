"""The guard at every way in which a page goes live: refused without a label, accepted with one."""

import json
from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page, Revision
from wagtail.rich_text import RichText

from home.models import StandardPage
from region_gate import clock
from region_gate.models import Notice
from tests.conftest import approval, signed_in
from tests.home.test_access import form
from tests.review.conftest import loaded
from therapies.guard import checkpoints
from therapies.guard.label_check import UnlabelledError, named_in
from therapies.models import Mention

from .conftest import NAME, allow, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_person_may")]


def at(path: str) -> Page:
    """Return the English page at `path`."""
    return Page.objects.get(url_path__endswith=path, locale__language_code="en").specific


def naming(page: Page, title: str = f"About {NAME}") -> Page:
    """Return `page` with a draft that names the product."""
    page = page.specific_class.objects.get(pk=page.pk)
    page.title = title
    page.save_revision()
    return page


def said(answer) -> str:
    """Return all that the admin says in answer: on the page, or in messages after a redirect."""
    return answer.text + " ".join(map(str, get_messages(answer.wsgi_request)))


def tree() -> list[tuple]:
    """Return all that visitors could see changed, and what waits for them."""
    return [
        *Page.objects.order_by("path").values_list("pk", "path", "title", "slug", "live", "live_revision_id"),
        *Revision.objects.filter(approved_go_live_at__isnull=False).values_list("pk"),
    ]


def edit(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def edit_and_publish(client, page, **more):
    return client.post(edit(page), form(f"About {NAME}", slug=page.slug, **{"action-publish": "1"}, **more))


def create_and_publish(client, page):
    add = reverse("wagtailadmin_pages:add", args=["home", "standardpage", page.get_parent().pk])
    return client.post(add, form(f"About {NAME}", **{"action-publish": "1"}))


def schedule(client, page):
    tomorrow = timezone.localtime(timezone.now() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    return edit_and_publish(client, page, go_live_at=tomorrow)


def publish_in_bulk(client, page):
    innocent = at("/ca/contact/")
    naming(page)
    naming(innocent, "How to reach us")
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    return client.post(f"{address}?id={innocent.pk}&id={page.pk}", {})


def copy_from_abroad(client, page, **more):
    abroad = at("/eu/about/")
    if abroad.title != f"About {NAME}":
        abroad.title = f"About {NAME}"
        abroad.save_revision().publish()
    return client.post(
        reverse("wagtailadmin_pages:copy", args=[abroad.pk]),
        {"new_title": abroad.title, "new_slug": "copied", "new_parent_page": page.get_parent().pk, **more},
    )


def copy_live(client, page):
    return copy_from_abroad(client, page, publish_copies="on")


def alias(client, page):
    return copy_from_abroad(client, page, alias="on")


def revert(client, page):
    named = naming(page).latest_revision
    naming(page, "About us")
    address = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, named.pk])
    shown = client.get(address)
    assert NAME in shown.text
    posted = {"action-publish": "1", "revision": str(named.pk), **loaded(page)}
    return client.post(edit(page), form(f"About {NAME}", slug=page.slug, **posted))


ROUTES = [
    edit_and_publish,
    create_and_publish,
    schedule,
    publish_in_bulk,
    copy_live,
    alias,
    revert,
]


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.__name__)
def test_nothing_goes_live_without_a_label(administrator, ca_page, route):
    if route in (copy_live, alias):
        copy_from_abroad(administrator, ca_page)  # a draft: always allowed
        at("/ca/copied/").delete()
    before = tree()
    answer = route(administrator, ca_page)
    assert "Remove the name: the product is not approved there." in said(answer)
    assert NAME in said(answer)
    assert tree() == before


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.__name__)
def test_all_goes_live_with_a_label(administrator, ca, ca_page, route):
    allow(ca)
    before = tree()
    answer = route(administrator, ca_page)
    assert "Remove the name" not in said(answer)
    assert tree() != before


OTHERS = [(route, person) for route in ROUTES for person in ("ca-editor", "ca-legal")]
OTHERS.remove((revert, "ca-legal"))  # who is not shown the form


@pytest.mark.parametrize("is_labelled", [False, True])
@pytest.mark.parametrize(("route", "person"), OTHERS, ids=lambda value: getattr(value, "__name__", value))
def test_editors_and_legal_publish_by_none_of_these_routes(ca, ca_home, ca_page, route, person, is_labelled):
    def live() -> list[tuple]:
        pages = Page.objects.descendant_of(ca_home).live()
        return list(pages.order_by("path").values_list("pk", "title", "slug", "live_revision_id"))

    if is_labelled:
        allow(ca)
    before = live()
    route(signed_in(person), ca_page)
    assert live() == before
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def test_a_refused_page_keeps_what_was_typed(administrator, ca_page):
    answer = edit_and_publish(administrator, ca_page)
    assert f'value="About {NAME}"' in answer.text
    assert "“SIR-Spheres” in “Title”" in answer.text
    assert "the label of Canada for it says “not approved”." in answer.text


def test_a_draft_may_always_be_saved(administrator, ca_page):
    administrator.post(edit(ca_page), form(f"About {NAME}", slug="about"))
    ca_page.refresh_from_db()
    assert ca_page.draft_title == f"About {NAME}"
    assert ca_page.title == "About us"


def test_a_page_does_not_move_to_where_it_may_not_name_the_product(administrator, ca, ca_page, eu_home):
    live = at("/eu/about/")
    live.title = f"About {NAME}"
    live.save_revision().publish()
    Page.objects.get(pk=ca_page.pk).delete()
    home = ca.home_pages.get(locale__language_code="en")
    address = reverse("wagtailadmin_pages:move_confirm", args=[live.pk, home.pk])
    before = tree()
    assert "Remove the name" in said(administrator.post(address))
    assert tree() == before
    with pytest.raises(UnlabelledError):
        live.move(home, "last-child")
    assert tree() == before
    allow(ca)
    administrator.post(address)
    live.refresh_from_db()
    assert live.url_path.endswith("/ca/about/")


def test_what_lies_below_a_moved_page_is_looked_at_too(ca_home, eu_home):
    about = StandardPage.objects.child_of(eu_home).get(slug="about")
    below = about.add_child(instance=StandardPage(title=f"More on {NAME}"))
    about.refresh_from_db()
    about.slug = "about-europe"
    about.save()
    with pytest.raises(UnlabelledError, match=NAME):
        about.move(ca_home, "last-child")
    below.unpublish()
    about.move(ca_home, "last-child")


def submit(editor, page):
    return editor.post(edit(page), form(f"About {NAME}", slug=page.slug, **{"action-submit": "1"}))


def approve(page) -> str:
    task = page.specific_class.objects.get(pk=page.pk).current_workflow_task_state
    return reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk])


def test_an_editor_cannot_submit_without_a_label(ca_editor, ca_page):
    answer = submit(ca_editor, ca_page)
    assert "Remove the name: the product is not approved there." in answer.text
    assert ca_page.current_workflow_state is None


def test_an_editor_submits_and_legal_publishes_with_a_label(ca_editor, ca_legal, ca, ca_page):
    allow(ca)
    submit(ca_editor, ca_page)
    ca_legal.post(approve(ca_page), approval())
    ca_page.refresh_from_db()
    assert ca_page.title == f"About {NAME}"


@pytest.mark.parametrize("way", ["list", "editor"])
def test_legal_cannot_approve_what_has_lost_its_label(ca_editor, ca_legal, ca, ca_page, way):
    allow(ca)
    submit(ca_editor, ca_page)
    withdraw(ca)
    before = tree()
    if way == "list":
        answer = ca_legal.post(approve(ca_page), approval())
    else:
        action = {"action-workflow-action": "true", "workflow-action-name": "approve"}
        action["workflow-action-extra-data"] = json.dumps(approval())
        answer = ca_legal.post(edit(ca_page), form(f"About {NAME}", slug=ca_page.slug, **action))
    assert "was withdrawn on" in said(answer)
    assert tree() == before
    assert StandardPage.objects.get(pk=ca_page.pk).current_workflow_state.status == "in_progress"


def test_legal_may_always_ask_for_changes(ca_editor, ca_legal, ca, ca_page):
    allow(ca)
    submit(ca_editor, ca_page)
    withdraw(ca)
    ca_legal.post(approve(ca_page).replace("approve", "reject"), {"comment": "Not now."})
    assert StandardPage.objects.get(pk=ca_page.pk).current_workflow_state.status == "needs_changes"


def test_a_schedule_asks_for_the_label_of_that_day(administrator, ca, ca_page):
    allow(ca, clock.today() + timedelta(days=1))
    assert "begins on" in said(edit_and_publish(administrator, ca_page))
    assert "Remove the name" not in said(schedule(administrator, ca_page))
    assert StandardPage.objects.get(pk=ca_page.pk).scheduled_revision is not None


def test_what_is_due_without_a_label_stays_a_draft_and_holds_up_nothing_else(ca, ca_page):
    contact = naming(at("/ca/contact/"), "Reach us")
    page = naming(ca_page)
    past = timezone.now() - timedelta(hours=1)
    Revision.objects.filter(pk__in=[page.latest_revision_id, contact.latest_revision_id]).update(
        approved_go_live_at=past
    )
    with pytest.raises(CommandError, match=r"About SIR-Spheres: .*Remove the name"):
        call_command("publish_scheduled")
    ca_page.refresh_from_db()
    contact.refresh_from_db()
    assert (ca_page.title, contact.title) == ("About us", "Reach us")
    assert ca_page.latest_revision.approved_go_live_at is None
    call_command("publish_scheduled")


def test_a_revision_is_not_scheduled_behind_the_form(ca_page):
    revision = naming(ca_page).latest_revision
    revision.approved_go_live_at = timezone.now() + timedelta(days=1)
    with pytest.raises(UnlabelledError):
        revision.save()


def test_a_name_split_over_two_blocks_of_a_body_is_found_in_the_second(ca_page):
    texts = ["<p>Ask for SIR-</p><p>x</p>", "<p>of SIR</p>", "<p>Spheres are</p>", "<p>small</p>"]
    ca_page.body = [("callout", {"heading": "", "text": RichText(text)}) for text in texts]
    places = [one.field for one in named_in(ca_page)]
    assert len(places) == 1
    assert "3" in places[0]


@pytest.mark.parametrize("field", ["title", "intro"])
def test_a_name_split_over_two_fields_that_are_read_on_is_found(ca_page, field):
    written = {"title": "Ask for SIR-", "intro": "<p>Ask for SIR-</p>"}
    following = {"title": {"intro": "<p>Spheres.</p>"}, "intro": {"body": [callout("<p>Spheres.</p>")]}}
    for name, value in {field: written[field], **following[field]}.items():
        setattr(ca_page, name, value)
    assert [one.attribute for one in named_in(ca_page)] == [*following[field]]


def test_a_document_linked_in_a_block_does_not_hide_a_name_split_over_it_and_the_next(ca_page, document):
    linking = f'<p><a linktype="document" id="{document.pk}">Read</a> on SIR-</p>'
    ca_page.body = [callout(linking), callout("<p>Spheres are small.</p>")]
    assert [one.name for one in named_in(ca_page)] == [NAME]


def callout(text: str) -> tuple[str, dict[str, object]]:
    return "callout", {"heading": "", "text": RichText(text)}


def test_nothing_is_published_from_code(ca_page, ca_home):
    page = naming(ca_page)
    with pytest.raises(UnlabelledError):
        page.latest_revision.publish()
    with pytest.raises(UnlabelledError):
        ca_home.add_child(instance=StandardPage(title=NAME))
    page = StandardPage.objects.get(pk=ca_page.pk)
    page.search_description = f"All about {NAME}"
    with pytest.raises(UnlabelledError):
        page.save()
    with pytest.raises(UnlabelledError):
        page.save(update_fields=["search_description"])
    page.refresh_from_db()
    assert NAME not in page.search_description


def test_a_base_page_is_looked_at_as_what_it_is(ca, ca_page):
    page = StandardPage.objects.get(pk=ca_page.pk)
    page.intro, page.live = f"<p>{NAME}</p>", False
    page.save()
    base = Page.objects.get(pk=ca_page.pk)
    base.live = True
    with pytest.raises(UnlabelledError):
        base.save()


def test_what_came_down_does_not_come_back_without_its_label(administrator, ca, ca_page):
    allow(ca)
    edit_and_publish(administrator, ca_page)
    withdraw(ca)
    page = StandardPage.objects.get(pk=ca_page.pk)
    page.unpublish()
    with pytest.raises(UnlabelledError):
        page.latest_revision.publish()


def test_a_live_page_whose_label_ended_can_still_be_locked_and_drafted(administrator, ca, ca_page):
    allow(ca)
    edit_and_publish(administrator, ca_page)
    withdraw(ca)
    administrator.post(reverse("wagtailadmin_pages:lock", args=[ca_page.pk]))
    page = StandardPage.objects.get(pk=ca_page.pk)
    assert page.locked
    page.title = f"More about {NAME}"
    page.save_revision()
    with pytest.raises(UnlabelledError):
        page.latest_revision.publish()


def test_an_alias_abroad_holds_its_original_to_its_own_label(ca, ca_home, eu_home):
    original = StandardPage.objects.child_of(eu_home).get(slug="about")
    original.create_alias(parent=ca_home, update_slug="about-europe")
    original.title = f"About {NAME}"
    before = tree()
    with pytest.raises(UnlabelledError, match="Canada"):
        original.save_revision().publish()
    assert tree() == before
    allow(ca)
    original.save_revision().publish()
    assert at("/ca/about-europe/").title == f"About {NAME}"


def test_no_product_is_named_outside_all_regions():
    selector = Page.objects.get(depth=2, locale__language_code="en").specific
    selector.title = f"Choose your {NAME}"
    with pytest.raises(UnlabelledError, match="outside all regions"):
        selector.save_revision().publish()


@pytest.mark.parametrize(("region", "is_refused"), [("", True), ("ca", True), ("eu", False)])
def test_a_notice_names_no_product_where_it_is_shown_without_a_label(region, is_refused):
    notice = Notice.objects.filter(locale=Locale.get_default()).first()
    notice.region, notice.body = region, f"You leave the page on {NAME}."
    if is_refused:
        with pytest.raises(UnlabelledError, match="Canada"):
            notice.save_revision().publish()
    else:
        notice.save_revision().publish()


def test_a_live_page_remembers_the_products_it_names(eu_home, product):
    page = StandardPage.objects.child_of(eu_home).get(slug="about")
    assert not Mention.objects.filter(page=page).exists()
    page.intro = f"<p>{NAME}</p>"
    page.save_revision().publish()
    assert Mention.objects.get(page=page).product == product
    page.intro = "<p>Nothing.</p>"
    page.save_revision().publish()
    assert not Mention.objects.filter(page=page).exists()


def test_a_new_name_is_found_on_pages_that_are_live(eu_home, product):
    page = StandardPage.objects.child_of(eu_home).get(slug="about")
    product.further_names += "\nSirtex"
    product.save_revision().publish()
    assert Mention.objects.filter(page=page).exists() is ("Sirtex" in json.dumps(str(page.body)))


def test_the_words_of_a_page_are_searched_once_when_it_goes_live(therapy, monkeypatch):
    searched = []
    monkeypatch.setattr(checkpoints, "named_in", lambda page: searched.append(page) or named_in(page))
    therapy.intro = f"<p>{NAME}</p>"
    therapy.save_revision().publish()
    assert len(searched) == 1
    assert Mention.objects.filter(page=therapy.pk).exists()
    therapy.title, therapy.intro, therapy.body = "Nothing", "", []
    therapy.save()
    assert len(searched) == 2
