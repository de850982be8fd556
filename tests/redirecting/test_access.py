"""Who may keep redirects, tried by direct requests: administrators, and nobody from a region."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import NoReverseMatch, reverse

from redirecting.models import Redirect
from redirecting.viewsets import RedirectViewSet

pytestmark = pytest.mark.django_db

VALUES = {
    "old_path": "/eu/new/",
    "new_path": "https://evil.test/",
    "match": "exact",
    "type_status_code": "301",
    "priority": "0",
    "notes": "",
}
NAMES = {pattern.name for pattern in RedirectViewSet("redirects").get_urlpatterns()}


def addresses(pk: int) -> list[str]:
    """Return the address of every view of redirects, found and not listed by hand."""
    found = []
    for name in sorted(NAMES):
        for arguments in ([], [pk]):
            try:
                found.append(reverse(f"redirects:{name}", args=arguments))
            except NoReverseMatch:  # it takes the other arguments
                continue
    return [*found, "/admin/redirects/?export=csv", "/admin/redirects/?export=xlsx"]


@pytest.mark.parametrize("person", ["eu_editor", "eu_legal", "client"])
def test_whoever_has_no_permission_is_refused_everywhere(person, request, keep):
    rule = keep("/eu/old", "/eu/about/")
    before = list(Redirect.objects.values())
    browser = request.getfixturevalue(person)
    for address in [*addresses(rule.pk), "/admin/redirects/test/?address=/eu/old/"]:
        assert browser.get(address).status_code in (302, 403), address
        file = SimpleUploadedFile("rules.csv", b"from,to\n/eu/x/,/eu/about/\n")
        answer = browser.post(address, {**VALUES, "file": file, "keep_good": "on"})
        assert answer.status_code in (302, 403), address
        assert "/eu/old" not in answer.text
    assert list(Redirect.objects.values()) == before


def test_the_administrator_opens_every_view(administrator, keep):
    rule = keep("/eu/old", "/eu/about/")
    assert len(addresses(rule.pk)) >= 10
    for address in addresses(rule.pk):
        assert administrator.get(address).status_code == 200, address


def test_the_menu_is_shown_to_those_who_may(administrator, eu_editor):
    assert '"/admin/redirects/"' in administrator.get("/admin/").text
    assert "/admin/redirects/" not in eu_editor.get("/admin/").text


def test_the_permissions_on_offer_are_the_ones_that_count(eu_editor):
    offered = RedirectViewSet("redirects").get_permissions_to_register()
    assert {permission.content_type.app_label for permission in offered} == {"forwarding"}
    editor = get_user_model().objects.get(username="eu-editor")
    editor.user_permissions.add(offered.get(codename="view_redirect"))
    assert eu_editor.get("/admin/redirects/").status_code == 200
    assert eu_editor.get("/admin/redirects/test/").status_code == 200
    assert eu_editor.post("/admin/redirects/new/", VALUES).status_code == 302
    editor.user_permissions.add(offered.get(codename="add_redirect"))
    assert eu_editor.get("/admin/redirects/import/").status_code == 302
    assert not Redirect.objects.exists()


def test_the_library_s_own_permission_opens_nothing(eu_editor):
    editor = get_user_model().objects.get(username="eu-editor")
    library = Permission.objects.filter(content_type__app_label="redirects")
    assert library.count() == 4
    editor.user_permissions.add(*library)
    assert eu_editor.get("/admin/redirects/").status_code == 302
