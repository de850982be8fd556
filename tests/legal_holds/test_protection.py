"""What is held is deleted, replaced and taken away by nobody, by whichever way."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import transaction
from django.db.models import ProtectedError
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, ModelLogEntry, Page, PageLogEntry, Revision

from home.exceptions import RefusedError
from home.models import Region, StandardPage
from legal_holds import protection
from region_gate import clock
from region_gate.models import Policy
from tests.conftest import signed_in
from tests.review.conftest import write
from therapies.models import Label, Product, Reference

from .conftest import end, person, refused

pytestmark = pytest.mark.django_db
HELD = "is under a legal hold, so it is not deleted"


def delete_page(page) -> str:
    return reverse("wagtailadmin_pages:delete", args=[page.pk])


@pytest.mark.parametrize("ask", ["get", "post"])
def test_a_held_page_is_not_deleted_in_the_editor(administrator, hold, draft, ask):
    hold("page", draft)
    answer = getattr(administrator, ask)(delete_page(draft), follow=True)
    assert f"“Plans” ({draft.url_path}) {HELD}" in answer.text
    assert Page.objects.filter(pk=draft.pk).exists()


def test_nor_by_the_bulk_action(administrator, hold, draft):
    hold("page", draft)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    answer = administrator.post(f"{address}?id={draft.pk}", follow=True)
    assert HELD in answer.text
    assert Page.objects.filter(pk=draft.pk).exists()


def test_nor_by_the_admins_api(administrator, hold, draft):
    hold("page", draft)
    answer = administrator.post(reverse("wagtailadmin_api:pages:action", args=[draft.pk, "delete"]))
    assert answer.status_code == 400
    assert HELD in answer.text
    assert Page.find_problems() == ([], [], [], [], [])


@pytest.mark.parametrize("delete", [lambda page: page.delete(), lambda page: page.specific.delete()])
def test_nor_by_code(hold, draft, delete):
    hold("page", draft)
    with refused():
        delete(Page.objects.get(pk=draft.pk))


def test_the_refusal_names_no_matter(hold, draft):
    hold("page", draft)
    with pytest.raises(RefusedError) as refusal:
        protection.check_deletion(draft)
    assert "Matter 7" not in refusal.value.messages[0]


def test_a_region_holds_its_pages_and_those_below(hold, eu, draft):
    hold("region", eu)
    below = draft.add_child(instance=StandardPage(title="Below", slug="below", live=False))
    for page in (below, draft):
        with refused():
            page.delete()
    with refused():
        protection.check_deletion(eu)
    with pytest.raises(ProtectedError), transaction.atomic():  # by its labels, before anything else
        Region.objects.get(pk=eu.pk).delete()


def test_a_page_holds_those_below_it_and_no_other(hold, draft, eu_home):
    hold("page", draft)
    below = draft.add_child(instance=StandardPage(title="Below", slug="below", live=False))
    other = eu_home.add_child(instance=StandardPage(title="Other", slug="other", live=False))
    with refused():
        below.delete()
    other.delete()
    assert not Page.objects.filter(pk=other.pk).exists()


def test_once_it_has_ended_it_is_deleted(hold, draft):
    ended = hold("page", draft)
    end(ended)
    draft.delete()
    assert not Page.objects.filter(pk=draft.pk).exists()


@pytest.mark.parametrize("field", ["document", "image", "region"])
def test_files_are_neither_deleted_nor_replaced(field, hold, eu, document, image):
    things = {"document": [document], "image": [image], "region": [document, image]}[field]
    hold(field, eu if field == "region" else things[0])
    for thing in things:
        with refused():
            thing.delete()
        with refused():
            type(thing).objects.filter(pk=thing.pk).delete()
        is_image = isinstance(thing, get_image_model())
        thing.file = get_test_image_file("other.png") if is_image else ContentFile(b"x", name="other.txt")
        with refused("its file and its collection stay"):
            thing.save()


def test_a_held_file_may_have_another_title(hold, document):
    hold("document", document)
    document.title = "Other words"
    document.save()
    assert get_document_model().objects.get(pk=document.pk).title == "Other words"


def test_a_held_file_is_not_moved_out_of_its_region(administrator, hold, eu, us, document):
    hold("region", eu)
    address = reverse("wagtail_bulk_action", args=["wagtaildocs", "document", "add_to_collection"])
    answer = administrator.post(f"{address}?id={document.pk}", {"collection": us.collection_id}, follow=True)
    assert "Under a legal hold, and so not moved: Document “Words”" in answer.text
    document.collection = Collection.objects.get(pk=us.collection_id)
    with refused():
        document.save()


@pytest.mark.parametrize("kind", ["document", "image"])
def test_the_admin_says_why_a_file_stays(administrator, hold, kind, document, image):
    thing, app = (document, "wagtaildocs") if kind == "document" else (image, "wagtailimages")
    hold(kind, thing)
    answer = administrator.post(reverse(f"{app}:delete", args=[thing.pk]), follow=True)
    assert HELD in answer.text
    model = get_document_model() if kind == "document" else get_image_model()
    assert model.objects.filter(pk=thing.pk).exists()


def test_what_a_held_draft_shows_is_held(hold, draft, us, eu_home):
    image = get_image_model().objects.create(
        title="Elsewhere", file=get_test_image_file(), collection=us.collection
    )
    page = StandardPage.objects.get(pk=draft.pk)
    shown = {"image": image.pk, "decorative": True, "alt_text": ""}
    page.body = [{"type": "figure", "value": {"image": shown, "caption": "A photo"}}]
    page.save_revision()
    page.body = []
    page.save_revision()
    hold("page", draft)
    with refused():
        image.delete()


def test_a_product_holds_its_labels_and_the_pages_that_name_it(hold, eu):
    label = Label.objects.filter(region=eu).first()
    product = label.product
    mention = product.mentions.select_related("page").first()
    hold("product", product)
    for thing in (label, mention.page):
        with refused():
            thing.delete()
    with refused():
        protection.check_deletion(product)


def test_a_product_holds_the_drafts_that_name_it(hold, eu_home):
    product = Product.objects.first()
    page = eu_home.add_child(
        instance=StandardPage(title=f"All about {product.name}", slug="all-about", live=False)
    )
    page.save_revision()
    hold("product", product)
    with refused():
        page.delete()


def test_a_region_holds_its_policies(hold, eu):
    policy = Policy.objects.create(
        decision="exempt", host="held.example", reason="A duty.", live=False, source="eu"
    )
    hold("region", eu)
    with refused():
        policy.delete()


def test_a_person_is_not_deleted_nor_what_they_wrote(administrator, hold, draft):
    editor = person("eu-editor")
    hold("person", editor)
    answer = administrator.post(reverse("wagtailusers_users:delete", args=[editor.pk]), follow=True)
    assert HELD in answer.text
    with refused():
        draft.delete()
    assert not Page.objects.filter(pk=draft.pk, live=True).exists()
    assert Page.objects.filter(pk=draft.pk).exists()


def test_drafts_and_the_log_are_deleted_by_no_code(hold, draft):
    hold("page", draft)
    with refused():
        Revision.objects.for_instance(draft).delete()
    PageLogEntry.objects.log_action(instance=draft, action="wagtail.edit", user=None)
    with refused():
        PageLogEntry.objects.filter(page=draft.pk).delete()


def test_the_log_of_what_is_held_stays(hold, document):
    ModelLogEntry.objects.log_action(instance=document, action="wagtail.edit", user=None)
    hold("document", document)
    with refused():
        ModelLogEntry.objects.filter(object_id=str(document.pk)).delete()


def test_a_held_page_does_not_leave_what_holds_it(hold, draft, eu, us_home, eu_home):
    hold("region", eu)
    with refused("not moved out of what is held"):
        draft.move(us_home, pos="last-child")
    draft.move(StandardPage.objects.child_of(eu_home).get(slug="about"), pos="last-child")


def test_a_hold_on_a_page_goes_with_it(hold, draft, us_home):
    hold("page", draft)
    draft.move(us_home, pos="last-child")
    with refused():
        Page.objects.get(pk=draft.pk).delete()


def test_autosave_overwrites_no_draft_of_what_is_held(hold, draft):
    editor = signed_in("eu-editor")
    latest = draft.latest_revision
    hold("page", draft)
    write(editor, draft, "Plans, again", overwrite_revision_id=str(latest.pk))
    assert Revision.objects.get(pk=latest.pk).content["title"] == "Plans"
    assert StandardPage.objects.get(pk=draft.pk).latest_revision.content["title"] == "Plans, again"


def test_a_hold_that_begins_later_keeps_nothing_yet(hold, draft):
    hold("page", draft, starts=clock.today() + timedelta(days=1))
    draft.delete()
    assert not Page.objects.filter(pk=draft.pk).exists()


def test_old_drafts_are_purged_but_for_those_held(hold, draft, eu_home, capsys):
    other = eu_home.add_child(instance=StandardPage(title="Other", slug="other", live=False))
    other.save_revision()
    other.save_revision()
    hold("page", draft)
    call_command("purge_revisions", pages=True)
    assert Revision.objects.for_instance(draft).count() == 2
    assert Revision.objects.for_instance(other).count() == 1


def test_a_reference_that_held_drafts_cite_stays(hold, draft):
    cited, other = (Reference.objects.create(text=f"{name} A. Liver 2020.") for name in ("Doe", "Roe"))
    page = StandardPage.objects.get(pk=draft.pk)
    page.intro = f'<p>So it is.<a id="{cited.pk}" linktype="reference">Doe</a></p>'
    page.save_revision()
    page.intro = ""
    page.save_revision()
    hold("page", draft)
    other.delete()
    with refused():
        cited.delete()
