"""Apart from the conversion before it: PostgreSQL alters no table that the same transaction has changed."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("therapies", "0008_join_labels"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="label",
            options={
                "ordering": ["product__name", "region__order", "-effective_from"],
                "verbose_name": "label",
                "verbose_name_plural": "labels",
            },
        ),
        migrations.AlterUniqueTogether(name="label", unique_together=set()),
        migrations.RemoveField(model_name="label", name="authority"),
        migrations.RemoveField(model_name="label", name="indication"),
        migrations.RemoveField(model_name="label", name="instructions_document"),
        migrations.RemoveField(model_name="label", name="instructions_url"),
        migrations.RemoveField(model_name="label", name="locale"),
        migrations.RemoveField(model_name="label", name="safety_information"),
        migrations.RemoveField(model_name="label", name="translation_key"),
    ]
