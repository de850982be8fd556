"""A picture or document is not deleted while something shows it that is live, or is decided to be."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models.deletion import ProtectedError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection, ReferenceIndex

from home.exceptions import RefusedError
from home.models import StandardPage
from therapies.models import Label
from therapies.usage.targets import targets_of
from therapies.usage.uses import uses_of

from .label_texts import set_words
from .test_parts import download, figure, show

pytestmark = pytest.mark.django_db


def draft(page: StandardPage, **content) -> StandardPage:
    """Save a draft of `page` with `content`, and nothing more."""
    page = StandardPage.objects.get(pk=page.pk)
    for name, value in content.items():
        setattr(page, name, value)
    page.save_revision(user=get_user_model().objects.get(username="ca-editor"))
    return StandardPage.objects.get(pk=page.pk)


def send(page: StandardPage) -> None:
    """Send the draft of `page` to legal."""
    page.get_workflow().start(page, get_user_model().objects.get(username="ca-editor"))


def is_kept(thing) -> bool:
    """Say whether deleting `thing` is refused."""
    try:
        with transaction.atomic():
            type(thing).objects.filter(pk=thing.pk).delete()
    except RefusedError:
        return True
    return False


def test_a_document_that_a_live_page_links_is_not_deleted(ca_page, document):
    page = show(ca_page, intro=download(document))
    with pytest.raises(RefusedError) as refusal, transaction.atomic():
        document.delete()
    assert refusal.value.messages == [
        f"“A leaflet” cannot be deleted, for it is shown: “{page.title}” ({page.url_path}). Put another in "
        "its place there and submit that to review, or take down what shows it; then delete it."
    ]


def test_a_picture_that_a_live_page_shows_is_not_deleted(ca_page, image):
    show(ca_page, body=figure(image))
    assert is_kept(image)


def test_what_nothing_shows_is_deleted(ca_page, image, document):
    show(ca_page, body=figure(image), intro=download(document))
    show(ca_page, body=[], intro="")
    assert not is_kept(image)
    assert not is_kept(document)


def test_it_is_kept_where_the_index_of_uses_knows_nothing(ca_page, image, document):
    show(ca_page, body=figure(image), intro=download(document))
    ReferenceIndex.objects.all().delete()
    assert is_kept(image)
    assert is_kept(document)


def test_it_is_kept_while_only_the_draft_no_longer_shows_it(ca_page, image):
    show(ca_page, body=figure(image))
    draft(ca_page, body=[])
    assert is_kept(image)


def test_a_draft_that_nobody_sent_keeps_nothing(ca_page, image):
    draft(ca_page, body=figure(image))
    assert not is_kept(image)


def test_a_draft_under_review_keeps_it(ca_page, image):
    send(draft(ca_page, body=figure(image)))
    assert is_kept(image)


def test_a_draft_that_legal_sent_back_keeps_nothing(ca_page, ca_legal, image):
    page = draft(ca_page, body=figure(image))
    send(page)
    state = StandardPage.objects.get(pk=page.pk).current_workflow_task_state
    ca_legal.post(reverse("review", args=[state.pk]), {"reject": "1", "reject-comment": "No."})
    assert not is_kept(image)


def test_what_is_approved_for_later_keeps_it_even_if_a_newer_draft_does_not(ca_page, image):
    page = draft(ca_page, body=figure(image), go_live_at=timezone.now() + timedelta(days=1))
    page.get_latest_revision().publish()
    draft(ca_page, body=[])
    assert is_kept(image)


def test_what_was_taken_down_keeps_nothing(ca_page, image):
    show(ca_page, body=figure(image)).unpublish()
    assert not is_kept(image)


def test_another_key_that_holds_the_same_digits_is_no_use(ca_page, image):
    other = type(image)(pk=int(f"{image.pk}0"), title="Another", file=image.file)
    other.save()
    show(ca_page, body=figure(other), intro=f"<p>See page {image.pk}.</p>")
    assert uses_of(image) == []
    assert [found.pk for found in uses_of(other)] == [ca_page.pk]


def test_a_collection_takes_nothing_with_it_that_is_shown(ca_page, document):
    collection = Collection.get_first_root_node().add_child(name="Of leaflets")
    type(document).objects.filter(pk=document.pk).update(collection=collection)
    show(ca_page, intro=download(document))
    assert is_kept(collection)


def test_a_label_keeps_its_instructions(eu, document):
    label = Label.objects.filter(region=eu, live=True).first()
    set_words([label], instructions_url="", instructions_document=document)
    assert uses_of(document) == [label]
    with pytest.raises(ProtectedError), transaction.atomic():
        document.delete()


def test_each_thing_that_is_pointed_to_is_told_with_its_place_even_when_it_is_gone(ca_page, image, document):
    ca_page.body, ca_page.intro = figure(image), download(document)
    gone = image.pk
    image.delete()
    assert [*targets_of(ca_page)] == [
        (type(document), document.pk, "Introduction"),
        (type(image), gone, "Body 1: Figure, Image, Image"),
    ]
