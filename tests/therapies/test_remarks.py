"""What a person should look at; and the PDFs of a page: their words are guarded, each is read once."""

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from therapies.guard.label_check import UnlabelledError, named_in
from therapies.guard.remarks import remarks_on
from therapies.models import DocumentText

from .conftest import NAME
from .pdfs import pdf_saying

pytestmark = pytest.mark.django_db


@pytest.fixture
def linking(ca_page):
    """Return what has the page link a PDF with this content."""

    def link(content: bytes):
        file = ContentFile(content, name="leaflet.pdf")
        document = get_document_model().objects.create(title="A leaflet", file=file)
        link = f'<p><a linktype="document" id="{document.pk}">It</a></p>'
        ca_page.body = [("callout", {"heading": "", "text": link})]
        return document

    return link


def test_a_page_that_offers_a_pdf_with_a_name_in_it_is_refused(ca_page, linking, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    known = [*DocumentText.objects.values_list("pk", flat=True)]
    document = linking(pdf_saying("Ask for SIR-", "Spheres"))
    assert {one.name for one in named_in(ca_page)} == {NAME}
    with pytest.raises(UnlabelledError):
        ca_page.save_revision().publish()
    kept = DocumentText.objects.exclude(pk__in=known).get()
    DocumentText.objects.update(words="Nothing")  # read once, it is not read again
    assert not named_in(ca_page)
    document.file = ContentFile(pdf_saying("Nothing at all"), name="leaflet.pdf")
    document.save()
    assert not named_in(document)
    read_since = DocumentText.objects.exclude(pk__in=[*known, kept.pk]).get()
    assert read_since.words.strip() == "Nothing at all"


def test_near_names_and_unread_pdfs_refuse_nothing_and_are_told(ca_page, linking, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    linking(b"%PDF-1.7 broken")
    ca_page.title = "About SIR-Sphres"
    near, unread = remarks_on(ca_page)
    assert (near.written, near.reason) == ("sir sphres", f"This resembles “{NAME}”.")
    assert unread.written == "A leaflet"
    assert "could not be read" in unread.reason
    ca_page.save_revision().publish()
