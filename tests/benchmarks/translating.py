"""The matrix of pages × languages, and the digests, as pages grow."""

import uuid
from collections.abc import Iterator
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page

from home.models import RegionHomePage, StandardPage
from therapies.models import CatchUp, SourceChange

from .figures import Figure, seconds
from .reporting import _administrator, _queries

PAGES = 2000


def figures() -> Iterator[Figure]:
    """Give the figures about pages and their translations."""
    from reminders import digests

    client: Client = _administrator()
    address = reverse("page_matrix")
    few = _queries(client, address)
    fill()
    yield Figure(f"matrix of {PAGES} pages by languages", _queries(client, address), "queries", 15)
    yield Figure("  more than of the demo's pages", _queries(client, address) - few, "queries", 0)
    shown = seconds(lambda: client.get(address), repeats=3, rounds=3)
    yield Figure("  until it is shown", shown * 1000, "ms")
    person = get_user_model().objects.get(username="eu-editor")
    made = seconds(lambda: digests.parts_for(person), repeats=1, rounds=3)
    yield Figure("  a digest of what is behind there", made * 1000, "ms")


def fill(pages: int = PAGES) -> None:
    """Add pages to the European region in each of its languages, every second family behind its source."""
    default = Locale.get_default()
    found = RegionHomePage.objects.filter(region__code="eu").select_related("locale")
    homes = sorted(found, key=lambda home: home.locale != default)
    kind, keys = (
        ContentType.objects.get_for_model(StandardPage),
        [uuid.uuid4() for _ in range(pages // 3 + 1)],
    )
    rows = [_page(home, number, key, kind) for home in homes for number, key in enumerate(keys)]
    QuerySet(Page).bulk_create(rows[:pages])
    moment = timezone.now()
    sources = Page.objects.filter(translation_key__in=keys[::2], locale=homes[0].locale)
    QuerySet(SourceChange).bulk_create(SourceChange(page=one, at=moment) for one in sources)
    known = {one.translation_key: one for one in sources}
    others = Page.objects.filter(translation_key__in=keys[::2]).exclude(locale=homes[0].locale)
    before = moment - timedelta(days=1)
    QuerySet(CatchUp).bulk_create(
        CatchUp(page=one, source=known[one.translation_key], up_to=before, in_effect_since=before)
        for one in others
    )


def _page(home: RegionHomePage, number: int, key: uuid.UUID, kind: ContentType) -> Page:
    slug = f"bench-{number}"
    return Page(
        path=Page._get_path(home.path, home.depth + 1, 5000 + number),
        depth=home.depth + 1,
        title=f"Page {number} ({home.locale.language_code})",
        draft_title=f"Page {number}",
        slug=slug,
        url_path=f"{home.url_path}{slug}/",
        translation_key=key,
        locale_id=home.locale_id,
        content_type=kind,
        live=True,
        last_published_at=timezone.now(),
        first_published_at=timezone.now(),
    )
