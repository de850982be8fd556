"""A database of before labels were one in all languages, and what becomes of it; a program of its own."""

import json
import sys
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - once all is set up
from django.db import connection  # noqa: E402
from django.db.migrations.executor import MigrationExecutor  # noqa: E402
from django.utils import timezone  # noqa: E402

BEFORE = [("therapies", "0006_record_of_pages_and_labels"), ("review", "0001_initial")]
TODAY = timezone.now().date()
LONG_AGO, MID, LATER = date(2024, 1, 1), date(2025, 6, 1), TODAY + timedelta(days=30)

call_command("migrate", verbosity=0)  # makes the types of content, too
for app, name in BEFORE:
    call_command("migrate", app, name, verbosity=0)
apps = MigrationExecutor(connection).loader.project_state(BEFORE).apps
get = apps.get_model
ContentType, Revision = get("contenttypes", "ContentType"), get("wagtailcore", "Revision")
Label, Person = get("therapies", "Label"), get("auth", "User")
locales = {
    code: get("wagtailcore", "Locale").objects.get_or_create(language_code=code)[0]
    for code in ("en", "de", "fr")
}
KIND = ContentType.objects.get(app_label="therapies", model="label")
REVIEW = ContentType.objects.get(app_label="review", model="legalreview")
product = get("therapies", "Product").objects.create(name="P", maker="M", live=True)
regions = {
    code: get("home", "Region").objects.create(code=code, name=code.upper(), order=n)
    for n, code in enumerate(("eu", "us", "ap", "ca", "jp"))
}
people = {name: Person.objects.create(username=name) for name in ("ann", "bob", "cara")}
task = get("review", "LegalReview").objects.create(name="Legal", content_type=REVIEW, active=True)
workflow = get("wagtailcore", "Workflow").objects.create(name="Legal")
FIELDS = ("status", "indication", "safety_information", "registration_number", "authority", "audience")
DAYS = ("effective_from", "review_by", "withdrawn_on")


def add(region, language, words, *, key=None, **values):
    given = {
        "status": "approved", "effective_from": LONG_AGO, "live": True, "registration_number": "R1",
        "audience": "public", "instructions_url": f"https://ifu.example/{language}/",
    }  # fmt: skip
    extra = {"translation_key": key} if key else {}
    return Label.objects.create(
        product=product, region=regions[region], locale=locales[language], indication=f"<p>{words}</p>",
        safety_information=f"<p>Safe: {words}</p>", authority=f"Authority {language}",
        **{**given, **values, **extra},
    )  # fmt: skip


def revise(label, user=None, *, live=False, approved=False, **words):
    said = {name: getattr(label, name) for name in (*FIELDS, "instructions_url")} | words
    days = {name: str(getattr(label, name)) if getattr(label, name) else None for name in DAYS}
    numbers = {
        "pk": label.pk, "product": product.pk, "region": label.region_id, "locale": label.locale_id,
        "translation_key": str(label.translation_key), "instructions_document": None, "live": label.live,
        "latest_revision": None, "live_revision": None,
    }  # fmt: skip
    made = Revision.objects.create(
        content_type=KIND, base_content_type=KIND, object_id=str(label.pk), created_at=timezone.now(),
        user=people[user] if user else None, object_str=str(label.pk), content={**numbers, **said, **days},
    )  # fmt: skip
    label.latest_revision, label.has_unpublished_changes = made, not live
    if live:
        label.live_revision, label.first_published_at = made, made.created_at
        label.last_published_at = made.created_at
    label.save()
    if approved:
        send(label, made, "approved")
    return made


def send(label, revision, status):
    state = get("wagtailcore", "WorkflowState").objects.create(
        content_type=KIND, base_content_type=KIND, object_id=str(label.pk), workflow=workflow, status=status
    )
    step = get("wagtailcore", "TaskState").objects.create(
        workflow_state=state, revision=revision, task_id=task.pk, status=status,
        content_type=ContentType.objects.get(app_label="wagtailcore", model="taskstate"),
        finished_by=people["cara"] if status == "approved" else None,
    )  # fmt: skip
    state.current_task_state = step
    state.save()


def record(label):
    from therapies.models import LabelVersion

    entry = LabelVersion(
        subject=label.pk, number=1, since=datetime(2024, 2, 1, tzinfo=UTC), is_live=True, product=product.pk,
        product_name="P", region_number=label.region_id, region=label.region.code,
        region_name=label.region.name,
        language=label.locale.language_code, rank=label.locale_id, instructions=label.instructions_url,
        approved_by="Cara Old", written_by="Ann Old", revision=label.live_revision_id,
        **{name: getattr(label, name) for name in (*FIELDS, *DAYS)},
    )  # fmt: skip
    entry.sha256 = entry.seal()
    names = {field.name for field in get("therapies", "LabelVersion")._meta.concrete_fields} - {"id"}
    get("therapies", "LabelVersion").objects.create(**{name: getattr(entry, name) for name in names})


