"""Labels of one product and region, one in each language until now, become one with all their texts.

What agrees is joined. Of labels in force that do not agree the newest one is the present, and the others'
texts in it are behind. What visitors read stays the same on every day, but where one language was to end
before the others: then all end on that day, for no text may stay up that legal has ended. Texts keep the
numbers that their labels had, so that their record goes on.
"""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count, groupby
from typing import Any

from django.db import migrations
from django.db.models import Max
from django.utils import timezone

from region_gate import clock

APPROVED = ("approved", "withdrawn")
OPEN = ("in_progress", "needs_changes")
AGREEING = ("live", "status", "effective_from", "withdrawn_on", "registration_number", "audience")
TEXT = ("indication", "safety_information", "authority", "instructions_document", "instructions_url")
OF_LANGUAGE = (*TEXT, "locale", "translation_key")
NOTE = "This review ended when the label’s languages became one label. Send the label to review again."
JOINED = "therapies.join_label"


@dataclass
class Group:
    """Labels that become one: `chief`, whose facts it keeps, with `rows`, one for each language.

    `behind` are the languages whose text is older, `copied` texts of labels before it that went on, and
    `drafts` rows that were never live, whose texts are in its draft only.
    """

    chief: Any
    rows: list[Any]
    behind: set[int] = field(default_factory=set)
    copied: list[Any] = field(default_factory=list)
    drafts: list[Any] = field(default_factory=list)
    ends: date | None = None

    @property
    def locales(self) -> set[int]:
        return {row.locale_id for row in (*self.rows, *self.drafts)}

    @property
    def starts(self) -> date:
        return self.chief.effective_from

    @property
    def everything(self) -> list[Any]:
        return sorted((*self.rows, *self.drafts), key=lambda row: row.locale_id)

    @property
    def is_joined(self) -> bool:
        return len(self.rows) + len(self.drafts) > 1


def groups_of(rows: Iterable[Any], today: date) -> list[Group]:
    """Return how the labels of one product and region are joined."""
    agreed = [*_agreed(row for row in rows if row.live)]
    present = [group for group in agreed if _is_present(group.chief, today)]
    joined = _in_turn(_joined(present, today))
    others = [group for group in agreed if not any(group is one for one in present)]
    drafts = [*_waiting([row for row in rows if not row.live], joined)]
    return [*joined, *others, *drafts]


def _agreed(rows: Iterable[Any]) -> Iterator[Group]:
    """Give those joined that say the same but for their words, one in each language."""
    groups: dict[tuple[Any, ...], list[Group]] = {}
    for row in sorted(rows, key=lambda row: (row.locale_id, row.pk)):
        alike = groups.setdefault(tuple(getattr(row, name) for name in AGREEING), [])
        free = next((group for group in alike if row.locale_id not in group.locales), None)
        if free:
            free.rows.append(row)
        else:
            alike.append(Group(row, [row], ends=row.withdrawn_on))
    for alike in groups.values():
        yield from alike


def _is_present(row: Any, today: date) -> bool:
    start, end = row.effective_from, row.withdrawn_on
    is_over = end is not None and (end <= today or (start is not None and end <= start))
    return row.status in APPROVED and start is not None and not is_over


def _joined(present: list[Group], today: date) -> list[Group]:
    """Return the groups whose labels are in force together joined, the newest one of each as the chief."""
    kept: list[Group] = []
    for group in sorted(present, key=lambda group: (group.starts, -group.chief.locale_id), reverse=True):
        chief = next((one for one in kept if _go_together(one, group, today)), None)
        if chief is None:
            kept.append(group)
            continue
        chief.behind |= group.locales
        chief.rows += group.rows
        chief.ends = min(filter(None, (chief.ends, group.ends)), default=None)
    return sorted(kept, key=lambda group: group.starts)


def _go_together(one: Group, other: Group, today: date) -> bool:
    begin_together = one.starts == other.starts or max(one.starts, other.starts) <= today
    return begin_together and one.locales.isdisjoint(other.locales)


