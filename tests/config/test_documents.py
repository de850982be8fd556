"""A document belongs to the region of its collection, or of a collection above that."""

from urllib.parse import quote

import pytest
from django.core.files.base import ContentFile
from wagtail.documents.models import Document
from wagtail.models import Collection

from region_gate import snapshot
from region_gate.links.destinations import DestinationKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(settings, tmp_path, eu) -> Document:
    """A document in the European region's collection."""
    settings.MEDIA_ROOT = tmp_path
    return Document.objects.create(
        title="Instructions", file=ContentFile(b"%PDF", "a.pdf"), collection=eu.collection
    )


def kind(document: Document, region: str) -> DestinationKind:
    return snapshot.viewpoint(f"http://testserver/{region}/").classify(document.url).kind


def test_a_document_is_a_crossing_from_another_region_only(document):
    assert kind(document, "eu") is DestinationKind.SAME_REGION
    assert kind(document, "us") is DestinationKind.CROSS_REGION


def test_a_document_in_a_collection_below_the_regions_is_the_regions(document, eu):
    document.collection = eu.collection.add_child(name="Leaflets")
    document.save()
    assert kind(document, "us") is DestinationKind.CROSS_REGION


def test_a_document_in_no_regions_collection_is_neutral(document):
    document.collection = Collection.get_first_root_node()
    document.save()
    assert kind(document, "us") is DestinationKind.NEUTRAL


def test_a_document_follows_its_collection(document, eu, us, django_capture_on_commit_callbacks):
    document.collection = leaflets = eu.collection.add_child(name="Leaflets")
    document.save()
    assert kind(document, "us") is DestinationKind.CROSS_REGION
    with django_capture_on_commit_callbacks(execute=True):
        leaflets.save()
        leaflets.move(Collection.objects.get(pk=us.collection.pk), "sorted-child")
    assert kind(document, "us") is DestinationKind.SAME_REGION


@pytest.mark.parametrize(
    "spelling",
    [
        "/documents/%d/other.pdf",
        "//testserver/documents/%d/",
        "/DOCUMENTS/%d/a",
        "/documents/00%d/a.pdf",
        "/documents/%%30%d/a.pdf",
        "/documents%%2f%d%%2fa.pdf",
        "/documents//%d/a.pdf",
        "/media/images/..%%2f../documents/%d/a.pdf",
    ],
)
def test_a_document_is_known_by_its_number_however_it_is_spelt(document, spelling):
    found = snapshot.viewpoint("http://testserver/us/").classify(spelling % document.pk)
    assert found.kind is DestinationKind.CROSS_REGION


@pytest.mark.parametrize("zero", ["\N{ARABIC-INDIC DIGIT ZERO}", "\N{FULLWIDTH DIGIT ZERO}"])
def test_a_document_is_known_by_its_number_in_any_script(document, zero):
    number = "".join(chr(ord(zero) + int(digit)) for digit in str(document.pk))
    for address in (f"/documents/{number}/a.pdf", f"/documents/{zero}{quote(number)}/a.pdf"):
        assert (
            snapshot.viewpoint("http://testserver/us/").classify(address).kind is DestinationKind.CROSS_REGION
        )


def test_a_link_to_another_regions_document_is_gated_on_the_page(document, client, us_home):
    us_home.intro = f'<p><a linktype="document" id="{document.pk}">Instructions</a></p>'
    us_home.save_revision().publish()
    page = client.get("/us/").text
    assert f'href="{document.url}"' not in page
    assert 'data-crossing="cross-region"' in page


def test_many_documents_cost_no_further_query(document, eu, django_assert_max_num_queries):
    Document.objects.bulk_create(
        Document(title=str(n), file=f"documents/{n}.pdf", collection=eu.collection) for n in range(500)
    )
    snapshot.invalidate()
    with django_assert_max_num_queries(12):
        snapshot.current()
