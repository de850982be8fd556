"""What visitors and editors get while the database cannot be reached."""

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[OperationalError, InterfaceError])
def no_database(request):
    """Have every question to the database fail."""

    def fail(*told):
        raise request.param("no answer")

    with connection.execute_wrapper(fail):
        yield


@pytest.fixture
def visitor() -> Client:
    """A visitor, who gets error pages."""
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("path", "language", "said"),
    [
        ("/eu/", "en", "The site cannot answer at present"),
        ("/de/eu/", "de", "Die Website kann zurzeit nicht antworten"),
        ("/fr/eu/", "fr", "Le site ne peut pas répondre pour le moment"),
        ("/fr/eu/search/?q=a", "fr", "Le site ne peut pas répondre pour le moment"),
        ("/admin/login/", "en", "The site cannot answer at present"),
        ("/sitemap.xml", "en", "The site cannot answer at present"),
        ("/documents/1/a.pdf", "en", "The site cannot answer at present"),
    ],
)
def test_it_is_told_when_to_come_back_in_the_addresss_language(no_database, visitor, path, language, said):
    page = visitor.get(path)
    assert page.status_code == 503
    assert page.headers["Retry-After"] == "30"
    assert page.headers["Cache-Control"] == "no-store"
    assert f'<html lang="{language}"' in page.text
    assert said in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"] or path.startswith("/admin/")


def test_what_needs_no_database_goes_on(no_database, visitor):
    assert visitor.get("/healthz").status_code == 200
    assert b"@layer" in visitor.get("/static/css/base.css").getvalue()


def test_what_else_breaks_stays_a_500(visitor, settings):
    settings.ROOT_URLCONF = "tests.config.broken"
    assert visitor.get("/broken/view/").status_code == 500
