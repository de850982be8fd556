"""What holds for all regions goes live with the approvals of people from several regional legal teams."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.log_actions import log
from wagtail.models import TaskState

from home.access import LEGAL, regions_of_legal
from home.exceptions import RefusedError
from home.models import Region
from region_gate.signoff import lasting_name

from . import four_eyes
from .team_approval import TeamApproval
from .teams import assign

ACTION = "review.approve_for_team"


def check_settings(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Return what is wrong with REVIEW_SHARED_TEAMS."""
    number = settings.REVIEW_SHARED_TEAMS
    if type(number) is int and number >= 1:
        return []
    return [Error("REVIEW_SHARED_TEAMS must be a whole number from 1 on.", id="review.E002")]


@dataclass(frozen=True, slots=True)
class GivenApproval:
    """An approval that waits for others: whose, for which region's team, when, with which words."""

    person: str
    region: str
    at: datetime
    comment: str

    def __str__(self) -> str:
        return _("Approved by %(person)s for %(region)s.") % {"person": self.person, "region": self.region}


class TeamStanding:
    """How many teams must approve what holds for all regions, and which have."""

    def __init__(self, state: TaskState) -> None:
        """Look at the step `state`."""
        self.state = state

    @cached_property
    def approvals(self) -> list[TeamApproval]:
        """Return the approvals that were given in this step, the first one first."""
        return [*self.state.team_approvals.select_related("approved_by")]

    @cached_property
    def needed(self) -> int:
        """Return how many teams must approve: as many as the setting says, fewer where there are fewer."""
        people = self._people()
        others = {one: teams for one, teams in _members(self.state).items() if one.pk not in people}
        for person in four_eyes.free_to_approve(others, self.state):
            people[person.pk] = others[person]
        return max(1, min(settings.REVIEW_SHARED_TEAMS, len(assign(people))))

    @property
    def missing(self) -> int:
        """Return how many further teams must approve."""
        return max(0, self.needed - len(self._held()))

    @property
    def given(self) -> Iterator[GivenApproval]:
        """Yield the approvals that were given, as people read them."""
        held, names = self._held(), dict(Region.objects.values_list("code", "name"))
        for one in self.approvals:
            code = held.get(_key(one), "")
            person = lasting_name(one.approved_by)
            yield GivenApproval(person, names.get(code, code), one.approved_at, one.comment)

    def completed_by(self, user: Any) -> bool:
        """Say whether no further team must approve once `user` does."""
        return len(self._held(user)) >= self.needed

    def refusal(self, user: Any) -> str:
        """Say why another approval of `user` would count for nothing; blank where it counts."""
        if not self.missing or len(self._held(user)) > len(self._held()):
            return ""
        is_own = user.pk in self._people()
        said = _("You have approved this.") if is_own else _("Your team has approved this.")
        return f"{said} {needs(self.missing)}"

    def __str__(self) -> str:
        return " ".join([*map(str, self.given), needs(self.missing)])

    def _held(self, user: Any = None) -> dict[int, str]:
        """Return which team each of those stands for who have approved, `user` among them."""
        people = self._people()
        if user is not None:
            people.setdefault(user.pk, _teams_of(user))
        return assign(people)

    def _people(self) -> dict[int, list[str]]:
        return {_key(one): one.teams for one in self.approvals}


def needs(number: int) -> str:
    """Say that the approval of `number` more teams is needed."""
    words = ngettext(
        "It needs the approval of one more team.", "It needs the approval of %(number)s more teams.", number
    )
    return words % {"number": number}


def keep(state: TaskState, user: Any, comment: str) -> None:
    """Keep an approval by `user` that others must follow. Raises RefusedError where it counts for nothing."""
    if said := TeamStanding(state).refusal(user):
        raise RefusedError(said)
    teams = _teams_of(user)
    TeamApproval.objects.create(task_state=state, approved_by=user, teams=teams, comment=comment)
    told = {"teams": ", ".join(teams), "comment": comment, "task_state_id": state.pk}
    log(state.revision.content_object, ACTION, user=user, revision=state.revision, data=told)


def sign(state: TaskState, user: Any) -> None:
    """Have those be named with the approval who gave theirs before `user`, the last one."""
    for one in TeamStanding(state).approvals:
        if one.approved_by_id != user.pk:
            TaskState.objects.create(
                workflow_state=state.workflow_state,
                revision=state.revision,
                task=state.task,
                status=TaskState.STATUS_APPROVED,
                finished_at=one.approved_at,
                finished_by=one.approved_by,
                comment=one.comment,
            )


def _key(approval: TeamApproval) -> int:
    """Return the key of the person; of the approval, below nought, where the account is gone."""
    return approval.approved_by_id or -approval.pk


def _members(state: TaskState) -> dict[Any, list[str]]:
    """Return the active members of the legal teams that review `state`, with the codes of their regions."""
    codes = {f"{code}{LEGAL}": code for code in Region.objects.values_list("code", flat=True)}
    groups = state.task.specific.groups.filter(name__in=codes)
    people = get_user_model().objects.filter(is_active=True, groups__in=groups).distinct()
    return {
        person: [codes[group.name] for group in person.groups.all() if group.name in codes]
        for person in people.prefetch_related("groups").order_by("pk")
    }


def _teams_of(user: Any) -> list[str]:
    """Return the codes of the regions for whose legal team `user` may speak."""
    return [*regions_of_legal(user).values_list("code", flat=True)]
