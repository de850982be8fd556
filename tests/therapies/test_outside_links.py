"""Links to other sites: asked about within bounds, at public addresses alone, and told of when dead."""

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page

from region_gate.auditing.link_index import record
from tests.conftest import findings
from therapies.models import OutsideLink
from therapies.models.outside_link import OutsideState
from therapies.outside_links import checking, conf, fetching, public_hosts
from therapies.outside_links.exceptions import UnansweredError, UnaskableError
from therapies.outside_links.fetching import LinkAnswer, ask
from therapies.reports.alerts import Watch, alerts_of, sources

GONE, MOVED, FINE = "https://a.example/gone", "https://a.example/moved", "https://b.example/"


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.1"),
        *("224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "::1", "::", "fe80::1%eth0", "fd00::1"),
        *(
            "::ffff:127.0.0.1",
            "::ffff:8.8.8.8",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "ff02::1",
        ),
        *("2001:0:4136:e378:8000:63bf:3fff:fdd2", "no address"),
    ],
)
def test_an_address_of_an_inner_network_is_not_public(address):
    assert not public_hosts.is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700:4700::1111"])
def test_an_address_of_the_internet_is(address):
    assert public_hosts.is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0", "2130706433", "0x7f.1", "::1"])
def test_no_inner_host_is_asked_however_it_is_spelt(host):
    with pytest.raises(UnaskableError):
        public_hosts.address_of(host, 80)


