"""Anchors of the record."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Anchors of the record."""

    dependencies = [
        ("therapies", "0014_signatures"),
    ]

    operations = [
        migrations.CreateModel(
            name="Anchor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(unique=True, verbose_name="number")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="made at")),
                ("statement", models.TextField(verbose_name="statement")),
                ("lines", models.TextField(verbose_name="entries")),
                ("until", models.JSONField(verbose_name="until")),
                ("signature", models.CharField(blank=True, max_length=100, verbose_name="signature")),
                ("key", models.CharField(blank=True, max_length=64, verbose_name="key")),
                ("time_stamp", models.TextField(blank=True, verbose_name="time-stamp")),
            ],
            options={
                "verbose_name": "anchor of the record",
                "verbose_name_plural": "anchors of the record",
                "ordering": ["number"],
                "abstract": False,
                "default_permissions": (),
                "base_manager_name": "objects",
            },
        ),
    ]
