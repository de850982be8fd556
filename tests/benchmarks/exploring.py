"""The admin's screens of pages, and each role's first page, at 10,000 pages.

Templates are rendered as on the site: the tests' environment would note each of them.
"""

from collections.abc import Iterator
from unittest import mock
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import F, QuerySet
from django.template import Template
from django.test.utils import _TestState
from django.urls import reverse
from wagtail.models import Locale, Page

from home.models import RegionHomePage, StandardPage
from tests.conftest import signed_in
from therapies.models import TherapyPage

from .figures import Figure, cpu_seconds
from .reporting import _queries

PAGES = 10_000
EXPLORER = "the explorer"
EDITOR = "the editor of a"
LIMIT = (39, 200)  # queries, milliseconds; what was found in a draft comes by a request of its own
FIRST_PLACE = 20_000  # behind whatever else the benchmarks have added
ROLES = ("eu-editor", "eu-legal", "admin")


def figures() -> Iterator[Figure]:
    """Give the queries and the CPU of each screen, for each role that may open it."""
    fill()
    with mock.patch.object(Template, "_render", _TestState.saved_data.template_render):
        for name in ROLES:
            yield from _of_role(name)


def _of_role(name: str) -> Iterator[Figure]:
    client = signed_in(name)
    for screen, address in _screens(name).items():
        queries, cpu = LIMIT if screen.startswith((EXPLORER, EDITOR)) else (None, None)
        title = f"{screen}, {name}, {Page.objects.count()} pages"
        yield Figure(title, _queries(client, address), "queries", queries)
        made = cpu_seconds(lambda: client.get(address))  # noqa: B023 - called at once
        yield Figure("  until it is made", made * 1000, "CPU ms", cpu)


def _screens(name: str) -> dict[str, str]:
    home = RegionHomePage.objects.get(region__code="eu", locale=Locale.get_default())
    about = StandardPage.objects.child_of(home).get(slug="about")
    therapy = Page.objects.descendant_of(home).get(slug="liver-metastases-colorectal-cancer")
    explorer = reverse("wagtailadmin_explore", args=[home.pk])
    found = {
        "the first page": reverse("wagtailadmin_home"),
        EXPLORER: explorer,
        "  searched": f"{explorer}?q=page",
    }
    if not name.endswith("legal"):
        drafted = TherapyPage.objects.descendant_of(home).exclude(pk=therapy.pk).earliest("path")
        drafted.save_revision()
        for kind, page in (("plain", about), ("treatment", therapy), ("draft of a treatment", drafted)):
            found[f"{EDITOR} {kind} page"] = reverse("wagtailadmin_pages:edit", args=[page.pk])
            found[f"  what was found in it, {kind}"] = reverse("region_gate_findings_panel", args=[page.pk])
    return found


def fill() -> None:
    """Add plain pages below the regions' English home pages, up to 10,000 in all."""
    homes = [*RegionHomePage.objects.filter(locale=Locale.get_default())]
    kind = ContentType.objects.get_for_model(StandardPage)
    each = -(-(PAGES - Page.objects.count()) // len(homes))
    rows = [_page(home, number, kind) for home in homes for number in range(each)]
    QuerySet(Page).bulk_create(rows, batch_size=500)
    QuerySet(Page).filter(pk__in=[home.pk for home in homes]).update(numchild=F("numchild") + each)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO home_standardpage (page_ptr_id, intro, body, show_in_footer) "
            "SELECT id, '', '[]', false FROM wagtailcore_page WHERE slug LIKE 'made-%'"
        )


def _page(home: RegionHomePage, number: int, kind: ContentType) -> Page:
    slug = f"made-{number}"
    return Page(
        path=Page._get_path(home.path, home.depth + 1, FIRST_PLACE + number),
        depth=home.depth + 1,
        title=f"Made page {number}",
        draft_title=f"Made page {number}",
        slug=slug,
        url_path=f"{home.url_path}{slug}/",
        content_type=kind,
        locale_id=home.locale_id,
        translation_key=uuid4(),
        live=True,
    )
