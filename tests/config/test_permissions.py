"""Who may do what, as one table, tried by direct requests and not by looking for buttons."""

import json
from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from wagtail.models import Locale, Page

from home.models import Region, StandardPage
from region_gate.models import Notice, Policy
from tests.conftest import signed_in
from tests.home.test_access import form
from therapies.models import Label, Product, Reference
from therapies.models.label import Status

pytestmark = pytest.mark.django_db

PEOPLE = ["eu-editor", "eu-legal", "us-editor", "us-legal", "admin"]
RICH = json.dumps({"blocks": [], "entityMap": {}})


def snippet(model, act: str, *args) -> str:
    return reverse(model.snippet_viewset.get_url_name(act), args=args)


def change_page(client):
    page = StandardPage.objects.get(url_path__endswith="/eu/about/", locale__language_code="en")
    client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form("Changed", slug="about"))
    return Page.objects.get(pk=page.pk).draft_title == "Changed"


def eu_label() -> Label:
    return Label.objects.get(region__code="eu", locale=Locale.get_default())


def label_form(region: str, **more) -> dict:
    return {
        "product": Product.objects.get().pk,
        "region": Region.objects.get(code=region).pk,
        "status": Status.UNDER_REVIEW.value,
        "authority": "Changed",
        "registration_number": "",
        "indication": RICH,
        "safety_information": RICH,
        "audience": "public",
        **more,
    }


def add_label(client):
    client.post(snippet(Label, "add"), label_form("eu"))
    return Label.objects.filter(authority="Changed").exists()


def change_label(client):
    label = eu_label()
    client.post(snippet(Label, "edit", label.pk), label_form("eu"))
    label.refresh_from_db()
    return label.get_latest_revision_as_object().authority == "Changed"


def publish_label(client):
    label = eu_label()
    client.post(snippet(Label, "edit", label.pk), label_form("eu", **{"action-publish": "1"}))
    label.refresh_from_db()
    return label.authority == "Changed"


def unpublish_label(client):
    client.post(snippet(Label, "unpublish", eu_label().pk))
    return not eu_label().live


def delete_label(client):
    client.post(snippet(Label, "delete", eu_label().pk))
    return not Label.objects.filter(region__code="eu", locale=Locale.get_default()).exists()


def lock_label(client):
    client.post(snippet(Label, "lock", eu_label().pk))
    return eu_label().locked


def revert_label(client):
    label = eu_label()
    first = label.latest_revision
    label.authority = "Later"
    label.save_revision()
    posted = label_form("eu", revision=str(first.pk))
    client.post(snippet(Label, "revisions_revert", label.pk, first.pk), posted)
    return eu_label().get_latest_revision_as_object().authority == "Changed"


def review_label(client):
    label = eu_label()
    label.authority = "Under review"
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


def change_reference(client):
    reference = Reference.objects.get(doi__iexact="10.1200/JCO.2015.66.1181")
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
    delete_label: {"admin"},
    lock_label: {"admin"},
    add_product: {"eu-legal", "us-legal", "admin"},
    change_product: {"eu-legal", "us-legal", "admin"},
    publish_product: set(),
    add_reference: {"eu-editor", "us-editor", "admin"},
    change_reference: {"admin"},
    change_policy: {"eu-legal", "us-legal", "admin"},
    change_notice: {"eu-legal", "us-legal", "admin"},
}


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("act", TABLE, ids=lambda act: act.__name__)
def test_only_those_who_may_do(act, person):
    assert act(signed_in(person)) is (person in TABLE[act])


def test_another_regions_label_cannot_be_taken_over():
    label = Label.objects.get(region__code="us")
    client = signed_in("eu-legal")
    client.post(snippet(Label, "edit", label.pk), label_form("eu"))
    label.refresh_from_db()
    assert label.region.code == "us"
    assert label.get_latest_revision_as_object().authority != "Changed"


def test_a_label_cannot_be_handed_to_another_region():
    label = eu_label()
    answer = signed_in("eu-legal").post(snippet(Label, "edit", label.pk), label_form("us"))
    assert "Select a valid choice" in answer.text
    assert eu_label().get_latest_revision_as_object().region.code == "eu"
