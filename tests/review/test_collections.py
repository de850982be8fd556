"""A document that is shown keeps its region and its readers: it is not moved, shut away or opened."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from home.models import Region, StandardPage

pytestmark = pytest.mark.django_db

SHOWN = "What is live shows documents of this"


@pytest.fixture
def document(eu, about: StandardPage):
    """A document of the region that a live page links."""
    made = get_document_model().objects.create(
        title="A leaflet", file=ContentFile(b"x", "leaflet.txt"), collection=eu.collection
    )
    about.intro = f'<p><a linktype="document" id="{made.pk}">Read it</a></p>'
    about.save_revision().publish()
    return made


def unlink(about: StandardPage) -> None:
    about.intro = ""
    about.save_revision().publish()


def move(client, document, collection: Collection, name: str = "wagtaildocs:edit"):
    posted = {"title": document.title, "collection": collection.pk, "tags": ""}
    return client.post(reverse(name, args=[document.pk]), posted, follow=True)


def move_with_others(client, thing, collection: Collection):
    address = reverse(
        "wagtail_bulk_action", args=[thing._meta.app_label, thing._meta.model_name, "add_to_collection"]
    )
    return client.post(f"{address}?id={thing.pk}", {"collection": collection.pk}, follow=True)


def move_collection(client, collection: Collection, parent: Collection):
    address = reverse("wagtailadmin_collections:edit", args=[collection.pk])
    opened = client.get(address).context
    loaded = opened["form"]["loaded_state"].value() if opened else ""
    posted = {"name": collection.name, "parent": parent.pk, "loaded_state": loaded}
    return client.post(address, posted, follow=True)


def shut(client, collection: Collection):
    posted = {"restriction_type": "login", "password": "", "groups": []}
    return client.post(
        reverse("wagtailadmin_collections:set_privacy", args=[collection.pk]), posted, follow=True
    )


def test_nobody_moves_a_collection_signed_out(client, eu, us):
    assert (
        move_collection(client, eu.collection, us.collection).redirect_chain[0][0].startswith("/admin/login/")
    )


def home_of(thing) -> Collection:
    return type(thing).objects.get(pk=thing.pk).collection


def test_the_form_does_not_move_it_to_another_region(administrator, document, eu, us):
    assert "so it stays as it is" in move(administrator, document, us.collection).text
    assert home_of(document) == eu.collection


def test_it_does_not_move_with_others(administrator, document, eu, us):
    assert SHOWN in move_with_others(administrator, document, us.collection).text
    assert home_of(document) == eu.collection


@pytest.mark.parametrize("way", [move, move_with_others])
def test_within_its_region_it_moves(administrator, document, eu, way):
    inner = eu.collection.add_child(name="Leaflets")
    way(administrator, document, inner)
    assert home_of(document) == inner


@pytest.mark.parametrize("way", [move, move_with_others])
def test_what_nothing_shows_moves(administrator, document, about, us, way):
    unlink(about)
    way(administrator, document, us.collection)
    assert home_of(document) == us.collection


@pytest.mark.parametrize("way", [move, move_with_others])
def test_it_does_not_move_to_where_only_some_may_read_it(administrator, document, eu, way):
    inner = eu.collection.add_child(name="For us")
    CollectionViewRestriction.objects.create(collection=inner, restriction_type="login")
    way(administrator, document, inner)
    assert home_of(document) == eu.collection


def test_a_picture_moves_since_its_collection_is_not_shown(administrator, us):
    image = get_image_model().objects.create(title="A drawing", file=get_test_image_file())
    move_with_others(administrator, image, us.collection)
    assert home_of(image) == us.collection


def test_its_collection_does_not_move_to_another_region(administrator, document, eu, us):
    inner = eu.collection.add_child(name="Leaflets")
    get_document_model().objects.update(collection=inner)
    assert SHOWN in move_collection(administrator, inner, us.collection).text
    inner.refresh_from_db()
    assert inner.get_parent() == eu.collection


def test_the_collection_of_a_region_takes_its_region_along(administrator, document, eu):
    elsewhere = Collection.get_first_root_node().add_child(name="Regions")
    move_collection(administrator, eu.collection, elsewhere)
    assert Region.objects.get(pk=eu.pk).collection.get_parent() == elsewhere


def test_its_collection_is_not_shut_away(administrator, document, eu):
    assert shut(administrator, eu.collection).status_code == 404
    assert not CollectionViewRestriction.objects.exists()


def test_its_collection_is_not_opened(administrator, document, eu):
    made = CollectionViewRestriction.objects.create(collection=eu.collection, restriction_type="login")
    administrator.post(
        reverse("wagtailadmin_collections:set_privacy", args=[eu.collection.pk]), {"restriction_type": "none"}
    )
    assert CollectionViewRestriction.objects.filter(pk=made.pk).exists()


def restrict(client, page, kind: str = "login"):
    address = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
    return client.post(address, {"restriction_type": kind}, follow=True)


def test_a_live_page_is_not_shut_away_around_the_review(administrator, client, about):
    assert restrict(administrator, about).status_code == 404
    assert not PageViewRestriction.objects.exists()
    assert client.get(about.url).status_code == 200


def test_nor_are_the_pages_below_a_draft(administrator, about):
    index = about.get_parent()
    Page.objects.filter(pk=index.pk).update(live=False)
    restrict(administrator, index)
    assert not PageViewRestriction.objects.exists()


def test_nor_is_a_live_page_opened(administrator, about):
    made = PageViewRestriction.objects.create(page=about, restriction_type="login")
    restrict(administrator, about, "none")
    assert PageViewRestriction.objects.filter(pk=made.pk).exists()
