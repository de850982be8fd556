"""Attention to pages whose review is due, by what legal said when it approved them."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model

from region_gate import clock
from review.models import Approval
from therapies.reports.alerts import Alert, Watch, alerts_of, sources

from .conftest import approve, fresh, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def approved(eu_editor, eu_legal, about):
    """A page that is live as legal approved it, and the only one on which an approval stands."""
    Approval.objects.all().delete()
    submit(eu_editor, about)
    approve(eu_legal, about)
    return fresh(about)


def found(name: str = "eu-legal") -> list[Alert]:
    (source,) = [source for source in sources() if source.kind == "pages"]
    return alerts_of(source, Watch(get_user_model().objects.get(username=name)))


def due_in(days: int) -> None:
    Approval.objects.update(review_by=clock.today() + timedelta(days=days))


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (31, []),
        (30, ["Its review is due by"]),
        (0, ["Its review is due by"]),
        (-1, ["Its review was due by"]),
    ],
)
def test_a_page_is_to_be_reviewed_from_some_days_before(approved, days, said):
    due_in(days)
    assert [one.why.partition(" by ")[0] + " by" for one in found()] == said


def test_it_leads_whoever_may_to_the_page(approved, administrator):
    due_in(1)
    (concern,) = found("admin")
    assert administrator.get(concern.address).status_code == 200
    assert (concern.region, concern.subject) == ("eu", f"{approved.title} (English)")


@pytest.mark.parametrize("person", ["us-legal", "us-editor"])
def test_another_region_is_not_asked(approved, person):
    due_in(1)
    assert found(person) == []


def test_of_what_is_down_or_approved_anew_nobody_is_told(approved, eu_editor, eu_legal):
    due_in(1)
    submit(eu_editor, approved, "Written anew")
    approve(eu_legal, approved, code="EU-2026-002")
    assert found() == []
    due_in(1)
    fresh(approved).unpublish()
    assert found() == []


def test_many_pages_take_no_more_queries(approved, eu_editor, eu_legal, django_assert_max_num_queries):
    due_in(1)
    with django_assert_max_num_queries(8):
        assert len(found()) == 1
