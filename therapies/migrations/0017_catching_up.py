"""What pages have taken over of their sources: of adaptations as it stood, of translations by their dates."""

from itertools import groupby

import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def carry_over(apps, schema_editor):
    """Note what adaptations were last seen to be at, and which state of their source translations saw."""
    page_model, made = apps.get_model("wagtailcore", "Page"), apps.get_model("therapies", "CatchUp")
    changed_at = {}
    for one in apps.get_model("therapies", "Adaptation").objects.select_related("source").iterator():
        made.objects.create(
            page_id=one.page_id,
            source_id=one.source_id,
            up_to=one.seen_at,
            content=one.seen,
            revision_id=one.seen_revision_id,
            in_effect_since=one.seen_at,
            by_id=one.seen_by_id,
            at=one.seen_at,
        )
        source = one.source
        if source and source.live_revision_id != one.seen_revision_id and source.last_published_at:
            changed_at[source.pk] = (source.last_published_at, source.live_revision_id)
    pages = page_model.objects.filter(depth__gt=2, alias_of=None).select_related("locale")
    ordered = sorted(
        pages,
        key=lambda one: (
            str(one.translation_key),
            one.locale.language_code != settings.LANGUAGE_CODE,
            one.pk,
        ),
    )
    for _key, family in groupby(ordered, key=lambda one: one.translation_key):
        source, *others = family
        for one in others:
            moment = one.last_published_at or one.latest_revision_created_at
            if moment is None:
                continue
            made.objects.create(
                page_id=one.pk, source_id=source.pk, up_to=moment, in_effect_since=moment, at=moment
            )
            if source.last_published_at and source.last_published_at > moment:
                changed_at[source.pk] = (source.last_published_at, source.live_revision_id)
    changes = apps.get_model("therapies", "SourceChange")._base_manager
    changes.bulk_create(
        changes.model(page_id=page, at=at, revision_id=revision)
        for page, (at, revision) in changed_at.items()
    )


class Migration(migrations.Migration):
    dependencies = [
        ("therapies", "0016_roles_then"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CatchUp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("up_to", models.DateTimeField(default=django.utils.timezone.now, verbose_name="up to")),
                (
                    "content",
                    models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, null=True),
                ),
                ("in_effect_since", models.DateTimeField(null=True, verbose_name="in effect since")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="decided")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="catch_ups",
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "with_revision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                    ),
                ),
            ],
            options={
                "verbose_name": "catching up",
                "verbose_name_plural": "catching up",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="SourceChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(null=True, verbose_name="published")),
                ("is_urgent", models.BooleanField(default=False, verbose_name="safety change")),
                (
                    "marked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="source_changes",
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of a source",
                "verbose_name_plural": "changes of sources",
                "ordering": ["-at", "-pk"],
                "indexes": [models.Index(fields=["page", "at"], name="therapies_change_of_source")],
            },
        ),
        migrations.RunPython(carry_over, migrations.RunPython.noop, elidable=False),
    ]
