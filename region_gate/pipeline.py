"""The one path of publication: which steps run, in which order, when something is saved, moved or goes live.

An app registers a step for an event, a stage and models:

    @step(Event.PRE_SAVE, Stage.REVIEW, Page)
    def check_page(instance: Page, **kwargs: Any) -> None: ...

`steps()` lists all of them in their order, and `manage.py show_pipeline` prints the list. At each event
the stages run in the order in which `Stage` names them, wherever the apps stand in the settings. What
raises stops the rest and, in a transaction, undoes the whole.

The events are signals of Django and Wagtail, because that is where all their own routes meet: the
editor, the workflow, the schedule, commands and the API. A step for a model is for its subclasses too,
those made later included: Django sends its signals for one class at a time, so the pipeline is connected
to each class that a step is for, and no step runs when anything else is saved.

What goes live as a set does so `together()`: it takes the same path, and the later stages wait for its end.

Outside are those writes for which Django sends no signal: `update`, `bulk_create` and `bulk_update`.
`region_gate.models.one_by_one` refuses them for our models and page types; on Wagtail's own models, as in
`Page.objects.update(live=True)`, and in SQL, they pass by every step.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import Enum, IntEnum, auto
from functools import partial
from typing import Any, TypeVar

from django.apps import apps
from django.db import transaction
from django.db.models.signals import (
    ModelSignal,
    class_prepared,
    post_delete,
    post_save,
    pre_delete,
    pre_save,
)
from django.dispatch import Signal, receiver
from wagtail import signals as wagtail

from region_gate.constancy import constant

Run = TypeVar("Run", bound=Callable[..., object])


# Sent by models whose parts are saved after themselves, once all are: with the thing as `instance`.
saved_whole = Signal()


class Event(Enum):
    """What happens to a thing, by the signal that tells of it."""

    PRE_SAVE = pre_save
    POST_SAVE = post_save
    SAVED_WHOLE = saved_whole
    PRE_DELETE = pre_delete
    POST_DELETE = post_delete
    PRE_PAGE_MOVE = wagtail.pre_page_move
    POST_PAGE_MOVE = wagtail.post_page_move
    PAGE_SLUG_CHANGED = wagtail.page_slug_changed
    PAGE_PUBLISHED = wagtail.page_published
    PAGE_UNPUBLISHED = wagtail.page_unpublished
    PUBLISHED = wagtail.published
    UNPUBLISHED = wagtail.unpublished
    TASK_SUBMITTED = wagtail.task_submitted


# Django sends these for each table that a row of the thing is deleted from: a page's, and its type's.
DELETIONS = (Event.PRE_DELETE, Event.POST_DELETE)
PUBLICATIONS = (Event.PAGE_PUBLISHED, Event.PUBLISHED)


class Stage(IntEnum):
    """A place in the order of steps; no two steps of one stage are for the same event of one model."""

    # Before anything is written. Each may refuse by raising.
    LOCK = auto()  # let nobody else decide meanwhile
    HOLD = auto()  # does a legal hold keep it as it is?
    REVIEW = auto()  # has a review approved it?
    GUARD = auto()  # does a label allow what it names; is what would go still in use?
    # Written by now, in the same transaction.
    RENEW = auto()  # have every process read anew what it has cached; also for fixtures
    PROVISION = auto()  # give a new region's people their rights and reviews
    MENTIONS = auto()  # note which products a page names
    SUCCEED = auto()  # end the label that another one replaces
    TAKE_DOWN = auto()  # take down the pages that are left without a label
    REDIRECTS = auto()  # lead from the old address to the new one
    FOLLOW = auto()  # note that what follows the page is behind, or that the page has caught up
    INDEX = auto()  # have visitors find what is live, and nothing else
    RECORD = auto()  # put on record what visitors meet, and which products it names: hence after the mentions
    MAIL = auto()  # write to those who have to act
    PURGE = auto()  # have caches in front of the site drop what shows it
    LINKS = auto()  # register the ways out of a page, once all is committed


@dataclass(frozen=True)
class Step:
    """A function that runs at an event of some models."""

    event: Event
    stage: Stage
    models: tuple[type, ...]
    run: Callable[..., object]

    def __str__(self) -> str:
        """Return the step as one line: its event, stage and function, and the models it is for."""
        models = ", ".join(model.__name__ for model in self.models)
        name = f"{self.run.__module__}.{self.run.__qualname__}"
        return f"{self.event.name:18} {self.stage.name:10} {name}: {models}"

    def concerns(self, model: type) -> bool:
        """Say whether the step runs for `model`."""
        return model in self.models if self.event in DELETIONS else issubclass(model, self.models)


_steps: list[Step] = []
# What follows, once the set is saved that is being saved here; None outside of a set.
Following = tuple[Step, object, Callable[[], object]]
_following: ContextVar[list[Following] | None] = ContextVar("following", default=None)
_is_rehearsed: ContextVar[bool] = ContextVar("_is_rehearsed", default=False)


@contextmanager
def rehearsal() -> Iterator[None]:
    """Have what is saved inside be seen inside alone: nothing of it is checked, told or kept.

    To look at what a change would show. No step runs but those of RENEW, so it is never without the
    transaction that undoes it all, whatever comes of it.
    """
    with transaction.atomic():
        token = _is_rehearsed.set(True)
        try:
            yield
        finally:
            _is_rehearsed.reset(token)
            transaction.set_rollback(True)


def step(event: Event, stage: Stage, *models: type) -> Callable[[Run], Run]:
    """Register the decorated function as a step for `models` and their subclasses.

    It is called with `instance` and what else the signal gives. Fixtures (`raw`) answer for themselves:
    for them no stage runs but RENEW. To be used when all models are loaded, as from `AppConfig.ready`.
    """

    def register(run: Run) -> Run:
        registered = Step(event, stage, models, run)
        _steps.append(registered)
        _connect(registered)
        return run

    return register


def steps() -> tuple[Step, ...]:
    """Return all steps in their order: event by event, and within an event stage by stage."""
    events = [*Event]
    return tuple(sorted(_steps, key=lambda one: (events.index(one.event), one.stage)))


def steps_for(event: Event, model: type) -> list[Step]:
    """Return the steps that run, in this order, at `event` of a `model`."""
    found = [one for one in _steps if one.event is event and one.concerns(model)]
    return sorted(found, key=lambda one: one.stage)


@contextmanager
def together() -> Iterator[None]:
    """Have what is published inside follow the path as one set; needs a transaction around it.

    Each thing is reviewed, guarded and saved in its turn. The stages after MENTIONS run at the end, when
    all is saved, so that each sees the whole set and none a half of it: stage by stage. Where both a
    thing's publication and the save that was a part of it would be followed in a stage, it is the
    publication alone. If it fails, nothing follows. A set within a set is a part of it.
    """
    outer, following = _following.get(), list[Following]()
    token = _following.set(following)
    try:
        yield
    finally:
        _following.reset(token)
    if outer is not None:
        outer.extend(following)
        return
    whole = {(one.stage, id(thing)) for one, thing, _run in following if one.event in PUBLICATIONS}
    due = [
        (one.stage, run)
        for one, thing, run in following
        if one.event is not Event.POST_SAVE or (one.stage, id(thing)) not in whole
    ]
    _catch_up(due)


def _catch_up(due: list[tuple[Stage, Callable[[], object]]]) -> None:
    """Run what follows from a set, stage by stage; from the record on, nothing that visitors see changes."""
    ordered = sorted(due, key=lambda waiting: waiting[0])
    for stage, run in ordered:
        if stage < Stage.RECORD:
            run()
    with constant():
        for stage, run in ordered:
            if stage >= Stage.RECORD:
                run()


def _waits(one: Step) -> bool:
    """Say whether the step waits for the end of its set; what is deleted is gone by then."""
    return one.stage > Stage.MENTIONS and one.event not in DELETIONS


def _connect(registered: Step) -> None:
    if not isinstance(registered.event.value, ModelSignal):
        _listen(registered.event, None)  # Wagtail sends these for nothing but what goes live
        return
    for model in apps.get_models():
        _connect_model(registered, model)


def _connect_model(registered: Step, model: type) -> None:
    if isinstance(registered.event.value, ModelSignal) and registered.concerns(model):
        _listen(registered.event, model)


def _listen(event: Event, sender: type | None) -> None:
    """Run the steps when `event` is told of `sender`, once however often this is called."""
    signal: Signal = event.value
    signal.connect(partial(_run, event), sender=sender, weak=False, dispatch_uid=f"pipeline {event.name}")


@receiver(class_prepared)
def _connect_later(sender: type, **kwargs: Any) -> None:
    """Have a model that is made later go the same path; the stand-ins of migrations are no such."""
    if sender.__module__ != "__fake__":
        for registered in _steps:
            _connect_model(registered, sender)


def _run(event: Event, instance: object, raw: bool = False, **kwargs: Any) -> None:
    following = _following.get()
    for one in steps_for(event, type(instance)):
        if one.stage is not Stage.RENEW and (raw or _is_rehearsed.get()):
            continue
        if following is not None and _waits(one):
            following.append((one, instance, partial(one.run, instance=instance, **kwargs)))
        else:
            one.run(instance=instance, **kwargs)
