"""What of Wagtail, Django and the libraries is relied on though it is not documented; see docs/upgrading.md.

Each test fails where an upgrade changes what its row names, so that no code of ours goes on beside it.
"""

import json
import re
from datetime import UTC, date, datetime
from inspect import getclosurevars
from pathlib import Path

import pytest
from django.contrib.admin.utils import unquote
from django.contrib.auth import get_user_model
from django.contrib.staticfiles import finders
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import get_commands
from django.core.paginator import InvalidPage
from django.core.signals import request_finished
from django.db import connection
from django.forms.utils import from_current_timezone
from django.http import FileResponse, HttpResponse
from django.http.request import split_domain_port, validate_host
from django.template.loader import get_template
from django.test import RequestFactory
from django.urls import NoReverseMatch, get_resolver, resolve, reverse
from django.utils.choices import CallableChoiceIterator
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.dates import MONTHS
from django.utils.formats import date_format, time_format
from django.utils.http import parse_header_parameters, url_has_allowed_host_and_scheme
from selectolax.lexbor import LexborHTMLParser
from wagtail import urls as wagtail_urls
from wagtail.admin import action_menu as page_buttons
from wagtail.admin import urls as admin_urls
from wagtail.admin.api.urls import admin_api
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.menu import admin_menu
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.admin.urls import pages as page_urls
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.admin.viewsets.pages import page_viewset_registry
from wagtail.admin.wagtail_hooks import ExplorerMenuItem
from wagtail.documents import get_document_model
from wagtail.documents.forms import get_document_form
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form
from wagtail.images.tests.utils import get_test_image_file
from wagtail.log_actions import registry
from wagtail.models import Page, TaskState
from wagtail.rich_text import expand_db_html
from wagtail.signals import task_submitted
from wagtail.snippets import action_menu as snippet_buttons

from config.errors import no_page
from config.invalid_values import is_senders_fault
from dashboard.panels import WorkPanel
from explorer.menu import OwnPagesMenuItem
from explorer.viewset import RegionalPageViewSet
from home import locking, routing, submission, unsupported
from home.models import StandardPage
from home.renditions import preview
from home.rich_text import TranslatedPageLinkHandler
from region_gate.authoring import editing_context, hooks, link_forms
from region_gate.authoring.findings_panel import FindingsEditView, FindingsPageViewSet
from region_gate.internal_client import visitor
from region_gate.models import NoticeVersion
from region_gate.models.append_only import RecordError
from region_gate.pipeline import Event, steps_for
from review import decisions
from review.collections import CollectionEditView
from review.mail import ReviewNotifier, write_to_reviewers
from review.wagtail_hooks import PagesAPIViewSet
from therapies.adapting.relinking import relinked
from therapies.citing.citations import keys_in
from therapies.editing.edits import BOOKKEEPING
from therapies.models import Label, Publication
from therapies.usage.where_used import DocumentUsesView, ImageUsesView

from ..browser.server import serving
from ..review.conftest import screen, submit
from .routes import Route, routes
from .test_canonical_addresses import sent

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).parents[2]
APPS = ("home", "therapies", "region_gate", "site")

# Where one of ours stands in the place of Wagtail's, by Wagtail's own name for the address.
IN_PLACE = {
    "wagtailadmin_choose_page_external_link": link_forms.ExternalLinkView,
    "wagtailadmin_choose_page_email_link": link_forms.MailView,
    "wagtailadmin_choose_page_phone_link": link_forms.TelephoneView,
    "wagtailadmin_choose_page_anchor_link": link_forms.AnchorView,
}
# Those that have no name, so that Wagtail's own leads to them, and the view in each.
BEFORE = {
    "/admin/collections/1/": CollectionEditView,
    "/admin/choose-external-link/": link_forms.ExternalLinkView,
    "/admin/images/1/preview/width-20/": preview,
    "/admin/images/usage/1/": ImageUsesView,
    "/admin/documents/usage/1/": DocumentUsesView,
    "/admin/failwhale/": no_page,
}
# What of a page's fields Wagtail keeps and people write, or that says which page it is.
SAID = {
    *("id", "alias_of", "content_type", "locale", "owner", "translation_key"),
    *("title", "slug", "seo_title", "search_description", "show_in_menus", "go_live_at", "expire_at"),
}
# What our scripts and templates find in Wagtail's, by the file.
IN_SCRIPTS = [
    *(("core", name) for name in ("w-autosave", "autosave", "overwrite_revision_id", "loaded_revision_id")),
    *(("core", name) for name in ("w-teleport", "data-side-panel-toggle-counter", "invalid_revision")),
    *(("draftail", name) for name in ("ModalWorkflowSource", "TooltipEntity", "registerPlugin")),
    ("chooser-modal", "CHOOSER_MODAL_ONLOAD_HANDLERS"),
]


