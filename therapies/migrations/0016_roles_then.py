"""The roles that people had when they put something on record."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("therapies", "0015_anchors"),
    ]

    operations = [
        migrations.AddField(
            model_name="labelversion",
            name="roles",
            field=models.JSONField(null=True, verbose_name="roles then"),
        ),
        migrations.AddField(
            model_name="publication",
            name="roles",
            field=models.JSONField(null=True, verbose_name="roles then"),
        ),
    ]
