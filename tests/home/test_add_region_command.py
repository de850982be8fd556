"""`manage.py add_region`: what it makes, prints and refuses."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from wagtail.models import GroupPagePermission, Page

from home.models import Region
from home.region_inventory import region_inventory

from .everything import counts

pytestmark = pytest.mark.django_db


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
    before = region_inventory("jp"), counts()
    assert run(*JAPAN) == "jp: nothing was missing.\n"
    assert (region_inventory("jp"), counts()) == before


def test_the_command_with_a_code_alone_puts_rights_back_and_changes_nothing_else():
    run(*JAPAN)
    before = region_inventory("jp")
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
    assert region_inventory("jp") == before


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
