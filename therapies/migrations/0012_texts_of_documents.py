"""Keep the words of the PDFs that pages offer, each read once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("therapies", "0011_generic_names_of_products"),
    ]

    operations = [
        migrations.CreateModel(
            name="DocumentText",
            fields=[
                (
                    "sha256",
                    models.CharField(
                        max_length=64, primary_key=True, serialize=False, verbose_name="SHA-256"
                    ),
                ),
                ("words", models.TextField(blank=True, verbose_name="words")),
                (
                    "problem",
                    models.CharField(blank=True, max_length=200, verbose_name="why it cannot be read"),
                ),
            ],
            options={
                "verbose_name": "text of a document",
                "verbose_name_plural": "texts of documents",
                "default_permissions": (),
            },
        ),
    ]
