"""What is live is taken down before it is deleted, and whoever approved something stays known."""

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from wagtail.models import Page, ReferenceIndex

from home.exceptions import RefusedError
from home.models import RegionHomePage
from region_gate.models import Policy
from therapies.models import Label, Product, Publication, TherapyPage, Topic
from therapies.models.publication_record import Why

from .conftest import approve, fresh, submit

pytestmark = pytest.mark.django_db

LIVE = "What is live is not deleted"


def delete_page(page) -> str:
    return reverse("wagtailadmin_pages:delete", args=[page.pk])


def delete_snippet(thing) -> str:
    return reverse(thing.snippet_viewset.get_url_name("delete"), args=[thing.pk])


@pytest.mark.parametrize("ask", ["get", "post"])
def test_a_live_page_is_taken_down_first(administrator, about, ask):
    answer = getattr(administrator, ask)(delete_page(about), follow=True)
    assert f"{LIVE}: “About us” ({about.url_path}). Take it down first" in answer.text
    assert fresh(about).live


def test_taken_down_it_is_deleted_and_the_record_goes_on(administrator, about):
    administrator.post(reverse("wagtailadmin_pages:unpublish", args=[about.pk]))
    administrator.post(delete_page(about))
    assert not Page.objects.filter(pk=about.pk).exists()
    assert Publication.objects.filter(subject=about.pk, why=Why.UNPUBLISHED).exists()


def test_all_live_pages_below_are_named(administrator, eu_home):
    Page.objects.filter(pk=eu_home.pk).update(live=False)
    answer = administrator.post(delete_page(eu_home), follow=True)
    below = Page.objects.descendant_of(eu_home).live()
    assert f"{below.order_by('path')[0].url_path}); “" in answer.text
    assert f"and {below.count() - 5} more page" in answer.text
    assert RegionHomePage.objects.filter(pk=eu_home.pk).exists()


def test_the_admins_api_says_why_and_leaves_the_tree_whole(administrator, about):
    children = about.get_parent().numchild
    answer = administrator.post(reverse("wagtailadmin_api:pages:action", args=[about.pk, "delete"]))
    assert answer.status_code == 400
    assert LIVE in answer.text
    assert fresh(about).get_parent().numchild == children
    assert Page.find_problems() == ([], [], [], [], [])


def test_one_person_may_where_the_setting_says_so(administrator, about, one_person_may):
    administrator.post(delete_page(about))
    assert not Page.objects.filter(pk=about.pk).exists()


def test_a_command_answers_for_itself(about):
    about.delete()
    assert not Page.objects.filter(pk=about.pk).exists()


@pytest.mark.parametrize("ask", ["get", "post"])
@pytest.mark.parametrize("model", [Label, Policy])
def test_what_a_review_put_in_force_is_not_deleted(administrator, model, ask):
    thing = model.objects.filter(live=True).first()
    answer = getattr(administrator, ask)(delete_snippet(thing), follow=True)
    assert LIVE in answer.text
    assert model.objects.filter(pk=thing.pk).exists()


def test_a_product_that_was_published_is_watched_for_good(administrator):
    product = Product.objects.create(name="Past", maker="M", live=False)
    QuerySet(Product).filter(pk=product.pk).update(first_published_at="2026-01-01T00:00Z")
    assert "watched for good" in administrator.post(delete_snippet(product), follow=True).text
    assert Product.objects.filter(pk=product.pk).exists()


def test_a_product_that_never_was_is_deleted(administrator):
    product = Product.objects.create(name="Never", maker="M", live=False)
    administrator.post(delete_snippet(product))
    assert not Product.objects.filter(pk=product.pk).exists()


def test_a_topic_of_pages_stays_even_where_the_index_is_behind(administrator):
    page = TherapyPage.objects.live().first()
    ReferenceIndex.objects.all().delete()
    answer = administrator.post(delete_snippet(page.topic), follow=True)
    assert "This cannot be deleted, for others rest on it: “" in answer.text
    assert f"“{page.title}” ({page.url_path})" in answer.text
    assert Topic.objects.filter(pk=page.topic_id).exists()


def test_who_approved_is_not_forgotten(administrator, eu_editor, eu_legal, about):
    submit(eu_editor, about)
    approve(eu_legal, about)
    person = get_user_model().objects.get(username="eu-legal")
    answer = administrator.post(reverse("wagtailusers_users:delete", args=[person.pk]), follow=True)
    assert "Make the account inactive instead" in answer.text
    with pytest.raises(RefusedError), transaction.atomic():
        get_user_model().objects.filter(username="eu-legal").delete()
    assert fresh(about).live_revision.approval.approved_by == person
