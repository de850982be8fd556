"""A label gets a text in each language; the record says of which label a text is, and what was decided."""

import django.db.models.deletion
import modelcluster.fields
import wagtail.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("therapies", "0006_record_of_pages_and_labels"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0014_alter_document_file_size"),
    ]

    operations = [
        migrations.AddField(
            model_name="label",
            name="replaces",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="successors",
                to="therapies.label",
                verbose_name="replaces",
            ),
        ),
        migrations.AddField(
            model_name="labelversion",
            name="label",
            field=models.PositiveBigIntegerField(null=True, verbose_name="label’s number"),
        ),
        migrations.AddField(
            model_name="labelversion",
            name="languages",
            field=models.JSONField(null=True, verbose_name="what held for each language"),
        ),
        migrations.CreateModel(
            name="LabelText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("stands", "Still valid as it stands"),
                            ("not needed", "No text in this language"),
                        ],
                        help_text="Where this text stays as it is although another language changes, or is not needed.",
                        max_length=20,
                        verbose_name="decided",
                    ),
                ),
                ("indication", wagtail.fields.RichTextField(blank=True, verbose_name="indication")),
                (
                    "safety_information",
                    wagtail.fields.RichTextField(blank=True, verbose_name="safety information"),
                ),
                (
                    "authority",
                    models.CharField(
                        blank=True,
                        help_text="Who registered it, such as a notified body.",
                        max_length=200,
                        verbose_name="authority",
                    ),
                ),
                (
                    "instructions_url",
                    models.URLField(
                        blank=True,
                        help_text="Where there is no document. A policy “exempt” lets visitors go there in one step.",
                        verbose_name="address of the instructions for use",
                    ),
                ),
                ("decided_on", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "is_behind",
                    models.BooleanField(
                        default=False, editable=False, verbose_name="behind the other languages"
                    ),
                ),
                (
                    "instructions_document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtaildocs.document",
                        verbose_name="instructions for use",
                    ),
                ),
                (
                    "label",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="therapies.label",
                        verbose_name="label",
                    ),
                ),
                (
                    "locale",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtailcore.locale",
                        verbose_name="language",
                    ),
                ),
            ],
            options={
                "verbose_name": "text of a label",
                "verbose_name_plural": "texts of labels",
                "ordering": ["locale_id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("label", "locale"), name="one_text_of_a_label_in_a_language"
                    )
                ],
            },
        ),
    ]
