"""Who may do what, as one table, tried by direct requests and not by looking for buttons."""

import json
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale, Page, Site

from home.models import Region, RegionHomePage, StandardPage
from jobs.models import StoredMail
from legal_holds.deciding import ask_for_end, set_hold
from legal_holds.forms import named_by
from legal_holds.models import HoldEvent, LegalHold
from region_gate import clock
from region_gate.models import Notice, Policy
from review.endings.models import TakeDownRequest
from review.models import Approval, PageReview
from tests.conftest import approval, signed_in
from tests.home.blocks_in_preview import BLOCKS
from tests.home.test_access import form
from tests.review.conftest import loaded
from tests.therapies.label_texts import form_of_texts
from therapies.catching_up.standings import standings_of
from therapies.models import CatchUp, Label, Product, ProductPage, Reference, SourceChange, Topic
from therapies.models.in_force import Status
from therapies.proposing import propose

pytestmark = pytest.mark.django_db

PEOPLE = ["eu-editor", "eu-legal", "us-editor", "us-legal", "admin"]
FILES = {
    "image": (get_image_model(), "wagtailimages"),
    "document": (get_document_model(), "wagtaildocs"),
}
RICH = json.dumps({"blocks": [], "entityMap": {}})


def snippet(model, act: str, *args) -> str:
    return reverse(model.snippet_viewset.get_url_name(act), args=args)


def change_page(client):
    page = StandardPage.objects.get(url_path__endswith="/eu/about/", locale__language_code="en")
    client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form("Changed", slug="about"))
    return Page.objects.get(pk=page.pk).draft_title == "Changed"


def eu_label() -> Label:
    return Label.objects.get(region__code="eu")


def label_form(region: str, **more) -> dict:
    return {
        "product": Product.objects.get().pk,
        "region": Region.objects.get(code=region).pk,
        "status": Status.UNDER_REVIEW.value,
        "registration_number": "Changed",
        "audience": "public",
        **form_of_texts(["en"], RICH),
        **more,
    }


def add_label(client):
    client.post(snippet(Label, "add"), label_form("eu"))
    return Label.objects.filter(registration_number="Changed").exists()


def change_label(client):
    label = eu_label()
    client.post(snippet(Label, "edit", label.pk), label_form("eu"))
    label.refresh_from_db()
    return label.get_latest_revision_as_object().registration_number == "Changed"


def publish_label(client):
    label = eu_label()
    client.post(snippet(Label, "edit", label.pk), label_form("eu", **{"action-publish": "1"}))
    label.refresh_from_db()
    return label.registration_number == "Changed"


def unpublish_label(client):
    client.post(snippet(Label, "unpublish", eu_label().pk))
    return not eu_label().live


def delete_label(client):
    client.post(snippet(Label, "delete", eu_label().pk))
    return not Label.objects.filter(region__code="eu").exists()


def delete_label_taken_down(client):
    eu_label().unpublish()
    return delete_label(client)


def lock_label(client):
    client.post(snippet(Label, "lock", eu_label().pk))
    return eu_label().locked


def revert_label(client):
    label = eu_label()
    first = label.latest_revision
    label.registration_number = "Later"
    label.save_revision()
    posted = label_form("eu", revision=str(first.pk), **loaded(label))
    client.post(snippet(Label, "revisions_revert", label.pk, first.pk), posted)
    return eu_label().get_latest_revision_as_object().registration_number == "Changed"


def review_label(client):
    label = eu_label()
    label.registration_number = "Under review"
    revision = label.save_revision()
    label.get_workflow().start(label, get_user_model().objects.get(username="us-editor"))
    state = eu_label().current_workflow_task_state
    client.post(snippet(Label, "workflow_action", label.pk, "approve", state.pk), {"comment": ""})
    return eu_label().live_revision_id == revision.pk


def submit_label(client):
    label = eu_label()
    client.post(snippet(Label, "edit", label.pk), label_form("eu", **{"action-submit": "1"}))
    return eu_label().current_workflow_state is not None


def product_form(**more) -> dict:
    return {"name": "Changed", "further_names": "", "maker": "M", "kind": "device", **more}


def add_product(client):
    client.post(snippet(Product, "add"), product_form())
    return Product.objects.filter(name="Changed").exists()