@pytest.fixture
def about(eu_home) -> StandardPage:
    """A live European page."""
    return StandardPage.objects.child_of(eu_home).get(slug="about")


def view_in(wrapped):
    """Return the view that Wagtail has wrapped, a class or a function."""
    view = getclosurevars(wrapped).nonlocals.get("view_func", wrapped)
    return getattr(view, "view_class", view)


# Pages, as visitors get them


def test_wagtail_serves_the_page_that_routing_has_found(client, about, monkeypatch):
    served: list[Page] = []
    monkeypatch.setattr(StandardPage, "serve", lambda page, request: served.append(page) or HttpResponse("x"))
    client.get("/eu/about/")
    assert [(page.pk, *(hasattr(page, name) for name in routing.annotations)) for page in served] == [
        (about.pk, *(True for _ in routing.annotations))
    ]


def test_the_last_of_wagtails_addresses_is_the_one_that_serves_pages():
    *others, last = wagtail_urls.urlpatterns
    assert last.name == "wagtail_serve"
    assert "wagtail_serve" not in {other.name for other in others}
    assert resolve("/eu/about/").func is routing.serve


def test_the_links_of_a_text_are_looked_up_together_and_opened_by_ours(about, eu_home, monkeypatch):
    asked, get_many = [], TranslatedPageLinkHandler.get_many
    monkeypatch.setattr(
        TranslatedPageLinkHandler, "get_many", lambda links: asked.append(len(links)) or get_many(links)
    )
    monkeypatch.setattr(TranslatedPageLinkHandler, "_open", lambda page: f"<a ours={page.pk}>")
    pages = (about, eu_home)
    shown = expand_db_html("".join(f'<a linktype="page" id="{page.pk}">x</a>' for page in pages))
    assert (asked, shown) == ([2], "".join(f"<a ours={page.pk}>x</a>" for page in pages))


@pytest.mark.parametrize("kind", ["page", "reference"])
def test_wagtail_stores_links_as_they_are_read(kind, about):
    key = about.pk
    entity = {
        "page": {"type": "LINK", "mutability": "MUTABLE", "data": {"id": key, "parentId": 1}},
        "reference": {"type": "REFERENCE", "mutability": "IMMUTABLE", "data": {"id": str(key)}},
    }[kind]
    block = {
        "key": "a",
        "text": "There",
        "type": "unstyled",
        "depth": 0,
        "inlineStyleRanges": [],
        "entityRanges": [{"offset": 0, "length": 5, "key": 0}],
    }
    state = {"blocks": [block], "entityMap": {"0": entity}}

    stored = ContentstateConverter(["link", "reference"]).to_database_format(json.dumps(state))
    if kind == "reference":
        assert [*keys_in(stored)] == [key]
    else:
        about.intro = stored
        assert f'id="{about.get_parent().pk}"' in relinked(about, {key: about.get_parent()})["intro"]


def test_a_draft_is_shown_with_a_request_that_says_so(about, administrator, monkeypatch):
    seen = []
    monkeypatch.setattr(
        StandardPage,
        "serve_preview",
        lambda page, request, mode: seen.append(request) or HttpResponse("x"),
    )
    about.make_preview_request(RequestFactory().get("/"), about.default_preview_mode)
    assert [(request.is_dummy, request.is_preview) for request in seen] == [(True, True)]


# The admin


@pytest.mark.parametrize("name", IN_PLACE)
def test_ours_stands_in_the_place_of_wagtails(name):
    assert resolve(reverse(name)).func.view_class is IN_PLACE[name]
    assert [getattr(one, "name", None) for one in admin_urls.urlpatterns].count(name) == 2


@pytest.mark.parametrize("address", BEFORE)
def test_ours_stands_before_wagtails_at_the_same_address(address):
    found = [one for one in routes() if re.fullmatch(expression(one), address)]
    assert view_in(found[0].view) is BEFORE[address]
    assert found[1:]


