"""A release: prepared, and made live, with everything that follows from it."""

from collections.abc import Iterator
from time import perf_counter
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction

from home.models import Region
from region_gate import clock
from review.models import Release
from review.releases import lifecycle, parts, renewals
from tests.conftest import approval
from tests.therapies.label_texts import label_of, say
from therapies.models import Label, Product, TherapyIndexPage, TherapyPage, Topic

from .figures import Figure

PAGES, LABELS = 200, 10


def figures() -> Iterator[Figure]:
    """Give all figures about releases."""
    release = put_together(PAGES, LABELS)
    writer = _person("bench-writer")
    start = perf_counter()
    faults = lifecycle.prepare(release, writer)
    yield Figure(f"release of {PAGES} pages, {LABELS} labels: prepared", perf_counter() - start, "s")
    assert faults == [], faults
    start = perf_counter()
    with transaction.atomic():
        lifecycle.make_live(release, writer)
        live = perf_counter() - start
    yield Figure("  live", live, "s", 10)
    yield Figure("  live, and all links registered", perf_counter() - start, "s")


def put_together(pages: int, labels: int) -> Release:
    """Return a release of so many labels with new words and pages that name their products, all approved."""
    region = Region.objects.get(code="eu")
    release = Release.objects.create(name="Bench", reason="So.", created_by=_person("bench-writer"))
    release.regions.add(region)
    made = [_label(region, number) for number in range(labels)]
    named = [_page(region, made[number % labels].product, number) for number in range(pages)]
    for label in made:
        say(label, indication="<p>For more.</p>").save_revision(user=_person("bench-writer"))
        _approve(parts.add(release, label, _person("bench-writer")).thing)
    for page in named:
        _approve(renewals.renew(release, page, _person("bench-writer")).thing, f"BENCH-{page.pk}")
    return release


def _person(name: str) -> Any:
    person, is_new = get_user_model().objects.get_or_create(username=name, defaults={"email": "a@b.test"})
    if is_new:
        person.groups.add(Group.objects.get(name="eu legal"))
    return person


def _label(region: Region, number: int) -> Label:
    product = Product.objects.create(name=f"Benchium {number}", maker="M", live=False)
    product.save_revision().publish(log_action=False)
    label = label_of(region, product=product, effective_from=clock.today(), live=False)
    label.save()
    label.save_revision().publish(log_action=False)
    label.refresh_from_db()
    return label


def _page(region: Region, product: Product, number: int) -> TherapyPage:
    home = region.home_pages.get(locale__language_code="en")
    index = TherapyIndexPage.objects.child_of(home).get()
    like = TherapyPage.objects.child_of(index).order_by("path").first()
    topic = Topic.objects.create(name=f"Bench {number}", slug=f"bench-{number}")
    intro = f"<p>{product} in so many words.</p>{like.intro}"
    page = TherapyPage(title=f"Bench {number}", slug=f"bench-{number}", topic=topic, intro=intro, live=False)
    page.body = like.body.get_prep_value()
    index.add_child(instance=page)
    page.save_revision().publish(log_action=False)
    return TherapyPage.objects.get(pk=page.pk)


def _approve(thing: Any, code: str = "") -> None:
    if thing.current_workflow_state is None:
        thing.get_workflow().start(thing, _person("bench-writer"))
        thing.refresh_from_db()
    step = thing.current_workflow_task_state
    given = approval(code) if code else {"comment": ""}
    step.task.specific.on_action(step, _person("bench-reviewer"), "approve", **given)