def change_product(client):
    product = Product.objects.get()
    client.post(snippet(Product, "edit", product.pk), product_form())
    return Product.objects.get(pk=product.pk).get_latest_revision_as_object().name == "Changed"


def publish_product(client):
    product = Product.objects.get()
    client.post(snippet(Product, "edit", product.pk), product_form(**{"action-publish": "1"}))
    return Product.objects.get(pk=product.pk).name == "Changed"


def reference_form() -> dict:
    return {"text": "Changed A. 2016.", "doi": "", "url": "", "kind": "article", "year": ""}


def add_reference(client):
    client.post(snippet(Reference, "add"), reference_form())
    return Reference.objects.filter(text="Changed A. 2016.").exists()


def change_cited_reference(client):
    return change_reference(client, Reference.objects.get(doi__iexact="10.1200/JCO.2015.66.1181"))


def change_reference(client, reference=None):
    reference = reference or Reference.objects.create(text="Spare S. 2019.")
    client.post(snippet(Reference, "edit", reference.pk), reference_form())
    return Reference.objects.get(pk=reference.pk).text.startswith("Changed")


def change_policy(client):
    policy = Policy.objects.get()
    posted = {"decision": "blocked", "host": policy.host, "path": "/", "region": "", "source": ""}
    posted |= {"reason": "Changed", "starts": "2026-01-01", "ends": ""}
    client.post(snippet(Policy, "edit", policy.pk), posted)
    return Policy.objects.get().get_latest_revision_as_object().reason == "Changed"


def change_notice(client):
    notice = Notice.objects.filter(locale=Locale.get_default()).first()
    posted = {"kind": notice.kind, "region": "", "heading": "Changed", "body": "B", "continue_label": "C"}
    client.post(snippet(Notice, "edit", notice.pk), posted)
    return Notice.objects.get(pk=notice.pk).get_latest_revision_as_object().heading == "Changed"


def about() -> StandardPage:
    return StandardPage.objects.get(url_path__endswith="/eu/about/", locale__language_code="en")


def waiting(thing, writer: str = "ap-editor"):
    """Return the step in which a draft of `thing` waits, written and sent by somebody else."""
    person = get_user_model().objects.get(username=writer)
    thing.save_revision(user=person)
    thing.get_workflow().start(thing, person)
    return type(thing).objects.get(pk=thing.pk).current_workflow_task_state


def approving(state) -> dict[str, str]:
    given = approval("EU-MATRIX-1")
    return {"approve": "1", **{f"approve-{name}": value for name, value in given.items()}}


def is_approved(state) -> bool:
    state.refresh_from_db()
    return state.status == state.STATUS_APPROVED


def open_review(client):
    return client.get(reverse("review", args=[waiting(about()).pk])).status_code == 200


def approve_page(client):
    state = waiting(about())
    client.post(reverse("review", args=[state.pk]), approving(state))
    return is_approved(state)


def approve_page_by_wagtails_form(client):
    state = waiting(about())
    name = "wagtailadmin_pages:workflow_action"
    client.post(reverse(name, args=[about().pk, "approve", state.pk]), approval("EU-MATRIX-1"))
    return is_approved(state)


def reject_page(client):
    state = waiting(about())
    client.post(reverse("review", args=[state.pk]), {"reject": "1", "reject-comment": "No."})
    state.refresh_from_db()
    return state.status == state.STATUS_REJECTED


def cancel_page_review(client):
    state = waiting(about())
    client.post(
        reverse("wagtailadmin_pages:edit", args=[about().pk]),
        form("About us", slug="about", **loaded(about()), **{"action-cancel-workflow": "1"}),
    )
    state.refresh_from_db()
    return state.status == state.STATUS_CANCELLED


def approve_on_screen(thing) -> Callable:
    def approve(client):
        state = waiting(thing())
        client.post(reverse("review", args=[state.pk]), {"approve": "1", "approve-comment": ""})
        return is_approved(state) or state.team_approvals.exists()

    return approve


def approve_label(client):
    return approve_on_screen(eu_label)(client)


def approve_product(client):
    return approve_on_screen(Product.objects.get)(client)


def approve_policy(client):
    return approve_on_screen(Policy.objects.get)(client)


def approve_notice(client):
    return approve_on_screen(Notice.objects.first)(client)