def expression(route: Route) -> str:
    return "/" + re.sub(r"%\(\w+\)s", "[^/]+", route.template)


def test_every_address_of_wagtails_that_is_named_here_is_there():
    known = names_of_addresses(get_resolver().url_patterns)
    assert locking.UNDECIDING | {"wagtailadmin_explore", "wagtailadmin_home"} <= known
    of_pages = names_of_addresses(page_urls.urlpatterns)
    assert {"preview_on_add", "preview_on_edit", "workflow_preview"} <= of_pages
    of_snippets = names_of_addresses(Label.snippet_viewset.get_urlpatterns())
    assert {"preview_on_add", "preview_on_edit", "workflow_preview"} <= of_snippets


def names_of_addresses(patterns) -> set[str]:
    below = (names_of_addresses(getattr(one, "url_patterns", ())) for one in patterns)
    return {getattr(one, "name", None) for one in patterns}.union(*below)


@pytest.mark.parametrize(
    ("name", "key"),
    [*unsupported.BELOW_PARENT.items(), *((one.view_name, one.parameter) for one in editing_context.EDITING)],
)
def test_the_address_of_a_page_names_it_as_ours_expect(name, key):
    (pattern,) = (one for one in page_urls.urlpatterns if name == f"wagtailadmin_pages:{one.name}")
    assert key in pattern.pattern.converters


def test_a_view_says_which_model_it_changes():
    change = resolve(reverse(Label.snippet_viewset.get_url_name("edit"), args=["1"])).func
    assert change.view_initkwargs["model"] is Label


def test_every_button_that_is_named_here_is_one_of_wagtails():
    named = {
        *(submission.SENDING | locking.SAVING | hooks.SENDING | decisions.SUBMITTING | decisions.DECIDING),
        "action-publish",
    }
    known = {getattr(one, "name", None) for one in (*vars(page_buttons).values(),)}
    known |= {getattr(one, "name", None) for one in (*vars(snippet_buttons).values(),)}
    assert named - known - {"action-workflow-action"} == set()
    assert "action-workflow-action" in script("core") + script("workflow-action")


def script(name: str) -> str:
    """Return one of the admin's scripts, blank where there is none."""
    path = finders.find(f"wagtailadmin/js/{name}.js")
    return Path(path).read_text() if path else ""


@pytest.mark.parametrize(("file", "name"), IN_SCRIPTS)
def test_wagtails_scripts_know(file, name):
    assert name in script(file)


def test_the_editor_says_which_draft_it_was_opened_on(administrator, about):
    about.save_revision()
    tree = LexborHTMLParser(administrator.get(reverse("wagtailadmin_pages:edit", args=[about.pk])).text)
    draft = StandardPage.objects.get(pk=about.pk).latest_revision
    found = {node.attributes["name"]: node.attributes["value"] for node in tree.css("input[name^=loaded_]")}
    assert found == {
        "loaded_revision_id": str(draft.pk),
        "loaded_revision_created_at": draft.created_at.isoformat(),
    }


def test_the_panel_is_on_every_page_without_a_viewset_of_its_own(about):
    assert isinstance(page_viewset_registry.get_by_page_id(about.pk), FindingsPageViewSet)
    found = page_viewset_registry.get_by_page_id(about.pk).get_view_by_name("edit")
    assert issubclass(found.view_class, FindingsEditView)
    assert isinstance(found.view_initkwargs, dict)


def test_wagtail_keeps_nothing_with_a_page_that_nobody_here_has_heard_of():
    own = {field.name for field in Page._meta.local_concrete_fields}
    assert own - BOOKKEEPING - SAID == set()
    assert BOOKKEEPING - own - {"pk", "wagtail_admin_comments"} == set()


def test_our_notifier_writes_in_the_place_of_wagtails():
    hearing = task_submitted._live_receivers(TaskState)[0]
    assert [hear for hear in hearing if "GroupApprovalTaskState" in repr(hear)] == []
    assert write_to_reviewers in [one.run for one in steps_for(Event.TASK_SUBMITTED, TaskState)]


