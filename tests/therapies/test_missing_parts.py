"""Attention to live pages and labels from which something is missing that they point to."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from home.models import StandardPage
from therapies.models import Label

from .label_texts import set_words
from .test_alerts import found
from .test_missing import link
from .test_parts import download, figure, show

pytestmark = pytest.mark.django_db


def lose(file) -> None:
    file.file.storage.delete(file.file.name)


def test_where_all_is_there_nobody_has_to_mend_anything(ca_page, image, document):
    show(ca_page, body=figure(image), intro=download(document))
    assert found("missing") == []


def test_a_file_that_is_gone_is_told_to_the_region_it_concerns(ca_page, image, document):
    show(ca_page, body=figure(image), intro=download(document))
    lose(image)
    lose(document)
    assert {(one.region, one.subject, one.why) for one in found("missing", "ca-editor")} == {
        ("ca", f"{ca_page.title} (English)", why)
        for why in ("Document “A leaflet”: Its file is missing.", "Image “A drawing”: Its file is missing.")
    }
    assert found("missing", "eu-editor") == []


def test_it_leads_to_where_it_is_mended(ca_page, document):
    show(ca_page, intro=download(document))
    lose(document)
    assert [one.address for one in found("missing", "ca-editor")] == [f"/admin/pages/{ca_page.pk}/edit/"]


def test_a_link_to_a_page_that_came_down_is_told(ca_page, ca_home):
    other = ca_home.add_child(instance=StandardPage(title="Another", slug="another"))
    show(ca_page, intro=link(other))
    other.unpublish()
    assert [one.why for one in found("missing", "ca-legal")] == [
        "Page “Another”: It is not on the site: unpublished, or not published yet."
    ]


def test_what_is_deleted_past_all_guards_is_told(ca_page, document):
    show(ca_page, intro=download(document))
    key = document.pk
    type(document).objects.filter(pk=key)._raw_delete(using="default")
    assert [one.why for one in found("missing")] == [f"Document {key}: It has been deleted."]


def test_what_is_not_live_concerns_nobody(ca_page, document):
    show(ca_page, intro=download(document)).unpublish()
    lose(document)
    assert found("missing") == []


def test_the_instructions_of_a_live_label_are_told(ca, eu, document):
    label = Label.objects.filter(region=eu, live=True).first()
    set_words([label], instructions_url="", instructions_document=document)
    lose(document)
    assert [(one.region, one.why) for one in found("missing", "eu-legal")] == [
        ("eu", "Document “A leaflet”: Its file is missing.")
    ]


def test_the_number_of_queries_is_flat(ca_page, ca_home, image, document):
    def queries() -> int:
        with CaptureQueriesContext(connection) as made:
            found("missing")
        return len(made)

    show(ca_page, body=figure(image), intro=download(document))
    lose(document)
    found("missing")  # a process asks some things once, such as the types of content
    few = queries()
    for number in range(6):
        page = ca_home.add_child(
            instance=StandardPage(title="More", slug=f"more-{number}", intro=download(document))
        )
        assert Page.objects.live().filter(pk=page.pk).exists()
    assert len(found("missing")) > 1
    assert queries() == few
