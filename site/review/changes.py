"""What a reviewer must read: the words that are not as they were approved before."""

from dataclasses import dataclass

from wagtail.models import Page, Revision, TaskState

from region_gate.differences import Phrase, compare
from therapies.shown import shown_by


@dataclass(frozen=True, slots=True)
class Change:
    """A field whose words differ from the approved ones, phrase by phrase."""

    field: str
    phrases: tuple[Phrase, ...]


def last_approved(revision: Revision) -> Revision | None:
    """Return the latest revision of the same page that a review approved before `revision`."""
    approved = Revision.objects.filter(
        base_content_type=revision.base_content_type_id,
        object_id=revision.object_id,
        pk__lt=revision.pk,
        task_states__status=TaskState.STATUS_APPROVED,
    )
    return approved.order_by("-pk").first()


def compared_with(revision: Revision) -> Revision | None:
    """Return what `revision` is compared with: the last approved one, else what is live."""
    live: Revision | None = getattr(revision.content_object, "live_revision", None)
    return last_approved(revision) or (live if live and live.pk != revision.pk else None)


def changes(before: Page | None, after: Page) -> list[Change]:
    """Return what `after` says otherwise than `before`, by field; all of it without a before."""
    old = _words(before) if before else {}
    new = _words(after)
    found = ((field, compare(old.get(field, ""), new.get(field, ""))) for field in {**new, **old})
    return [Change(field, phrases) for field, phrases in found if phrases]


def _words(page: Page) -> dict[str, str]:
    """Return the words of each field of `page`, in the fields' order; what has one name stands together."""
    words: dict[str, str] = {}
    for shown in shown_by(page):
        words[shown.field] = f"{words.get(shown.field, '')} {shown.words}".strip()
    return words
