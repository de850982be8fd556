"""Where pictures, documents, references and products are used: live, about to be, in drafts."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser
from wagtail.documents.models import Document
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from home.models import StandardPage
from tests.conftest import signed_in
from therapies.models import Product, Reference

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture(settings, tmp_path, eu):
    """A picture of the European region."""
    settings.MEDIA_ROOT = tmp_path
    picture = get_image_model()(title="P", file=get_test_image_file(), collection=eu.collection)
    picture.save()
    return picture


@pytest.fixture
def leaflet(settings, tmp_path, eu) -> Document:
    """A document of the European region."""
    settings.MEDIA_ROOT = tmp_path
    leaflet = Document(title="L", file=ContentFile(b"%PDF-1.4", "l.pdf"), collection=eu.collection)
    leaflet.save()
    return leaflet


def rows(client, address: str) -> list[list[str]]:
    found = LexborHTMLParser(client.get(address).text).css("table.listing tbody tr")
    return [[" ".join(cell.text().split()) for cell in row.css("td")] for row in found]


def of_picture(picture) -> str:
    return reverse("wagtailimages:image_usage", args=[picture.pk])


def shows(below, picture, name: str = "Draft") -> StandardPage:
    """Return a draft whose body shows `picture`."""
    page = StandardPage(title=name, slug=name.lower(), live=False)
    below.add_child(instance=page)
    page.body = [("figure", {"image": picture, "caption": "C"})]
    page.save_revision()
    return page


def test_a_draft_under_review_is_among_the_uses(eu_editor, eu_home, english, picture):
    assert rows(eu_editor, of_picture(picture)) == []
    page = shows(eu_home, picture)
    page.get_workflow().start(page, None)
    (row,) = rows(eu_editor, of_picture(picture))
    assert row == ["Draft", "Plain page", "Europe", "English", "Not live"]


def test_another_regions_draft_is_not_named(administrator, eu_home, us_home, picture):
    page = shows(us_home, picture, "Walrus")
    page.get_workflow().start(page, None)
    assert rows(administrator, of_picture(picture))[0][0] == "Walrus"
    (row,) = rows(signed_in("eu-editor"), of_picture(picture))
    assert row[0] == "A draft of another region"


def test_a_document_that_a_live_page_links(eu_editor, eu_home, leaflet):
    intro = f'<p><a linktype="document" id="{leaflet.pk}">It</a></p>'
    eu_home.add_child(instance=StandardPage(title="Linking", slug="linking", intro=intro))
    (row,) = rows(eu_editor, reverse("wagtaildocs:document_usage", args=[leaflet.pk]))
    assert row[0] == "Linking"
    assert row[-1] == "Live"


@pytest.mark.parametrize("name", ["eu-editor", "eu-legal", "admin"])
def test_whoever_sees_a_product_or_a_reference_sees_where_it_is_used(name):
    client = signed_in(name)
    product, reference = Product.objects.get(), Reference.objects.first()
    named = rows(client, reverse(Product.snippet_viewset.get_url_name("usage"), args=[product.pk]))
    assert {"Therapy page", "Product page"} & {row[1] for row in named}
    cited = rows(client, reverse(Reference.snippet_viewset.get_url_name("usage"), args=[reference.pk]))
    assert cited
    assert all(row[2] != "–" for row in cited)