@pytest.mark.parametrize("told", ["eu-legal", None])
def test_our_notifier_says_who_is_told(
    eu_editor, about, monkeypatch, django_capture_on_commit_callbacks, told
):
    people = set(get_user_model().objects.filter(username=told))
    monkeypatch.setattr(ReviewNotifier, "get_recipient_users", lambda *asked, **more: people)
    with django_capture_on_commit_callbacks(execute=True):
        submit(eu_editor, about)
    written = [message for message in mail.outbox if screen(about) in message.body]
    assert len(written) == len(people)


def test_the_list_of_what_waits_gives_way_to_ours(eu_legal):
    panels = eu_legal.get(reverse("wagtailadmin_home")).context["panels"]
    names = {type(panel) for panel in panels}
    assert WorkPanel in names
    assert WorkflowObjectsToModeratePanel not in names


def test_the_way_to_the_pages_gives_way_to_ours(eu_editor):
    items = admin_menu.menu_items_for_request(eu_editor.get(reverse("wagtailadmin_home")).wsgi_request)
    assert [type(item) for item in items if isinstance(item, ExplorerMenuItem)] == [OwnPagesMenuItem]


def test_the_lists_of_pages_give_way_to_ours():
    viewset = page_viewset_registry.get_by_type(Page)
    assert isinstance(viewset, RegionalPageViewSet)
    assert page_viewset_registry.get_by_parent_model(StandardPage) is viewset


def test_the_api_that_is_left_out_is_one_that_wagtail_has():
    assert PagesAdminAPIViewSet.actions.keys() - PagesAPIViewSet.actions.keys() == {"revert_to_page_revision"}
    assert admin_api._endpoints["pages"] is PagesAPIViewSet


def test_every_action_that_is_logged_under_wagtails_name_has_that_name():
    sources = [
        path.read_text()
        for folder in APPS
        for path in (ROOT / folder).rglob("*.py")
        if "migrations" not in path.parts
    ]
    named = {name for text in sources for name in re.findall(r'"(wagtail\.[a-z_]+(?:\.[a-z_]+)?)"', text)}
    logged = {name for name in named if name.split(".")[1] in ("create", "delete", "publish", "unpublish")}
    assert {"wagtail.publish.schedule", "wagtail.publish.scheduled", "wagtail.delete"} <= logged
    assert [name for name in logged if not registry.action_exists(name)] == []


def test_scheduled_things_are_published_by_our_command():
    assert get_commands()["publish_scheduled"] == "review"


@pytest.mark.parametrize(("form_of", "ending"), [(get_document_form, "txt"), (get_image_form, "png")])
def test_a_replaced_file_goes_when_that_is_settled(form_of, ending, eu, django_capture_on_commit_callbacks):
    model = get_document_model() if form_of is get_document_form else get_image_model()
    thing = model.objects.create(title="A", file=get_test_image_file("a.png"), collection=eu.collection)
    old, storage = thing.file.name, thing.file.storage
    given = {"title": "A", "collection": eu.collection.pk, "tags": ""}
    another = SimpleUploadedFile(f"b.{ending}", get_test_image_file().file.getvalue())
    person = get_user_model().objects.get(username="admin")
    form = form_of(model)(given, {"file": another}, instance=thing, user=person)
    with django_capture_on_commit_callbacks() as callbacks:
        assert form.is_valid(), form.errors
        form.save()
    assert storage.exists(old)
    for callback in callbacks:
        callback()
    assert not storage.exists(old)


# Django


def test_our_own_visit_closes_what_it_reads_and_no_connection(about, monkeypatch, tmp_path):
    path = tmp_path / "page.html"
    path.write_text("<p>x</p>")
    file, finished = path.open("rb"), []
    monkeypatch.setattr(StandardPage, "serve", lambda *told: FileResponse(file, content_type="text/html"))
    hear = lambda **told: finished.append(told)  # noqa: E731 - one that is known by its name below
    request_finished.connect(hear)
    try:
        assert visitor().page(about).is_whole
    finally:
        request_finished.disconnect(hear)
    assert (file.closed, finished) == (True, [])


def test_an_error_page_knows_what_broke(client, about, monkeypatch):
    def broken(*told: object) -> None:
        raise InvalidPage

    client.raise_request_exception = False
    monkeypatch.setattr(StandardPage, "serve", broken)
    assert client.get("/eu/about/?p=x").status_code == 400
    assert client.get("/eu/about/").status_code == 500


def without_the_field(request) -> object:
    return request.GET["q"]


