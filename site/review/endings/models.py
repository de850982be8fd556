"""What legal ends at once, who asked for it and what others said: rows that are kept for good."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from home.models import Region
from region_gate.models.append_only import AppendOnlyModel, AppendOnlyQuerySet
from therapies.models import Label


def _person(*, is_needed: bool = True) -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=not is_needed,
        related_name="+",
        verbose_name=_("by"),
    )


class WithdrawalQuerySet(AppendOnlyQuerySet["UrgentWithdrawal"]):
    """Urgent withdrawals, by what is asked of them."""

    def waiting(self) -> "WithdrawalQuerySet":
        """Return those that no second person has spoken on."""
        return self.filter(opinion=None).select_related("label__product", "label__region", "by")


class UrgentWithdrawal(AppendOnlyModel):
    """One person's end of a label, at once: `revision` says the label's live words, and that it has ended."""

    label = models.ForeignKey(
        Label, on_delete=models.PROTECT, related_name="urgent_withdrawals", verbose_name=_("label")
    )
    revision = models.OneToOneField(
        Revision, on_delete=models.PROTECT, related_name="urgent_withdrawal", verbose_name=_("revision")
    )
    ended_on = models.DateField(_("ended on"))
    reason = models.TextField(_("reason"))
    by = _person()
    at = models.DateTimeField(_("at"), auto_now_add=True)

    objects = WithdrawalQuerySet.as_manager()

    class Meta(AppendOnlyModel.Meta):
        verbose_name = _("urgent withdrawal")
        verbose_name_plural = _("urgent withdrawals")
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.label.product} – {self.label.region}"


class SecondOpinion(AppendOnlyModel):
    """What a second person said of an urgent withdrawal, which stands either way."""

    withdrawal = models.OneToOneField(
        UrgentWithdrawal, on_delete=models.PROTECT, related_name="opinion", verbose_name=_("withdrawal")
    )
    is_confirmed = models.BooleanField(_("confirmed"))
    reason = models.TextField(_("reason"), blank=True)
    by = _person()
    at = models.DateTimeField(_("at"), auto_now_add=True)

    objects = AppendOnlyQuerySet["SecondOpinion"].as_manager()

    class Meta(AppendOnlyModel.Meta):
        verbose_name = _("second opinion")
        verbose_name_plural = _("second opinions")
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.withdrawal}, {self.at:%Y-%m-%d %H:%M:%S %Z}"


class PageTakeDown(AppendOnlyModel):
    """That legal took the page numbered `page` down; `head` is the page at which that was decided.

    Without a person, the site itself did so, because its review was overdue.
    """

    page = models.PositiveBigIntegerField(_("page’s number"), db_index=True)
    title = models.CharField(_("title"), max_length=255)
    head = models.PositiveBigIntegerField(_("decided at the page"))
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="page_take_downs", verbose_name=_("region")
    )
    reason = models.TextField(_("reason"))
    by = _person(is_needed=False)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    objects = AppendOnlyQuerySet["PageTakeDown"].as_manager()

    class Meta(AppendOnlyModel.Meta):
        verbose_name = _("page taken down")
        verbose_name_plural = _("pages taken down")
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.title


class TakeDownRequest(AppendOnlyModel):
    """That an editor asks legal to take the page numbered `page` down."""

    page = models.PositiveBigIntegerField(_("page’s number"), db_index=True)
    title = models.CharField(_("title"), max_length=255)
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="take_down_requests", verbose_name=_("region")
    )
    reason = models.TextField(_("reason"))
    by = _person()
    at = models.DateTimeField(_("at"), auto_now_add=True)

    objects = AppendOnlyQuerySet["TakeDownRequest"].as_manager()

    class Meta(AppendOnlyModel.Meta):
        verbose_name = _("request to take a page down")
        verbose_name_plural = _("requests to take pages down")
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.title


class TakeDownAnswer(AppendOnlyModel):
    """What legal answered to such a request."""

    request = models.OneToOneField(
        TakeDownRequest, on_delete=models.PROTECT, related_name="answer", verbose_name=_("request")
    )
    is_granted = models.BooleanField(_("granted"))
    reason = models.TextField(_("reason"), blank=True)
    by = _person()
    at = models.DateTimeField(_("at"), auto_now_add=True)

    objects = AppendOnlyQuerySet["TakeDownAnswer"].as_manager()

    class Meta(AppendOnlyModel.Meta):
        verbose_name = _("answer to a request")
        verbose_name_plural = _("answers to requests")
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.request}, {self.at:%Y-%m-%d %H:%M:%S %Z}"
