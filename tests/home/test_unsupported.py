"""What the admin has an address for and cannot do is not found, and breaks nothing."""

import pytest
from django.urls import reverse, reverse_lazy
from wagtail.models import Page
from wagtail.snippets.models import get_snippet_models

from therapies.models import Reference, Topic

pytestmark = pytest.mark.django_db

CHOOSERS_WITH_FORMS = {Reference, Topic}


@pytest.mark.parametrize("form", [{}, {"name": "A"}])
def test_a_chooser_without_a_form_makes_nothing(administrator, form):
    choosers = {
        model: model.snippet_viewset.chooser_viewset.get_url_name("create") for model in get_snippet_models()
    }
    answers = {model: administrator.post(reverse(name), form).status_code for model, name in choosers.items()}
    assert answers == {model: 200 if model in CHOOSERS_WITH_FORMS else 404 for model in choosers}


@pytest.mark.parametrize("app", ["wagtailimages", "wagtaildocs"])
def test_a_chooser_with_a_form_shows_it(administrator, app):
    assert administrator.post(reverse(f"{app}_chooser:create"), {}).status_code == 200


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", ["chosen", "choose"])
def test_choosing_a_document_by_another_method_breaks_nothing(administrator, method, name):
    address = reverse("wagtaildocs_chooser:choose")
    if name == "chosen":
        address = reverse("wagtaildocs_chooser:chosen", args=[1])
    assert getattr(administrator, method)(address).status_code in (200, 404, 405)


@pytest.mark.parametrize(
    ("name", "more"), [("move_confirm", [1]), ("set_page_position", []), ("lock", []), ("unlock", [])]
)
def test_the_root_of_the_tree_is_not_changed_below_a_parent(administrator, name, more):
    root = Page.get_first_root_node()
    answer = administrator.post(reverse(f"wagtailadmin_pages:{name}", args=[root.pk, *more]))
    assert answer.status_code == 404
    root.refresh_from_db()
    assert not root.locked


@pytest.mark.parametrize("name", ["lock", "unlock"])
def test_any_other_page_is(administrator, eu_home, name):
    assert administrator.post(reverse(f"wagtailadmin_pages:{name}", args=[eu_home.pk])).status_code == 302


KINDS = ("external", "email", "phone", "anchor")
LINKS = [
    "/admin/choose-external-link/",  # Wagtail's own, besides those that its editor opens
    *(reverse_lazy(f"wagtailadmin_choose_page_{kind}_link") for kind in KINDS),
]


@pytest.mark.parametrize("address", LINKS, ids=str)
@pytest.mark.parametrize("form", [{}, {"parent_page_id": "x"}, {"url": "\0", "link_text": "x"}])
def test_the_dialog_of_a_link_asks_for_the_address_that_was_left_out(administrator, address, form):
    answer = administrator.post(str(address), form)
    assert answer.status_code == 200
    assert "This field is required" in answer.text


@pytest.mark.parametrize(
    "url",
    ["/", "/eu/", "/eu/\0/", "//", "http://[::1", "http://testserver/eu/%00", "/" + "9" * 5000, "x", " "],
)
@pytest.mark.parametrize("address", LINKS[:2], ids=str)
def test_the_dialog_of_a_link_takes_or_refuses_any_address(administrator, address, url):
    form = {"external-link-chooser-url": url, "external-link-chooser-link_text": "A"}
    assert administrator.post(str(address), form).status_code in (200, 400)
