"""Signatures under all entries from before there was a key, no longer under the ends of their chains alone."""

from django.db import migrations


class Migration(migrations.Migration):
    """Rename them."""

    dependencies = [("region_gate", "0009_notices_in_chains")]

    operations = [migrations.RenameModel("HeadSignature", "LateSignature")]