def let_editors_review(client):
    task, editors = PageReview.objects.first(), Group.objects.get(name="eu editors")
    posted = {"name": task.name, "groups": editors.pk}
    client.post(reverse("wagtailadmin_workflows:edit_task", args=[task.pk]), posted)
    return editors in PageReview.objects.get(pk=task.pk).groups.all()


def adapt_to_eu(client):
    source = ProductPage.objects.get(url_path__endswith="/us/sir-spheres/")
    home = RegionHomePage.objects.get(region__code="eu", locale__language_code="en")
    posted = {"home": home.pk, "title": "Adapted", "slug": "adapted", "parent": home.pk}
    client.post(reverse("therapies_adapt", args=[source.pk]), posted)
    return ProductPage.objects.filter(slug="adapted").exists()


def behind() -> Page:
    """Return a European page whose source has changed since."""
    SourceChange.objects.create(page=about(), at=timezone.now())
    return about().get_translation(Locale.objects.get(language_code="de"))


def changes_of_source(page: Page) -> str:
    return reverse("therapies_catch_up", args=[page.pk, about().pk])


def pass_over_a_change(client):
    page = behind()
    asked = {"revision": str(about().live_revision_id), "reason": "A comma."}
    client.post(changes_of_source(page), asked)
    return not standings_of(page)[0].is_behind


def mark_a_safety_change(client):
    sent = {"slug": "about", **loaded(about()), "safety_change": "1", "action-submit": "1"}
    client.post(reverse("wagtailadmin_pages:edit", args=[about().pk]), form("About", **sent))
    return SourceChange.objects.marked().exists()


def say_that_a_change_is_taken_over(client):
    page = StandardPage.objects.get(pk=behind().pk)
    tick = {"caught_up": f"{about().pk}:{about().live_revision_id}", "action-submit": "1"}
    sent = form("Über uns", **{"slug": page.slug, **loaded(page), **tick})
    client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), sent)
    return CatchUp.objects.filter(page=page.pk, in_effect_since=None).exists()


def autosave_label(client):
    label = eu_label()
    posted = {**label_form("eu"), **loaded(label)}
    client.post(snippet(Label, "edit", label.pk), posted, headers={"Accept": "application/json"})
    return eu_label().get_latest_revision_as_object().registration_number == "Changed"


def translate_page(client):
    page = RegionHomePage.objects.get(region__code="eu", locale=Locale.get_default()).add_child(
        instance=StandardPage(title="News", slug="news", live=False)
    )
    german = Locale.objects.get(language_code="de")
    client.post(reverse("simple_translation:submit_page_translation", args=[page.pk]), {"locales": german.pk})
    return page.has_translation(german)


def compose_the_menu(client):
    home = RegionHomePage.objects.get(region__code="eu", locale=Locale.get_default())
    stream = {"menu-count": "1", "menu-0-type": "page", "menu-0-order": "0", "menu-0-deleted": ""}
    sent = {"region": str(home.region_id), **stream, "menu-0-value": str(about().pk), **loaded(home)}
    none = {f"{name}-count": "0" for name in ("body", "footer_menu", "office_hours", "reporting")}
    client.post(
        reverse("wagtailadmin_pages:edit", args=[home.pk]),
        form(home.title, slug=home.slug, footer_text=RICH, **{**none, **sent}),
    )
    return bool(RegionHomePage.objects.get(pk=home.pk).get_latest_revision_as_object().menu)


def order_the_pages(client):
    home = about().get_parent()
    numbers = [*home.get_children().values_list("pk", flat=True)]
    asked = {f"page-{number}": place for place, number in enumerate(reversed(numbers), start=1)}
    client.post(reverse("order_pages", args=[home.pk]), asked)
    return [*home.get_children().values_list("pk", flat=True)] == numbers[::-1]


def ask_to_take_down(client):
    client.post(reverse("request_take_down", args=[about().pk]), {"reason": "Out of date."})
    return TakeDownRequest.objects.filter(page=about().pk).exists()


def take_down(client):
    asked = {"reason": "Out of date.", "is_sure": "on"}
    client.post(reverse("take_down_page", args=[about().pk]), asked)
    return not about().live


def in_bulk(action: str, *pages: Page) -> str:
    query = "&".join(f"id={page.pk}" for page in pages)
    return f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', action])}?{query}"


