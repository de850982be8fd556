"""The record of notices: its table, and what is in force when it begins."""

from django.apps.registry import Apps
from django.contrib.auth import get_user_model
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Model
from django.utils import timezone

from region_gate import conf
from region_gate.notices.texts import APPROVED_LANGUAGE, SHIPPED, NoticeText, read


def begin(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Record the shipped words first, then every other notice that is live; nothing in a new database.

    A database with notices and no record is of a time when the gate shipped the words that the site
    brings now.
    """
    notices, folder = apps.get_model("region_gate", "Notice").objects, conf.notices_folder()
    live = notices.filter(live=True).select_related("locale")
    done = []
    for kind in SHIPPED if folder and notices.exists() else ():
        english = live.filter(kind=kind.value, region="", locale__language_code=APPROVED_LANGUAGE).first()
        if _record_shipped(apps, read(folder, kind), folder.name, english):
            done.append(english.pk)
    for notice in live.exclude(pk__in=done):
        _record_live(apps, notice)


def _record_shipped(apps: Apps, words: NoticeText, version: str, english: Model | None) -> bool:
    """Record the shipped words; say whether they are what is live in `english`."""
    body = "\n\n".join(words.paragraphs)
    texts = {"heading": words.heading, "body": body, "continue_label": words.continue_label}
    unchanged = bool(english) and all(getattr(english, name) == text for name, text in texts.items())
    now = timezone.now()
    apps.get_model("region_gate", "NoticeVersion").objects.create(
        kind=words.kind.value,
        language=words.language,
        notice=str(english.pk) if english else "",
        published_at=(english and english.first_published_at) or now,
        withdrawn_at=None if unchanged else (english and english.last_published_at) or now,
        shipped_with=version,
        **texts,
    )
    return unchanged


def _record_live(apps: Apps, notice: Model) -> None:
    """Record the words that are live; what was live before them was not recorded yet."""
    apps.get_model("region_gate", "NoticeVersion").objects.create(
        kind=notice.kind,
        region=notice.region,
        language=notice.locale.language_code,
        heading=notice.heading,
        body=notice.body,
        continue_label=notice.continue_label,
        notice=str(notice.pk),
        revision=notice.live_revision_id,
        published_at=notice.last_published_at or timezone.now(),
        approved_by=_publisher(apps, notice),
    )


def _publisher(apps: Apps, notice: Model) -> str:
    published = apps.get_model("wagtailcore", "ModelLogEntry").objects.filter(
        content_type__app_label="region_gate",
        content_type__model="notice",
        object_id=str(notice.pk),
        action="wagtail.publish",
    )
    latest = published.order_by("timestamp").select_related("user").last()
    return getattr(latest.user, get_user_model().USERNAME_FIELD) if latest and latest.user else ""


class Migration(migrations.Migration):
    """Begin the record."""

    dependencies = [("region_gate", "0003_edition_policy")]

    operations = [
        migrations.CreateModel(
            name="NoticeVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("cross-region", "Cross-region"), ("third-party", "Third party")],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("region", models.CharField(blank=True, max_length=50, verbose_name="region")),
                ("language", models.CharField(max_length=100, verbose_name="language")),
                ("heading", models.CharField(max_length=255, verbose_name="heading")),
                ("body", models.TextField(verbose_name="paragraphs")),
                ("continue_label", models.CharField(max_length=60, verbose_name="Continue button")),
                ("notice", models.CharField(blank=True, max_length=40, verbose_name="notice’s number")),
                (
                    "revision",
                    models.PositiveBigIntegerField(null=True, verbose_name="approved draft’s number"),
                ),
                ("published_at", models.DateTimeField(verbose_name="in force from")),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="in force until")),
                ("approved_by", models.TextField(blank=True, verbose_name="approved by")),
                (
                    "shipped_with",
                    models.CharField(blank=True, max_length=40, verbose_name="shipped with version"),
                ),
            ],
            options={
                "verbose_name": "publication of a notice",
                "verbose_name_plural": "publications of notices",
                "ordering": ["published_at", "pk"],
                "default_permissions": (),
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("kind", "region", "language"),
                        name="one_notice_in_force_per_kind_region_language",
                    )
                ],
            },
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
