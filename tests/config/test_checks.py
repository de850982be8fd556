"""Before the site goes out, each of Wagtail's sites must stand at a host that visitors may ask for."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import OperationalError, ProgrammingError, connection
from wagtail.models import Page, Site

from config.checks import check_hosts

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("allowed", "is_well"),
    [
        (["www.hospital.example"], True),
        (["WWW.Hospital.example"], True),
        ([".hospital.example"], True),
        (["*"], True),
        (["hospital.example"], False),
        (["www.hospital.example.test"], False),
        ([], False),
    ],
)
def test_a_site_s_host_must_be_allowed(settings, allowed, is_well):
    Site.objects.update(hostname="www.hospital.example", port=443)
    settings.ALLOWED_HOSTS = allowed
    assert (check_hosts(None) == []) is is_well


def test_what_is_wrong_names_the_site_and_what_to_change(settings):
    settings.ALLOWED_HOSTS = ["www.hospital.example"]
    Site.objects.update(hostname="www.hospital.example")
    Site.objects.create(
        hostname="us.test", site_name="America", root_page=Page.objects.filter(depth=2).first()
    )
    (found,) = check_hosts(None)
    assert found.msg == (
        "Wagtail's site “America” has the host us.test, not in ALLOWED_HOSTS (www.hospital.example)."
    )
    assert "Settings, Sites" in found.hint


def test_check_fails_before_deployment_and_only_then(settings):
    settings.ALLOWED_HOSTS = ["www.hospital.example"]
    call_command("check")
    with pytest.raises(SystemCheckError, match=r"config\.E001"):
        call_command("check", deploy=True)


@pytest.mark.parametrize("error", [OperationalError("no answer"), ProgrammingError("no such table")])
def test_a_database_that_is_away_or_empty_crashes_nothing(error):
    def fail(*told):
        raise error

    with connection.execute_wrapper(fail):
        assert check_hosts(None) == []
