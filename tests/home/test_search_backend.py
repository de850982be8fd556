"""Whatever people type into a search finds what it should, and breaks nothing."""

from contextlib import suppress
from urllib.parse import quote

import pytest
from django.test import Client
from wagtail.models import Page
from wagtail.search.query import MATCH_ALL, MATCH_NONE, Phrase, PlainText

from home.models import StandardPage
from home.search_backend import MAX_QUERY_LENGTH, indexed_at_once, searchable, terms

SIGNS = ['"', '"a', 'a"b', '"-"', '"%"', "'\"%_\\", "a OR ^(b:*", "''", "{a} : -b", "a " * 5000]
SEARCHES = """
/admin/pages/ /admin/pages/search/ /admin/pages/{home}/ /admin/pages/{home}/results/
/admin/choose-page/search/ /admin/images/ /admin/images/results/ /admin/images/chooser/
/admin/images/chooser/results/ /admin/documents/ /admin/documents/results/ /admin/documents/chooser/
/admin/documents/chooser/results/ /admin/pages/usage/home/regionhomepage/ /eu/search/
""".split()  # noqa: SIM905 - fifteen quoted words are no clearer
APIS = ["/admin/api/main/pages/", "/admin/api/main/images/", "/admin/api/main/documents/"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("liver tumour", "liver tumour"),
        ('"liver  tumour"', "liver tumour"),
        ('liver"tumour', "liver tumour"),
        ("liver\0tumour", "liver tumour"),
        ("SIR-Spheres – 1.5 % (GBq)", "SIR-Spheres 1.5 (GBq)"),
        ("O'Brien", "O'Brien"),
        ('" - % _ \\ "', ""),
        ("", ""),
        ("é" * 300, "é" * MAX_QUERY_LENGTH),
    ],
)
def test_what_can_be_searched_for_is_left(typed, expected):
    assert terms(typed) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('"liver', "'liver'"),
        ('"', repr(MATCH_NONE)),
        (MATCH_ALL, repr(MATCH_ALL)),
        (MATCH_NONE, repr(MATCH_NONE)),
        (Phrase("%"), repr(MATCH_NONE)),
        (Phrase('a"b') & PlainText("-"), repr(Phrase("a b") & MATCH_ALL).replace(" <MatchAll>", "")),
        (~(PlainText("-") | PlainText('"c"')), "<Not <Or <PlainText 'c' operator='and' boost=1>>>"),
        (PlainText("-") & Phrase('"'), repr(MATCH_NONE)),
    ],
)
def test_a_query_of_parts_keeps_those_that_say_something(query, expected):
    assert repr(searchable(query)) == expected


def test_a_query_is_left_as_it_was():
    query = Phrase('a"b')
    searchable(query)
    assert query.query_string == 'a"b'


def broken(client: Client, addresses: list[str], name: str) -> list[str]:
    client.raise_request_exception = False
    asked = [f"{address}?{name}={quote(signs)}" for address in addresses for signs in SIGNS]
    return [one[:90] for one in asked if client.get(one, follow=True).status_code != 200]


def test_no_search_breaks_over_any_sign(eu_editor, eu_home):
    assert not broken(eu_editor, [one.format(home=eu_home.pk) for one in SEARCHES], "q")


def test_no_search_of_the_api_breaks_over_any_sign(eu_editor):
    assert not broken(eu_editor, APIS, "search")


@pytest.mark.parametrize("find", ["search", "autocomplete"])
@pytest.mark.parametrize(
    "typed", ['"{}"', '"{}', '{}"', '"-" {}', "% {} \\", "{} - ", "({})", "{}:*", "'{}'"]
)
def test_signs_do_not_hide_what_a_word_finds(db, find, typed):
    word = Page.objects.live().filter(depth__gt=3).first().title.split()[0]
    expected = set(getattr(Page.objects, find)(word).get_queryset())
    assert expected
    assert set(getattr(Page.objects, find)(typed.format(word)).get_queryset()) == expected


@pytest.mark.parametrize("find", ["search", "autocomplete"])
def test_signs_alone_find_nothing(db, find):
    assert not getattr(Page.objects, find)('"%').get_queryset()


@pytest.fixture
def about(eu_home) -> StandardPage:
    """A page that no search for “zebra” finds."""
    return StandardPage.objects.child_of(eu_home).get(slug="about")


def found(words: str) -> list[int]:
    return [page.pk for page in Page.objects.search(words)]


def test_what_is_saved_as_a_set_is_found_at_its_end_as_it_is_by_then(about):
    with indexed_at_once():
        for title in ("Zebra one", "Zebra two"):
            about.title = title
            about.save()
            assert found("zebra") == []
    assert found("zebra two") == [about.pk]
    assert found("one zebra") == []


def test_of_a_set_that_fails_nothing_is_indexed(about):
    about.title = "Zebra"
    with suppress(ZeroDivisionError), indexed_at_once():
        about.save()
        raise ZeroDivisionError
    assert found("zebra") == []


def test_what_a_set_deletes_is_not_indexed(eu_home):
    with indexed_at_once():
        page = eu_home.add_child(instance=StandardPage(title="Zebra", locale=eu_home.locale))
        page.delete()
    assert found("zebra") == []
