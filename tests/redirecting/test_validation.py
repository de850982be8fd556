"""Which rules the admin's form refuses, and what it says to type instead."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from redirecting.models import Redirect
from region_gate.models import Policy

pytestmark = pytest.mark.django_db

ADD = "/admin/redirects/new/"


def form(source: str, target: str, match: str = "exact", **more: str) -> dict[str, str]:
    """Return what the form sends."""
    given = {"old_path": source, "new_path": target, "match": match}
    return {**given, "type_status_code": "301", "priority": "0", "notes": "", **more}


def errors(answer) -> str:
    return " ".join(message for messages in answer.context["form"].errors.values() for message in messages)


@pytest.mark.parametrize(
    ("source", "target", "match", "kept"),
    [
        ("/eu/old/", "/eu/about/", "exact", ("/eu/old", "/eu/about/")),
        (" /EU/Old ", " /eu/about/ ", "exact", ("/eu/old", "/eu/about/")),
        ("/eu/old.html?id=5", "/eu/about/#team", "exact", ("/eu/old.html?id=5", "/eu/about/#team")),
        ("/eu/old/", "https://Partner.example", "exact", ("/eu/old", "https://partner.example/")),
        ("/eu/old/", "/us/about/", "prefix", ("/eu/old", "/us/about/")),
        ("^/eu/old/(.*)$", "/eu/about/?from=$1", "regex", ("^/eu/old/(.*)$", "/eu/about/?from=$1")),
        ("^/eu/o/(\\d+)/?$", "http://localhost/eu/about/?$1", "regex", None),
        ("/eu/adminx/", "/eu/about/", "exact", None),
        ("/eu/old/", "/eu/start/", "exact", None),
        ("/eu/old/", "/documents/1/leaflet.pdf", "exact", None),
        ("^/eu/old/(.*)$", "/eu/therapies/$1", "regex", None),
    ],
)
def test_a_good_rule_is_kept_in_its_one_spelling(administrator, keep, source, target, match, kept):
    there = keep("/eu/start", "/eu/about/")
    answer = administrator.post(ADD, form(source, target, match))
    assert answer.status_code == 302, errors(answer)
    rule = Redirect.objects.exclude(pk=there.pk).get()
    assert kept in (None, (rule.old_path, rule.new_path))
    assert rule.site is None


BAD = [
    # the source
    ("eu/old/", "/eu/about/", "exact", "starting with one slash"),
    ("https://www.example.com/eu/old/", "/eu/about/", "exact", "without its host"),
    ("//evil.test/", "/eu/about/", "exact", "one slash"),
    ("/eu/old/#part", "/eu/about/", "exact", "Leave out “#”"),
    ("/eu/old/?a=1", "/eu/about/", "prefix", "Leave out “?”"),
    # patterns
    ("/eu/old/(.*)", "/eu/about/", "regex", "Start the pattern with ^/"),
    ("^/eu/old/(.*)", "/eu/about/", "regex", "end it with $"),
    ("^/eu/old/(a$", "/eu/about/", "regex", "This is no pattern"),
    ("^/eu/old/(a+)+$", "/eu/about/", "regex", "inside the brackets"),
    ("^/eu/(a|aa)*$", "/eu/about/", "regex", "inside the brackets"),
    ("^/eu/old/.*.*.*x$", "/eu/about/", "regex", "may take too long"),
    ("^/eu/old/(?=a)$", "/eu/about/", "regex", "repeats nothing"),
    ("^/eu/old$|^/eu/x$", "/eu/about/", "regex", "Keep ^ and $ to the ends"),
    ("^/eu/über/(.*)$", "/eu/about/", "regex", "%C3%BC"),
    # groups
    ("^/eu/old/(.*)$", "/eu/$2", "regex", "no group $2"),
    ("^/eu/old/(.*)$", "/eu/$0", "regex", "no group $0"),
    ("^/eu/old/(.*)$", "/$1", "regex", "not decide about the host"),
    ("^/eu/old/(.*)$", "$1", "regex", "not decide about the host"),
    ("^/eu/old/(.*)$", "https://$1/", "regex", "not decide about the host"),
    ("^/eu/old/(.*)$", "https://example.com$1", "regex", "not decide about the host"),
    ("^/eu/old/(.*)$", "$1://example.com/", "regex", "not decide about the host"),
    ("/eu/old/", "/eu/$1", "exact", "Only a pattern has groups"),
    # the target
    ("/eu/old/", "", "exact", "required"),
    ("/eu/old/", "javascript:alert(1)", "exact", "can be led to"),
    ("/eu/old/", "//evil.test/", "exact", "leads to another host"),
    ("/eu/old/", "/\\evil.test/", "exact", "Type a path such as"),
    ("/eu/old/", "/.//evil.test/", "exact", "leads to another host"),
    ("/eu/old/", "https:evil.test", "exact", "can be led to"),
    ("/eu/old/", "https://www.example.com@evil.test/", "exact", "hides the host"),
    ("/eu/old/", "https://[::1", "exact", "No browser can read this"),
    ("/eu/old/", "/eu/ab out/", "exact", "Type a path such as"),
    ("^/go/(.*)$", "https://evil.test/$1", "regex", "Visitors could choose any page of evil.test"),
    (
        "^/go/(.*)$",
        "https://evil.test/a?to=$1",
        "regex",
        "ask legal for a policy that lets evil.test through",
    ),
    ("^/go/(.*)$", "https://evil.test/a#$1", "regex", "Type one whole address for each page"),
    # circles
    ("/eu/old/", "/eu/old/", "exact", "leads in a circle"),
    ("/eu/old/", "/EU/old?x=1", "exact", "leads in a circle"),
    ("/eu/end/", "/eu/start/", "exact", "/eu/end → /eu/start/ → /eu/end/"),
    ("/eu/old/", "http://localhost/eu/old/", "exact", "leads in a circle"),
    ("/eu/old/", "/eu/old/more/", "prefix", "leads in a circle"),
    ("^/eu/old/(.*)$", "/eu/old/$1", "regex", "leads in a circle"),
    ("^/eu/old/(.*)$", "/eu/old/x/$1", "regex", "chain is too long"),
    # nowhere
    ("/eu/old/", "/eu/nowhere/", "exact", "Visitors find no page at /eu/nowhere/"),
    ("/eu/old/", "/eu/nowhere/?a=1#b", "prefix", "Visitors find no page at"),
    ("/eu/old/", "http://localhost/eu/nowhere/", "exact", "Visitors find no page at"),
    ("/eu/old/", "/eu/start/", "exact", "Visitors find no page at /eu/end/"),
    ("^/eu/old/(.*)$", "/eu/nowhere/?from=$1", "regex", "Publish it first"),
    # what is there already
    ("/eu/about/", "/eu/contact/", "exact", "shows the page “About us”"),
    ("/eu/about", "/eu/contact/", "exact", "shows the page"),
    ("/EU/%61bout/?x=1", "/eu/contact/", "exact", "shows the page"),
    ("/", "/eu/", "exact", "shows the page"),
    ("/de/eu/", "/eu/", "exact", "shows the page “Europa”"),
    ("/eu/search/", "/eu/", "exact", "shows the page"),
    ("/eu/therapies/", "/eu/", "prefix", "shows the page"),
    ("/eu/", "/us/", "prefix", "shows the page"),
    ("/", "/eu/", "prefix", "shows the page"),
    ("^/eu/abou.$", "/eu/contact/", "regex", "/eu/about/ shows the page"),
    ("/admin/", "/eu/about/", "exact", "the site's own"),
    ("/Admin/pages/", "/eu/about/", "exact", "the site's own"),
    ("/static/x.css", "/eu/about/", "exact", "the site's own"),
    ("/media/", "/eu/about/", "prefix", "the site's own"),
    ("/documents/1/x.pdf", "/eu/about/", "exact", "the site's own"),
    ("/leaving/", "/eu/about/", "exact", "the site's own"),
    ("/de/leaving/", "/eu/about/", "exact", "the site's own"),
    ("^/(.*)$", "/eu/about/", "regex", "the site's own"),
    ("^/fr/l.*$", "/eu/about/", "regex", "the site's own"),
    ("/eu/START/", "/eu/about/", "exact", "a redirect from /eu/start already"),
]


@pytest.mark.parametrize(("source", "target", "match", "message"), BAD)
def test_a_bad_rule_is_refused_and_told_what_to_type(administrator, keep, source, target, match, message):
    keep("/eu/start", "/eu/end/")
    answer = administrator.post(ADD, form(source, target, match))
    assert answer.status_code == 200
    assert message in errors(answer)
    assert Redirect.objects.count() == 1


def policy(decision: str, **more: object) -> Policy:
    return Policy.objects.create(decision=decision, reason="Legal says so.", live=True, **more)


GO = ("^/go/(.*)$", "https://partner.test/a/$1", "regex")


@pytest.mark.parametrize(
    ("decision", "more", "is_kept"),
    [
        ("exempt", {"host": "partner.test"}, True),
        ("ours, neutral", {"host": "partner.test", "path": "/a/"}, True),
        ("ours in a region", {"host": "partner.test", "region": "us"}, True),
        ("exempt", {"host": "test", "subdomains": True}, True),
        ("exempt", {"host": "partner.test", "path": "/b/"}, False),
        ("exempt", {"host": "partner.test", "source": "eu"}, False),
        ("exempt", {"host": "partner.test", "ends": date(2020, 1, 1)}, False),
        ("homepage only", {"host": "partner.test"}, False),
        ("blocked", {"host": "partner.test"}, False),
    ],
)
def test_legals_policy_lets_visitors_choose_a_page(administrator, client, decision, more, is_kept):
    policy(decision, **more)
    answer = administrator.post(ADD, form(*GO))
    assert answer.status_code == (302 if is_kept else 200)
    assert client.get("/go/x/").status_code == (301 if is_kept else 404)


def test_a_rule_that_is_there_leads_nowhere_any_more_and_the_list_says_so(administrator, client, keep):
    rule = keep(*GO)
    assert client.get("/go/x/").status_code == 404
    advice = "Visitors could choose any page of partner.test"
    assert advice in administrator.get("/admin/redirects/").text
    with pytest.raises(ValidationError, match="Visitors could choose"):
        rule.full_clean()
    policy("exempt", host="partner.test")
    rule.full_clean()
    assert advice not in administrator.get("/admin/redirects/").text
    assert client.get("/go/x/")["Location"] == "https://partner.test/a/x/"


def test_a_chain_that_is_too_long_is_refused(administrator, keep):
    for number in range(1, 6):
        keep(f"/eu/step-{number}", f"/eu/step-{number + 1}/")
    answer = administrator.post(ADD, form("/eu/step-0/", "/eu/step-1/"))
    assert "chain is too long" in errors(answer)


@pytest.mark.parametrize("status", ["303", "410", "200", ""])
def test_no_other_status_is_offered(administrator, status):
    assert administrator.post(ADD, form("/eu/old/", "/eu/about/", type_status_code=status)).status_code == 200
    assert not Redirect.objects.exists()


def test_a_rule_is_edited_without_meeting_itself(administrator, keep):
    rule = keep("/eu/old", "/eu/about/")
    edit = reverse("redirects:edit", args=[rule.pk])
    answer = administrator.post(edit, form("/eu/old/", "/eu/contact/"))
    assert answer.status_code == 302, errors(answer)
    rule.refresh_from_db()
    assert rule.new_path == "/eu/contact/"