def submit_pages_at_once(client):
    page = about()
    page.title = "About Sirtex"
    page.save_revision(user=get_user_model().objects.get(username="ap-editor"))
    client.post(in_bulk("submit", page))
    return about().current_workflow_state is not None


def ask_to_take_down_at_once(client):
    client.post(in_bulk("request_take_down", about()), {"reason": "Out of date."})
    return TakeDownRequest.objects.filter(page=about().pk).exists()


def propose_topic(client):
    client.post(reverse("wagtailsnippetchoosers_therapies_topic:create"), {"name": "Bone metastases"})
    return Topic.objects.filter(name="Bone metastases").exists()


def choose_a_topic_that_is_proposed(client):
    person, region = get_user_model().objects.get(username="eu-editor"), Region.objects.get(code="eu")
    topic = propose("Bone metastases", region, person)
    address = reverse("wagtailsnippetchoosers_therapies_topic:chosen", args=[topic.pk])
    return client.get(address).status_code == 200


def delete_page(client, page=None):
    page = page or about()
    client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    return not Page.objects.filter(pk=page.pk).exists()


def delete_pages_at_once(client):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    client.post(f"{address}?id={about().pk}")
    return not Page.objects.filter(url_path__endswith="/eu/about/").exists()


def delete_page_by_the_admins_api(client):
    page = about()
    client.post(reverse("wagtailadmin_api:pages:action", args=[page.pk, "delete"]))
    return not Page.objects.filter(pk=page.pk).exists()


def delete_what_live_pages_stand_below(client):
    return delete_page(client, RegionHomePage.objects.get(region__code="eu", locale=Locale.get_default()))


def delete_page_taken_down(client):
    page = about()
    page.unpublish()
    return delete_page(client, page)


def delete_snippet(thing) -> Callable:
    def delete(client):
        client.post(snippet(type(thing), "delete", thing.pk))
        return not type(thing).objects.filter(pk=thing.pk).exists()

    return delete


def delete_product(client):
    return delete_snippet(Product.objects.get())(client)


def delete_notice(client):
    return delete_snippet(Notice.objects.filter(live=True).first())(client)


def delete_policy(client):
    return delete_snippet(Policy.objects.get())(client)


def delete_policies_at_once(client):
    policy = Policy.objects.get()
    address = reverse("wagtail_bulk_action", args=["region_gate", "policy", "delete"])
    client.post(f"{address}?id={policy.pk}")
    return not Policy.objects.filter(pk=policy.pk).exists()


def delete_site(client):
    site = Site.objects.get()
    client.post(reverse("wagtailsites:delete", args=[site.pk]))
    return not Site.objects.exists()


def delete_who_approved(client):
    person = get_user_model().objects.get(username="eu-legal")
    client.post(reverse("wagtailusers_users:delete", args=[person.pk]))
    return not get_user_model().objects.filter(pk=person.pk).exists()


def delete_who_decided_nothing(client):
    person = get_user_model().objects.create_user("nobody-in-particular")
    client.post(reverse("wagtailusers_users:delete", args=[person.pk]))
    return not get_user_model().objects.filter(pk=person.pk).exists()


def uploaded(kind: str):
    """Return a file in the region's collection that somebody else uploaded."""
    file = get_test_image_file() if kind == "image" else ContentFile(b"x", "leaflet.txt")
    collection = Region.objects.get(code="eu").collection
    return FILES[kind][0].objects.create(title="A file", file=file, collection=collection)


def shown(kind: str):
    """Return such a file that a live page shows."""
    thing = uploaded(kind)
    page = about()
    if kind == "image":
        value = {"image": {"image": thing.pk, "decorative": True, "alt_text": ""}, "caption": ""}
        page.body = [{"type": "figure", "value": value}]
    else:
        page.intro = f'<p><a linktype="document" id="{thing.pk}">Read it</a></p>'
    page.save_revision().publish()
    return thing


def delete_file(kind: str, make: Callable) -> Callable:
    def delete(client):
        thing, (model, name) = make(kind), FILES[kind]
        client.post(reverse(f"{name}:delete", args=[thing.pk]))
        return not model.objects.filter(pk=thing.pk).exists()

    return delete


