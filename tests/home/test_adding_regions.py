"""A region is added by one call, one form or one command, each of them twice."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from wagtail.models import Collection, GroupPagePermission, Locale, Page, PageLogEntry, Workflow

from home.belongings import belongings
from home.models import Region, RegionHomePage, RegionSelectorPage
from home.opening import add_region, languages_of

pytestmark = pytest.mark.django_db


def japan(**values) -> Region:
    return Region(**{"code": "jp", "name": "Japan", "countries": ["JP"], **values})


def counts() -> list[int]:
    """Return how many there are of all that a new region brings."""
    kinds = (Region, Page, Group, Collection, Workflow, Locale, GroupPagePermission)
    return [kind.objects.count() for kind in kinds]


@pytest.fixture
def jp() -> Region:
    """Japan, just added in English and German."""
    region = japan()
    add_region(region, {"de": "Japan auf Deutsch", "en": ""})
    return region


# By one call


def test_a_region_has_a_draft_home_page_in_each_of_its_languages(jp):
    homes = RegionHomePage.objects.filter(region=jp).order_by("pk")
    assert [(h.locale.language_code, h.title, h.slug) for h in homes] == [
        ("en", "Japan", "jp"),
        ("de", "Japan auf Deutsch", "jp"),
    ]
    assert not any(home.live or home.first_published_at for home in homes)
    assert len({home.translation_key for home in homes}) == 1
    assert [home.get_latest_revision_as_object().title for home in homes] == ["Japan", "Japan auf Deutsch"]


def test_visitors_do_not_see_a_region_before_legal_has_approved_it(jp, client):
    assert client.get("/jp/").status_code == 404
    assert "Japan" not in client.get("/").text


def test_a_region_has_its_groups_collection_and_review(jp):
    assert jp.collection.name == "Japan"
    assert Group.objects.filter(name__in=["jp editors", "jp legal"]).count() == 2
    for home in jp.home_pages.all():
        assert home.get_workflow().name == "jp review"


def test_the_making_of_a_home_page_is_on_record(jp):
    home = jp.home_pages.get(locale__language_code="en")
    assert PageLogEntry.objects.filter(page=home.pk, action="wagtail.create").exists()


def test_adding_a_region_again_changes_nothing(jp):
    before, pages = belongings("jp"), counts()
    assert add_region(jp, {"de": "Anders", "en": "Other"}) == []
    assert (belongings("jp"), counts()) == (before, pages)


def test_a_further_language_is_added_as_a_draft_translation_of_the_first(jp):
    (home,) = add_region(jp, {"en": "", "fr": "Japon"})
    assert (home.title, home.live, home.locale.language_code) == ("Japon", False, "fr")
    assert home.translation_key == jp.home_pages.order_by("pk")[0].translation_key
    assert languages_of(jp) == ["en", "de", "fr"]


def test_a_language_without_a_region_selector_gets_a_draft_of_one():
    RegionHomePage.objects.filter(locale__language_code="de").delete()
    RegionSelectorPage.objects.get(locale__language_code="de").delete()
    add_region(japan(), {"de": ""})
    selector = RegionSelectorPage.objects.get(locale__language_code="de")
    assert (selector.title, selector.live) == ("Wählen Sie Ihre Region", False)
    assert selector.translation_key == RegionSelectorPage.objects.order_by("pk")[0].translation_key
    assert RegionHomePage.objects.get(slug="jp").is_child_of(selector)
    assert not any(Page.find_problems())


def test_a_region_that_is_refused_leaves_nothing_behind():
    before = counts()
    with pytest.raises(ValidationError):
        add_region(japan(countries=["JP", "DE"]), {"en": ""})
    assert counts() == before


def test_a_home_page_that_is_refused_takes_all_the_rest_with_it():
    before = counts()
    with pytest.raises(ValidationError):
        add_region(japan(), {"en": "", "de": "x" * 300})
    assert counts() == before


# By the command


def run(*words: str) -> str:
    """Return what `manage.py add_region` prints."""
    out = StringIO()
    call_command("add_region", *words, stdout=out)
    return out.getvalue()


JAPAN = ["jp", "Japan", "--language", "en", "--language", "de", "--title", "de=Nippon", "--country", "jp"]
JAPAN += ["--organisation", "Sirtex Japan", "--host", "www.example.jp", "--order", "7"]


def test_the_command_prints_what_it_has_made():
    printed = run(*JAPAN).splitlines()
    for line in [
        "+ region jp",
        "+ name: Japan",
        "+ countries: Japan",
        "+ order: 7",
        "+ organisation: Sirtex Japan",
        "+ further_hosts: www.example.jp",
        "+ home page in en: Japan",
        "+ home page in de: Nippon",
        "+ collection Japan",
        "+ group jp editors",
        "+ jp editors may add_page below /regions/jp/",
        "+ jp legal may lock_page below /regions-de/jp/",
        "+ jp editors may add_reference (therapies)",
        "+ workflow jp review for /regions/jp/",
        "+ jp legal decide in jp review",
    ]:
        assert line in printed
    assert all(line.startswith("+ ") for line in printed)


def test_the_command_run_twice_says_that_nothing_was_missing():
    run(*JAPAN)
    before = belongings("jp"), counts()
    assert run(*JAPAN) == "jp: nothing was missing.\n"
    assert (belongings("jp"), counts()) == before


def test_the_command_with_a_code_alone_puts_rights_back_and_changes_nothing_else():
    run(*JAPAN)
    before = belongings("jp")
    editors = Group.objects.get(name="jp editors")
    editors.permissions.clear()
    GroupPagePermission.objects.create(
        group=editors,
        page=Page.get_first_root_node(),
        permission=GroupPagePermission.objects.first().permission,
    )
    printed = run("jp")
    assert "+ jp editors may access_admin (wagtailadmin)" in printed
    assert any(line.startswith("- jp editors may ") for line in printed.splitlines())
    assert belongings("jp") == before


def test_the_command_changes_only_values_that_are_stated():
    run(*JAPAN)
    assert run("jp", "Nihon", "--order", "0") == "- name: Japan\n- order: 7\n+ name: Nihon\n"
    assert Region.objects.get(code="jp").organisation == "Sirtex Japan"


def test_the_command_adds_a_language():
    run(*JAPAN)
    assert "+ home page in fr: Japon" in run("jp", "--language", "fr", "--title", "fr=Japon")


def test_the_command_brings_every_region_up_to_date():
    for name in ("eu editors", "us legal"):
        Group.objects.get(name=name).permissions.clear()
    printed = run("--all")
    assert "+ eu editors may access_admin (wagtailadmin)" in printed
    assert "+ us legal may access_admin (wagtailadmin)" in printed
    assert "ca: nothing was missing." in printed
    assert run("--all").count("nothing was missing") == Region.objects.count()


def test_the_command_keeps_quiet_when_told_to():
    assert run("--all", "--verbosity", "0") == ""


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ([], "Give the code of one region, or --all"),
        (["jp", "--all"], "Give the code of one region, or --all"),
        (["jp"], "needs a name"),
        (["jp", "Japan"], "at least one --language"),
        (["jp", "Japan", "--language", "xx"], "no language with the code xx"),
        (["jp", "Japan", "--language", "en", "--title", "de=Japan"], "must be a stated --language"),
        (["jp", "Japan", "--language", "en", "--title", "en"], "must be a stated --language"),
        (["jp", "Japan", "--language", "en", "--title", "en="], "must be a stated --language"),
        (["jp", "Japan", "--language", "en", "--country", "QQ"], "countries: .*QQ"),
        (["jp", "Japan", "--language", "en", "--country", "DE"], "countries: Germany already belongs"),
        (["jp", "Japan", "--language", "en", "--host", "https://jp"], "further_hosts: .*not a host"),
        (["jp", "Japan", "--language", "en", "--email", "us"], "email: "),
        (["de", "Germany", "--language", "en"], "code: .*code of a language"),
        (["JP", "Japan", "--language", "en"], "code: "),
        (["jp", "Japan", "--language", "en", "--title", f"en={'x' * 300}"], "at most 255 characters"),
    ],
)
def test_the_command_refuses_what_is_wrong_and_leaves_nothing_behind(words, why):
    before = counts()
    with pytest.raises(CommandError, match=why):
        run(*words)
    assert counts() == before
