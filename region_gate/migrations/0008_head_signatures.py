"""Signatures under the ends of chains that were begun before there was a key."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Signatures under the ends of chains that were begun before there was a key."""

    dependencies = [
        ("region_gate", "0007_inert_links"),
    ]

    operations = [
        migrations.CreateModel(
            name="HeadSignature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("chain", models.CharField(max_length=20)),
                ("subject", models.PositiveBigIntegerField()),
                ("number", models.PositiveIntegerField()),
                ("signature", models.CharField(max_length=100)),
                ("key", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "base_manager_name": "objects",
            },
        ),
    ]