def _in_turn(groups: list[Group]) -> list[Group]:
    """Return `groups` one after the other: a language that went on beside a new label goes on in it."""
    for before, after in zip(groups, groups[1:], strict=False):
        went_on = [row for row in (*before.rows, *before.copied) if not _has_ended(row, after.starts)]
        after.copied = [row for row in went_on if row.locale_id not in after.locales]
        before.ends = min(filter(None, (before.ends, after.starts)))
    return groups


def _has_ended(row: Any, on: date) -> bool:
    return row.withdrawn_on is not None and row.withdrawn_on <= on


def _waiting(drafts: list[Any], joined: list[Group]) -> Iterator[Group]:
    """Give the drafts as groups, but for those that are translations of a label of `joined`."""
    own = []
    for row in drafts:
        whole = next((group for group in joined if _is_translation(row, group)), None)
        if whole is None:
            own.append(row)
        else:
            whole.drafts.append(row)
    for _key, rows in groupby(sorted(own, key=lambda row: str(row.translation_key)), _key_of):
        yield from _agreed(rows)


def _is_translation(row: Any, group: Group) -> bool:
    is_free = row.locale_id not in group.locales and row.first_published_at is None
    of_it = any(row.translation_key == one.translation_key for one in group.rows)
    same = all(getattr(row, name) == getattr(group.chief, name) for name in AGREEING[1:])
    return is_free and of_it and same


def _key_of(row: Any) -> Any:
    return row.translation_key


def join_labels(apps: Any, schema_editor: Any) -> None:
    """Join the labels of each product and region."""
    site = Site(apps)
    label = apps.get_model("therapies", "Label")
    rows = [*label.objects.order_by("product_id", "region_id", "locale_id", "pk")]
    for _place, found in groupby(rows, lambda row: (row.product_id, row.region_id)):
        for group in groups_of([*found], clock.today()):
            site.join(group)
    _number_from(apps, schema_editor)


