"""The path of publication: which steps run, in which order, for what."""

from contextlib import suppress
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any
from weakref import ReferenceType

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.serializers import deserialize, serialize
from django.db.models.signals import ModelSignal
from django.test.utils import isolate_apps
from wagtail.log_actions import LogContext
from wagtail.models import Page, Revision
from wagtail.models.pages import PAGE_MODEL_CLASSES

from home.exceptions import RefusedError
from home.models import RegionHomePage, StandardPage
from region_gate import pipeline
from region_gate.models import Edition, Policy
from region_gate.pipeline import Event, Stage, rehearsal, step, steps_for
from therapies.models import Label, Mention, Product, Publication, Reference

OURS = ("config", "home", "redirecting", "region_gate", "review", "therapies")
SIGNALS = [event.value for event in Event]
STEPS = Path(__file__).parent / "pipeline_steps.txt"


@pytest.fixture(autouse=True)
def _same_steps(monkeypatch) -> None:
    """Forget what a test has registered."""
    monkeypatch.setattr(pipeline, "_steps", [*pipeline._steps])


def listeners(signal) -> list[tuple[str, bool]]:
    """Return the module of each receiver of `signal`, and whether it hears of every model."""
    found = []
    for (_uid, sender), receiver, *_more in signal.receivers:
        function = receiver() if isinstance(receiver, ReferenceType) else receiver
        function = function.func if isinstance(function, partial) else function
        found.append((getattr(function, "__module__", ""), sender == id(None)))
    return found


def registered_in_turn(event: Event, *models: type) -> list[Stage]:
    """Return a list that grows by each stage that runs; its step was registered in the reverse order."""
    ran: list[Stage] = []
    for stage in reversed(Stage):
        step(event, stage, *models)(lambda stage=stage, **kwargs: ran.append(stage))
    return ran


def test_these_steps_run_in_this_order():
    printed = StringIO()
    call_command("show_pipeline", stdout=printed)
    assert printed.getvalue() == STEPS.read_text()


@pytest.mark.parametrize("event", Event, ids=lambda event: event.name)
def test_the_stages_alone_decide_the_order_never_the_settings(event):
    for model in apps.get_models():
        stages = [one.stage for one in steps_for(event, model)]
        assert len(stages) == len({*stages}), model


@pytest.mark.django_db
@pytest.mark.parametrize("event", [Event.POST_SAVE, Event.PUBLISHED], ids=lambda event: event.name)
def test_the_stages_run_in_their_order(event, monkeypatch):
    monkeypatch.setattr(pipeline, "_steps", [])
    ran = registered_in_turn(event, Reference)
    event.value.send(sender=Reference, instance=Reference())
    assert ran == [*Stage]


@pytest.mark.parametrize("event", Event, ids=lambda event: event.name)
def test_nothing_else_of_ours_listens(event):
    ours = [module for module, _is_of_all in listeners(event.value) if module.split(".")[0] in OURS]
    allowed = {"region_gate.pipeline"} | ({"review.mail"} if event is Event.TASK_SUBMITTED else set())
    assert ours
    assert {*ours} == allowed


@pytest.mark.parametrize("event", Event, ids=lambda event: event.name)
def test_no_step_hears_of_every_save(event):
    if isinstance(event.value, ModelSignal):
        assert ("region_gate.pipeline", True) not in listeners(event.value)
        assert not steps_for(event, Group)


@pytest.mark.django_db
def test_a_step_runs_for_subclasses_and_for_nothing_else():
    seen: list[Any] = []
    step(Event.POST_SAVE, Stage.LINKS, Page)(lambda instance, **kwargs: seen.append(type(instance)))
    StandardPage.objects.first().save()
    RegionHomePage.objects.first().save()
    Group.objects.create(name="Anybody")
    assert seen == [StandardPage, RegionHomePage]


def made_later(parent: type[Page]) -> type[Page]:
    """Return a page type that is made after the steps were registered."""
    before = [*PAGE_MODEL_CLASSES]
    with isolate_apps("home"):

        class LaterPage(parent):
            class Meta:
                app_label = "home"

    PAGE_MODEL_CLASSES[:] = before
    return LaterPage


@pytest.mark.django_db
@pytest.mark.parametrize("parent", [Page, StandardPage])
def test_a_page_type_made_later_goes_the_same_path(parent, monkeypatch):
    later, checked = made_later(parent), []
    monkeypatch.setattr("therapies.guard.checkpoints.check_page", lambda page, **how: checked.append(page))
    page = later(title="A page of a later type")
    Event.PRE_SAVE.value.send(sender=later, instance=page, raw=False)
    assert checked == [page]
    for event in (Event.PRE_SAVE, Event.POST_SAVE):
        assert steps_for(event, later) == steps_for(event, StandardPage)
        assert event.value.has_listeners(later)


@pytest.mark.django_db
def test_a_page_is_deleted_once_though_it_has_two_tables(eu_home):
    seen: list[Any] = []
    step(Event.POST_DELETE, Stage.LINKS, Page)(lambda instance, **kwargs: seen.append(type(instance)))
    StandardPage.objects.child_of(eu_home).get(slug="about").delete()
    assert seen == [Page]