# Europe: three languages that agree; two have drafts of two people, one of them in review.
en = add("eu", "en", "One")
de, fr = add("eu", "de", "Eins", key=en.translation_key), add("eu", "fr", "Un", key=en.translation_key)
for label in (en, de, fr):
    revise(label, "ann", live=True, approved=True)
    record(label)
revise(en, "ann", indication="<p>Two, a draft</p>")
send(de, revise(de, "bob", indication="<p>Zwei, ein Entwurf</p>"), "in_progress")
# United States: the English text was replaced, the German one is an old one.
ended = add("us", "en", "Old", effective_from=LONG_AGO, withdrawn_on=MID, status="withdrawn")
newest, behind = add("us", "en", "New", effective_from=MID, registration_number="R2"), add("us", "de", "Alt")
for label in (ended, newest, behind):
    revise(label, live=True)
    record(label)
# Asia: one ends when the next begins, and the German text was to go on.
first, following = add("ap", "en", "First", withdrawn_on=LATER), add("ap", "en", "Next", effective_from=LATER)
going_on = add("ap", "de", "Weiter")
# Canada: not approved. Japan: drafts that are translations, and one language that ends before the other.
refused = [add("ca", language, "", status="not approved", effective_from=None) for language in ("en", "fr")]
stays, ends = add("jp", "en", "Stays"), add("jp", "de", "Endet", withdrawn_on=LATER)
waiting = add("jp", "en", "Draft", live=False, effective_from=LATER)
translated = add("jp", "de", "Entwurf", live=False, effective_from=LATER, key=waiting.translation_key)
for label in (waiting, translated):
    revise(label, "bob")
get("wagtailcore", "Page").objects.update(live=False)  # of no concern here
rows = [*get("therapies", "LabelVersion").objects.order_by("pk").values()]

call_command("migrate", verbosity=0)

from wagtail.models import ModelLogEntry, TaskState, WorkflowState  # noqa: E402
from wagtail.models import Revision as RevisionNow  # noqa: E402

from region_gate.models.sealed import SealedQuerySet  # noqa: E402
from review.four_eyes import approved, authors_of  # noqa: E402
from therapies.chains import CHAINS  # noqa: E402
from therapies.models import Label as LabelNow  # noqa: E402
from therapies.models import LabelText, LabelVersion  # noqa: E402


def told(label):
    texts = {text.language: [text.pk, text.indication, text.is_behind] for text in label.texts.all()}
    days = [str(label.effective_from), str(label.withdrawn_on)]
    return {"region": label.region.code, "live": label.live, "days": days, "texts": texts}


def checked():
    """Return what the check says once the chains from before the key are signed, as in the first night."""
    out = StringIO()
    for chained in CHAINS:
        SealedQuerySet(chained).sign_former()
    with suppress(SystemExit):
        call_command("check_record", stdout=out, stderr=out)
    return out.getvalue().strip()


now = LabelNow.objects.get(pk=en.pk)
latest, last = now.latest_revision, approved(RevisionNow.objects.filter(object_id=str(en.pk))).first()
clean = checked()
unchanged = all(
    row.items() <= LabelVersion.objects.filter(pk=row["id"]).values().get().items() for row in rows
)
call_command("keep_record", stdout=StringIO(), stderr=StringIO())
added = {
    entry.subject: [entry.number, entry.approved_by] for entry in LabelVersion.objects.filter(number__gt=1)
}
json.dump(
    {
        "labels": {str(label.pk): told(label) for label in LabelNow.objects.order_by("pk")},
        "numbers": {
            name: row.pk
            for name, row in {
                "en": en,
                "de": de,
                "fr": fr,
                "ended": ended,
                "newest": newest,
                "behind": behind,
                "first": first,
                "following": following,
                "going_on": going_on,
                "stays": stays,
                "ends": ends,
                "waiting": waiting,
                "translated": translated,
                "refused": refused[0],
            }.items()
        },
        "later": str(LATER),
        "drafts": {text.language: text.indication for text in latest.as_object().texts.all()},
        "authors": sorted(people[name].username for name in people if people[name].pk in authors_of(latest)),
        "approved": {text.language: text.indication for text in last.as_object().texts.all()},
        "opened": sum(
            bool(one.as_object().texts.all()) for one in RevisionNow.objects.filter(content_type_id=KIND.pk)
        ),
        "revisions": RevisionNow.objects.filter(content_type_id=KIND.pk).count(),
        "reviews": [*WorkflowState.objects.order_by("pk").values_list("status", flat=True)],
        "notes": [*TaskState.objects.filter(status="cancelled").values_list("comment", flat=True)],
        "logged": sorted(ModelLogEntry.objects.values_list("object_id", flat=True)),
        "clean": [clean, checked()],
        "unchanged": unchanged,
        "added": added,
        "next": LabelText.objects.create(
            label=now, locale=now.texts.first().locale.__class__.objects.create(language_code="es")
        ).pk,
        "highest": max(LabelNow.objects.order_by("-pk")[0].pk, translated.pk),
    },
    sys.stdout,
)
