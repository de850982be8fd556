"""Statements are withdrawn on a day, as labels are, and have entries of their own in the record."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def rename_in_drafts(apps: Apps, old: str, new: str) -> None:
    """Call the field by its `new` name in all drafts, approved ones among them."""
    drafts = apps.get_model("wagtailcore", "Revision").objects.filter(
        base_content_type__app_label="therapies", base_content_type__model="statement"
    )
    for draft in drafts.iterator(chunk_size=200):
        if old in draft.content:
            draft.content[new] = draft.content.pop(old)
            draft.save(update_fields=["content"])


def rename(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Call it the day of withdrawal."""
    rename_in_drafts(apps, "ends", "withdrawn_on")


def rename_back(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Call it the end again."""
    rename_in_drafts(apps, "withdrawn_on", "ends")


class Migration(migrations.Migration):
    """Rename the field, and add the record's entries."""

    dependencies = [
        ("therapies", "0019_choices_in_chains"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.RenameField("statement", "ends", "withdrawn_on"),
        migrations.RunPython(rename, rename_back),
        migrations.CreateModel(
            name="StatementVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject", models.PositiveBigIntegerField(verbose_name="subject’s number")),
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
                ("since", models.DateTimeField(db_index=True, verbose_name="from")),
                ("is_live", models.BooleanField(verbose_name="live")),
                ("statement_number", models.PositiveBigIntegerField(verbose_name="statement’s number")),
                (
                    "region_number",
                    models.PositiveBigIntegerField(db_index=True, verbose_name="region’s number"),
                ),
                ("region", models.CharField(max_length=16, verbose_name="region’s code")),
                ("region_name", models.CharField(max_length=100, verbose_name="region")),
                ("country", models.CharField(blank=True, max_length=2, verbose_name="country")),
                (
                    "place",
                    models.CharField(
                        choices=[
                            ("product", "On every page that names a product"),
                            ("footer", "In the footer of every page"),
                        ],
                        max_length=20,
                        verbose_name="place",
                    ),
                ),
                ("product", models.PositiveBigIntegerField(null=True, verbose_name="product’s number")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("starts", models.DateField(null=True, verbose_name="effective from")),
                ("withdrawn_on", models.DateField(null=True, verbose_name="withdrawn on")),
                ("language", models.CharField(max_length=100, verbose_name="language")),
                ("rank", models.PositiveBigIntegerField(verbose_name="rank among the languages")),
                ("words", models.TextField(verbose_name="words")),
                ("sections", models.TextField(default="{}", verbose_name="as pages showed it")),
                ("revision", models.PositiveBigIntegerField(null=True, verbose_name="revision’s number")),
                ("written_by", models.CharField(blank=True, max_length=400, verbose_name="written by")),
                ("published_by", models.CharField(blank=True, max_length=400, verbose_name="published by")),
                ("approved_by", models.TextField(blank=True, verbose_name="approved by")),
                ("roles", models.JSONField(default=dict, verbose_name="roles then")),
            ],
            options={
                "verbose_name": "version of a required statement",
                "verbose_name_plural": "versions of required statements",
                "ordering": ["subject", "number"],
                "abstract": False,
                "default_permissions": (),
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subject", "number"), name="statementversion_number_is_unique"
                    )
                ],
            },
        ),
    ]
