"""A topic: what the regions' therapy pages have in common."""

from itertools import count
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from home.access import EDITORS, LEGAL, regions_of
from home.models import Region
from therapies.matching.product_names import SPELLED_OUT

LETTERS = SPELLED_OUT | {ord("ß"): "ss"}
MAX_LENGTH = 200  # characters of a name, and of a slug


class TopicQuerySet(models.QuerySet["Topic"]):
    """Topics, by whose they are."""

    def approved(self) -> Self:
        """Return those that every region may write about."""
        return self.filter(is_approved=True)

    def offered_to(self, user: Any) -> Self:
        """Return those that `user` may choose: the approved, and what their own regions have proposed."""
        if user.is_superuser:
            return self.all()
        own = Topic.proposed_in.through.objects.filter(region__in=regions_of(user, EDITORS, LEGAL))
        return self.filter(Q(is_approved=True) | Q(pk__in=own.values("topic")))

    def called(self, name: str) -> "Topic | None":
        """Return the topic that is called `name`, or would have the same address."""
        return self.filter(Q(name__iexact=name) | Q(slug=slug_of(name))).first()


class Topic(models.Model):
    """A subject, such as liver metastases from colorectal cancer, that regions write about.

    One that editors propose while they write is its regions' own until a page about it is approved.
    """

    name = models.CharField(
        _("name"),
        max_length=MAX_LENGTH,
        unique=True,
        help_text=_("For editors, in lists and in choosers; visitors read the titles of the pages."),
    )
    slug = models.SlugField(
        _("slug"),
        max_length=MAX_LENGTH,
        unique=True,
        blank=True,
        help_text=_("The name as an address would have it. Left blank, it comes from the name."),
    )
    is_approved = models.BooleanField(_("approved"), default=True, db_default=True, editable=False)
    proposed_in = models.ManyToManyField(
        Region, verbose_name=_("proposed in"), blank=True, editable=False, related_name="+"
    )

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the topic, under a free slug from its name where it has none."""
        self.slug = self.slug or self._free_slug()
        super().save(*args, **kwargs)

    def _free_slug(self) -> str:
        stem, others = slug_of(self.name), Topic.objects.exclude(pk=self.pk)
        tries = (stem if number == 1 else f"{stem[: MAX_LENGTH - 6]}-{number}" for number in count(1))
        return next(slug for slug in tries if not others.filter(slug=slug).exists())


def slug_of(name: str) -> str:
    """Return the slug that `name` asks for, umlauts written out; of a name without Latin letters, “topic”."""
    return slugify(name.translate(LETTERS))[:MAX_LENGTH].strip("-") or "topic"