ERRORS = {
    "a number": ("id=abc", lambda request: Page.objects.filter(pk=request.GET["id"]).first()),
    "an integer": ("p=abc", lambda request: int(request.GET["p"])),
    "a fraction": ("p=abc", lambda request: float(request.GET["p"])),
    "a day": ("day=abc", lambda request: date.fromisoformat(request.GET["day"])),
    "a field": ("", without_the_field),
    "an address": ("next=abc", lambda request: reverse(request.GET["next"])),
    "a page": ("p=abc", lambda request: reverse("wagtailadmin_explore", args=[request.GET["p"]])),
}


@pytest.mark.parametrize("what", ERRORS)
def test_django_and_python_say_what_they_cannot_read_as_ours_expect(what):
    query, read = ERRORS[what]
    request = RequestFactory().get(f"/x/?{query}")
    with pytest.raises((ValueError, MultiValueDictKeyError, NoReverseMatch)) as caught:
        read(request)
    assert is_senders_fault(caught.value, request)


@pytest.mark.parametrize(
    ("model", "error"),
    [(Publication, RecordError), (NoticeVersion, RecordError)],
    ids=["page", "notice"],
)
def test_what_is_on_record_is_not_deleted_by_djangos_short_way_either(model, error):
    rows = model.objects.count()
    with pytest.raises(error):
        model.objects.all()._raw_delete("default")
    assert model.objects.count() == rows > 0


def test_a_new_file_under_an_old_name_is_told_apart(eu):
    document = get_document_model().objects.create(
        title="A", file=ContentFile(b"a", "a.txt"), collection=eu.collection
    )
    assert document.file._committed
    document.file = SimpleUploadedFile(document.file.name, b"b")
    assert not document.file._committed


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (lambda: split_domain_port("[::1]:80"), ("[::1]", "80")),
        (lambda: split_domain_port("a b"), ("", "")),
        (lambda: validate_host("a.example.com", [".example.com"]), True),
        (lambda: validate_host("example.org", [".example.com"]), False),
        (lambda: url_has_allowed_host_and_scheme("//b/", {"a"}), False),
        (lambda: url_has_allowed_host_and_scheme("https://a/", {"a"}, require_https=True), True),
        (lambda: unquote("a_5Fb"), "a_b"),
        (lambda: [*CallableChoiceIterator(lambda: [("a", "A")])], [("a", "A")]),
        (lambda: from_current_timezone(datetime(2026, 1, 1)), datetime(2026, 1, 1, tzinfo=UTC)),  # noqa: DTZ001
        (lambda: constant_time_compare("a", "a"), True),
        (
            lambda: salted_hmac("salt", "words", "key", algorithm="sha256").hexdigest()[:12],
            "0c9a22f261ee",
        ),
        (lambda: str(MONTHS[2]), "February"),
        (lambda: date_format(date(2026, 11, 27), "j F Y"), "27 November 2026"),
        (lambda: time_format(datetime(2026, 11, 27, 9, 5, tzinfo=UTC), "H:i"), "09:05"),
        (lambda: parse_header_parameters("text/html; charset=utf-8"), ("text/html", {"charset": "utf-8"})),
        (lambda: connection.in_atomic_block, True),
    ],
)
def test_what_django_helps_with_undocumented_answers_as_before(found, expected):
    assert found() == expected


# Templates and servers


def test_every_template_finds_what_it_is_made_of():
    ours = [
        path
        for folder in APPS
        for path in (ROOT / folder).rglob("templates/**/*")
        if path.is_file() and path.suffix in (".html", ".txt")
    ]
    named = {
        name
        for path in ours
        for name in re.findall(r"{%\s*(?:extends|include)\s+[\"'](wagtail[^\"']+)", path.read_text())
    }
    assert {"wagtailadmin/generic/base.html", "wagtailadmin/userbar/item_base.html"} <= named
    for name in named:
        assert get_template(name)
    for path in ours:
        assert get_template(str(path).rpartition("templates/")[2])


def test_a_server_lets_a_long_address_meet_the_sites_own_page(django_db_setup):
    with serving() as address:
        host = address.removeprefix("http://")
        assert sent(host, f"/eu/{'a' * 20_000}/")[0] == 404
        assert sent(host, f"/eu/{'a' * 80_000}/")[0] in (400, 414)
