"""What visitors and editors get while the database cannot be reached."""

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from therapies.models import Topic

pytestmark = pytest.mark.django_db

TOPICS = "/admin/snippets/therapies/topic/add/"


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


# What an editor has written


@pytest.fixture
def topic_form() -> dict[str, str]:
    """What the form of a new topic sends, hostile to whoever shows it."""
    return {"name": 'Metastases "<b>&', "slug": "metastases", "a": "two\nlines"}


def fields(page) -> dict[str, str]:
    form = LexborHTMLParser(page.text).css("form[method=post] input[type=hidden]")
    return {field.attributes["name"]: field.attributes["value"] for field in form}


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), OperationalError("disk is full")])
def test_what_could_not_be_saved_can_be_sent_again(administrator, monkeypatch, topic_form, error):
    def fail(*args, **kwargs):
        raise error

    administrator.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr("therapies.models.Topic.save", fail)
        page = administrator.post(TOPICS, topic_form)
    assert page.status_code == 503
    assert "What you wrote is kept in this page." in page.text
    sent = fields(page)
    assert sent.pop("csrfmiddlewaretoken")
    assert sent == topic_form
    assert not Topic.objects.filter(slug="metastases").exists()
    assert administrator.post(TOPICS, sent).status_code == 302
    assert Topic.objects.filter(slug="metastases").exists()


def test_a_script_that_saves_is_told_in_its_own_form(administrator, monkeypatch, topic_form):
    def fail(*args, **kwargs):
        raise OperationalError("disk is full")

    monkeypatch.setattr("therapies.models.Topic.save", fail)
    administrator.raise_request_exception = False
    answer = administrator.post(TOPICS, topic_form, headers={"accept": "application/json"})
    assert answer.status_code == 503
    assert answer.json()["error_message"].startswith("The site cannot save at present.")


def test_a_password_is_not_kept_in_the_page(no_database, visitor):
    page = visitor.post("/admin/login/", {"username": "eu-editor", "password": "a secret of mine"})
    assert page.status_code == 503
    assert "a secret of mine" not in page.text


def test_a_file_error_outside_the_admin_s_changes_stays_a_500(visitor, monkeypatch):
    def fail(*args, **kwargs):
        raise OSError("no answer")

    monkeypatch.setattr("home.navigation.Navigation.__init__", fail)
    assert visitor.get("/eu/").status_code == 500
