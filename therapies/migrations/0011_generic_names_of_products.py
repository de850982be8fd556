"""Keep a product's generic descriptions apart; the names that it has stay brand names, and are refused."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("therapies", "0010_label_ends"),
    ]

    operations = [
        migrations.AddField(
            model_name="product",
            name="generic_names",
            field=models.TextField(
                blank=True,
                help_text="What describes it without its brand, one on each line and in each language: “Y-90 resin microspheres”. Not the name of a whole class of treatments, such as “radioembolisation”: no page could use that without a label.",
                verbose_name="generic descriptions",
            ),
        ),
        migrations.AddField(
            model_name="product",
            name="generic_may_stand",
            field=models.BooleanField(
                default=False,
                help_text="Leave this off unless legal has decided otherwise for all regions: describing a product that is not approved somewhere may be promotion of it there. Where it is on, the descriptions are not refused; editors and reviewers are shown each one, and decide.",
                verbose_name="generic descriptions may stand without a label",
            ),
        ),
        migrations.AlterField(
            model_name="product",
            name="further_names",
            field=models.TextField(
                blank=True,
                help_text="Every other brand name it is known by, one on each line: short names, trade names, names in local scripts. Case, hyphens, ® and ™ make no difference; plurals, genitives and look-alike letters are found as well.",
                verbose_name="further brand names",
            ),
        ),
    ]