def test_a_host_is_public_only_with_all_its_addresses(monkeypatch):
    found = [(0, 0, 0, "", ("8.8.8.8", 80)), (0, 0, 0, "", ("10.0.0.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: found)
    with pytest.raises(UnaskableError):
        public_hosts.address_of("two.example", 80)


@pytest.mark.parametrize("url", ["ftp://a.example/", "http://a.example:22/", "http://u:p@a.example/"])
def test_only_plain_web_addresses_are_asked(url):
    with pytest.raises(UnaskableError):
        ask(url)


ANSWERS = {
    "/fine": (200, ""),
    "/gone": (410, ""),
    "/for-good": (301, "/fine"),
    "/for-now": (302, "/fine"),
    "/mixed": (301, "/for-now"),
    "/on-and-on": (301, "/on-and-on"),
    "/inside": (302, "http://inner.example/"),
    "/unreadable": (302, "http://[::1"),
    "/nowhere": (302, ""),
}


class Elsewhere(BaseHTTPRequestHandler):
    """Another site, which does not like HEAD everywhere."""

    asked: list[str] = []

    def do_GET(self) -> None:
        """Answer as the path says."""
        self.asked.append(f"{self.command} {self.path}")
        while self.path == "/drops":
            self.wfile.write(b"x")
            time.sleep(0.01)
        status, there = ANSWERS.get(self.path, (404, ""))
        if self.path == "/no-head":
            status = 405 if self.command == "HEAD" else 200
        self.send_response(status)
        if there:
            self.send_header("Location", there)
        self.end_headers()

    do_HEAD = do_GET  # noqa: N815 - the library's name

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def elsewhere(monkeypatch) -> Iterator[list[str]]:
    """Another site at "there.example"; "inner.example" is of an inner network."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def address_of(host: str, _port: int) -> str:
        if host != "there.example":
            raise UnaskableError(host)
        return "127.0.0.1"

    monkeypatch.setattr(fetching, "address_of", address_of)
    monkeypatch.setitem(fetching.PORTS, "http:", server.server_port)
    Elsewhere.asked.clear()
    yield Elsewhere.asked
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/fine", LinkAnswer(200)),
        ("/gone", LinkAnswer(410)),
        ("/unknown", LinkAnswer(404)),
        ("/no-head", LinkAnswer(200)),
        ("/for-good", LinkAnswer(200, "http://there.example/fine")),
        ("/for-now", LinkAnswer(200)),
        ("/mixed", LinkAnswer(200)),
        ("/nowhere", LinkAnswer(302)),
    ],
)
def test_a_site_is_asked_and_followed(elsewhere, path, answer):
    assert ask(f"http://there.example{path}") == answer


def test_head_comes_first_and_get_only_where_that_is_refused(elsewhere):
    ask("http://there.example/fine")
    ask("http://there.example/no-head")
    assert elsewhere == ["HEAD /fine", "HEAD /no-head", "GET /no-head"]


def test_nobody_is_followed_for_ever_or_inside(elsewhere):
    with pytest.raises(UnansweredError):
        ask("http://there.example/on-and-on")
    with pytest.raises(UnansweredError):
        ask("http://there.example/unreadable")
    with pytest.raises(UnaskableError):
        ask("http://there.example/inside")


def test_an_answer_that_comes_drop_by_drop_is_none(elsewhere, monkeypatch):
    monkeypatch.setattr(fetching, "MAX_SECONDS", 0.2)
    with pytest.raises(UnansweredError):
        ask("http://there.example/drops")


def answer(url: str) -> LinkAnswer:
    """Answer for other sites."""
    if "silent" in url:
        raise UnansweredError("timed out")
    return {GONE: LinkAnswer(404), MOVED: LinkAnswer(200, "https://a.example/new")}.get(url, LinkAnswer(200))


@pytest.fixture
def linking(db, english, settings) -> Page:
    """A live page that links to other sites."""
    settings.OUTSIDE_LINKS_PER_NIGHT = 10
    links = (GONE, MOVED, FINE, "https://silent.example/")
    english.intro = "".join(f'<p><a href="{url}">See {number}</a></p>' for number, url in enumerate(links))
    english.save_revision().publish()
    record(Page.objects.get(pk=english.pk))
    return english


def states() -> dict[str, str]:
    return dict(OutsideLink.objects.values_list("url", "state"))


def test_a_nights_work_is_kept(linking):
    assert checking.check(answer, pause=lambda _seconds: None) >= 4
    assert {
        GONE: "dead",
        MOVED: "moved",
        FINE: "works",
        "https://silent.example/": "unclear",
    }.items() <= states().items()
    assert OutsideLink.objects.get(url=MOVED).moved_to == "https://a.example/new"


def test_a_night_asks_about_few_of_each_host_and_rests_between_them(linking, monkeypatch):
    monkeypatch.setattr(conf, "MAX_FOR_EACH_HOST", 1)
    asked: list[str] = []
    checking.check(lambda url: asked.append(url) or LinkAnswer(200), pause=pytest.fail)
    assert len([url for url in asked if "a.example" in url]) == 1
    monkeypatch.setattr(conf, "MAX_FOR_EACH_HOST", 9)
    OutsideLink.objects.all().delete()
    rests: list[float] = []
    checking.check(answer, pause=rests.append)
    assert rests


def test_those_come_first_that_were_never_or_long_ago_asked_about(linking, settings):
    settings.OUTSIDE_LINKS_PER_NIGHT = 1
    asked: list[str] = []
    total = len({*checking._linked()})
    for _night in range(total + 1):
        checking.check(lambda url: asked.append(url) or LinkAnswer(200), pause=lambda _seconds: None)
    assert len({*asked[:total]}) == total
    assert asked[total] == asked[0]


def test_a_link_that_is_gone_is_forgotten(linking):
    OutsideLink.objects.create(
        url="https://old.example/", state="dead", checked_at=timezone.now(), since=timezone.now()
    )
    checking.check(answer, pause=lambda _seconds: None)
    assert "https://old.example/" not in states()


def test_nothing_is_asked_unless_it_is_wanted(db, settings, capsys, monkeypatch):
    monkeypatch.setattr(checking, "ask", pytest.fail)
    settings.OUTSIDE_LINKS_PER_NIGHT = 0
    call_command("check_outside_links")
    assert "No link is asked about" in capsys.readouterr().out


def test_editors_and_their_region_are_told(linking, eu_editor):
    checking.check(answer, pause=lambda _seconds: None)
    shown = findings(eu_editor, linking)
    assert "The other site has had nothing there since" in shown
    assert "It has moved: link to https://a.example/new." in shown
    (source,) = [source for source in sources() if source.kind == "outside-links"]
    told = {
        name: [one.why for one in alerts_of(source, Watch(get_user_model().objects.get(username=name)))]
        for name in ("eu-editor", "us-editor")
    }
    assert told["us-editor"] == []
    assert [why.split(":")[1] for why in told["eu-editor"]] == ["//a.example/gone"]
    assert OutsideLink.objects.get(url=GONE).state == OutsideState.DEAD
