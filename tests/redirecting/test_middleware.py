"""Each kind of redirect as a visitor meets it, through everything that stands around the views."""

import logging
import re

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from redirecting.models import Redirect, RedirectQuerySet

pytestmark = pytest.mark.django_db

GATE = "the gate"

RULES = [
    ("/eu/old", "/eu/about/", "exact"),
    ("/eu/old?id=5", "/eu/contact/", "exact"),
    ("/eu/pre", "/eu/therapies/", "prefix"),
    ("^/eu/p/([a-z-]+)$", "/eu/$1/", "regex"),
    ("^/eu/r/(.*)$", "/$1", "regex"),
    ("^/eu/g/(.*)$", "/eu/$1", "regex"),
    ("/de/eu/alt", "/de/eu/about/", "exact"),
    ("/eu/one", "/eu/two/", "exact"),
    ("/eu/two", "/eu/about/", "exact"),
    ("/eu/round", "/eu/round/", "exact"),
    ("/eu/to-us", "/us/about/", "exact"),
    ("/eu/to-partner", "https://partner.example/x", "exact"),
    ("/to-eu", "/eu/", "exact"),
    ("/to-partner", "https://partner.example/", "exact"),
    ("/eu/script", "javascript:alert(1)", "exact"),
    ("/eu/host", "//evil.test/", "exact"),
    ("/eu/empty", "", "exact"),
    ("^/eu/missing/(.*)$", "/eu/$2", "regex"),
    ("^/eu/slow/(a+)+$", "/eu/about/", "regex"),
    ("/eu/page.html", "/eu/about/", "exact"),
    ("/eu/%C3%BCber", "/eu/about/", "exact"),
    ("/eu/about", "/eu/contact/", "exact"),
    ("/admin/old", "/eu/about/", "exact"),
    ("/static", "/eu/about/", "prefix"),
    ("^/(.*)leaving/(.*)$", "/eu/about/", "regex"),
    ("/documents", "/eu/about/", "prefix"),
    ("/media", "/eu/about/", "prefix"),
]


@pytest.fixture
def rules(keep):
    """Keep every rule of the table, the bad ones too."""
    for source, target, match in RULES:
        keep(source, target, match)


CASES = [
    # exact
    ("get", "/eu/old/", 301, "/eu/about/"),
    ("head", "/eu/old/", 301, "/eu/about/"),
    ("get", "/eu/OLD/", 301, "/eu/about/"),
    ("get", "/eu/older/", 404, ""),
    ("get", "/eu/old/x/", 404, ""),
    ("get", "/eu/old", 301, "/eu/old/"),  # Django's slash first: there may be a page
    ("get", "/eu/page.html", 301, "/eu/about/"),
    ("get", "/eu/%C3%BCber/", 301, "/eu/about/"),
    ("get", "/de/eu/alt/", 301, "/de/eu/about/"),
    # query strings
    ("get", "/eu/old/?utm=1", 301, "/eu/about/?utm=1"),
    ("get", "/eu/old/?id=5", 301, "/eu/contact/"),
    # prefix, whole segments only
    ("get", "/eu/pre/", 301, "/eu/therapies/"),
    ("get", "/eu/pre/a/b/", 301, "/eu/therapies/"),
    ("get", "/eu/premium/", 404, ""),
    # pattern
    ("get", "/eu/p/about/", 301, "/eu/about/"),
    ("head", "/eu/p/about/", 301, "/eu/about/"),
    ("get", "/eu/r//evil.test/", 404, ""),
    ("get", "/eu/r/evil.test/", 404, ""),
    ("get", "/eu/g/..//evil.test/", 404, ""),
    ("get", "/eu/g/../us/about/", 302, GATE),
    # chains are taken step by step, circles not at all
    ("get", "/eu/one/", 301, "/eu/two/"),
    ("get", "/eu/two/", 301, "/eu/about/"),
    ("get", "/eu/round/", 404, ""),
    # crossings
    ("get", "/eu/to-us/", 302, GATE),
    ("head", "/eu/to-us/", 302, GATE),
    ("get", "/eu/to-partner/", 302, GATE),
    ("get", "/to-partner/", 302, GATE),
    ("get", "/to-eu/", 301, "/eu/"),
    # bad rules
    ("get", "/eu/script/", 404, ""),
    ("get", "/eu/host/", 404, ""),
    ("get", "/eu/empty/", 404, ""),
    ("get", "/eu/missing/a/", 404, ""),
    ("get", "/eu/slow/" + "a" * 60 + "!", 404, ""),
    # a page is never hidden, with its slash or without
    ("get", "/eu/about/", 200, ""),
    ("get", "/eu/about", 301, "/eu/about/"),
    # what the site answers itself
    ("get", "/admin/old/", 302, "/admin/login/"),
    ("get", "/static/none.css", 404, ""),
    ("get", "/leaving/?to=https://evil.test/&from=eu&sig=x", 404, ""),
    ("get", "/de/leaving/", 404, ""),
    ("get", "/documents/999/x.pdf", 404, ""),
    ("get", "/media/images/x.png", 404, ""),
    # nothing but GET and HEAD
    ("post", "/eu/old/", 404, ""),
    ("put", "/eu/old/", 404, ""),
    ("delete", "/eu/old/", 404, ""),
    ("options", "/eu/old/", 404, ""),
]


