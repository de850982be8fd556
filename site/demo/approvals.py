"""What the demo's legal teams have said of its pages: sample approvals, to be renewed in a year."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from wagtail.models import Revision

from region_gate import clock
from review.models import Approval

STANDS = timedelta(days=365)


def approve(revision: Revision, region: str, language: str, name: str) -> None:
    """Approve `revision` of the page called `name`, in the name of the legal team of `region`."""
    today = clock.today()
    Approval.objects.create(
        page_id=int(revision.object_id),
        revision=revision,
        code=f"SAMPLE-{region}-{language}-{name}".upper(),
        prepared_on=today,
        review_by=today + STANDS,
        approved_by=get_user_model().objects.get(username=f"{region}-legal"),
    )
