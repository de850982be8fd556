"""The demo content: whole, repeatable, and never over an editor's work."""

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from wagtail.models import Page

from demo import people
from home.models import RegionHomePage
from region_gate.models import Notice
from therapies.reports.alerts import Watch, counts

pytestmark = pytest.mark.django_db

LANGUAGES = {"us": ["en"], "eu": ["en", "de", "fr"], "ap": ["en"], "ca": ["en", "fr"]}
PATHS = ["", "therapies/", "therapies/liver-metastases-colorectal-cancer/", "sir-spheres/"]
PATHS += ["clinical-evidence/", "about/", "legal/", "contact/"]
ADDRESSES = [
    f"/{region}/{path}" if language == "en" else f"/{language}/{region}/{path}"
    for region, languages in LANGUAGES.items()
    for language in languages
    for path in PATHS
    if (region, path) != ("ca", "sir-spheres/")  # not approved there
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_region_has_each_page_in_each_of_its_languages(client, address):
    assert client.get(address).status_code == 200


def test_the_demo_has_no_other_languages():
    homes = RegionHomePage.objects.order_by("locale__pk").values_list("slug", "locale__language_code")
    assert sorted(homes) == sorted((code, lang) for code, langs in LANGUAGES.items() for lang in langs)


def test_the_page_tree_is_sound():
    assert not any(Page.find_problems())


def test_loading_the_demo_again_loses_nothing_that_was_edited(eu_home):
    eu_home.title = "Europe, edited"
    eu_home.save_revision().publish()
    Page.objects.get(url_path__endswith="/us/about/").delete()
    Notice.objects.filter(locale__language_code="fr").delete()
    before = Page.objects.count()
    call_command("demo")
    assert RegionHomePage.objects.get(pk=eu_home.pk).title == "Europe, edited"
    assert Page.objects.count() == before


def test_the_sign_ins_are_printed_and_work(client, capsys):
    call_command("demo", "--sign-ins")
    printed = capsys.readouterr().out
    for username in ["admin", "eu-editor", "eu-legal", "us-editor", "ca-legal"]:
        assert username in printed
        answer = client.post("/admin/login/", {"login": username, "password": people.password()})
        assert answer.status_code == 302
        client.post("/admin/logout/")


@pytest.mark.parametrize(
    "address",
    [a for a in ADDRESSES if "liver" not in a and a.count("/") > 2 and "/de/" not in a and "/fr/" not in a],
)
def test_what_was_not_given_is_marked_as_a_sample(client, address):
    assert "Sample text" in client.get(address).text or address in ("/us/", "/eu/", "/ap/", "/ca/")


@pytest.mark.django_db
def test_the_demo_has_something_to_attend_to():
    watch = Watch(get_user_model().objects.get(username="ap-legal"))
    assert [source.kind for source, number in counts(watch) if number] == ["review"]