class Site:
    """The database of before."""

    def __init__(self, apps: Any) -> None:
        """Find the models."""
        self.get = apps.get_model
        self.label, self.text = self.get("therapies", "Label"), self.get("therapies", "LabelText")
        self.revision = self.get("wagtailcore", "Revision")
        kinds = self.get("contenttypes", "ContentType").objects
        self.kind = kinds.filter(app_label="therapies", model="label").first()
        ours = kinds.filter(app_label="review", model__in=("legalreview", "pagereview"))
        self.numbers = count(_last_number(apps) + 1)
        self.reviews = {*ours.values_list("pk", flat=True)}

    def join(self, group: Group) -> None:
        """Make one label of `group`, with its texts, its revisions and all that points to them."""
        self._add_texts(group)
        if self.kind:
            revisions = self._convert(group)
            if group.is_joined:
                self._end_reviews(group)
                self._move(group)
                self._add_drafts(group, revisions)
                self._log(group)
            self._refer(group)
        self._settle(group)

    def _add_texts(self, group: Group) -> None:
        for row in group.rows:
            self.text.objects.create(
                pk=row.pk, label_id=group.chief.pk, is_behind=row.locale_id in group.behind, **_text_of(row)
            )
        for row in group.copied:
            self.text.objects.create(
                pk=next(self.numbers), label_id=group.chief.pk, is_behind=True, **_text_of(row)
            )

    def _convert(self, group: Group) -> list[Any]:
        """Give each revision the texts that were published in the other languages when it was made."""
        rows = {str(row.pk): row for row in group.everything}
        found = self.revision.objects.filter(base_content_type=self.kind, object_id__in=rows)
        revisions = [*found.order_by("pk")]
        published = self._published(revisions, group)
        texts = {
            row.locale_id: _in_json(row, group)
            for row in group.rows
            if not any(
                revision.pk in published for revision in revisions if revision.object_id == str(row.pk)
            )
        }
        for revision in revisions:
            row = rows[revision.object_id]
            own = _of_content(revision.content, row, group)
            whole = {**texts, row.locale_id: own}
            revision.own = own
            revision.content = _facts(revision.content, group, whole)
            revision.row = row
            if revision.pk in published:
                texts = whole
            revision.save(update_fields=["content"])
        return revisions

    def _published(self, revisions: list[Any], group: Group) -> set[int]:
        states = self.get("wagtailcore", "TaskState").objects.filter(
            status="approved", finished_by__isnull=False, task__content_type__in=self.reviews
        )
        approved = states.filter(revision__in=[revision.pk for revision in revisions])
        live = {row.live_revision_id for row in group.everything if row.live_revision_id}
        return live | {*approved.values_list("revision", flat=True)}

    def _end_reviews(self, group: Group) -> None:
        """Cancel the reviews and schedules of what was one language's alone."""
        now, theirs = timezone.now(), [str(row.pk) for row in group.everything]
        states = self.get("wagtailcore", "WorkflowState").objects.filter(
            base_content_type=self.kind, object_id__in=theirs, status__in=OPEN
        )
        for state in states:
            steps = self.get("wagtailcore", "TaskState").objects.filter(workflow_state=state.pk)
            steps.filter(status="in_progress").update(status="cancelled", finished_at=now, comment=NOTE)
        states.update(status="cancelled")
        scheduled = self.revision.objects.filter(base_content_type=self.kind, object_id__in=theirs)
        scheduled.exclude(approved_go_live_at=None).update(approved_go_live_at=None)

    def _move(self, group: Group) -> None:
        """Have all that was about the other rows be about the chief."""
        others = [str(row.pk) for row in group.everything if row.pk != group.chief.pk]
        about = {"base_content_type": self.kind, "object_id__in": others}
        for model in ("Revision", "WorkflowState"):
            self.get("wagtailcore", model).objects.filter(**about).update(object_id=str(group.chief.pk))
        logged = self.get("wagtailcore", "ModelLogEntry").objects
        logged.filter(content_type=self.kind, object_id__in=others).update(object_id=str(group.chief.pk))
        self.get("wagtailcore", "ReferenceIndex").objects.filter(**about).delete()
        indexed = self.get("wagtailsearch", "IndexEntry").objects
        indexed.filter(content_type=self.kind, object_id__in=others).delete()

    def _add_drafts(self, group: Group, revisions: list[Any]) -> None:
        """Take up each language's drafts again, one upon the other, by the people who wrote them."""
        whole = {row.locale_id: _in_json(row, group) for row in group.rows}
        whole |= {row.locale_id: {**_in_json(row, group), "pk": None} for row in group.copied}
        facts = next(
            (one.content for one in reversed(revisions) if one.pk == group.chief.live_revision_id), None
        )
        for number, revision in enumerate(one for one in revisions if _is_draft(one)):
            whole[revision.row.locale_id] = revision.own
            if facts is None or revision.row.pk == group.chief.pk:
                facts = revision.content
            self.revision.objects.create(
                content_type=revision.content_type,
                base_content_type=revision.base_content_type,
                object_id=str(group.chief.pk),
                created_at=timezone.now() + timedelta(microseconds=number),
                user_id=revision.user_id,
                object_str=revision.object_str,
                content=_facts(facts, group, whole),
            )

    def _log(self, group: Group) -> None:
        languages = [row.locale.language_code for row in group.everything]
        self.get("wagtailcore", "ModelLogEntry").objects.create(
            content_type=self.kind,
            object_id=str(group.chief.pk),
            label=f"{group.chief.product.name} – {group.chief.region.name}",
            action=JOINED,
            data={"languages": languages, "labels": [row.pk for row in group.everything]},
            timestamp=timezone.now(),
        )

    def _refer(self, group: Group) -> None:
        """Keep Wagtail's index of what refers to what."""
        index = self.get("wagtailcore", "ReferenceIndex").objects
        about = index.filter(base_content_type=self.kind, object_id=str(group.chief.pk))
        about.filter(model_path="instructions_document").delete()
        kinds = self.get("contenttypes", "ContentType").objects
        document = kinds.filter(app_label="wagtaildocs", model="document").first()
        for text in self.text.objects.filter(label=group.chief.pk).exclude(instructions_document=None):
            path = f"texts.{text.pk}.instructions_document"
            index.create(
                content_type=self.kind,
                base_content_type=self.kind,
                object_id=str(group.chief.pk),
                to_content_type=document,
                to_object_id=str(text.instructions_document_id),
                model_path="texts.item.instructions_document",
                content_path=path,
                content_path_hash=uuid.uuid5(uuid.UUID("bdc70d8b-e7a2-4c2a-bf43-2a3e3fcbbe86"), path),
            )

    def _settle(self, group: Group) -> None:
        """Keep the chief's row with what is true of all, and delete the others."""
        chief = group.chief
        chief.withdrawn_on = group.ends
        due = [row.review_by for row in group.rows if row.review_by]
        chief.review_by = min(
            (day for day in due if day >= (chief.effective_from or day)), default=chief.review_by
        )
        if group.is_joined and self.kind:
            self._point_to_revisions(group)
        chief.save()
        others = [row.pk for row in group.everything if row.pk != chief.pk]
        self.label.objects.filter(pk__in=others).delete()

    def _point_to_revisions(self, group: Group) -> None:
        chief = group.chief
        theirs = self.revision.objects.filter(base_content_type=self.kind, object_id=str(chief.pk))
        latest = theirs.order_by("-created_at", "-pk").first()
        live = [row.live_revision_id for row in group.rows if row.live_revision_id]
        chief.latest_revision_id = latest.pk if latest else None
        chief.live_revision_id = max(live, default=None)
        chief.has_unpublished_changes = any(
            row.has_unpublished_changes or not row.live for row in group.everything
        )
        published = [row.last_published_at for row in group.rows if row.last_published_at]
        chief.last_published_at = max(published, default=None)