def delete_files_at_once(kind: str) -> Callable:
    def delete(client):
        thing, (model, name) = shown(kind), FILES[kind]
        address = reverse("wagtail_bulk_action", args=[name, kind, "delete"])
        client.post(f"{address}?id={thing.pk}")
        return not model.objects.filter(pk=thing.pk).exists()

    return delete


def delete_an_upload(kind: str) -> Callable:
    def delete(client):
        thing, (model, name) = shown(kind), FILES[kind]
        client.post(reverse(f"{name}:delete_multiple", args=[thing.pk]))
        return not model.objects.filter(pk=thing.pk).exists()

    return delete


def hold_on_about() -> LegalHold:
    """Have legal keep the page about the company."""
    legal = get_user_model().objects.get(username="eu-legal")
    return set_hold(named_by("page", about()), "Matter 7", "A claim.", clock.today(), legal)


def set_a_hold(client):
    given = {
        "name": "Matter 7",
        "reason": "A claim.",
        "starts": clock.today().isoformat(),
        "page": about().pk,
    }
    client.post(reverse("set_legal_hold"), given)
    return LegalHold.objects.exists()


def ask_for_the_end_of_a_hold(client):
    hold = hold_on_about()
    client.post(hold.get_absolute_url(), {"ask": "1", "reason": "Settled."})
    return LegalHold.objects.chain(hold.subject).last().event == HoldEvent.END_ASKED


def end_a_hold(client):
    asker = get_user_model().objects.create_user("eu-legal-2")
    hold = ask_for_end(hold_on_about().subject, "Settled.", asker)
    client.post(hold.get_absolute_url(), {"yes": "1", "reason": "Agreed."})
    return LegalHold.objects.chain(hold.subject).last().event == HoldEvent.ENDED


def delete_what_is_held(client):
    page = about()
    page.unpublish()
    hold_on_about()
    client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    return not Page.objects.filter(pk=page.pk).exists()


# What is tried in the region eu, and who may.
TABLE: dict[Callable, set[str]] = {
    change_page: {"eu-editor", "admin"},
    add_label: {"eu-legal", "admin"},
    change_label: {"eu-legal", "admin"},
    submit_label: {"eu-legal", "admin"},
    review_label: {"eu-legal", "admin"},
    revert_label: {"eu-legal", "admin"},
    publish_label: set(),
    unpublish_label: {"admin"},
    delete_label: set(),
    delete_label_taken_down: {"admin"},
    lock_label: {"admin"},
    add_product: {"eu-legal", "us-legal", "admin"},
    change_product: {"eu-legal", "us-legal", "admin"},
    publish_product: set(),
    add_reference: {"eu-editor", "us-editor", "admin"},
    change_cited_reference: set(),
    change_reference: {"admin"},
    change_policy: {"eu-legal", "us-legal", "admin"},
    change_notice: {"eu-legal", "us-legal", "admin"},
    open_review: {"eu-legal", "admin"},
    approve_page: {"eu-legal", "admin"},
    approve_page_by_wagtails_form: {"eu-legal", "admin"},
    reject_page: {"eu-legal", "admin"},
    cancel_page_review: {"eu-legal", "admin"},
    approve_label: {"eu-legal", "admin"},
    approve_product: {"eu-legal", "us-legal", "admin"},
    approve_policy: {"eu-legal", "us-legal", "admin"},
    approve_notice: {"eu-legal", "us-legal", "admin"},
    let_editors_review: {"admin"},
    adapt_to_eu: {"eu-editor", "admin"},
    autosave_label: {"eu-legal", "admin"},
    translate_page: {"eu-editor", "admin"},
    compose_the_menu: {"eu-editor", "admin"},
    order_the_pages: {"eu-legal", "admin"},
    ask_to_take_down: {"eu-editor", "admin"},
    take_down: {"eu-legal", "admin"},
    submit_pages_at_once: {"eu-editor", "admin"},
    ask_to_take_down_at_once: {"eu-editor", "admin"},
    propose_topic: {"eu-editor", "us-editor", "admin"},
    choose_a_topic_that_is_proposed: {"eu-editor", "eu-legal", "admin"},
    pass_over_a_change: {"eu-editor", "admin"},
    mark_a_safety_change: {"eu-editor", "admin"},
    say_that_a_change_is_taken_over: {"eu-editor", "admin"},
    set_a_hold: {"eu-legal", "admin"},
    ask_for_the_end_of_a_hold: {"eu-legal", "admin"},
    end_a_hold: {"eu-legal", "admin"},
    delete_what_is_held: set(),
    delete_page: set(),
    delete_pages_at_once: set(),
    delete_page_by_the_admins_api: set(),
    delete_what_live_pages_stand_below: set(),
    delete_page_taken_down: {"eu-editor", "admin"},
    delete_product: set(),
    delete_notice: set(),
    delete_policy: set(),
    delete_policies_at_once: set(),
    delete_site: set(),
    delete_who_approved: set(),
    delete_who_decided_nothing: {"admin"},
}
# The same of each kind of file: what it is called there, what is done, and who may.
FILE_ACTS: dict[str, tuple[Callable[[str], Callable], set[str]]] = {
    "delete one that is shown": (partial(delete_file, make=shown), set()),
    "delete shown ones at once": (delete_files_at_once, set()),
    "delete a shown upload": (delete_an_upload, set()),
    "delete one that nothing shows": (partial(delete_file, make=uploaded), {"eu-editor", "admin"}),
}
LEGAL, OF_EU = {"eu-legal", "us-legal", "admin"}, {"eu-editor", "eu-legal", "admin"}
LEGAL_OF_EU = LEGAL & OF_EU
WRITERS = {"eu-editor", "us-editor", "admin"}


