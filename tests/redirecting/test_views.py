"""The list of redirects, and the test of an address."""

import pytest
from django.urls import reverse

from redirecting.models import Redirect

pytestmark = pytest.mark.django_db

TEST = "/admin/redirects/test/"


def test_the_list_shows_hits_and_is_searched_and_filtered(administrator, client, keep):
    keep("/eu/old", "/eu/about/")
    keep("/eu/other", "/eu/contact/", "prefix")
    client.get("/eu/old/")
    listing = administrator.get("/admin/redirects/").text
    assert "/eu/old" in listing
    for heading in ("From", "This address and everything below it", "Hits", "Last hit"):
        assert heading in listing
    assert reverse("redirects:test") in listing
    assert reverse("redirects:import") in listing
    for query, shown, hidden in [
        ("q=contact", "/eu/other", "/eu/old"),
        ("match=exact", "/eu/old", "/eu/other"),
    ]:
        found = administrator.get(f"/admin/redirects/?{query}").context["object_list"]
        sources = [redirect.old_path for redirect in found]
        assert (shown in sources, hidden in sources) == (True, False)


@pytest.mark.parametrize(
    ("address", "steps", "outcome"),
    [
        ("/eu/old/", 2, "It ends at /eu/about/ with status 200: the live page “About us”."),
        ("eu/old", 2, "status 200"),
        ("http://testserver/eu/old/?a=1", 2, "It ends at /eu/about/?a=1 with status 200"),
        ("http://localhost/eu/old/", 2, "status 200"),
        ("/eu/about/", 0, "status 200"),
        ("/eu/nowhere/", 0, "with status 404"),
        ("/eu/dead/", 1, "It ends at /eu/gone/ with status 404"),
        ("/eu/out/", 1, "It ends on another host: https://partner.example/"),
        ("https://partner.example/eu/old/", 0, "It ends on another host"),
        ("/admin/", 0, "which the site answers itself"),
        ("/eu/round/", 2, "It never ends"),
    ],
)
def test_an_address_is_followed_to_its_end(administrator, keep, address, steps, outcome):
    for source, target in [
        ("/eu/old", "/eu/older/"),
        ("/eu/older", "/eu/about/"),
        ("/eu/dead", "/eu/gone/"),
        ("/eu/out", "https://partner.example/"),
        ("/eu/round", "/eu/trip/"),
        ("/eu/trip", "/eu/round/"),
    ]:
        keep(source, target)
    page = administrator.get(TEST, {"address": address})
    assert outcome in page.text
    assert len(page.context["journey"].hops) == steps
    assert not Redirect.objects.filter(counter__gt=0).exists()


@pytest.mark.parametrize(
    "address", ["", "javascript:alert(1)://x", "//evil.test", "https://[::1", "a" * 3000]
)
def test_what_is_no_address_is_not_followed(administrator, address):
    page = administrator.get(TEST, {"address": address})
    assert page.status_code == 200
    assert page.context["form"].errors
    assert "journey" not in page.context


def test_the_test_shows_each_rule_with_the_way_to_edit_it(administrator, keep):
    rule = keep("/eu/old", "/eu/about/")
    page = administrator.get(TEST, {"address": "/eu/old/"}).text
    assert reverse("redirects:edit", args=[rule.pk]) in page
    assert "301 by the redirect from /eu/old" in page


def test_a_change_stands_in_the_history(administrator, keep):
    rule = keep("/eu/old", "/eu/about/")
    values = {"old_path": "/eu/old/", "new_path": "/eu/contact/", "match": "exact", "notes": ""}
    edit = reverse("redirects:edit", args=[rule.pk])
    administrator.post(edit, {**values, "type_status_code": "301", "priority": "0"})
    assert "Edit" in administrator.get(reverse("redirects:history", args=[rule.pk])).text
