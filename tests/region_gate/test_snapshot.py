"""What the gate stands on is read anew as soon as it changes, and otherwise costs one query."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from region_gate import clock, snapshot
from region_gate.links.destinations import DestinationKind
from region_gate.links.policies import Decision
from region_gate.models import Policy

pytestmark = pytest.mark.django_db

PAGE = "http://testserver/eu/"
HOST = "partner.test"


def make(**values: object) -> Policy:
    """Return a saved policy that is live and blocks HOST, but for `values`."""
    plain = {"decision": Decision.BLOCKED, "host": HOST, "reason": "Asked for.", "live": True}
    policy = Policy(**{**plain, **values})
    policy.full_clean()
    policy.save()
    return policy


def kind() -> DestinationKind:
    return snapshot.viewpoint(PAGE).classify(f"https://{HOST}/").kind


def test_the_snapshot_takes_one_query(django_assert_num_queries):
    snapshot.current()
    with django_assert_num_queries(1):
        snapshot.current()


def test_a_policy_governs_the_next_page_and_ends_at_once():
    assert kind() is DestinationKind.THIRD_PARTY
    policy = make()
    assert kind() is DestinationKind.BLOCKED
    policy.decision = Decision.EXEMPT
    policy.save()
    assert kind() is DestinationKind.EXEMPT
    policy.delete()
    assert kind() is DestinationKind.THIRD_PARTY


def test_a_draft_does_nothing():
    make(live=False)
    assert kind() is DestinationKind.THIRD_PARTY


def test_a_rolled_back_policy_leaves_nothing_behind():
    with transaction.atomic():
        make()
        assert kind() is DestinationKind.BLOCKED
        transaction.set_rollback(True)
    assert kind() is DestinationKind.THIRD_PARTY


def test_a_policy_is_in_force_from_its_first_day_to_its_last():
    first, last = date(2027, 3, 1), date(2027, 3, 3)
    make(starts=first, ends=last)
    for day, expected in [
        (first - timedelta(days=1), DestinationKind.THIRD_PARTY),
        (first, DestinationKind.BLOCKED),
        (last, DestinationKind.BLOCKED),
        (last + timedelta(days=1), DestinationKind.THIRD_PARTY),
    ]:
        with time_machine.travel(f"{day}T23:59:59Z", tick=False):
            assert kind() is expected, day


def refusals(**values: object) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as refusal:
        make(**values)
    return refusal.value.message_dict


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("Example.ORG", "example.org"), ("exämple.org", "xn--exmple-cua.org"), ("example.org.", "example.org")],
)
def test_a_host_is_kept_as_browsers_spell_it(typed, kept):
    assert make(host=typed).host == kept


@pytest.mark.parametrize("host", ["https://a.org", "a.org/x", "a b.org", "user@a.org", "[::1", "", "a.org?x"])
def test_what_is_no_host_is_refused(host):
    assert refusals(host=host)["host"]


@pytest.mark.parametrize("path", ["reporting", "/a?b", "/a#b", "https://a.org/"])
def test_what_is_no_path_is_refused(path):
    assert refusals(path=path)["path"]


def test_what_contradicts_itself_is_refused():
    assert "which region" in refusals(decision=Decision.OURS)["region"][0]
    assert "no region with this code" in refusals(decision=Decision.OURS, region="atlantis")["region"][0]
    assert "Only" in refusals(region="eu")["region"][0]
    assert "no region" in refusals(source="atlantis")["source"][0]
    assert "whole host" in refusals(decision=Decision.HOMEPAGE_ONLY, path="/a/")["path"][0]
    assert "before the first day" in refusals(starts=clock.today(), ends=date(2020, 1, 1))["ends"][0]
    assert refusals(reason="")["reason"]


def test_a_tie_is_refused_by_name_and_by_the_database():
    first = make()
    assert str(first) in refusals(decision=Decision.EXEMPT, host="PARTNER.test.")["host"][0]
    twin = Policy(decision=Decision.EXEMPT, host=HOST, reason="Sneaked in.", live=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_policies_for_other_paths_sources_or_subdomains_are_no_ties():
    policies = [make(), make(path="/a/"), make(source="eu"), make(subdomains=True)]
    assert {*policies} <= {*Policy.objects.in_force(clock.today())}
