"""The demo content: whole, repeatable, and never over an editor's work."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from selectolax.lexbor import LexborHTMLParser
from wagtail.images import get_image_model
from wagtail.models import Page

from demo import people
from home.models import RegionHomePage
from home.style_guide import blocks_of_pages
from region_gate.models import Notice
from therapies.reports.alerts import Watch, alert_groups

from .spellings import ask

pytestmark = pytest.mark.django_db

LANGUAGES = {"us": ["en"], "eu": ["en", "de", "fr"], "ap": ["en"], "ca": ["en", "fr"]}
PATHS = ["", "therapies/", "therapies/liver-metastases-colorectal-cancer/", "sir-spheres/"]
PATHS += ["clinical-evidence/", "about/", "legal/", "contact/", "professionals/", "glossary/"]
PATHS += ["privacy/", "cookies/", "accessibility/"]
TOPICS = [
    "liver-cancer-and-metastases",
    "imaging-and-tests",
    "preparing-for-a-visit",
    "living-with-treatment",
]
PATHS += [f"therapies/{slug}/" for slug in TOPICS]
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


@pytest.mark.parametrize("address", [a for a in ADDRESSES if a.split("/")[-2] in TOPICS])
def test_no_topic_claims_anything_in_figures(client, address):
    body = LexborHTMLParser(client.get(address).text).css_first("main .page-body")
    for facts in body.css(".downloads-facts"):
        facts.decompose()
    assert not re.search(r"\d|%", body.text())


def test_every_block_stands_on_some_page(client):
    shown = {
        block.block_type for page in Page.objects.live().specific() for block in getattr(page, "body", ())
    }
    assert {block.name for block in blocks_of_pages()} == shown


@pytest.mark.parametrize("region", [*LANGUAGES])
def test_pictures_videos_and_downloads_are_there(client, region):
    tests, visit = (client.get(f"/{region}/therapies/{slug}/").text for slug in TOPICS[1:3])
    tests, visit = LexborHTMLParser(tests), LexborHTMLParser(visit)
    files = [tests.css_first("video source"), tests.css_first("video track"), visit.css_first(".figure img")]
    addresses = [node.attributes["src"] for node in files]
    addresses.append(visit.css_first(".downloads a").attributes["href"])
    assert [ask(client, address).status_code for address in addresses] == [200] * 4


def test_files_that_are_gone_are_put_back(eu):
    (picture,) = get_image_model().objects.filter(collection=eu.collection, title__startswith="What to bring")
    picture.file.storage.delete(picture.file.name)
    call_command("demo")
    assert picture.file.storage.exists(picture.file.name)


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
    assert [group.source.kind for group in alert_groups(watch, most=1)] == ["review"]
