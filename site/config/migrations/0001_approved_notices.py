"""Put the approved English notices on record: version 0.1.0 of the words."""

from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from region_gate.notices.shipping import put_on_record


def ship(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the words of this version on record, where they are not yet."""
    put_on_record(apps, settings.SITE_DIR / "notices" / "0.1.0")


class Migration(migrations.Migration):
    """Put the words on record, for good."""

    dependencies = [("region_gate", "0006_policy_starts_today")]

    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
