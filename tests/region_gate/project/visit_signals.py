"""What the gate tells a site's own code, and that no receiver breaks a page."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.dispatch import Signal
from django.urls import reverse

from region_gate import conf
from region_gate.internal_client import visitor as own_visitor
from region_gate.links.destinations import DestinationKind
from region_gate.links.signing import SignedCrossing, gate_address
from region_gate.signals import link_blocked, notice_shown

pytestmark = pytest.mark.django_db
TO = "https://evil.test/x"


def address(to: str = TO) -> str:
    return gate_address("/leaving/", SignedCrossing(to, "north"), conf.keys())


def heard(signal: Signal) -> Iterator[list[dict[str, Any]]]:
    """Listen to `signal` with a receiver that fails, beside one that keeps what it hears."""
    told: list[dict[str, Any]] = []

    def fail(**kwargs: Any) -> None:
        raise RuntimeError("A receiver broke.")

    def keep(**kwargs: Any) -> None:
        told.append(kwargs)

    signal.connect(fail)
    signal.connect(keep)
    yield told
    signal.disconnect(fail)
    signal.disconnect(keep)


@pytest.fixture
def shown() -> Iterator[list[dict[str, Any]]]:
    """Return the notices told of."""
    yield from heard(notice_shown)


@pytest.fixture
def blocked() -> Iterator[list[dict[str, Any]]]:
    """Return the blocked links told of."""
    yield from heard(link_blocked)


def test_a_notice_is_told_with_what_was_shown(visitor, shown):
    assert visitor.get(address()).status_code == 200
    (told,) = shown
    assert told["request"].path == reverse("region_gate:notice")
    assert (told["region"], told["destination"].url) == ("north", TO)
    assert told["destination"].kind is DestinationKind.THIRD_PARTY
    assert told["words"].heading == "You are leaving this site"


@pytest.mark.parametrize("to", ["javascript:x()", "http://www.example.com/north/"])
def test_what_has_no_notice_is_not_told(visitor, shown, to):
    visitor.get(address(to))
    assert shown == []


def test_a_blocked_link_is_told_with_its_reason(visitor, blocked):
    assert visitor.get("/north/").status_code == 200
    (told,) = blocked
    assert (told["link"].element, told["link"].href) == ("a", "javascript:x()")
    assert told["link"].destination.reason == "scheme"


@pytest.mark.parametrize("to", ["https:evil.test", "ftp://evil.test/", "ftp:evil.test"])
def test_a_blocked_redirect_is_told(visitor, blocked, to):
    assert visitor.get("/north/redirect/", {"next": to}).status_code == 404
    assert [told["link"].href for told in blocked if told["link"].element == "redirect"] == [to]


def test_visits_of_our_own_tell_nobody(shown, blocked):
    for path in ("/north/", address()):
        assert own_visitor()(f"http://www.example.com{path}").status == 200
    assert shown == blocked == []


def test_without_listeners_no_page_is_read_for_them(visitor, monkeypatch):
    monkeypatch.setattr("region_gate.middleware.survey", None)  # cannot be called
    assert visitor.get("/north/").status_code == 200
