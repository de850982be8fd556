"""The gate on our own pages: what it is told of the regions, and what visitors are shown."""

import re

import pytest
from selectolax.lexbor import LexborHTMLParser
from wagtail.models import Site

from config.gate import regions
from redirecting.models import Redirect
from tests.conftest import CONTENT

pytestmark = pytest.mark.django_db

EXEMPT = "https://instructions.example.com/"  # by the demo's policy
TREATMENT = "/eu/therapies/liver-metastases-colorectal-cancer/"


def gate_address(client, kind: str) -> str:
    """Return the gate's address before the treatment page's first link of `kind`."""
    page = LexborHTMLParser(client.get(TREATMENT).text)
    return page.css_first(f"main a[data-crossing='{kind}']").attributes["href"]


def words(html: str, kind: str) -> str:
    """Return the notice's words: heading and paragraphs joined by blank lines."""
    (notice,) = LexborHTMLParser(html).css(f"[data-notice='{kind}']")
    parts = notice.css("h1, h2, p")
    assert " ".join(part.text() for part in parts).split() == notice.text(separator=" ").split()
    return "\n\n".join(part.text() for part in parts) + "\n"


@pytest.mark.parametrize("kind", ["cross-region", "third-party"])
def test_a_notice_stands_whole_in_the_exact_words(client, kind):
    page = client.get(gate_address(client, kind))
    assert page.status_code == 200
    approved = CONTENT / f"{kind.replace('-', '_')}_notice.txt"
    assert words(page.text, kind).encode() == approved.read_bytes()


@pytest.mark.parametrize(
    ("kind", "destination"),
    [
        ("cross-region", "http://testserver/us/clinical-evidence/"),
        ("third-party", "https://doi.org/10.1200/JCO.2015.66.1181"),
    ],
)
def test_continue_is_a_plain_link_to_the_destination(client, kind, destination):
    page = LexborHTMLParser(client.get(gate_address(client, kind)).text)
    (link,) = [a for a in page.css("a") if a.text(strip=True) == "Continue"]
    assert link.attributes["href"] == destination


def test_stay_leads_back_to_the_page_or_else_to_the_region(client):
    address = gate_address(client, "third-party")
    there = f"http://testserver{TREATMENT}"
    assert f'href="{there}"' in client.get(address, headers={"referer": there}).text
    for stranger in ("https://evil.test/eu/", "http://testserver/us/", "javascript:alert(1)"):
        page = client.get(address, headers={"referer": stranger}).text
        assert stranger not in page
        assert re.search(r'href="[^"]*/eu/"[^>]*>\s*Stay', page)


