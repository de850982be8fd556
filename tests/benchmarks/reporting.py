"""Legal's reports and lists as products, regions, labels and references grow."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import count, cycle
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page

from home.models import Region, RegionHomePage, RegionSelectorPage
from region_gate.html.survey import LinkOutcome
from region_gate.links.destinations import DestinationKind
from region_gate.models import RegisteredLink
from therapies.models import (
    Label,
    LabelText,
    Mention,
    Product,
    Reference,
    TherapyIndexPage,
    TherapyPage,
    Topic,
)
from therapies.models.in_force import Status

from .figures import Figure, seconds

PRODUCTS, REGIONS = 100, 30
COMPARED, SECTIONS = 10, 8
FEW, MANY = 50, 5000  # rows of a list


def figures() -> Iterator[Figure]:
    """Give all figures about reports and lists."""
    client = _administrator()
    fill()
    yield from _matrix(client)
    yield from _comparison(client)
    yield from _lists(client)


def _administrator() -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(username="admin"))
    return client


def fill(products: int = PRODUCTS, regions: int = REGIONS) -> None:
    """Add regions with a page each, and products with a label and a mention everywhere, up to the numbers."""
    places = [*Region.objects.all(), *(_region(n) for n in range(Region.objects.count(), regions))]
    known = QuerySet(Product).bulk_create(
        Product(name=f"Product {n:03}", maker="M", first_published_at=timezone.now())
        for n in range(Product.objects.count(), products)
    )
    locale = Locale.get_default()
    _add_labels([(product, region) for product in known for region in places])
    pages = RegionHomePage.objects.filter(locale=locale).values_list("pk", flat=True)
    Mention.objects.bulk_create(Mention(page_id=page, product=product) for product in known for page in pages)


def _region(number: int) -> Region:
    region = Region.objects.create(code=f"r{number}", name=f"Region {number}", order=number)
    selector = RegionSelectorPage.objects.get(locale=Locale.get_default())
    selector.add_child(instance=RegionHomePage(title=region.name, region=region, slug=region.code))
    return region


def _add_labels(pairs: Iterable[tuple[Product, Region]]) -> None:
    """Add a label with a text in the first language for each product and region in `pairs`."""
    made = QuerySet(Label).bulk_create(_label(product, region) for product, region in pairs)
    words = {"indication": "<p>One.</p>", "safety_information": "<p>Two.</p>", "authority": "A"}
    locale = Locale.get_default()
    QuerySet(LabelText).bulk_create(LabelText(label=label, locale=locale, **words) for label in made)


def _label(product: Product, region: Region) -> Label:
    return Label(
        product=product,
        region=region,
        status=Status.APPROVED,
        live=True,
        effective_from=date(2026, 1, 1),
        review_by=date(2026, 12, 1 + (product.pk or 0) % 28),
        last_published_at=timezone.now(),
    )


def write_therapies(topic: Topic) -> None:
    """Publish a page about `topic` in every region that has none."""
    home_of = RegionHomePage.objects.filter(locale=Locale.get_default())
    for home in home_of:
        if not TherapyPage.objects.descendant_of(home).filter(topic=topic).exists():
            index = home.add_child(instance=TherapyIndexPage(title="Therapies", slug="therapies"))
            body = [_section(n, home.slug) for n in range(SECTIONS)]
            index.add_child(instance=TherapyPage(title=f"In {home.title}", slug="t", topic=topic, body=body))


def _section(number: int, code: str) -> dict[str, Any]:
    words = f"Words about part {number} in {code}. " * 40
    return {"type": "section", "value": {"heading": f"Part {number}", "text": f"<p>{words}</p>"}}


def _queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def _matrix(client: Client) -> Iterator[Figure]:
    address = reverse("label_matrix")
    yield Figure(
        f"matrix of {PRODUCTS} products by {REGIONS} regions", _queries(client, address), "queries", 10
    )
    shown = seconds(lambda: client.get(address), repeats=9, rounds=5)
    yield Figure("  until it is shown", shown * 1000, "ms", 300)


def _comparison(client: Client) -> Iterator[Figure]:
    topic = Topic.objects.earliest("pk")
    write_therapies(topic)
    regions = "".join(f"&regions={pk}" for pk in Region.objects.values_list("pk", flat=True)[:COMPARED])
    address = f"{reverse('compare_regions')}?subject=topic-{topic.pk}{regions}"
    yield Figure(f"a topic compared over {COMPARED} regions", _queries(client, address), "queries", 30)
    yield Figure("  until it is shown", seconds(lambda: client.get(address), repeats=5) * 1000, "ms")


def _lists(client: Client) -> Iterator[Figure]:
    """Compare the queries of a list with few rows to those with many."""
    lists = {
        "labels": (Label, reverse(Label.snippet_viewset.get_url_name("list"))),
        "references": (Reference, reverse(Reference.snippet_viewset.get_url_name("list"))),
        "links": (RegisteredLink, reverse("region_gate_links")),
        "what needs attention": (Label, reverse("attention")),
    }
    _grow(FEW)
    few = {name: _queries(client, address) for name, (_model, address) in lists.items()}
    _grow(MANY)
    for name, (model, address) in lists.items():
        grown = _queries(client, address) - few[name]
        yield Figure(f"further queries, {name}: {model.objects.count()} rows", grown, "queries", 0)
        yield Figure("  until it is shown", seconds(lambda: client.get(address), repeats=3) * 1000, "ms")  # noqa: B023 - called at once


def _grow(number: int) -> None:
    """Leave `number` labels, all to be reviewed, and add references and links up to that."""
    Label.objects.all().delete()
    places = [*Region.objects.all()]
    product = Product.objects.all()
    pairs = ((one, region) for _ in count() for one in product for region in places)
    _add_labels(next(pairs) for _ in range(number))
    QuerySet(Reference).bulk_create(
        Reference(text=f"Author {n:05}") for n in range(Reference.objects.count(), number)
    )
    pages = cycle(Page.objects.filter(depth__gt=2))
    RegisteredLink.objects.bulk_create(
        _link(n, next(pages)) for n in range(RegisteredLink.objects.count(), number)
    )


def _link(number: int, page: Page) -> RegisteredLink:
    address, now = f"https://example.org/{number}", timezone.now()
    return RegisteredLink(
        page=page,
        language="en",
        element="a",
        href=address,
        url=address,
        host="example.org",
        kind=DestinationKind.THIRD_PARTY.value,
        outcome=LinkOutcome.GATED.value,
        first_seen=now,
        last_seen=now,
    )
