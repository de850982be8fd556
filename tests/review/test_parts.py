"""What pages and labels show of images, documents and references stays as it was approved with them."""

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from tests.home.test_uploads import pdf
from tests.therapies.label_texts import set_words
from therapies.models import Label, Reference

pytestmark = pytest.mark.django_db

REFUSED = "What is live shows this as it was approved"


@pytest.fixture
def reference() -> Reference:
    """A reference that live pages cite."""
    return Reference.objects.get(doi__iexact="10.1200/JCO.2015.66.1181")


@pytest.fixture
def instructions(eu):
    """A document of the region that its label leads to."""
    made = get_document_model().objects.create(
        title="Instructions", file=ContentFile(b"As approved", "ifu.pdf"), collection=eu.collection
    )
    set_words(Label.objects.filter(region=eu), instructions_url="", instructions_document=made)
    return made


def change_reference(client, reference: Reference):
    posted = {"text": "Another A. 2020.", "doi": reference.doi, "url": "", "kind": "article", "year": ""}
    return client.post(
        reverse(Reference.snippet_viewset.get_url_name("edit"), args=[reference.pk]), posted, follow=True
    )


def replace(client, document):
    posted = {
        "title": document.title,
        "collection": document.collection_id,
        "tags": "",
        "file": ContentFile(pdf(), "other.pdf"),
    }
    return client.post(reverse("wagtaildocs:edit", args=[document.pk]), posted, follow=True)


def content(document) -> bytes:
    document.refresh_from_db()
    with document.file.open() as file:
        return file.read()


def test_nobody_changes_a_reference_that_live_pages_cite(administrator, reference):
    assert REFUSED in change_reference(administrator, reference).text
    assert Reference.objects.get(pk=reference.pk).text == reference.text


def test_a_reference_that_nothing_cites_is_changed(administrator):
    spare = Reference.objects.create(text="Spare S. 2019.")
    change_reference(administrator, spare)
    assert Reference.objects.get(pk=spare.pk).text == "Another A. 2020."


def test_an_editor_does_not_replace_the_instructions_that_a_label_leads_to(eu_editor, instructions):
    assert REFUSED in replace(eu_editor, instructions).text
    assert content(instructions) == b"As approved"


def test_a_document_that_nothing_shows_is_replaced(
    eu_editor, instructions, django_capture_on_commit_callbacks
):
    set_words(Label.objects.all(), instructions_document=None)
    before = instructions.file.name
    with django_capture_on_commit_callbacks(execute=True):
        replace(eu_editor, instructions)
    assert not instructions.file.storage.exists(before)
    assert content(instructions).startswith(b"%PDF")


def test_what_is_not_shown_of_it_may_change(eu_editor, instructions):
    instructions.tags.add("approved")
    instructions.save()
    assert [tag.name for tag in instructions.tags.all()] == ["approved"]


def test_one_person_may_where_the_setting_says_so(administrator, reference, one_person_may):
    change_reference(administrator, reference)
    assert Reference.objects.get(pk=reference.pk).text == "Another A. 2020."


def test_nobody_moves_the_point_around_which_a_shown_picture_is_cut(administrator, about):
    image = get_image_model().objects.create(title="A drawing", file=get_test_image_file())
    value = {"image": {"image": image.pk, "decorative": True, "alt_text": ""}, "caption": ""}
    about.body = [{"type": "figure", "value": value}]
    about.save_revision().publish()
    posted = {"title": image.title, "collection": image.collection_id, "tags": "", "description": ""}
    point = {"focal_point_x": 10, "focal_point_y": 10, "focal_point_width": 5, "focal_point_height": 5}
    address = reverse("wagtailimages:edit", args=[image.pk])
    answer = administrator.post(address, {**posted, **point}, follow=True)
    assert f"{REFUSED}, so it stays as it is: “About us” ({about.url_path})" in answer.text
    image.refresh_from_db()
    assert image.focal_point_x is None


def test_what_was_sent_to_review_is_not_changed_under_it(eu_editor, about, instructions):
    set_words(Label.objects.all(), instructions_document=None)
    about.intro = f'<p><a linktype="document" id="{instructions.pk}">Read it</a></p>'
    about.save_revision()
    about.get_workflow().start(about, get_user_model().objects.get(username="eu-editor"))
    assert REFUSED in replace(eu_editor, instructions).text
    assert content(instructions) == b"As approved"