def test_the_notice_page_is_kept_nowhere_and_framed_nowhere(client):
    page = client.get(gate_address(client, "third-party"))
    assert "no-store" in page["Cache-Control"]
    assert "noindex" in page["X-Robots-Tag"]
    assert page["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert "unsafe" not in page["Content-Security-Policy"]
    assert not page.cookies


def test_a_german_page_meets_the_german_notice(client):
    page = LexborHTMLParser(client.get(f"/de{TREATMENT}").text)
    address = page.css_first("main a[data-crossing='third-party']").attributes["href"]
    assert address.startswith("/de/leaving/?")
    notice = client.get(address)
    assert "„Weiter“" in words(notice.text, "third-party")
    assert '<html lang="de"' in notice.text


def altered(address: str) -> dict[str, str]:
    """Return forgeries of a gate address, by what was done to it."""
    path, _, query = address.partition("?")
    to, origin, signature = query.split("&")
    evil = "to=https://evil.test/"
    return {
        "another destination": f"{path}?{evil}&{origin}&{signature}",
        "another region": f"{path}?{to}&from=us&{signature}",
        "no region": f"{path}?{to}&{signature}",
        "no signature": f"{path}?{to}&{origin}",
        "no destination": f"{path}?{origin}&{signature}",
        "nothing at all": path,
        "a signature cut short": address[:-3],
        "an empty signature": f"{path}?{to}&{origin}&sig=",
        "a doubled destination": f"{address}&{evil}",
        "a doubled destination first": f"{path}?{evil}&{query}",
        "a doubled signature": f"{address}&{signature}",
        "a script": f"{path}?to=javascript:alert(1)&{origin}&{signature}",
        "a NUL byte": f"{path}?{to}%00&{origin}&{signature}",
        "a NUL byte in the signature": f"{address}%00",
        "broken UTF-8": f"{path}?{to}%ff&{origin}&{signature}",
        "10 kB of address": f"{path}?{evil}{'a' * 10_000}&{origin}&{signature}",
    }


@pytest.mark.parametrize("forgery", list(altered("/?to=&from=&sig=abcdef")))
def test_a_forged_address_is_not_found_and_shows_nothing(client, forgery):
    address = altered(gate_address(client, "third-party"))[forgery]
    answer = client.get(address)
    assert answer.status_code == 404
    assert "evil.test" not in answer.text
    assert "javascript:" not in answer.text
    assert 'href="https://doi.org' not in answer.text


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_only_get_and_head_are_allowed(client, method):
    client.handler.enforce_csrf_checks = True
    address = gate_address(client, "third-party")
    assert getattr(client, method)(address).status_code == 405
    assert client.head(address).status_code == 200


def test_the_regions_are_known_by_their_live_home_pages():
    known = regions()
    assert [region.code for region in known.regions] == ["us", "eu", "ap", "ca"]
    assert known.region_at("localhost", "/de/eu/therapien/") == "eu"
    assert known.region_at("localhost", "/europe/") is None


def test_a_region_owns_its_addresses_in_languages_it_does_not_speak():
    assert regions().region_at("localhost", "/fr/us/") == "us"


def test_a_region_on_its_own_host_owns_that_host(client, eu_home):
    Site.objects.create(hostname="eu.example.com", root_page=eu_home)
    known = regions()
    assert known.region_at("eu.example.com", "/therapies/") == "eu"
    assert known.region_at("eu.example.com", "/de/") == "eu"
    page = client.get("/eu/regions/").text
    assert "data-crossing" in page


def test_a_region_owns_its_further_hosts(eu, client):
    eu.further_hosts = "www.example.de"
    eu.save()
    assert regions().region_at("www.example.de", "/any/") == "eu"


def test_an_unpublished_home_is_known_no_more(us_home):
    us_home.unpublish()
    assert regions().get("us") is None


@pytest.mark.parametrize("address", ["/", "/eu/", TREATMENT, "/eu/nowhere/", "/de/us/", "/eu/regions/"])
def test_no_page_links_out_ungated(client, address):
    page = LexborHTMLParser(client.get(address).text)
    for link in page.css("a[href]"):
        href = link.attributes["href"]
        assert href.startswith(("/", "#", "?", "mailto:", "tel:", "http://testserver/", EXEMPT)), href


def test_a_link_to_a_redirect_that_crosses_is_gated_on_the_page_already(client, eu_home):
    eu_home.intro = '<p><a href="/eu/old/">There</a></p>'
    eu_home.save_revision().publish()
    assert 'data-crossing="cross-region">There' not in client.get("/eu/").text
    Redirect.objects.create(old_path="/eu/old/", new_path="/us/")
    assert 'data-crossing="cross-region">There' in client.get("/eu/").text
    Redirect.objects.all().delete()
    Redirect.objects.create(old_path="/eu/old/", new_path="/eu/about/")
    assert 'data-crossing="cross-region">There' not in client.get("/eu/").text


def test_a_redirect_that_crosses_goes_to_the_gate_and_is_kept_by_nobody(client):
    Redirect.objects.create(old_path="/eu/old/", new_path="/us/clinical-evidence/")
    answer = client.get("/eu/old/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/leaving/?to=http://testserver/us/clinical-evidence/&from=eu&sig=")
    assert "no-store" in answer["Cache-Control"]