def overdue() -> str:
    """Have a European page past the review that its approval names; return where that is told."""
    Approval.objects.filter(page=about().pk).update(review_by=clock.today() - timedelta(days=1))
    return reverse("attention")


def adapted() -> str:
    """Have a European page that began as an American one; return where that is told."""
    adapt_to_eu(signed_in("eu-editor"))
    return reverse("therapies_adaptations")


def drafted() -> Page:
    """Return a European page that is a draft, which shows a picture of the region's."""
    page = RegionHomePage.objects.get(region__code="eu", locale=Locale.get_default()).add_child(
        instance=StandardPage(title="Plans for 2031", slug="plans", live=False)
    )
    page.body = [("figure", {"image": uploaded("image"), "caption": "C"})]
    page.save_revision(user=get_user_model().objects.get(username="eu-editor"))
    return page


def first_page_with_a_draft() -> str:
    drafted()
    return reverse("wagtailadmin_home")


def list_with_a_draft() -> str:
    return reverse("wagtailadmin_explore", args=[drafted().get_parent().pk])


def search_for_a_draft() -> str:
    drafted()
    return f"{reverse('wagtailadmin_pages:search')}?q=Plans"


def uses_of_a_picture() -> str:
    page = drafted()
    page.get_workflow().start(page, None)
    return reverse("wagtailimages:image_usage", args=[get_image_model().objects.last().pk])


def uses_of_the_product() -> str:
    return reverse(Product.snippet_viewset.get_url_name("usage"), args=[Product.objects.get().pk])


def block_preview() -> str:
    return f"{reverse('wagtailadmin_block_preview')}?id={BLOCKS['table'].definition_prefix}"


def record_of_about(name: str) -> str:
    return reverse(f"therapies_page_record_{name}", args=[about().pk])


def held() -> str:
    """Have a European page be held; return where all holds are told."""
    hold_on_about()
    return reverse("legal_holds")


def done() -> str:
    """Have an editor change a European page; return where that is told."""
    assert change_page(signed_in("eu-editor"))
    return reverse("action_log")


def mailed() -> str:
    """Have a mail be written to somebody; return where mails are told."""
    StoredMail.objects.create(subject="Your review", recipients=["patient@example.com"], message={})
    return reverse("stored_mails")


