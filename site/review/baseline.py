"""The last approved revision, with which a reviewer compares."""

from wagtail.models import Revision

from .four_eyes import approved


def last_approved(revision: Revision) -> Revision | None:
    """Return the latest revision of the same page that a review approved before `revision`."""
    others = Revision.objects.filter(
        base_content_type=revision.base_content_type_id, object_id=revision.object_id, pk__lt=revision.pk
    )
    return approved(others).first()


def compared_with(revision: Revision) -> Revision | None:
    """Return what `revision` is compared with: the last approved one, else what is live or is replaced."""
    live: Revision | None = getattr(revision.content_object, "live_revision", None)
    replaced: Revision | None = getattr(
        getattr(revision.content_object, "replaces", None), "live_revision", None
    )
    return last_approved(revision) or (live if live and live.pk != revision.pk else None) or replaced
