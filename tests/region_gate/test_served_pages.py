"""The hostile tables as the site serves them, through all of its middleware."""

from html import escape

import pytest
from django.http import HttpResponse, StreamingHttpResponse

from region_gate.html.rewriting import gate_links
from region_gate.html.survey import LinkOutcome, survey
from tests.region_gate.served import gate, made_up_site, served
from tests.region_gate.world import CASES, HOSTILE_ADDRESSES, HOSTILE_HTML

__all__ = ["made_up_site"]  # a fixture of these tests
PIECES = [case["html"] for case in (*CASES["html"], *HOSTILE_HTML)]


@pytest.mark.parametrize("html", PIECES, ids=ascii)
def test_hostile_html_is_served_as_the_core_gates_it(html):
    page = served(html).content.decode()
    assert page == gate_links(html.removeprefix("\ufeff"), gate())
    assert all(finding.outcome is LinkOutcome.PASSED for finding in survey(page, gate()))


@pytest.mark.django_db
@pytest.mark.parametrize("status", [200, 404, 500])
def test_hostile_addresses_are_served_as_the_core_gates_them(status):
    cases = [*CASES["addresses"], *HOSTILE_ADDRESSES]
    html = "".join(f'<a href="{escape(case["href"])}">L</a>\n' for case in cases)
    page = served(HttpResponse(html, status=status))
    assert page.status_code == status
    assert page.content.decode() == gate_links(html, gate())
    assert page.content.decode().count("data-crossing") > len(cases) / 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1252", "shift_jis", "iso-8859-15"])
def test_pages_in_every_encoding_whole_or_streamed_are_gated(encoding):
    html = "<!DOCTYPE html><html><head></head><body><p>§ °</p><a href=//evil.test>L</a></body></html>"
    content_type = f"text/html; charset={encoding}"
    whole = served(HttpResponse(html.encode(encoding), content_type=content_type))
    streamed = served(
        StreamingHttpResponse((bytes([byte]) for byte in html.encode(encoding)), content_type=content_type)
    )
    for page in (b"".join(whole), b"".join(streamed)):
        assert page.decode() == gate_links(html, gate())
