"""What is on record, of whichever kind, is added and neither changed nor deleted."""

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from legal_holds.deciding import set_hold
from legal_holds.forms import named_by
from region_gate.clock import today
from region_gate.models import LateSignature, NoticeWithdrawal
from region_gate.models.append_only import AppendOnlyModel, AppendOnlyQuerySet, RecordError
from review.endings.models import (
    PageTakeDown,
    SecondOpinion,
    TakeDownAnswer,
    TakeDownRequest,
    UrgentWithdrawal,
)
from therapies.models import Anchor, Label, LabelEnd

pytestmark = pytest.mark.django_db
ON_RECORD = [model for model in apps.get_models() if issubclass(model, AppendOnlyModel)]


def test_notices_labels_pages_and_files_are_on_record():
    assert {model.__name__ for model in ON_RECORD} == {
        *(
            "NoticeVersion",
            "LabelVersion",
            "StatementVersion",
            "Publication",
            "RecordedFile",
            "LateSignature",
            "Anchor",
            "NoticeWithdrawal",
        ),
        *("EndingChoice", "LabelEnd", "UrgentWithdrawal", "SecondOpinion"),
        *("PageTakeDown", "TakeDownRequest", "TakeDownAnswer", "LegalHold", "LoggedAction"),
    }


@pytest.fixture
def _ended(eu):
    """Put on record what the demo has none of: an ended label, a page taken down, a hold."""
    label, legal = Label.objects.filter(region=eu).first(), get_user_model().objects.get(username="eu-legal")
    Anchor.objects.create(number=1, statement="x", lines="x", until={})
    NoticeWithdrawal.objects.create(version=1, at=timezone.now())
    LateSignature.objects.create(chain="page", subject=1, number=1, signature="x", key="y")
    said = {"region": eu, "reason": "Withdrawn.", "by": legal}
    LabelEnd.objects.create(label=label.pk, label_name=str(label), region=eu, ended_on=today())
    end = UrgentWithdrawal.objects.create(
        label=label, revision=label.latest_revision, ended_on=today(), reason="Withdrawn.", by=legal
    )
    SecondOpinion.objects.create(withdrawal=end, is_confirmed=True, by=legal)
    PageTakeDown.objects.create(page=1, title="A page", head=1, **said)
    asked = TakeDownRequest.objects.create(page=1, title="A page", **said)
    TakeDownAnswer.objects.create(request=asked, is_granted=True, by=legal)
    set_hold(named_by("region", eu), "Matter 7", "A claim.", today(), legal)


@pytest.mark.usefixtures("_ended")
@pytest.mark.parametrize("model", ON_RECORD)
@pytest.mark.parametrize(
    "attempt",
    [
        lambda rows, row: rows.update(pk=row.pk),
        lambda rows, row: rows.filter(pk=row.pk).update(pk=row.pk),
        lambda rows, row: rows.filter(pk=row.pk).delete(),
        lambda rows, row: rows.filter(pk=row.pk)._raw_delete("default"),
        lambda rows, row: rows.bulk_create([row]),
        lambda rows, row: rows.bulk_create([row], update_conflicts=True, unique_fields=["pk"]),
        lambda rows, row: rows.bulk_update([row], ["pk"]),
        lambda rows, row: rows.update_or_create({}, pk=row.pk),
        lambda rows, row: row.save(),
        lambda rows, row: row.save(force_insert=True),
        lambda rows, row: row.delete(),
    ],
)
def test_no_way_that_django_offers_changes_it(model, attempt):
    before = [*model.objects.values_list()]
    assert before
    for manager in (model.objects, model._base_manager):
        with pytest.raises(RecordError), transaction.atomic():
            attempt(manager.all(), model.objects.first())
    assert [*model.objects.values_list()] == before


@pytest.mark.parametrize("model", ON_RECORD)
def test_nobody_can_be_given_the_permission(model):
    assert model._meta.default_permissions == ()
    assert isinstance(model._base_manager.all(), AppendOnlyQuerySet)
