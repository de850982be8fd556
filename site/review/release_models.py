"""A release, its parts, and the pages that legal leaves out of it."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from home.models import Region

LATE_AFTER = timedelta(minutes=15)  # the schedule runs every few minutes


class ReleaseState(models.TextChoices):
    """How far a release is."""

    DRAFT = "draft", _("Being put together")
    PREPARED = "prepared", _("Prepared")
    SCHEDULED = "scheduled", _("Scheduled")
    LIVE = "live", _("Live")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


# Until then a release holds its parts.
OVER = (ReleaseState.LIVE, ReleaseState.CANCELLED)


class ReleaseQuerySet(models.QuerySet["Release"]):
    """Releases, by what is asked of them."""

    def open(self) -> Self:
        """Return those that are neither live nor cancelled."""
        return self.exclude(state__in=OVER)

    def due(self, now: datetime) -> Self:
        """Return those whose moment has come, the earliest first."""
        due = self.filter(state=ReleaseState.SCHEDULED, goes_live_at__lte=now)
        return due.order_by("goes_live_at", "pk")

    def held(self) -> Self:
        """Return the releases, each locked until the transaction ends."""
        return self.select_for_update(of=("self",))


class Release(models.Model):
    """A set that goes live at one moment, all of it or nothing."""

    name = models.CharField(_("name"), max_length=200)
    reason = models.TextField(_("reason"), help_text=_("What it is for; kept with the release."))
    regions = models.ManyToManyField(Region, verbose_name=_("regions"), related_name="releases")
    goes_live_at = models.DateTimeField(
        _("goes live at"), null=True, blank=True, help_text=_("Blank: when somebody presses the button.")
    )
    state = models.CharField(
        _("state"), max_length=12, choices=ReleaseState, default=ReleaseState.DRAFT, editable=False
    )
    faults = models.JSONField(_("what was found"), default=list, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("created by"),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    live_at = models.DateTimeField(_("live since"), null=True, editable=False)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering: ClassVar = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of its screen."""
        return reverse("release", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Say whether it still holds its parts."""
        return self.state not in OVER

    @property
    def may_change(self) -> bool:
        """Say whether its parts and its date may change: not once it is scheduled, nor over."""
        return self.is_open and self.state != ReleaseState.SCHEDULED

    @property
    def lateness(self) -> timedelta | None:
        """Return by how much it went live after its moment, None where it was in time."""
        if not (self.live_at and self.goes_live_at):
            return None
        late = self.live_at - self.goes_live_at
        return late if late > LATE_AFTER else None

    def is_overdue(self, now: datetime) -> bool:
        """Say whether its moment has passed without the schedule having run."""
        if self.state != ReleaseState.SCHEDULED or self.goes_live_at is None:
            return False
        return now - self.goes_live_at > LATE_AFTER


class ReleaseItemQuerySet(models.QuerySet["ReleaseItem"]):
    """Parts, by what is asked of them."""

    def of(self, thing: Any) -> Self:
        """Return the parts that are about `thing`, of all releases."""
        kind = base_type_of(thing)
        return self.filter(content_type=kind, object_id=str(thing.pk)) if thing.pk else self.none()

    def holding(self, thing: Any) -> "ReleaseItem | None":
        """Return the part by which an open release holds `thing`, None where none does."""
        return self.of(thing).filter(is_open=True).select_related("release").first()


class ReleaseItem(models.Model):
    """A part of a release: a page or snippet, with just the revision that goes live.

    It may be a part of one open release only: the database sees to that. What it was is told by
    `title` and `revision_number` even when it is deleted.
    """

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="items")
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.CharField(max_length=255)
    revision = models.ForeignKey(Revision, null=True, on_delete=models.SET_NULL, related_name="release_items")
    revision_number = models.PositiveBigIntegerField(null=True)
    title = models.CharField(max_length=255)
    is_open = models.BooleanField(default=True)
    was_live = models.BooleanField(default=False)
    renews = models.BooleanField(default=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    added_at = models.DateTimeField(default=timezone.now)

    objects = ReleaseItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("part of a release")
        verbose_name_plural = _("parts of releases")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"],
                condition=models.Q(is_open=True),
                name="one_open_release_for_each_part",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def thing(self) -> Any:
        """Return the page or snippet as it is stored, None where it has been deleted."""
        model: Any = self.content_type.model_class()
        found = model._base_manager.filter(pk=self.object_id).first()
        return found.specific if isinstance(found, Page) else found


class LeftOutPage(models.Model):
    """A page that legal leaves under its old approval code, and why."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="left_out")
    page = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(max_length=255)
    reason = models.TextField(_("reason"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("page left out")
        verbose_name_plural = _("pages left out")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["release", "page"], name="left_out_once_of_each_release")
        ]

    def __str__(self) -> str:
        return self.title


def base_type_of(thing: Any) -> ContentType:
    """Return the kind under which the revisions of `thing` are kept: a page's is Page."""
    model = Page if isinstance(thing, Page) else type(thing)
    return ContentType.objects.get_for_model(model, for_concrete_model=False)
