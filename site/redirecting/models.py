"""The rules as administrators keep them, and how often visitors meet them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self

from ada_url import URL
from django.contrib.admin import display
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from redirects.models import Redirect as LibraryRedirect
from wagtail.models import Site

from region_gate import clock
from region_gate.snapshot import policies_in_force

from .addresses import GROUP, InvalidRuleError, canonical, groups_in, read_template
from .rules import Match, Rule, Rules

# Sent where many rules are written at once, for which Django sends no signal of its own.
rules_changed = Signal()

# What people write; `counter` and `updated_at` are written by visitors only.
WRITTEN = ["old_path", "new_path", "match", "type_status_code", "priority", "notes"]


class RedirectQuerySet(models.QuerySet["Redirect"]):
    """Rules, by what is asked of them."""

    def active(self) -> Self:
        """Return the rules that hold: here every rule holds on every host, so `site` is empty."""
        return self.filter(site=None)

    def candidates(self, address: str) -> Self:
        """Return the rules among which one for `address` (path and query) must be."""
        whole = canonical(address)
        exact = Q(match=Match.EXACT.value, old_path__in={whole, whole.partition("?")[0]})
        others = Q(match__in=[Match.PREFIX.value, Match.REGEX.value])
        return self.active().filter(exact | others).order_by()

    def as_rules(self) -> Rules:
        """Return them as plain values, with one query."""
        rows = self.values_list("old_path", "new_path", "match", "type_status_code", "priority", "pk")
        return Rules.of((Rule(*row) for row in rows), own_hosts(), let_through)

    def count_hit(self, pk: int) -> None:
        """Count a visitor whom rule `pk` has led on, in one statement, so that no count is lost."""
        self.filter(pk=pk).update(counter=F("counter") + 1, updated_at=timezone.now())


class Redirect(LibraryRedirect):
    """The library's rule, of which only the changed fields are saved.

    An edit leaves the count of visitors alone, and `updated_at` is when the last one came: when and
    by whom a rule was edited stands in its history.
    """

    objects = RedirectQuerySet.as_manager()

    class Meta:
        proxy = True
        verbose_name = _("redirect")
        verbose_name_plural = _("redirects")
        ordering: ClassVar = ["old_path", "pk"]

    def __str__(self) -> str:
        return f"{self.old_path} → {self.new_path}"

    def clean(self) -> None:
        """Refuse a rule by which visitors would choose the page of another host."""
        super().clean()
        if host := self.open_host:
            raise ValidationError({"new_path": self.advice(host)})

    @property
    def open_host(self) -> str:
        """Return the foreign host of which visitors would choose the page, blank if there is none."""
        if self.match != Match.REGEX or not groups_in(self.new_path):
            return ""
        try:
            target = GROUP.sub("x", read_template(self.new_path.strip()))
        except InvalidRuleError:
            return ""
        rule = Rule(self.old_path, self.new_path, self.match)
        is_open = Rules(own_hosts=frozenset(own_hosts()), let_through=let_through).is_open(rule, target)
        return URL(target).host if is_open else ""

    @staticmethod
    def advice(host: str) -> str:
        """Return what to do about a rule by which visitors choose the page of `host`."""
        words = _(
            "Visitors could choose any page of %(host)s, so this leads nowhere. Type one whole address for"
            " each page, or ask legal for a policy that lets %(host)s through."
        )
        return str(words) % {"host": host}

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the fields that people write, the source in its canonical spelling."""
        if self.match != Match.REGEX:
            self.old_path = canonical(self.old_path)  # type: ignore[has-type] # the library has no types
        if not self._state.adding and not args:
            kwargs.setdefault("update_fields", WRITTEN)
        super().save(*args, **kwargs)

    @display(description=_("From"), ordering="old_path")
    def source(self) -> str:
        """Return the source, for the list."""
        return self.old_path

    @property
    def last_hit(self) -> datetime | None:
        """When the last visitor was led on, if ever."""
        return self.updated_at if self.counter else None


def current_rules() -> Rules:
    """Return all rules that hold now as one plain value, to be kept and asked many times."""
    return Redirect.objects.active().as_rules()


def let_through(url: str) -> bool:
    """Say whether one of legal's policies in force lets visitors through to `url` (absolute)."""
    return policies_in_force(clock.today()).let_through(url)


def own_hosts() -> list[str]:
    """Return our hosts as origins, such as "https://www.example.com"."""
    return [URL(root.root_url).origin for root in Site.get_site_root_paths()]
