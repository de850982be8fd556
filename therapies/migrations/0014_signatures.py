"""A signature under each entry of the record that is made from now on."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A signature under each entry of the record that is made from now on."""

    dependencies = [
        ("therapies", "0013_required_statements"),
    ]

    operations = [
        migrations.AddField(
            model_name="labelversion",
            name="key",
            field=models.CharField(blank=True, db_default="", default="", max_length=64, verbose_name="key"),
        ),
        migrations.AddField(
            model_name="labelversion",
            name="signature",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=100, verbose_name="signature"
            ),
        ),
        migrations.AddField(
            model_name="publication",
            name="key",
            field=models.CharField(blank=True, db_default="", default="", max_length=64, verbose_name="key"),
        ),
        migrations.AddField(
            model_name="publication",
            name="signature",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=100, verbose_name="signature"
            ),
        ),
    ]
