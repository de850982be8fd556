"""Terms that open their explanation."""

import json

import pytest
from selectolax.lexbor import LexborHTMLParser
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from home.models import StandardPage
from home.terms import explained
from therapies.comparing.text_fields import passages_of
from therapies.guard.visible_text import visible_text_of

STORED = '<p>A <a linktype="term" title="A small &amp; round &quot;bead&quot;.">microsphere</a> is small.</p>'


def section(*texts: str) -> list:
    return [("section", {"heading": f"H{number}", "text": text}) for number, text in enumerate(texts)]


@pytest.mark.django_db
def test_a_term_opens_its_explanation_without_scripts(client, eu_home):
    page = eu_home.add_child(instance=StandardPage(title="P", intro=STORED, body=section(STORED, STORED)))
    tree = LexborHTMLParser(client.get(page.url).text)
    buttons = tree.css("main button.term")
    assert [button.text() for button in buttons] == ["microsphere"] * 3
    targets = [button.attributes["popovertarget"] for button in buttons]
    assert targets == ["term-intro-1", "term-body-1", "term-body-2"]
    for target in targets:
        (popover,) = tree.css(f"#{target}[popover]")
        assert popover.text() == 'microsphere: A small & round "bead".'


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", '"><b onclick="x">', "&lt;i&gt;", "a'b"])
def test_an_explanation_is_text_whatever_it_says(hostile):
    converter = ContentstateConverter(["term"])
    entity = {"type": "TERM", "mutability": "MUTABLE", "data": {"explanation": hostile}}
    ranges = {"inlineStyleRanges": [], "entityRanges": [{"offset": 0, "length": 4, "key": 0}]}
    block = {"key": "a", "text": "bead", "type": "unstyled", "depth": 0, **ranges}
    stored = converter.to_database_format(json.dumps({"blocks": [block], "entityMap": {"0": entity}}))
    page = StandardPage(title="P", body=section(stored))
    tree = LexborHTMLParser(explained(str(page.body.render_as_block()), "body"))
    assert tree.css_first(".term-explanation").text() == f"bead: {hostile}"
    assert not tree.css("script, [onclick], i")
    again = json.loads(converter.from_database_format(stored))
    assert again["entityMap"]["0"]["data"]["explanation"] == hostile


@pytest.mark.django_db
def test_names_are_found_in_an_explanation_and_a_change_of_it_is_told(english):
    english.body = section(STORED)
    assert any("round" in shown.words for shown in visible_text_of(english))
    (before,) = passages_of(english)
    english.body = section(STORED.replace("round", "oval"))
    (after,) = passages_of(english)
    assert [one.text for one in before] != [one.text for one in after]