def _text_of(row: Any) -> dict[str, Any]:
    text = {name: getattr(row, name) for name in TEXT if name != "instructions_document"}
    return {**text, "instructions_document_id": row.instructions_document_id, "locale_id": row.locale_id}


def _in_json(row: Any, group: Group) -> dict[str, Any]:
    """Return the text of `row` as a revision keeps it."""
    said = {name: getattr(row, name) for name in TEXT if name != "instructions_document"}
    return _text({**said, "instructions_document": row.instructions_document_id}, row, group)


def _of_content(content: dict[str, Any], row: Any, group: Group) -> dict[str, Any]:
    return _text({name: content.get(name) for name in TEXT}, row, group)


def _text(said: dict[str, Any], row: Any, group: Group) -> dict[str, Any]:
    numbers = {"pk": row.pk, "label": group.chief.pk, "locale": row.locale_id}
    return {**numbers, **said, "decision": "", "decided_on": "", "is_behind": row.locale_id in group.behind}


def _facts(content: dict[str, Any], group: Group, texts: dict[int, dict[str, Any]]) -> dict[str, Any]:
    """Return a revision's `content` as that of the label with `texts`."""
    kept = {name: value for name, value in content.items() if name not in OF_LANGUAGE}
    in_order = [texts[locale] for locale in sorted(texts)]
    return {**kept, "pk": group.chief.pk, "replaces": None, "texts": in_order}


def _is_draft(revision: Any) -> bool:
    """Say whether `revision` was not published, nor one of its label's after it."""
    row = revision.row
    return revision.pk > (row.live_revision_id or 0) and (row.has_unpublished_changes or not row.live)


def _last_number(apps: Any) -> int:
    """Return the highest number that a label, a text or what is on record has."""
    counted = (("Label", "pk"), ("LabelText", "pk"), ("LabelVersion", "subject"))
    found = (apps.get_model("therapies", name).objects.aggregate(last=Max(key)) for name, key in counted)
    return max(one["last"] or 0 for one in found)


def _number_from(apps: Any, schema_editor: Any) -> None:
    """Give no text the number of an older one, deleted ones included: their record would seem to go on."""
    connection, last = schema_editor.connection, _last_number(apps)
    if not last:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT setval(pg_get_serial_sequence('therapies_labeltext', 'id'), %s)", [last])
            return
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = 'therapies_labeltext'")
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('therapies_labeltext', %s)", [last])


def keep_joined(apps: Any, schema_editor: Any) -> None:
    """Refuse to part what has been joined: what each language had of its own is gone."""
    if apps.get_model("therapies", "LabelText").objects.exists():
        raise RuntimeError("Labels that are one cannot be parted again. Restore the database of before.")


class Migration(migrations.Migration):
    dependencies = [
        ("therapies", "0007_label_texts"),
        ("home", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailsearch", "0010_add_text_fields"),
    ]

    operations = [migrations.RunPython(join_labels, keep_joined)]
