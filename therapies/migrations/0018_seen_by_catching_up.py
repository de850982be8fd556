"""What was last seen of an original is a catching up by now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("therapies", "0017_catching_up")]

    operations = [
        migrations.RemoveField(
            model_name="adaptation",
            name="seen",
        ),
        migrations.RemoveField(
            model_name="adaptation",
            name="seen_at",
        ),
        migrations.RemoveField(
            model_name="adaptation",
            name="seen_by",
        ),
        migrations.RemoveField(
            model_name="adaptation",
            name="seen_revision",
        ),
    ]
