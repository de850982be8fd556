"""Whose a page or a collection is, asked in Python and of the database."""

import pytest
from wagtail.models import Collection, Page

from home.access import collection_of
from home.models import Region, RegionHomePage
from home.ownership import above, owned_by, owner_at

OWNERS = {"00010001": "outer", "000100010002": "inner", "00010003": "other"}


@pytest.mark.parametrize(
    ("path", "owner"),
    [
        ("00010001", "outer"),
        ("000100010001", "outer"),
        ("000100010002", "inner"),
        ("0001000100020009", "inner"),
        ("00010003", "other"),
        ("00010002", None),
        ("0001", None),
        ("", None),
    ],
)
def test_the_nearest_at_or_above_a_place_owns_it(path, owner):
    assert owner_at(path, OWNERS) == owner


def test_the_nearest_places_stand_first():
    assert above("000100020003") == ["000100020003", "00010002", "0001"]


def test_every_way_to_ask_whose_a_page_is_gives_one_answer(db):
    homes = RegionHomePage.objects.by_path()
    pages = [*Page.objects.annotate(code=Region.objects.all().of_each("code"))]
    regions = Region.objects.owners_of(page.path for page in pages)
    for page in pages:
        home, owning = owner_at(page.path, homes), Region.objects.owning(page.path)
        assert (home and home.region) == owning == owner_at(page.path, regions)
        assert page.code == (owning.code if owning else None)
    assert {page.code for page in pages} > {None, "eu", "us"}


def test_the_pages_of_some_homes_are_those_that_they_own(db, eu):
    homes = RegionHomePage.objects.filter(region=eu).by_path()
    owned = {page.pk for page in Page.objects.all() if owner_at(page.path, homes)}
    assert {*Page.objects.filter(owned_by(homes)).values_list("pk", flat=True)} == owned
    assert owned


def test_nothing_is_owned_by_nobody(db):
    assert not Page.objects.filter(owned_by(())).exists()


def test_a_collection_within_another_regions_is_its_own(db, eu, us):
    inner, ours = collection_of(us), collection_of(eu)
    inner.move(ours, pos="sorted-child")
    inner.refresh_from_db()
    below = Collection.objects.get(pk=inner.pk).add_child(name="Below")
    owners = Region.objects.by_collection()
    assert [owner_at(one.path, owners) for one in (ours, inner, below)] == [eu, us, us]
