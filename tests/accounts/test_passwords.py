"""Which passwords are refused."""

import pytest
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

REFUSED = [
    "short-one-1",
    "123456789012",
    "9274650183645",
    "passwordpassword",
    "Password1234!",
    "P@ssw0rd1234",
    "p4ssw0rd-2026!",
    "qwertyuiop12",
    "QWERTZUIOP!!!1",
    "aaaaaaaaaaaaaa",
    "abababababab",
    "sirtexsirtex",
    "Sirtex-2026!!",
    "admin-admin-admin",
    "iloveyou-iloveyou",
    "dragon.dragon.2026",
    "anna.schmidt@ex",
]
TAKEN = [
    "correct horse battery staple",
    "wohl-behüteter-Garten",
    "vk7#mTq9!zRw2x",
    "quiet-lantern-meadow",
    "日本語のながいあいことばです",
]


@pytest.mark.parametrize("password", REFUSED)
def test_is_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password, User(username="anna.schmidt", email="anna.schmidt@example.com"))


@pytest.mark.parametrize("password", TAKEN)
def test_is_taken(password):
    validate_password(password, User(username="anna.schmidt"))
