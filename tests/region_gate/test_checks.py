"""Every setting of the gate is checked."""

import pytest
from django.conf import settings as site_settings

from region_gate.checks import MIDDLEWARE, check_settings

REGIONS = "region_gate.conf.regions"
NOTICES = site_settings.REGION_GATE["NOTICES"]


def ids() -> list[str | None]:
    return [found.id for found in check_settings(None)]


def test_the_settings_of_the_tests_are_right():
    assert ids() == []


@pytest.mark.parametrize(
    ("setting", "number"),
    [
        (None, "E001"),
        ("text", "E001"),
        ({}, "E001"),
        ({"REGIONS": ""}, "E001"),
        ({"REGIONS": len}, "E001"),
        ({"REGIONS": "nowhere"}, "E002"),
        ({"REGIONS": "region_gate.nowhere"}, "E002"),
        ({"REGIONS": "region_gate.conf.nowhere"}, "E002"),
        ({"REGIONS": "region_gate.checks.MIDDLEWARE"}, "E003"),
        ({"REGIONS": REGIONS, "UNGATED_PREFIXES": "/admin/"}, "E004"),
        ({"REGIONS": REGIONS, "UNGATED_PREFIXES": ["/admin"]}, "E004"),
        ({"REGIONS": REGIONS, "UNGATED_PREFIXES": ["admin/"]}, "E004"),
        ({"REGIONS": REGIONS, "UNGATED_PREFIXES": ["/"]}, "E004"),
        ({"REGIONS": REGIONS, "UNGATED_PREFIXES": [1]}, "E004"),
        ({"REGIONS": REGIONS, "PREFIXES": []}, "E007"),
        ({"REGIONS": REGIONS, "ALTERNATIVE": 1}, "E001"),
        ({"REGIONS": REGIONS, "ALTERNATIVE": "region_gate.nowhere"}, "E002"),
        ({"REGIONS": REGIONS, "ALTERNATIVE": "region_gate.checks.MIDDLEWARE"}, "E003"),
        ({"REGIONS": REGIONS, "ALTERNATIVE": REGIONS}, "E008"),
        ({"REGIONS": REGIONS, "LEADS_TO": 1}, "E001"),
        ({"REGIONS": REGIONS, "LEADS_TO": "region_gate.nowhere"}, "E002"),
        *(
            ({"REGIONS": REGIONS, "DRAFT_MINUTES": wrong}, "E009")
            for wrong in (0, 61, -1, 1.5, "15", True, None)
        ),
        *(
            ({"REGIONS": REGIONS, "CONTACT_SCHEMES": wrong}, "E020")
            for wrong in ("whatsapp", None, [1], ["https"], ["whatsapp", "javascript"], ["WhatsApp"], [""])
        ),
    ],
)
def test_a_wrong_setting_is_named(settings, setting, number):
    settings.REGION_GATE = {"NOTICES": NOTICES, **setting} if isinstance(setting, dict) else setting
    assert ids() == [f"region_gate.{number}"]


def test_an_alternative_need_not_be_given(settings):
    settings.REGION_GATE = {"REGIONS": REGIONS, "NOTICES": NOTICES}
    assert ids() == []


def test_missing_middleware_is_named(settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != MIDDLEWARE]
    assert ids() == ["region_gate.E005"]


def test_a_missing_address_is_named(settings):
    settings.ROOT_URLCONF = "tests.region_gate.no_urls"
    assert ids() == ["region_gate.E006"]


@pytest.mark.parametrize("folder", [None, "", 1, "/nowhere/1.0", __file__])
def test_missing_words_are_named_for_each_kind(settings, folder):
    settings.REGION_GATE = {**settings.REGION_GATE, "NOTICES": folder}
    assert ids() == ["region_gate.E011"] * 2
