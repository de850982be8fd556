"""What an audit finds on one page, whatever the page is made of."""

import pytest

from region_gate import conf, snapshot
from region_gate.auditing.flaws import AuditFault
from region_gate.auditing.notice_check import check_notice
from region_gate.auditing.page_check import check_page
from region_gate.internal_client import Visit
from region_gate.links.signing import SignedCrossing, gate_address

pytestmark = pytest.mark.django_db

PAGE = "http://localhost/eu/"


def served(html: str, *, location: str = "", status: int = 200) -> Visit:
    """Return a visit of a European page that was served as `html`."""
    return Visit(PAGE, status, "text/html", location, html.encode(), "en")


def gate(to: str, origin: str = "eu") -> str:
    """Return the address of a notice, signed as on a live page."""
    return gate_address(conf.notice_path("en"), SignedCrossing(to, origin), conf.keys())


@pytest.mark.parametrize(
    "html",
    [
        '<p><a href="{}">One</a> <a href="{}">two</a>',
        '<svg><a xlink:href="{}">One</a></svg>',
        '<template><a href="{}">One</a></template>',
        '<noscript><p><a href="{}">One</a></noscript>',
    ],
)
def test_a_notice_is_named_once_wherever_links_to_it_stand(html):
    address = gate("https://away.test/")
    found = check_page(served(f"<!DOCTYPE html>{html.replace('{}', address.replace('&', '&amp;'))}"))
    assert (found.flaws, found.notices) == ([], [f"http://localhost{address}"])


@pytest.mark.parametrize(
    "query", ["?to=https://evil.test/&from=eu&sig=x", "?to=https://evil.test/&from=eu", "?%ff"]
)
def test_a_gate_address_that_nobody_signed_is_a_flaw_of_the_page_alone(query):
    address = conf.notice_path("en") + query
    found = check_page(served(f'<!DOCTYPE html><a href="{address.replace("&", "&amp;")}">One</a>'))
    assert [flaw.fault for flaw in found.flaws] == [AuditFault.WRONGLY_GATED]
    (notice,) = found.notices
    assert [*check_notice(Visit(notice, 404, "text/html", "", b"", "en"), PAGE)] == []


@pytest.mark.parametrize("to", ["https://away.test/", "http://localhost/us/"])
def test_a_redirect_to_a_notice_has_that_notice(to):
    assert snapshot.viewpoint(PAGE).classify(to).is_crossing
    found = check_page(served("", location=gate(to), status=302))
    assert (found.flaws, len(found.notices)) == ([], 1)


@pytest.mark.parametrize("status", [400, 500, 503])
def test_of_a_page_that_broke_nothing_else_is_said(status):
    (flaw,) = check_page(served('<a href="https://evil.test/">One</a>', status=status)).flaws
    assert (flaw.fault, flaw.detail) == (AuditFault.BROKEN, f"HTTP {status}")
