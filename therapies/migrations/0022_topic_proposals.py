"""Topics that editors propose; those that there are, are approved."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0003_region_escalation"),
        ("therapies", "0021_blocks"),
    ]

    operations = [
        migrations.AlterField(
            model_name="topic",
            name="name",
            field=models.CharField(
                help_text="For editors, in lists and in choosers; visitors read the titles of the pages.",
                max_length=200,
                unique=True,
                verbose_name="name",
            ),
        ),
        migrations.AlterField(
            model_name="topic",
            name="slug",
            field=models.SlugField(
                blank=True,
                help_text="The name as an address would have it. Left blank, it comes from the name.",
                max_length=200,
                unique=True,
                verbose_name="slug",
            ),
        ),
        migrations.AddField(
            model_name="topic",
            name="is_approved",
            field=models.BooleanField(default=True, db_default=True, editable=False, verbose_name="approved"),
        ),
        migrations.AddField(
            model_name="topic",
            name="proposed_in",
            field=models.ManyToManyField(
                blank=True, editable=False, related_name="+", to="home.region", verbose_name="proposed in"
            ),
        ),
    ]
