"""Apart from the conversion before it: PostgreSQL alters no table that the same transaction has changed."""

import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("therapies", "0005_references"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="reference",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("doi"),
                condition=models.Q(("doi", ""), _negated=True),
                name="one_reference_for_each_doi",
                violation_error_message="Another reference has this DOI.",
            ),
        ),
        migrations.DeleteModel(
            name="PageReference",
        ),
    ]
