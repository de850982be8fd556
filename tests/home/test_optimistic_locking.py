"""A save over what somebody else has changed since the form was loaded: refused, said, and nothing lost."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.db import models
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser, LexborNode
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, GroupPagePermission

from home.models import Region
from redirecting.models import Redirect
from tests.conftest import signed_in
from therapies.models import Reference, Topic

pytestmark = pytest.mark.django_db

REFUSED = "Not saved: this has been changed since you opened it."
THEIRS, MINE = "A colleague’s words", "My own words"


@dataclass(frozen=True)
class Form:
    """A form of something that keeps no drafts: what is changed by it, where, and two of its fields."""

    thing: Callable[[], models.Model]
    address: str
    field: str
    other: str


def document() -> Document:
    return Document.objects.create(title="A document", file=ContentFile(b"A text.", name="text.txt"))


def image() -> Image:
    return Image.objects.create(title="A picture", file=get_test_image_file())


def redirect() -> Redirect:
    return Redirect.objects.create(old_path="/eu/old", new_path="/eu/about/", match="exact")


def region() -> Region:
    return Region.objects.get(code="eu")


def topic() -> Topic:
    return Topic.objects.create(name="A topic", slug="a-topic")


def reference() -> Reference:
    return Reference.objects.create(text="Ash A. Liver 2020.", year=2020)


def group() -> Group:
    return Group.objects.get(name="eu editors")


def person() -> Any:
    found = get_user_model().objects.get(username="eu-editor")
    found.first_name, found.last_name = "Erin", "Editor"
    found.save()
    return found


def collection() -> Collection:
    return Collection.get_first_root_node().add_child(name="A collection")


def snippet(model: Any) -> str:
    return model.snippet_viewset.get_url_name("edit")


FORMS = [
    Form(document, "wagtaildocs:edit", "title", "tags"),
    Form(image, "wagtailimages:edit", "title", "description"),
    Form(redirect, "redirects:edit", "notes", "new_path"),
    Form(region, "regions:edit", "organisation", "email"),
    Form(topic, "wagtailsnippets_therapies_topic:edit", "name", "slug"),
    Form(group, "wagtailusers_groups:edit", "name", "permissions"),
    Form(person, "wagtailusers_users:edit", "first_name", "email"),
    Form(collection, "wagtailadmin_collections:edit", "name", "path"),
    Form(reference, "wagtailsnippets_therapies_reference:edit", "text", "doi"),
]


@pytest.fixture(params=FORMS, ids=lambda form: form.thing.__name__)
def kind(request) -> Form:
    """Each form in turn."""
    return request.param


@pytest.fixture
def thing(kind: Form) -> Any:
    """What is changed by it."""
    return kind.thing()


@pytest.fixture
def address(kind: Form, thing: Any) -> str:
    """Where the form is."""
    return reverse(kind.address, args=[thing.pk])


@pytest.fixture
def colleague(administrator, django_user_model) -> Client:
    """A browser in which a second administrator is signed in."""
    django_user_model.objects.create_superuser("colleague", email="colleague@example.com", password=None)
    return signed_in("colleague")


def shown(text: str) -> dict[str, Any]:
    """Return what the form in `text` sends, its files apart."""
    tree = LexborHTMLParser(text)
    form = next(form for form in tree.css("form") if form.css_first("[name=csrfmiddlewaretoken]"))
    sent: dict[str, list[str]] = {}
    for field in form.css("input[name], textarea[name], select[name]"):
        sent.setdefault(field.attributes["name"] or "", []).extend(_values(field))
    return {name: values for name, values in sent.items() if values and name != "next"}


def _values(field: LexborNode) -> list[str]:
    given, kind = field.attributes, field.attributes.get("type")
    if field.tag == "select":
        return [option.attributes["value"] or "" for option in field.css("option[selected]")]
    if field.tag == "textarea":
        return [field.text().removeprefix("\n")]
    is_sent = kind != "file" and (kind not in ("checkbox", "radio") or "checked" in given)
    usual = "on" if kind == "checkbox" else ""
    return [given.get("value") or usual] if is_sent else []


def stored(thing: Any, name: str) -> Any:
    return getattr(type(thing).objects.get(pk=thing.pk), name)


def test_a_save_over_a_colleagues_is_refused_with_both_versions_shown(
    administrator, colleague, kind, thing, address
):
    opened = shown(administrator.get(address).text)
    theirs = {**shown(colleague.get(address).text), kind.field: THEIRS}
    assert colleague.post(address, theirs).status_code == 302
    answer = administrator.post(address, {**opened, kind.field: MINE})
    assert answer.status_code == 200
    assert stored(thing, kind.field) == THEIRS
    errors = answer.context["form"].errors
    assert REFUSED in errors["__all__"]
    assert errors[kind.field] == [f"It is now: {THEIRS}"]
    assert set(errors) == {"__all__", kind.field}
    assert REFUSED in LexborHTMLParser(answer.text).body.text()
    assert f"It is now: {THEIRS}" in LexborHTMLParser(answer.text).body.text()
    again = shown(answer.text)
    assert again[kind.field] == [MINE]
    assert administrator.post(address, again).status_code == 302
    assert stored(thing, kind.field) == MINE


def test_another_field_is_not_passed_over_either(administrator, colleague, kind, thing, address):
    before = str(stored(thing, kind.other))
    opened = shown(administrator.get(address).text)
    colleague.post(address, {**shown(colleague.get(address).text), kind.field: THEIRS})
    answer = administrator.post(address, opened)
    assert answer.status_code == 200
    assert stored(thing, kind.field) == THEIRS
    assert kind.other not in answer.context["form"].errors
    assert str(stored(thing, kind.other)) == before or kind.other == "tags"


def test_ones_own_second_window_is_told(administrator, kind, thing, address):
    opened = shown(administrator.get(address).text)
    assert administrator.post(address, {**opened, kind.field: THEIRS}).status_code == 302
    assert administrator.post(address, {**opened, kind.field: MINE}).status_code == 200
    assert stored(thing, kind.field) == THEIRS


@pytest.mark.parametrize("state", [None, "", "x", "e30:1:x"], ids=["none", "blank", "text", "forged"])
def test_a_request_that_says_no_state_passes_over_nobodys(
    administrator, colleague, kind, thing, address, state
):
    opened = shown(administrator.get(address).text)
    if kind.thing is collection:
        pytest.skip("no log names who changed a collection")
    opened = {name: value for name, value in opened.items() if name != "loaded_state"}
    sent = opened if state is None else {**opened, "loaded_state": state}
    assert administrator.post(address, {**sent, kind.field: "First"}).status_code == 302
    assert administrator.post(address, {**sent, kind.field: "Second"}).status_code == 302
    assert colleague.post(address, {**sent, kind.field: MINE}).status_code == 200
    assert stored(thing, kind.field) == "Second"


def test_a_request_that_says_no_state_passes_over_nothing_where_no_log_names_anybody(administrator):
    thing = collection()
    address = reverse("wagtailadmin_collections:edit", args=[thing.pk])
    opened = shown(administrator.get(address).text)
    del opened["loaded_state"]
    assert administrator.post(address, {**opened, "name": MINE}).status_code == 200
    assert stored(thing, "name") == "A collection"


def test_the_state_of_something_else_is_none(administrator, colleague, kind, thing, address):
    other = Topic.objects.create(name="Another", slug="another")
    there = reverse("wagtailsnippets_therapies_topic:edit", args=[other.pk])
    opened = shown(administrator.get(address).text)
    sent = {**opened, kind.field: MINE, "loaded_state": shown(administrator.get(there).text)["loaded_state"]}
    assert administrator.post(address, sent).status_code == 200
    assert stored(thing, kind.field) != MINE


def test_a_file_that_was_replaced_under_its_own_name_is_another(administrator, colleague):
    thing = document()
    address = reverse("wagtaildocs:edit", args=[thing.pk])
    opened = shown(administrator.get(address).text)
    thing.file.storage.delete(thing.file.name)
    colleague.post(
        address, {**shown(colleague.get(address).text), "file": ContentFile(b"Another.", name="text.txt")}
    )
    answer = administrator.post(address, {**opened, "title": MINE})
    assert answer.status_code == 200
    assert "file" in answer.context["form"].errors


def rights(pk: int) -> set[tuple[str, int]]:
    return {*GroupPagePermission.objects.filter(group=pk).values_list("permission__codename", "page")}


def test_a_stale_form_gives_no_group_its_rights_on_pages_back(administrator, colleague):
    thing = group()
    address = reverse("wagtailusers_groups:edit", args=[thing.pk])
    opened = shown(administrator.get(address).text)
    before = rights(thing.pk)
    assert before
    thing.page_permissions.all().delete()
    answer = administrator.post(address, opened)
    assert answer.status_code == 200
    assert rights(thing.pk) == set()
    assert REFUSED in LexborHTMLParser(answer.text).body.text()
    assert any("It is now: –" in error for error in answer.context["form"].non_field_errors())
    assert administrator.post(address, shown(answer.text)).status_code == 302
    assert rights(thing.pk) == before


def test_a_stale_form_gives_no_group_its_rights_in_collections_back(administrator):
    thing = group()
    address = reverse("wagtailusers_groups:edit", args=[thing.pk])
    opened = shown(administrator.get(address).text)
    assert thing.collection_permissions.exists()
    thing.collection_permissions.all().delete()
    assert administrator.post(address, opened).status_code == 200
    assert not thing.collection_permissions.exists()


def test_a_stale_form_gives_nobody_a_withdrawn_permission_back(administrator):
    thing, stale = group(), person()
    group_address = reverse("wagtailusers_groups:edit", args=[thing.pk])
    address = reverse("wagtailusers_users:edit", args=[stale.pk])
    thing.permissions.add(Permission.objects.get(codename="add_region"))
    opened, opened_group = (
        shown(administrator.get(address).text),
        shown(administrator.get(group_address).text),
    )
    thing.permissions.clear()
    stale.groups.clear()
    assert administrator.post(group_address, opened_group).status_code == 200
    assert administrator.post(address, opened).status_code == 200
    assert not thing.permissions.exists()
    assert not stale.groups.exists()


def test_a_collection_that_was_moved_does_not_move_back(administrator):
    thing = collection()
    there = collection()
    address = reverse("wagtailadmin_collections:edit", args=[thing.pk])
    opened = shown(administrator.get(address).text)
    thing.move(there, "sorted-child")
    answer = administrator.post(address, opened)
    assert any("It is now: Root / A collection" in e for e in answer.context["form"].non_field_errors())
    assert Collection.objects.get(pk=thing.pk).get_parent() == there
    assert administrator.post(address, shown(answer.text)).status_code == 302


def test_tags_are_compared_whatever_their_order(administrator, colleague):
    thing = document()
    thing.tags.set(["b", "a"])
    address = reverse("wagtaildocs:edit", args=[thing.pk])
    opened = shown(administrator.get(address).text)
    thing.tags.set(["a", "b"], clear=True)
    assert administrator.post(address, opened).status_code == 302
    opened = shown(administrator.get(address).text)
    colleague.post(address, {**shown(colleague.get(address).text), "tags": "a, c"})
    answer = administrator.post(address, opened)
    assert answer.context["form"].errors["tags"] == ["It is now: a, c"]


def test_what_is_shown_of_a_long_value_is_its_beginning(administrator, colleague):
    thing = reference()
    address = reverse("wagtailsnippets_therapies_reference:edit", args=[thing.pk])
    opened = shown(administrator.get(address).text)
    QuerySet(Reference).filter(pk=thing.pk).update(text="A" * 300, kind="book")
    errors = administrator.post(address, opened).context["form"].errors
    assert errors["text"] == [f"It is now: {'A' * 200}…"]
    assert errors["kind"] == [f"It is now: {Reference(kind='book').get_kind_display()}"]
