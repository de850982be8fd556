"""Every screen of the admin: each route of the URL configuration, where it has something to show.

A route is a screen where it answers an administrator with a whole page. One that answers with less (rows of
a list, JSON, a file, the way to another screen) is none; one that does not answer at all is named in
UNANSWERED, so that a new screen is either opened or left out on purpose.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Locale, Page, Site, Task, Workflow

from home.models import Region, RegionHomePage, StandardPage
from legal_holds.deciding import set_hold
from legal_holds.forms import named_by
from redirecting.models import Redirect
from region_gate import clock
from region_gate.models import Notice, Policy
from review.endings.models import TakeDownRequest
from review.models import Release
from tests.config.routes import Route, routes
from tests.conftest import signed_in
from tests.enquiries.conftest import make as make_enquiry
from tests.review.conftest import submit, write
from therapies.models import Reference

SNIPPET = re.compile(r"admin/snippets/(?!choose/)(\w+)/(\w+)/")
ENDS_THE_SESSION = "admin/logout/"
# By the beginning of a route: what its `pk` is the key of.
KEPT_AT: dict[str, type[Model]] = {
    "admin/collections/": Collection,
    "admin/workflows/tasks/": Task,
    "admin/workflows/": Workflow,
    "admin/redirects/": Redirect,
    "admin/regions/": Region,
    "admin/locales/": Locale,
    "admin/sites/": Site,
    "admin/users/": get_user_model(),
    "admin/groups/": Group,
    "admin/documents/": get_document_model(),
    "admin/images/": get_image_model(),
    "admin/releases/": Release,
    "admin/review/requests/": TakeDownRequest,
}
# Routes that answer nobody here, by the words that stand in them, each with the reason.
UNANSWERED = {
    "privacy/": "Not offered.",
    "failwhale/": "Not offered.",
    "login/": "For whoever is not signed in.",
    "password_reset/confirm": "For whoever has forgotten a password.",
    "second-factor/": "Asks for the password anew.",
    "uploaded": "Follows an upload.",
    "multiple/": "Follows an upload.",
    "workflow/": "Follows a button of an editor.",
    "action_data": "Follows a button of an editor.",
    "editing-sessions/": "For a script.",
    "dismissibles/": "For a script.",
    "block-preview/": "For a script.",
    "preview": "Follows what is typed.",
    "revisions/": "Needs a revision of its own.",
    "unschedule": "Nothing is scheduled.",
    "convert_alias": "There is no alias.",
    "set_position": "For a script.",
    "withdrawals/": "Nothing has been withdrawn.",
    "reports/adaptations/": "Nothing has been adapted.",
    "reports/translations/": "Nothing is behind.",
    "mails/": "No mail is kept.",
    "task_chooser/": "For a script.",
    "chosen": "For a script.",
    "disable/": "Refused for what is used.",
    "enable/": "Nothing is disabled.",
    "remove/": "Follows a button.",
    "delete/": "Refused for what is used.",
    "tasks/add/": "Of kinds that are not offered.",
    "api/": "For a script.",
    "tag-autocomplete/": "For a script.",
    "generate_url/": "Not offered.",
    "lock/": "Follows a button.",
    "%(state)s/impact/": "Of what is no page.",
    "workflow_history/": "Of a review of its own.",
    "translation/submit/snippet": "Of what speaks all languages.",
    "//": "Leads nowhere.",
}


def furnish() -> dict[str, Any]:
    """Have something at every screen, and return the parts of addresses by their names."""
    home = RegionHomePage.objects.get(region__code="eu", locale=Locale.get_default())
    pages = StandardPage.objects.child_of(home)
    about, contact = pages.get(slug="about"), pages.get(slug="contact")
    editor = signed_in("eu-editor")
    write(editor, about, title="About us")
    submit(editor, contact, title="Contact us")
    waiting = Page.objects.get(pk=contact.pk).current_workflow_task_state
    editor.post(reverse("request_take_down", args=[about.pk]), {"reason": "Out of date."})
    _keep_files(home.region)
    Redirect.objects.create(old_path="/eu/old", new_path="/eu/about/", match="exact")
    Release.objects.create(name="Summer", reason="New labels.", created_by=_person("eu-legal")).regions.add(
        home.region
    )
    picture = get_image_model().objects.first()
    hold = set_hold(named_by("image", picture), "Matter 7", "A claim.", clock.today(), _person("eu-legal"))
    revision = Page.objects.get(pk=about.pk).latest_revision_id
    return {
        **dict.fromkeys(("page_id", "page_to_move_id", "page", "page_pk", "source"), about.pk),
        "parent_page_id": home.pk,
        "destination_id": contact.pk,
        "state": waiting.pk,
        "revision_id": revision,
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
        "content_type_app_name": "home",
        "content_type_model_name": "standardpage",
        "app_label": "home",
        "model_name": "standardpage",
        "filter_spec": "max-50x50",
        "image_id": picture.pk,
        "hold": hold.subject,
        "enquiry": make_enquiry(home.region).pk,
        "action": "submit",
        "app_name": "wagtailcore",
        **dict.fromkeys(("document_id", "doc_id"), get_document_model().objects.first().pk),
        "app": "therapies",
        "model": "label",
        "kind": ContentType.objects.get_for_model(Page).pk,
        "number": about.pk,
        "task_state_id": waiting.pk,
        "task_id": waiting.task_id,
        "workflow_state_id": waiting.workflow_state_id,
        "collection_id": Collection.objects.last().pk,
    }


def _keep_files(region: Region) -> None:
    get_image_model()(title="Picture", file=get_test_image_file(), collection=region.collection).save()
    file = ContentFile(b"%PDF-1.4", "leaflet.pdf")
    get_document_model()(title="Leaflet", file=file, collection=region.collection).save()
    Reference.objects.get_or_create(text="A source")


def _person(name: str) -> Any:
    return get_user_model().objects.get(username=name)


def screens(client: Client, values: dict[str, Any]) -> tuple[dict[str, str], list[str]]:
    """Return all screens, by their addresses, as `client` is answered, and routes left without a reason."""
    found: dict[str, str] = {}
    unknown = []
    for route in _admin_routes():
        address = _address(route, values)
        answer = client.get(address) if address else None
        if answer is not None and answer.status_code == 200:
            found |= {address: answer.text} if is_whole(answer) else {}
        elif answer is None or answer.status_code not in (301, 302):
            unknown += [] if any(words in route.template for words in UNANSWERED) else [route.template]
    return found, unknown


def is_whole(answer: Any) -> bool:
    """Say whether `answer` is a page of the admin, not a part of one, nor a file."""
    is_html = answer.get("Content-Type", "").startswith("text/html") and not answer.streaming
    return is_html and "Content-Disposition" not in answer.headers and "</html>" in answer.text


def _admin_routes() -> Iterator[Route]:
    found = {route.template: route for route in reversed([*routes()])}
    return (
        route
        for template, route in found.items()
        if template.startswith("admin/") and template != ENDS_THE_SESSION
    )


def _address(route: Route, values: dict[str, Any]) -> str:
    """Return an address of `route`, blank where there is no value for one of its parts."""
    own = {**values, **_key(route.template)}
    if route.template.startswith("admin/reports/legal-holds/"):
        own["number"] = values["hold"]
    if route.template.startswith("admin/bulk/"):
        own |= {"app_label": "wagtailcore", "model_name": "page"}
        return f"{route.address(own)}?id={values['page_id']}"
    return route.address(own) if own.keys() >= {*route.names} else ""


def _key(template: str) -> dict[str, Any]:
    """Return the key of something of the kind that the route is about."""
    if snippet := SNIPPET.match(template):
        model: Any = apps.get_model(*snippet.groups())
    elif (
        template.startswith("admin/review/labels/")
        or "review/ending/" in template
        or "admin/labels/" in template
    ):
        model = apps.get_model("therapies", "label")
    else:
        model = next((model for start, model in KEPT_AT.items() if template.startswith(start)), Page)
    thing = _sample(model)
    return {} if thing is None else {"pk": thing.pk, "label": thing.pk}


def _sample(model: Any) -> Any:
    if model is Page:
        return StandardPage.objects.filter(
            slug="about", locale=Locale.get_default(), url_path__contains="/eu/"
        ).first()
    if issubclass(model, Notice | Policy):
        return model.objects.order_by("pk").first()
    return model.objects.order_by("-pk").first()