# Each report, what stands in it of the region eu, and who reads that.
REPORTS: dict[str, tuple[Callable[[], str], str, set[str]]] = {
    "matrix": (lambda: reverse("label_matrix"), "Europe", LEGAL | OF_EU),
    "matrix as a table": (lambda: f"{reverse('label_matrix')}?export=csv", "Europe", LEGAL | OF_EU),
    "comparison": (
        lambda: f"{reverse('compare_regions')}?subject=product-{Product.objects.get().pk}",
        "SAMPLE-EU-0001",
        LEGAL | OF_EU,
    ),
    "attention": (overdue, "Its review was due", OF_EU),
    "attention as a table": (lambda: f"{overdue()}?export=csv", "Its review was due", OF_EU),
    "pages and languages": (lambda: reverse("page_matrix"), "Über uns", OF_EU),
    "pages and languages as a table": (lambda: f"{reverse('page_matrix')}?export=csv", "Über uns", OF_EU),
    "changes of a source": (lambda: changes_of_source(behind()), "What changed in", OF_EU),
    "record": (lambda: reverse("therapies_page_record"), "/eu/about/", OF_EU),
    "record as a table": (lambda: f"{reverse('therapies_page_record')}?export=csv", "/eu/about/", OF_EU),
    "record of a page": (lambda: record_of_about("page"), "SAMPLE-EU-EN-ABOUT", OF_EU),
    "record as a document": (lambda: record_of_about("document"), "SAMPLE-EU-EN-ABOUT", OF_EU),
    "adaptations": (adapted, "Adapted", OF_EU),
    "first page": (first_page_with_a_draft, "Plans for 2031", {"eu-editor"}),
    "list of pages": (list_with_a_draft, "Plans for 2031", OF_EU),
    "search for pages": (search_for_a_draft, "Plans for 2031", OF_EU),
    "uses of a picture": (uses_of_a_picture, "Plans for 2031", {"eu-editor", "admin"}),
    "uses of a product": (uses_of_the_product, "SIR-Spheres", {*PEOPLE}),
    "style guide": (lambda: reverse("style_guide"), 'id="block-table"', {*PEOPLE}),
    "preview of a block": (block_preview, "Who to ask for what", {*PEOPLE}),
    "pages to start from": (lambda: reverse("therapies_usable_pages"), "About us", WRITERS),
    "links": (lambda: reverse("region_gate_links"), "/eu/", LEGAL),
    "links as a table": (lambda: f"{reverse('region_gate_links')}?export=csv", "/eu/", LEGAL),
    "legal holds": (held, "Matter 7", LEGAL_OF_EU),
    "legal holds, as they are narrowed": (lambda: f"{held()}results/", "Matter 7", LEGAL_OF_EU),
    "legal holds as a table": (lambda: f"{held()}?export=csv", "Matter 7", LEGAL_OF_EU),
    "a legal hold": (lambda: hold_on_about().get_absolute_url(), "A claim.", LEGAL_OF_EU),
    "who did what": (done, "eu-editor", LEGAL_OF_EU),
    "who did what, as it is narrowed": (lambda: f"{done()}results/", "eu-editor", LEGAL_OF_EU),
    "who did what as a table": (lambda: f"{done()}?export=csv", "eu-editor", LEGAL_OF_EU),
    "e-mails": (mailed, "patient@example.com", {"admin"}),
    "the verifier": (lambda: reverse("therapies_record_verifier"), "Verify a document", {*PEOPLE}),
    "record of notices": (lambda: reverse(Notice.snippet_viewset.get_url_name("record")), "<form", LEGAL),
}


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("report", REPORTS)
def test_only_those_who_may_read(report, person):
    place, words, readers = REPORTS[report]
    answer = signed_in(person).get(place())
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert (answer.status_code == 200 and words in body.decode()) is (person in readers)


@pytest.mark.parametrize("report", REPORTS)
def test_nobody_reads_signed_out(report, client):
    assert client.get(REPORTS[report][0]()).status_code == 302


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("act", TABLE, ids=lambda act: act.__name__)
def test_only_those_who_may_do(act, person):
    assert act(signed_in(person)) is (person in TABLE[act])


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("act", FILE_ACTS)
def test_only_those_who_may_do_with_files(act, kind, person):
    try_it, people = FILE_ACTS[act]
    assert try_it(kind)(signed_in(person)) is (person in people)


def test_another_regions_label_cannot_be_taken_over():
    label = Label.objects.get(region__code="us")
    client = signed_in("eu-legal")
    client.post(snippet(Label, "edit", label.pk), label_form("eu"))
    label.refresh_from_db()
    assert label.region.code == "us"
    assert label.get_latest_revision_as_object().registration_number != "Changed"


def test_a_label_cannot_be_handed_to_another_region():
    label = eu_label()
    answer = signed_in("eu-legal").post(snippet(Label, "edit", label.pk), label_form("us"))
    assert "Select a valid choice" in answer.text
    assert eu_label().get_latest_revision_as_object().region.code == "eu"
