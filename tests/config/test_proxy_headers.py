"""That TLS has ended before the site is believed of its own proxies, and of nobody else."""

import pytest

from config import gunicorn

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("trusted", "peer", "status"),
    [
        (["10.0.0.0/8"], "10.0.0.1", 200),
        (["10.0.0.0/8"], "203.0.113.9", 301),
        (["unix"], "", 200),
        (["10.0.0.0/8"], "", 301),
        ([], "127.0.0.1", 301),
    ],
)
def test_https_is_believed_of(client, settings, trusted, peer, status):
    settings.TRUSTED_PROXIES = trusted
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    told = {"X-Forwarded-Proto": "https"}
    assert client.get("/eu/", headers=told, REMOTE_ADDR=peer).status_code == status


def test_the_server_believes_nobody_by_itself():
    assert gunicorn.secure_scheme_headers == {}
