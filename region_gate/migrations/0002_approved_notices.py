"""Ship the approved English notices, live."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

from region_gate.notices.texts import APPROVED_LANGUAGE, SHIPPED, shipped


def ship(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the approved words into the database, where there are none yet."""
    locale, _ = apps.get_model("wagtailcore", "Locale").objects.get_or_create(language_code=APPROVED_LANGUAGE)
    now = timezone.now()
    for kind in SHIPPED:
        words = shipped(kind)
        apps.get_model("region_gate", "Notice").objects.get_or_create(
            kind=kind.value,
            region="",
            locale=locale,
            defaults={
                "heading": words.heading,
                "body": "\n\n".join(words.paragraphs),
                "live": True,
                "first_published_at": now,
                "last_published_at": now,
            },
        )


def withdraw(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the English notices for every region out again; the table goes next."""
    apps.get_model("region_gate", "Notice").objects.filter(
        region="", locale__language_code=APPROVED_LANGUAGE
    ).delete()


class Migration(migrations.Migration):
    """Ship the approved English notices."""

    dependencies = [("region_gate", "0001_initial"), ("wagtailcore", "0054_initial_locale")]

    operations = [migrations.RunPython(ship, withdraw)]
