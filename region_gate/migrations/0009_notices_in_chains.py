"""Chain the publications of notices, as they are, and keep their ends in rows of their own from now on."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from region_gate.models.sealed import facts_of, seal_of

SEALED = (
    *("subject", "number", "previous"),
    *("kind", "region", "language", "heading", "body", "continue_label", "notice", "revision"),
    *("published_at", "withdrawn_at", "approved_by", "shipped_with"),
)


def chain(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give each publication its place, by when it was made, and its hash; its own words stay to the byte."""
    previous = ""
    versions = apps.get_model("region_gate", "NoticeVersion").objects.order_by("published_at", "pk")
    for number, version in enumerate(versions, start=1):
        version.number, version.previous = number, previous
        version.sha256 = previous = seal_of(facts_of(version, SEALED))
        version.save(update_fields=["number", "previous", "sha256"])


def put_ends_back(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write the ends into the publications again."""
    versions = apps.get_model("region_gate", "NoticeVersion").objects
    for end in apps.get_model("region_gate", "NoticeWithdrawal").objects.all():
        versions.filter(pk=end.version).update(withdrawn_at=end.at)


def field(name: str, of: models.Field) -> migrations.AddField:
    """Return the operation that adds a field to the publications."""
    return migrations.AddField("noticeversion", name, of)


class Migration(migrations.Migration):
    """Chain the publications, and keep their ends apart."""

    dependencies = [("region_gate", "0008_head_signatures")]

    operations = [
        migrations.RemoveConstraint("noticeversion", "one_notice_in_force_per_kind_region_language"),
        field("subject", models.PositiveBigIntegerField(default=1, verbose_name="subject’s number")),
        field("number", models.PositiveIntegerField(null=True, verbose_name="number")),
        field(
            "previous",
            models.CharField(blank=True, default="", max_length=64, verbose_name="hash of the entry before"),
        ),
        field("sha256", models.CharField(default="", max_length=64, verbose_name="SHA-256")),
        field(
            "signature",
            models.CharField(blank=True, db_default="", default="", max_length=100, verbose_name="signature"),
        ),
        field(
            "key",
            models.CharField(blank=True, db_default="", default="", max_length=64, verbose_name="key"),
        ),
        migrations.CreateModel(
            name="NoticeWithdrawal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                (
                    "previous",
                    models.CharField(blank=True, max_length=64, verbose_name="hash of the entry before"),
                ),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                (
                    "signature",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=100, verbose_name="signature"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=64, verbose_name="key"
                    ),
                ),
                ("subject", models.PositiveBigIntegerField(default=1, verbose_name="subject’s number")),
                ("version", models.PositiveBigIntegerField(unique=True, verbose_name="publication’s number")),
                ("at", models.DateTimeField(verbose_name="in force until")),
                ("by", models.CharField(blank=True, max_length=400, verbose_name="by")),
            ],
            options={
                "verbose_name": "end of a publication of a notice",
                "verbose_name_plural": "ends of publications of notices",
                "ordering": ["subject", "number"],
                "default_permissions": (),
                "base_manager_name": "objects",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subject", "number"), name="noticewithdrawal_number_is_unique"
                    )
                ],
            },
        ),
        migrations.RunPython(chain, put_ends_back),
        migrations.AlterField("noticeversion", "number", models.PositiveIntegerField(verbose_name="number")),
        migrations.AlterField(
            "noticeversion",
            "previous",
            models.CharField(blank=True, max_length=64, verbose_name="hash of the entry before"),
        ),
        migrations.AlterField(
            "noticeversion", "sha256", models.CharField(max_length=64, verbose_name="SHA-256")
        ),
        migrations.AddConstraint(
            "noticeversion",
            models.UniqueConstraint(fields=("subject", "number"), name="noticeversion_number_is_unique"),
        ),
    ]