@pytest.mark.django_db
def test_what_a_check_refuses_is_neither_saved_nor_recorded(eu_home):
    ran = registered_in_turn(Event.POST_SAVE, StandardPage)
    about = StandardPage.objects.child_of(eu_home).get(slug="about")
    Label.objects.filter(region=eu_home.region).delete()
    recorded = Publication.objects.count()
    about.title = "SIR-Spheres"
    with pytest.raises(RefusedError):
        about.save()
    assert not ran
    assert Publication.objects.count() == recorded
    assert StandardPage.objects.get(pk=about.pk).title == "About us"


@pytest.mark.django_db
def test_the_record_says_which_products_the_same_save_began_to_name(eu_home):
    about = StandardPage.objects.child_of(eu_home).get(slug="about")
    about.intro = "<p>SIR-Spheres</p>"
    about.save()
    assert Mention.objects.filter(page=about.pk).exists()
    entry = Publication.objects.chain(about.pk).last()
    assert entry.products == f"[{Product.objects.get().pk}]"


@pytest.mark.django_db
def test_what_cannot_be_recorded_is_never_registered_nor_sent(eu_home, monkeypatch):
    def fail(*_arguments: object, **_more: object) -> None:
        raise RefusedError("Not on record.")

    monkeypatch.setattr("therapies.page_record.signals.publish", fail)
    step(Event.POST_SAVE, Stage.LINKS, StandardPage)(lambda **kwargs: pytest.fail("A link was registered."))
    with pytest.raises(RefusedError, match=r"Not on record\."):
        StandardPage.objects.child_of(eu_home).get(slug="about").save()


@pytest.mark.django_db
def test_fixtures_answer_for_themselves_but_what_is_cached_is_renewed():
    policy = Policy.objects.create(decision="blocked", host="www.example.org", reason="A test.", live=True)
    ran = registered_in_turn(Event.POST_SAVE, Policy)
    before = Edition.current()
    (loaded,) = deserialize("json", serialize("json", [policy]))
    loaded.save()
    assert ran == [Stage.RENEW]
    assert Edition.current() != before


@pytest.mark.django_db
def test_a_page_in_a_fixture_is_loaded_as_it_is(eu_home):
    about = StandardPage.objects.child_of(eu_home).get(slug="about")
    Label.objects.filter(region=eu_home.region).delete()
    about.intro = "<p>SIR-Spheres</p>"
    (loaded,) = deserialize("json", serialize("json", [about]))
    loaded.save()
    assert not Mention.objects.filter(page=about.pk).exists()
    assert Revision.objects.filter(object_id=str(about.pk)).exists()


@pytest.mark.django_db
def test_a_rehearsal_is_checked_by_nothing_and_undone_whatever_comes_of_it(eu_home):
    """Inside, a page that no review has approved is live; afterwards nothing of it has been."""
    page = eu_home.add_child(instance=StandardPage(title="Draft", slug="rehearsed", live=False))
    seen = []

    def rehearse() -> None:
        with LogContext(user=get_user_model().objects.get(username="eu-editor")), rehearsal():
            page.live = True
            page.save()
            seen.append(StandardPage.objects.get(pk=page.pk).live)
            raise LookupError

    with pytest.raises(LookupError):
        rehearse()
    assert seen == [True]
    assert not StandardPage.objects.get(pk=page.pk).live
    with LogContext(user=get_user_model().objects.get(username="eu-editor")), pytest.raises(RefusedError):
        page.save()  # as ever, once it is over


def test_a_set_is_saved_before_anything_follows_from_it(monkeypatch):
    monkeypatch.setattr(pipeline, "_steps", [])
    told: list[tuple[str, Stage]] = []
    for stage in (Stage.GUARD, Stage.MENTIONS, Stage.TAKE_DOWN, Stage.RECORD):
        for event in (Event.POST_SAVE, Event.PUBLISHED):
            step(event, stage, Reference)(
                lambda instance, stage=stage, event=event, **kwargs: told.append(
                    (instance.text, event.name, stage.name)
                )
            )
    with pipeline.together():
        for name in "ab":
            with pipeline.together():
                thing = Reference(text=name)
                for event in (Event.POST_SAVE, Event.PUBLISHED):
                    event.value.send(sender=Reference, instance=thing)
        with suppress(RefusedError), pipeline.together():
            Event.PUBLISHED.value.send(sender=Reference, instance=Reference(text="c"))
            raise RefusedError("No.")
    at_once = [("a", "GUARD"), ("a", "MENTIONS"), ("b", "GUARD"), ("b", "MENTIONS")]
    assert [(name, stage) for name, event, stage in told[:8] if event == "PUBLISHED"] == at_once
    assert [one for one in told if one[2] not in ("GUARD", "MENTIONS")] == [
        (name, "PUBLISHED", stage)  # the save was a part of it
        for stage in ("TAKE_DOWN", "RECORD")
        for name in "ab"
    ]