@pytest.mark.parametrize(("method", "address", "status", "location"), CASES)
@pytest.mark.usefixtures("rules")
def test_a_request_is_answered(client, method, address, status, location):
    answer = getattr(client, method)(address)
    assert answer.status_code == status
    found = answer.headers.get("Location", "")
    if location == GATE:
        assert found.startswith("/leaving/?to=")
        assert answer.headers["Cache-Control"] == "no-store"
    elif location == "/admin/login/":
        assert found.startswith(location)
    else:
        assert found == location


def test_the_admin_is_left_alone_for_those_inside_it(administrator, keep):
    keep("/admin/old", "/eu/about/")
    assert administrator.get("/admin/old/").status_code == 404


def test_a_permanent_redirect_can_be_taken_back_after_an_hour(client, keep):
    keep("/eu/old", "/eu/about/")
    keep("/eu/now", "/eu/about/", type_status_code=302)
    assert client.get("/eu/old/").headers["Cache-Control"] == "max-age=3600"
    now = client.get("/eu/now/")
    assert (now.status_code, now.headers["Cache-Control"]) == (302, "no-cache")


def test_a_visitor_arrives(client, keep):
    keep("/eu/one", "/eu/two/")
    keep("/eu/two", "/eu/about/")
    answer = client.get("/eu/one/", follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain == [("/eu/two/", 301), ("/eu/about/", 301)]


def test_a_redirect_sets_no_cookie_and_varies_on_nothing(client, keep):
    keep("/eu/old", "/eu/about/")
    answer = client.get("/eu/old/")
    assert not answer.cookies
    assert "Vary" not in answer.headers


def of_rules(queries: CaptureQueriesContext) -> list[str]:
    """Return the queries that touch the rules."""
    return [query["sql"] for query in queries.captured_queries if "redirects_redirect" in query["sql"]]


@pytest.mark.parametrize(
    ("address", "verbs"),
    [("/eu/about/", []), ("/eu/nowhere/", ["SELECT"]), ("/eu/old/", ["SELECT", "UPDATE"])],
)
def test_a_rule_takes_one_query_to_find_and_one_to_count(client, keep, address, verbs):
    keep("/eu/old", "/eu/about/")
    keep("^/eu/p/(.*)$", "/eu/$1", "regex")
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    assert [sql.split()[0] for sql in of_rules(queries)] == verbs


def test_a_hit_is_counted_where_it_is_kept_and_touches_nothing_else(client, keep):
    rule = keep("/eu/old", "/eu/about/")
    assert rule.last_hit is None
    Redirect.objects.filter(pk=rule.pk).update(new_path="/eu/contact/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/eu/old/")
        client.head("/eu/old/")
    (first, _second) = [sql for sql in of_rules(queries) if sql.startswith("UPDATE")]
    assert re.search(r'"counter" = \("redirects_redirect"."counter" \+ 1\)', first)
    rule.refresh_from_db()
    assert (rule.counter, rule.new_path) == (2, "/eu/contact/")
    assert rule.last_hit is not None


def test_an_edit_does_not_undo_the_hits_that_came_meanwhile(client, keep):
    rule = keep("/eu/old", "/eu/about/")
    client.get("/eu/old/")
    rule.new_path = "/eu/contact/"
    rule.save()
    last = Redirect.objects.get(pk=rule.pk)
    assert (last.counter, last.new_path) == (1, "/eu/contact/")
    assert last.last_hit is not None


def test_a_database_that_fails_leaves_the_404(client, keep, monkeypatch, caplog):
    keep("/eu/old", "/eu/about/")

    def fail(*_arguments: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(RedirectQuerySet, "count_hit", fail)
    with caplog.at_level(logging.ERROR):
        assert client.get("/eu/old/").status_code == 404
    assert "No rule could be looked up" in caplog.text
