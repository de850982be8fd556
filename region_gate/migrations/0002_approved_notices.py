"""Once shipped approved notices with the gate; the words are the site's now, which puts them on record."""

from django.db import migrations


class Migration(migrations.Migration):
    """Change nothing: what this brought to databases of its time is there, and stays."""

    dependencies = [("region_gate", "0001_initial"), ("wagtailcore", "0054_initial_locale")]

    operations = []
