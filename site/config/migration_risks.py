"""Which migrations the code that runs meanwhile would trip over."""

from django.db.migrations import operations as django_operations
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import Field, ManyToManyField
from django.db.models.fields import NOT_PROVIDED

ALWAYS = {
    django_operations.RemoveField: "what it reads is gone",
    django_operations.RenameField: "what it reads has another name",
    django_operations.RenameModel: "what it reads has another name",
    django_operations.DeleteModel: "what it reads is gone",
    django_operations.AlterModelTable: "what it reads has another name",
    django_operations.AddConstraint: "it may write what is refused from now on",
    django_operations.AlterUniqueTogether: "it may write what is refused from now on",
}
NOT_FILLED = "it adds rows without a value for it: make it nullable, or give it a db_default"
NARROWER = "it may write what no longer fits"


def risk_of(operation: Operation, app: str, state: ProjectState) -> str:
    """Return how the running code would trip over `operation` in `app`, before which `state` holds; else "".

    Of SQL and Python nothing is known here.
    """
    if isinstance(operation, django_operations.AddField):
        return "" if _fills_itself(operation.field) else NOT_FILLED
    if isinstance(operation, django_operations.AlterField):
        before = state.models[app, operation.model_name_lower].fields[operation.name]
        return NARROWER if _is_narrower(before, operation.field) else ""
    return next((why for kind, why in ALWAYS.items() if isinstance(operation, kind)), "")


def _fills_itself(field: Field) -> bool:
    return field.null or field.db_default is not NOT_PROVIDED or isinstance(field, ManyToManyField)


def _is_narrower(before: Field, after: Field) -> bool:
    is_shorter = (after.max_length or 0) < (before.max_length or 0)
    is_needed = before.null and not after.null
    return is_shorter or is_needed or (after.unique and not before.unique) or _kind(before) != _kind(after)


def _kind(field: Field) -> str:
    return field.get_internal_type()
