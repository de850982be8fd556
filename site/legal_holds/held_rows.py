"""Which rows belong to what is held: asked by every purge, and before each deletion.

An app with rows of its own, such as the contact forms, says by which fields they tell of what may be held:

    RULES[Enquiry] = about(region="region", person="answered_by", texts=("email", "name", "message"))
"""

import json
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.contrib.auth import SESSION_KEY, get_user_model
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import CharField, F, Model, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.db.models.lookups import IContains
from django_tasks_db.models import DBTaskResult, TaskResultStatus
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, ModelLogEntry, Page, PageLogEntry, Revision

from accounts.models import Pause
from enquiries.models import Enquiry
from home.models import Region, RegionHomePage
from home.ownership import owned_by
from jobs.models import StoredMail
from region_gate import retention
from region_gate.models import Notice, Policy
from reminders.models import Digest
from therapies.models import Label, Mention, Product, Reference, Statement

from .held import Held, held_now

Rule = Callable[[Held], Q]
NOTHING, ALL = Q(pk__in=()), Q(pk__isnull=False)


def about(
    *, region: str = "", page: str = "", product: str = "", person: str = "", texts: Iterable[str] = ()
) -> Rule:
    """Return the rule of rows that point to what may be held by these fields, or name people in `texts`."""

    def rule(held: Held) -> Q:
        found = NOTHING
        for field, keys in ((region, held.regions), (product, held.products), (person, held.people)):
            found |= Q(**{f"{field}__in": keys}) if field else NOTHING
        if page:
            found |= Q(**{f"{page}__in": Page.objects.filter(_pages(held)).order_by().values("pk")})
        return found | containing(texts, held.words)

    return rule


def containing(fields: Iterable[str], words: Iterable[str]) -> Q:
    """Return the condition that one of `fields`, JSON or text, has one of `words` in it, in any case."""
    found = NOTHING
    for field in fields:
        for word in words:
            for spelt in {word, json.dumps(word)[1:-1]}:
                found |= Q(IContains(Cast(F(field), TextField()), spelt))
    return found


def _pages(held: Held) -> Q:
    """Return which pages are held: in a region, at or below a page, naming a product."""
    homes = RegionHomePage.objects.filter(region__in=held.regions).values_list("path", flat=True)
    tops = Page.objects.filter(pk__in=held.pages).values_list("path", flat=True)
    naming = Mention.objects.filter(product__in=held.products).values("page")
    return owned_by([*homes, *tops]) | Q(pk__in=naming)


def _of_regions(field: str, held: Held) -> Q:
    """Return which rows are held that know their region by its code, in `field`."""
    codes = Region.objects.filter(pk__in=held.regions).values("code")
    return Q(**{f"{field}__in": codes})


def _files(kind: str, held: Held) -> Q:
    """Return which images or documents are held: themselves, or in the collection of a region."""
    own = Region.objects.filter(pk__in=held.regions, collection__isnull=False)
    paths = [*own.values_list("collection__path", flat=True)]
    inside = Collection.objects.filter(owned_by(paths))
    return Q(pk__in=getattr(held, kind)) | Q(collection__in=inside)


def _keys(field: str, held: Held) -> Q:
    return Q(pk__in=getattr(held, field))


def _revisions(held: Held) -> Q:
    """Return which drafts are held: of what is held, by whoever is, with the name of a product that is."""
    found = Q(user__in=held.people) | containing(["content"], held.product_names)
    for model in (Page, Label, Statement, Product, Notice, Policy):
        kind = ContentType.objects.get_for_model(model)
        found |= Q(base_content_type=kind, object_id__in=_texts_of_keys(model, held))
    return found


def _page_log(held: Held) -> Q:
    pages = Page.objects.filter(_pages(held)).order_by().values("pk")
    return Q(user__in=held.people) | Q(page__in=pages)


def _model_log(held: Held) -> Q:
    found = Q(user__in=held.people)
    for model in LOGGED:
        kind = ContentType.objects.get_for_model(model)
        found |= Q(content_type=kind, object_id__in=_texts_of_keys(model, held))
    return found


def _texts_of_keys(model: type[Model], held: Held) -> QuerySet[Any]:
    """Return the keys of what is held of `model`, as texts, which PostgreSQL compares with texts alone."""
    things: QuerySet[Any] = model._base_manager.filter(RULES[model](held))
    return things.order_by().annotate(key=Cast("pk", CharField())).values("key")


def _mails(held: Held) -> Q:
    """Return which mails are held: what one speaks of besides people cannot be told, so then it is all."""
    texts = ("recipients", "subject", "message")
    return ALL if held.names_things else containing(texts, held.words)


def _runs(held: Held) -> Q:
    """Return which runs are held: those that said something, of whatever."""
    silent = Q(return_value="", status=TaskResultStatus.SUCCESSFUL)
    return Q(pk__in=DBTaskResult.objects.exclude(silent).values("pk"))


def _enquiries(held: Held) -> Q:
    """Return which enquiries are held: to a region, by or about a person, with the name of a product."""
    pointing = about(region="region", person="answered_by", texts=("email", "name", "message"))
    return pointing(held) | containing(["message"], held.product_names)


def _sessions(held: Held) -> Q:
    people = {str(key) for key in held.people}
    rows = Session.objects.iterator(chunk_size=500) if people else ()
    return Q(pk__in=[row.pk for row in rows if str(row.get_decoded().get(SESSION_KEY)) in people])


def _pauses(held: Held) -> Q:
    """Return which pauses are held: whose one is cannot be told, so with a person it is all."""
    return ALL if held.people or held.words else NOTHING


User = get_user_model()
# What people delete, each by its own rule. Revisions and the log come with it, or are purged.
THINGS: dict[type[Model], Rule] = {
    Region: partial(_keys, "regions"),
    Page: _pages,
    Product: partial(_keys, "products"),
    Label: about(region="region", product="product"),
    Statement: about(region="region", product="product"),
    Notice: partial(_of_regions, "region"),
    Policy: partial(_of_regions, "source"),
    Reference: lambda held: NOTHING,
    get_document_model(): partial(_files, "documents"),
    get_image_model(): partial(_files, "images"),
    User: partial(_keys, "people"),
    Enquiry: _enquiries,
}
LOGGED = tuple(THINGS)
DELETED: dict[type[Model], Rule] = {
    **THINGS,
    Revision: _revisions,
    PageLogEntry: _page_log,
    ModelLogEntry: _model_log,
}
RULES: dict[type[Model], Rule] = {
    **DELETED,
    StoredMail: _mails,
    DBTaskResult: _runs,
    Digest: about(person="person"),
    Session: _sessions,
    Pause: _pauses,
}


def held_rows(model: type[Model]) -> Q | None:
    """Return which rows of `model`, or of the model that it is a kind of, are held; None for none."""
    held = held_now()
    rule = rule_of(model)
    return rule(held) if held and rule else None


def rule_of(model: type[Model]) -> Rule | None:
    """Return the rule of `model`, a page's own type included; None where nothing of it is ever held."""
    return next((RULES[kind] for kind in model.__mro__ if kind in RULES), None)


def keep_from_purges() -> None:
    """Have every purge ask for the holds."""
    for model in RULES:
        retention.keep(model, partial(held_rows, model))
