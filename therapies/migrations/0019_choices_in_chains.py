"""Chain the choices for when a label ends, as they are, and keep who chose by name from now on."""

import django.utils.timezone
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from region_gate.models.sealed import facts_of, seal_of

SEALED = ("subject", "number", "previous", "region", "keeps_up", "is_in_force", "reason", "by", "at")


def chain(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give each choice its place, by when it was made, and its hash."""
    previous = ""
    choices = apps.get_model("therapies", "EndingChoice").objects.order_by("pk")
    for number, choice in enumerate(choices, start=1):
        choice.number, choice.previous = number, previous
        choice.sha256 = previous = seal_of(facts_of(choice, SEALED))
        choice.save(update_fields=["number", "previous", "sha256"])


def field(name: str, of: models.Field) -> migrations.AddField:
    """Return the operation that adds a field to the choices."""
    return migrations.AddField("endingchoice", name, of)


def blank(length: int, name: str) -> models.CharField:
    """Return a field that is blank in a choice from before."""
    return models.CharField(blank=True, db_default="", default="", max_length=length, verbose_name=name)


class Migration(migrations.Migration):
    """Chain the choices."""

    dependencies = [("therapies", "0018_seen_by_catching_up")]

    operations = [
        field("subject", models.PositiveBigIntegerField(default=1, verbose_name="subject’s number")),
        field("number", models.PositiveIntegerField(null=True, verbose_name="number")),
        field(
            "previous",
            models.CharField(blank=True, default="", max_length=64, verbose_name="hash of the entry before"),
        ),
        field("sha256", models.CharField(default="", max_length=64, verbose_name="SHA-256")),
        field("signature", blank(100, "signature")),
        field("key", blank(64, "key")),
        field("person", models.CharField(max_length=400, null=True, verbose_name="name of who chose")),
        field("roles", models.JSONField(null=True, verbose_name="roles then")),
        migrations.AlterField(
            "endingchoice", "at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")
        ),
        migrations.AlterField(
            "anchor",
            "made_at",
            models.DateTimeField(default=django.utils.timezone.now, verbose_name="made at"),
        ),
        migrations.RunPython(chain, migrations.RunPython.noop),
        migrations.AlterField("endingchoice", "number", models.PositiveIntegerField(verbose_name="number")),
        migrations.AlterField(
            "endingchoice",
            "previous",
            models.CharField(blank=True, max_length=64, verbose_name="hash of the entry before"),
        ),
        migrations.AlterField(
            "endingchoice", "sha256", models.CharField(max_length=64, verbose_name="SHA-256")
        ),
        migrations.AddConstraint(
            "endingchoice",
            models.UniqueConstraint(fields=("subject", "number"), name="endingchoice_number_is_unique"),
        ),
    ]
