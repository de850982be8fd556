"""What other sites answer about links to them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("therapies", "0022_topic_proposals")]

    operations = [
        migrations.CreateModel(
            name="OutsideLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("url", models.TextField(unique=True, verbose_name="address")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("works", "Works"),
                            ("moved", "Has moved"),
                            ("dead", "Dead"),
                            ("unclear", "No clear answer"),
                        ],
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("moved_to", models.TextField(blank=True, verbose_name="moved to")),
                ("said", models.CharField(blank=True, max_length=200, verbose_name="answer")),
                ("checked_at", models.DateTimeField(verbose_name="checked")),
                ("since", models.DateTimeField(verbose_name="since")),
            ],
            options={
                "verbose_name": "link to another site",
                "verbose_name_plural": "links to other sites",
                "ordering": ["checked_at", "pk"],
                "default_permissions": (),
            },
        ),
    ]
