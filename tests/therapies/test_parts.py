"""What pages show of pictures, documents and references is guarded with them."""

import pytest
from django.urls import reverse

from home.models import StandardPage
from therapies.guard.label_check import UnlabelledError, named_in
from therapies.models import Mention

from .conftest import NAME, allow

pytestmark = pytest.mark.django_db


def show(page: StandardPage, **content) -> StandardPage:
    """Publish `page` with `content`."""
    page = StandardPage.objects.get(pk=page.pk)
    for name, value in content.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return page


def figure(image, alt: str = "", caption: str = "") -> list:
    value = {"image": {"image": image.pk, "decorative": not alt, "alt_text": alt}, "caption": caption}
    return [{"type": "figure", "value": value}]


def download(document) -> str:
    return f'<p><a linktype="document" id="{document.pk}">Read it</a></p>'


@pytest.mark.parametrize(
    ("alt", "caption", "field"),
    [(f"A vial of {NAME}", "", "Image"), ("", f"How {NAME} work", "Caption")],
)
def test_a_picture_is_looked_at_with_what_is_said_of_it(ca_page, image, alt, caption, field):
    with pytest.raises(UnlabelledError, match=f"Body 1: Figure, {field}"):
        show(ca_page, body=figure(image, alt, caption))


def test_the_title_of_a_picture_or_document_counts(ca_page, image, document):
    image.title = document.title = f"All about {NAME}"
    image.save()
    document.save()
    with pytest.raises(UnlabelledError, match="“All about SIR-Spheres”, Title"):
        show(ca_page, body=figure(image, "A drawing"))
    with pytest.raises(UnlabelledError, match="“All about SIR-Spheres”, Title"):
        show(ca_page, intro=download(document))


@pytest.mark.parametrize("kind", ["image", "document"])
def test_what_a_live_page_shows_does_not_take_a_name_later(
    administrator, one_person_may, ca, ca_page, image, document, kind
):
    show(ca_page, body=figure(image, "A drawing"), intro=download(document))
    part = {"image": image, "document": document}[kind]
    address = reverse({"image": "wagtailimages:edit", "document": "wagtaildocs:edit"}[kind], args=[part.pk])
    posted = {"title": f"About {NAME}", "collection": part.collection_id, "tags": "", "description": ""}
    answer = administrator.post(address, posted, headers={"Referer": f"http://testserver{address}"})
    assert answer["Location"] == address
    part.refresh_from_db()
    assert NAME not in part.title
    allow(ca)
    administrator.post(address, posted)
    part.refresh_from_db()
    assert part.title == f"About {NAME}"
    assert Mention.objects.filter(page=ca_page.pk).exists()


def test_what_no_page_shows_may_be_called_anything(image):
    image.title = NAME
    image.save()


def test_every_field_that_visitors_meet_is_looked_at(ca_page, product):
    page = ca_page
    page.slug, page.seo_title, page.search_description = "sir-spheres", f"{NAME}: more", f"Of {NAME}."
    page.intro = "<p>SIR-<b>Spheres</b></p>"
    page.body = [{"type": "callout", "value": {"heading": NAME, "text": "<p>SIR-<br/>Spheres</p>"}}]
    found = {(one.attribute, one.field) for one in named_in(page) if one.product == product.pk}
    assert {attribute for attribute, _field in found} == {
        "slug",
        "seo_title",
        "search_description",
        "intro",
        "body",
    }
    assert {"Body 1: Call-out, Heading", "Body 1: Call-out, Text"} <= {field for _attribute, field in found}
