"""Makes a demo site one of 10,000 pages in 30 regions: `python -m tests.load.large_site`.

Straight into the tables: nobody has to approve, and nothing is put on record.
"""

import os
import sys
from pathlib import Path
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[2]
PAGES, REGIONS = 10_000, 30


def grow() -> None:
    """Add regions up to 30, and below their homes pages up to 10,000."""
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection
    from wagtail.models import Locale, Page

    from home.models import Region, RegionHomePage, RegionSelectorPage, StandardPage
    from region_gate import snapshot

    selector = RegionSelectorPage.objects.get(locale__language_code="en")
    missing = REGIONS - Region.objects.count()
    for number in range(missing):
        region = Region.objects.create(code=f"x{number}", name=f"Region {number}", order=100 + number)
        home = RegionHomePage(
            title=region.name, slug=region.code, region=region, locale=Locale.get_default(), live=False
        )
        selector.add_child(instance=home)
    homes = list(RegionHomePage.objects.filter(region__code__startswith="x"))
    Page.objects.filter(pk__in=[home.pk for home in homes]).update(live=True)
    kind = ContentType.objects.get_for_model(StandardPage)
    each = -(-(PAGES - Page.objects.count()) // len(homes))
    made = [_page(home, number, kind) for home in homes for number in range(each)]
    Page.objects.bulk_create(made, batch_size=500)
    Page.objects.filter(pk__in=[home.pk for home in homes]).update(numchild=each)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO home_standardpage (page_ptr_id, intro, body, show_in_footer) "
            "SELECT id, '<p>Words.</p>', '[]', false FROM wagtailcore_page WHERE title LIKE 'Made page %'"
        )
    snapshot.invalidate()
    print(f"{Page.objects.live().count()} live pages in {Region.objects.count()} regions")


def _page(home, number: int, kind):
    from wagtail.models import Page

    slug = f"page-{number}"
    return Page(
        path=Page._get_path(home.path, home.depth + 1, number + 1),
        depth=home.depth + 1,
        title=f"Made page {number} of {home.title}",
        draft_title=f"Made page {number} of {home.title}",
        slug=slug,
        url_path=f"{home.url_path}{slug}/",
        content_type=kind,
        locale=home.locale,
        translation_key=uuid4(),
        live=True,
    )


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    import django

    django.setup()
    grow()
