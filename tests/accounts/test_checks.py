"""What `manage.py check` says of the settings of signing in."""

import pytest

from accounts.checks import check_settings

OIDC = {"OIDC_ISSUER": "https://login.example.com", "OIDC_CLIENT_ID": "site", "OIDC_CLIENT_SECRET": "s"}


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, []),
        ({"TRUSTED_PROXIES": ["10.0.0.0/8", "::1"]}, []),
        ({"TRUSTED_PROXIES": ["10.0.0.0/8", "the proxy"]}, ["accounts.E001"]),
        ({"SESSION_IDLE_MINUTES": 0}, ["accounts.E003"]),
        ({"SESSION_MAX_HOURS": -1}, ["accounts.E003"]),
        (OIDC, []),
        ({**OIDC, "OIDC_CLIENT_SECRET": ""}, ["accounts.E002"]),
        ({"OIDC_CLIENT_ID": "site"}, ["accounts.E002"] * 2),
        ({**OIDC, "OIDC_ISSUER": "http://login.example.com", "DEMO": False}, ["accounts.E002"]),
    ],
)
def test_a_setting_that_is_wrong_is_named(settings, changed, found):
    for name, value in changed.items():
        setattr(settings, name, value)
    assert [fault.id for fault in check_settings(None)] == found
