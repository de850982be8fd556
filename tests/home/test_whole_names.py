"""Names stay on one line: what is enclosed, what is left alone, and who keeps the list."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from home.models import WholeName
from home.whole_names import MAX_PIECE, kept_whole, pieces_of

ADD = "wagtailsnippets_home_wholename:add"
NAMES = ("5-fluorouracil", "SIR-Spheres", "SIR-Spheres Y-90 resin microspheres", "Y-90")
WHOLE = '<bdi class="whole-name">{}</bdi>'


def whole(name: str) -> str:
    return WHOLE.format(name)


@pytest.mark.parametrize(
    ("name", "pieces"),
    [
        ("SIR-Spheres Y-90 resin microspheres", ["SIR-Spheres", "Y-90"]),
        ("SIR-Spheres Y-90-Harzmikrosphären", ["SIR-Spheres", "Y-90"]),
        ("Plain", []),
        ("A very-long-name-that-fits-in-no-line-of-a-phone", ["very-long-name-that"]),
        ("", []),
    ],
)
def test_of_a_products_name_those_words_stay_whole_that_could_break(name, pieces):
    assert [*pieces_of(name)] == pieces
    assert all(len(piece) <= MAX_PIECE for piece in pieces)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>SIR-Spheres Y-90 beads</p>", f"<p>{whole('SIR-Spheres')} {whole('Y-90')} beads</p>"),
        ("<h1>With y-90</h1>", f"<h1>With {whole('y-90')}</h1>"),
        ("of 5-fluorouracil/folinic acid", f"of {whole('5-fluorouracil')}/folinic acid"),
        ("SIR-Spheres® and (Y-90)", f"{whole('SIR-Spheres')}® and ({whole('Y-90')})"),
        # A long name is one, whichever way the text around it runs; lines may break within.
        (
            "SIR-Spheres Y-90 resin microspheres",
            f"<bdi>{whole('SIR-Spheres')} {whole('Y-90')} resin microspheres</bdi>",
        ),
        # No part of another word.
        ("15-fluorouracil, Y-900, anti-Y-90", "15-fluorouracil, Y-900, anti-Y-90"),
        # Nothing within a tag, a comment, or where no element may stand.
        (
            '<a title="Y-90 > SIR-Spheres" href="/y-90/">x</a>',
            '<a title="Y-90 > SIR-Spheres" href="/y-90/">x</a>',
        ),
        ("<!-- Y-90 -->", "<!-- Y-90 -->"),
        ("<svg><text>Y-90</text></svg>", "<svg><text>Y-90</text></svg>"),
        ("<script>Y-90 = 1</script>", "<script>Y-90 = 1</script>"),
        ("<option>Y-90</option>", "<option>Y-90</option>"),
        ("<bdi>Y-90</bdi>", "<bdi>Y-90</bdi>"),
        ("<b>SIR</b>-Spheres", "<b>SIR</b>-Spheres"),
        ("Y&amp;-90", "Y&amp;-90"),
    ],
)
def test_names_are_enclosed_in_texts_only(html, expected):
    assert kept_whole(html, NAMES) == expected


def test_a_name_with_signs_is_found_as_html_has_it():
    assert kept_whole("A&amp;B-1", ("A&B-1",)) == whole("A&amp;B-1")


def test_without_names_nothing_changes():
    assert kept_whole("<p>Y-90</p>", ()) == "<p>Y-90</p>"


TREATMENT = "/eu/therapies/liver-metastases-colorectal-cancer/"


@pytest.mark.django_db
def test_a_page_keeps_its_products_names_and_those_that_editors_list(client):
    before = client.get(TREATMENT).text
    assert whole("SIR-Spheres") in before
    assert whole("Y-90") in client.get("/eu/sir-spheres/").text.partition("<h1>")[2].partition("</h1>")[0]
    WholeName.objects.all().delete()
    assert whole("5-fluorouracil") not in client.get(TREATMENT).text
    WholeName.objects.create(name="5-fluorouracil")
    assert whole("5-fluorouracil") in client.get(TREATMENT).text


@pytest.mark.django_db
def test_the_words_are_the_same_with_the_names_kept_whole_or_not(client, monkeypatch):
    page = client.get(TREATMENT).text
    monkeypatch.setattr("home.templatetags.whole_names.known_names", lambda edition: ())
    assert page != client.get(TREATMENT).text
    assert without_marks(page) == without_marks(client.get(TREATMENT).text)


def without_marks(page: str) -> str:
    return re.sub(r'</?bdi( class="whole-name")?>', "", page)


@pytest.mark.django_db
def test_an_editor_adds_a_name(eu_editor):
    assert eu_editor.post(reverse(ADD), {"name": " FOLFOX-6 "}).status_code == 302
    assert WholeName.objects.filter(name="FOLFOX-6").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["", "?!", "a-name-that-fits-in-no-line-of-a-phone"])
def test_what_is_no_name_is_refused(name):
    with pytest.raises(ValidationError):
        WholeName(name=name).full_clean()


@pytest.mark.django_db
def test_legal_and_strangers_change_nothing(eu_legal, client):
    for person in (eu_legal, client):
        assert person.post(reverse(ADD), {"name": "FOLFOX-6"}).status_code in (302, 403)
    assert not WholeName.objects.filter(name="FOLFOX-6").exists()


@pytest.mark.parametrize("html", ["Tom &amp; Jerry&#x27;s &lt;b&gt;", "&amp;", "a &nbsp; b &#39;"])
def test_the_names_of_signs_are_no_names(html):
    """Taken apart, they would stand in the text as letters."""
    names = ("amp", "lt", "gt", "nbsp", "x27", "39", "Jerry")
    assert kept_whole(html, names) == html.replace("Jerry", whole("Jerry"))


def test_a_name_that_holds_a_sign_is_kept_whole():
    assert kept_whole("<p>A &amp; B &amp; C</p>", ("A & B",)) == f"<p>{whole('A &amp; B')} &amp; C</p>"
