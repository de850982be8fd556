"""What the two decide about: content that each round puts back to where it began."""

from datetime import timedelta
from functools import cached_property
from itertools import count
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Locale, ModelLogEntry, Page, PageLogEntry, Revision, TaskState

from home.models import Region, RegionHomePage, StandardPage
from region_gate import clock
from region_gate.models import Notice, Policy
from tests.home.test_access import form
from tests.therapies.label_texts import label_of
from therapies.models import EndingChoice, Label, Product, Reference
from therapies.models.in_force import Status

DECISIONS = ("wagtail.workflow.approve", "wagtail.workflow.reject", "wagtail.workflow.cancel")


class World:
    """The European region's content, and its people: `eu-legal-2` and `eu-legal-3` join its legal team."""

    def __init__(self) -> None:
        """Let the further people in."""
        self.numbers = count(1)
        legal = Group.objects.get(name="eu legal")
        for name in ("eu-legal-2", "eu-legal-3"):
            person, _made = get_user_model().objects.get_or_create(
                username=name, defaults={"email": f"{name}@example.com"}
            )
            person.groups.add(legal)

    @cached_property
    def eu(self) -> Region:
        """The region."""
        return Region.objects.get(code="eu")

    @cached_property
    def home(self) -> RegionHomePage:
        """Its home page in English."""
        return self.eu.home_pages.get(locale__language_code="en")

    def code(self) -> str:
        """Return an approval code that nobody has used."""
        return f"RACE-{next(self.numbers)}"

    def page(self, name: str, *, live: bool = True) -> StandardPage:
        """Return the plain page called `name`, in no review."""
        page = StandardPage.objects.child_of(self.home).filter(slug=name).first()
        if page is None:
            page = self.home.add_child(instance=StandardPage(title=name, slug=name, live=False))
        return self.settled(page, live=live)

    def settled(self, thing: Any, *, live: bool = True) -> Any:
        """Return `thing`, in no review, live or not as told."""
        if review := thing.current_workflow_state:
            review.cancel()
        if thing.live and not live:
            thing.unpublish()
        if live and not thing.live:
            thing.save_revision().publish()
        return fresh(thing)

    def send(self, thing: Any, by: str) -> TaskState:
        """Have `by` write a draft of `thing` and send it; return the step in which it waits."""
        person = get_user_model().objects.get(username=by)
        thing.save_revision(user=person)
        fresh(thing).get_workflow().start(fresh(thing), person)
        return fresh(thing).current_workflow_task_state

    def send_page(self, page: Page, title: str) -> TaskState:
        """Have the editor send `page` under `title`."""
        page.title = title
        return self.send(page, "eu-editor")

    def product(self, name: str, further_names: str = "") -> Product:
        """Return the published product called `name`, in no review, with just these further names."""
        made = Product.objects.filter(name=name).first() or Product.objects.create(
            name=name, maker="Sirtex", live=False
        )
        made = self.settled(made)
        made.further_names = further_names
        made.save_revision().publish()
        return fresh(made)

    def label(self, product: Product) -> Label:
        """Return the region's label of `product`, in force."""
        label = Label.objects.filter(product=product, region=self.eu).first() or label_of(
            self.eu, product=product, live=False
        )
        label.status, label.withdrawn_on = Status.APPROVED, None
        label.effective_from = clock.today() - timedelta(days=1)
        label.registration_number = "1"
        label.save()
        self.settled(label)
        label.save_revision().publish()
        return fresh(label)

    def choose(self, *, keeps_up: bool) -> None:
        """Have the region keep its pages up when a label ends, or not."""
        EndingChoice(region=self.eu, keeps_up=keeps_up, is_in_force=True).save()

    def reference(self, name: str) -> Reference:
        """Return the reference called `name`, as it was."""
        text = f"{name} A. Liver 2020."
        reference = Reference.objects.filter(doi="10.1000/race").first() or Reference(doi="10.1000/race")
        reference.text, reference.year = text, 2020
        reference.save()
        return reference

    def policy(self) -> Policy:
        """Return a live policy, in no review."""
        values = {"decision": "exempt", "path": "/race/", "reason": "A race.", "live": False}
        policy, _made = Policy.objects.get_or_create(host="race.example", defaults=values)
        return self.settled(policy)

    def notice(self) -> Notice:
        """Return a live notice, in no review."""
        english = Locale.objects.get(language_code="en")
        values = {"heading": "Heading", "body": "A paragraph.", "live": False}
        notice, _made = Notice.objects.get_or_create(
            kind="third-party", region="eu", locale=english, defaults=values
        )
        return self.settled(notice)


def fresh(thing: Any) -> Any:
    """Return `thing` as it is stored."""
    return type(thing)._base_manager.get(pk=thing.pk)


def decisions(step: TaskState) -> list[str]:
    """Return what was decided in `step`, each time that it was, as the history has it."""
    revision = step.revision
    page = revision.base_content_type.model_class() is Page
    found = PageLogEntry.objects.filter(page=revision.object_id)
    if not page:
        found = ModelLogEntry.objects.filter(
            content_type=revision.content_type_id, object_id=revision.object_id
        )
    entries = found.filter(action__in=DECISIONS).values_list("action", "data")
    return [action for action, data in entries if data["workflow"]["task_state_id"] == step.pk]


def is_live(revision: Revision) -> bool:
    """Say whether visitors see just `revision`."""
    thing: Any = fresh(revision).content_object
    return bool(thing.live and thing.live_revision_id == revision.pk)


def edit(page: Page, title: str, **more: str) -> tuple[str, dict[str, str]]:
    """Return the address of the editor of `page` and what its form sends."""
    return reverse("wagtailadmin_pages:edit", args=[page.pk]), form(title, slug=page.slug, **more)
