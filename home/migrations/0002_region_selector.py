"""Put the region selector at `/`, and take away the rights that Wagtail seeds for every page."""

from django.conf import settings
from django.db import migrations


def make_selector(apps, schema_editor):
    """Replace Wagtail's welcome page by the region selector."""
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    Locale = apps.get_model("wagtailcore", "Locale")
    ContentType = apps.get_model("contenttypes", "ContentType")
    RegionSelectorPage = apps.get_model("home", "RegionSelectorPage")

    Page.objects.filter(depth=2, slug="home", content_type__model="page").delete()
    locale, _ = Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    content_type, _ = ContentType.objects.get_or_create(app_label="home", model="regionselectorpage")
    selector = RegionSelectorPage.objects.create(
        title="Choose your region",
        draft_title="Choose your region",
        slug="regions",
        content_type=content_type,
        path="00010001",
        depth=2,
        numchild=0,
        url_path="/regions/",
        locale=locale,
        live=True,
    )
    Page.objects.filter(depth=1).update(numchild=1)
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page_id": selector.pk}
    )


def drop_seeded_rights(apps, schema_editor):
    """Leave no right over every page, and no review by a group that knows no region."""
    GroupPagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    WorkflowPage = apps.get_model("wagtailcore", "WorkflowPage")
    Group = apps.get_model("auth", "Group")

    GroupPagePermission.objects.filter(group__name__in=["Editors", "Moderators"]).delete()
    WorkflowPage.objects.filter(page__depth=1).delete()
    for name in ("Editors", "Moderators"):
        Group.objects.filter(name=name, user__isnull=True).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
    ]

    operations = [
        migrations.RunPython(make_selector, migrations.RunPython.noop),
        migrations.RunPython(drop_seeded_rights, migrations.RunPython.noop),
    ]
