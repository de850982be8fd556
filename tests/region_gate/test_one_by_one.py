"""Writing many things at once: refused where each has steps to go, and what is outside of that."""

import asyncio

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from wagtail.models import Page, Revision

from home.models import Region, RegionHomePage, StandardPage
from region_gate.models import Edition, Notice, NoticeVersion, Policy
from region_gate.models.append_only import AppendOnlyModel
from region_gate.models.one_by_one import BulkWriteError, OneByOneQuerySet
from region_gate.pipeline import Event, Stage, steps_for
from therapies.models import Label, LabelText, LabelVersion, Product, Publication, Reference, TherapyPage
from therapies.models.publication_record import Why

from .test_pipeline import OURS

pytestmark = pytest.mark.django_db

MODELS = (Label, Product, Notice, Policy, Region, Reference, StandardPage, TherapyPage)
WAYS = {
    "update": lambda things: things.update(pk=0),
    "update of a part": lambda things: things.filter(pk__gt=0).update(pk=0),
    "bulk_update": lambda things: things.bulk_update([*things.all()], ["id"]),
    "bulk_create": lambda things: things.bulk_create([things.model()]),
    "raw delete": lambda things: things.all()._raw_delete("default"),
    "aupdate": lambda things: asyncio.run(things.aupdate(pk=0)),
    "abulk_create": lambda things: asyncio.run(things.abulk_create([things.model()])),
}


def is_stepped(model: type[models.Model]) -> bool:
    """Say whether saving a `model` takes more than caches to be renewed."""
    found = [*steps_for(Event.PRE_SAVE, model), *steps_for(Event.POST_SAVE, model)]
    return any(one.stage not in (Stage.RENEW, Stage.PURGE) for one in found)


def our_models() -> list[type[models.Model]]:
    """Return all, less those that are kept for good and refuse every change by themselves."""
    ours = [model for model in apps.get_models() if model.__module__.split(".")[0] in OURS]
    return [model for model in ours if not issubclass(model, AppendOnlyModel)]


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize(
    "model", [Label, Product, Notice, Policy, Region, Reference, StandardPage, TherapyPage]
)
def test_nothing_is_written_in_bulk_past_the_steps(model, way):
    before = [*model.objects.order_by("pk").values()]
    with pytest.raises(BulkWriteError, match=r"call save\(\) or delete\(\) on each"):
        way(model.objects)
    assert [*model.objects.order_by("pk").values()] == before


def test_nor_by_way_of_what_they_belong_to(eu):
    for things in (Product.objects.get().labels, eu.labels, eu.home_pages):
        with pytest.raises(BulkWriteError):
            things.update(region=None)


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model.__name__)
def test_each_model_of_ours_with_steps_refuses_it(model):
    has_steps = is_stepped(model) or model is LabelText  # whose steps are its label's
    assert issubclass(type(model.objects.all()), OneByOneQuerySet) == has_steps


def test_each_language_of_labels_deleted_together_goes_on_record(eu):
    numbers = [*LabelText.objects.filter(label__region=eu).values_list("pk", flat=True)]
    Label.objects.filter(region=eu).delete()
    assert len(numbers) > 1
    assert not any(LabelVersion.objects.chain(number).last().is_live for number in numbers)


def test_notices_deleted_together_are_all_withdrawn():
    Notice.objects.filter(locale__language_code="de").delete()
    assert not NoticeVersion.objects.in_force().filter(language="de").exists()


def test_policies_deleted_together_govern_no_page_any_more():
    Policy.objects.create(decision="blocked", host="www.example.org", reason="A test.", live=True)
    before = Edition.current()
    Policy.objects.all().delete()
    assert Edition.current() != before


def test_pages_deleted_together_each_go_on_record(eu_home):
    about = StandardPage.objects.child_of(eu_home).get(slug="about")
    StandardPage.objects.filter(pk=about.pk).delete()
    assert Publication.objects.chain(about.pk).last().why == Why.DELETED


def test_one_thing_may_be_written_by_whichever_method_saves_it():
    made, _is_new = Reference.objects.update_or_create({"year": 2020}, text="Ash A. 2020.")
    assert Reference.objects.get_or_create(text="Ash A. 2020.") == (made, False)
    assert Reference.objects.create(text="Beech B. 2021.").pk


def test_the_tree_is_kept_as_before(eu_home):
    eu_home.refresh_from_db()
    therapies = eu_home.get_children().get(slug="therapies").specific
    therapies.slug = "treatments"
    therapies.save()
    therapies.move(eu_home, pos="first-child")
    assert not any(Page.find_problems())
    assert all("/treatments/" in page.url_path for page in TherapyPage.objects.descendant_of(therapies))
    RegionHomePage.fix_tree()


def test_what_is_pointed_at_may_be_deleted_as_before(eu):
    label = Label.objects.filter(region=eu).first()
    revision = label.save_revision()
    models.QuerySet(Label).filter(pk=label.pk).update(live_revision=revision)
    Revision.objects.filter(pk=revision.pk).delete()
    assert Label.objects.get(pk=label.pk).live_revision is None


@pytest.mark.parametrize(
    "write",
    [
        lambda page: Page.objects.filter(pk=page.pk).update(live=False),
        lambda page: Page.objects.bulk_update([Page(pk=page.pk, live=False)], ["live"]),
    ],
)
def test_wagtails_own_pages_are_outside_until_the_record_is_brought_up_to_date(eu_home, write):
    about = StandardPage.objects.child_of(eu_home).get(slug="about")
    write(about)
    assert Publication.objects.chain(about.pk).last().is_live
    call_command("keep_record")
    assert not Publication.objects.chain(about.pk).last().is_live
