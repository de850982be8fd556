"""What all pages of the site share: how a draft is made of a page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from home.models import StandardPage
from home.models.site_page import KEPT_BY_THE_PAGE, SitePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def about(eu_home) -> StandardPage:
    """A live page, as it is in the database."""
    return StandardPage.objects.child_of(eu_home).get(slug="about")


def test_a_draft_is_as_wagtail_makes_it(about):
    """Whatever else Wagtail may come to keep for a page, we leave out only what it keeps."""
    page, content = type(about).objects.get(pk=about.pk), about.save_revision().content
    ours, wagtails = page.with_content_json(content), Page.with_content_json(page, content)
    names = [field.attname for field in page._meta.concrete_fields]
    assert [getattr(ours, name) for name in names] == [getattr(wagtails, name) for name in names]
    assert names.count("live_revision_id") == 1
    assert {page._meta.get_field(name).is_relation for name in KEPT_BY_THE_PAGE} == {True}


def test_a_draft_knows_which_revision_is_live_now(about):
    about.title = "Another"
    early = about.save_revision()
    about.save_revision().publish()
    page = type(about).objects.get(pk=about.pk)
    assert early.content["live_revision"] != page.live_revision_id
    assert page.with_content_json(early.content).live_revision_id == page.live_revision_id


def test_what_a_page_keeps_is_not_looked_up(about):
    page, content = type(about).objects.get(pk=about.pk), about.save_revision().content
    with CaptureQueriesContext(connection) as queries:
        page.with_content_json(content)
    tables = " ".join(query["sql"].split(" FROM ")[1].split()[0] for query in queries.captured_queries)
    assert "locale" not in tables
    assert "revision" not in tables


def test_every_page_of_the_site_is_one():
    kinds = [kind for kind in Page.__subclasses__() if not kind._meta.abstract]
    assert kinds == []
    assert len(SitePage.__subclasses__()) > 4
