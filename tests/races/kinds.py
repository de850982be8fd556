"""The kinds of races: who does what at once, and what must not come of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, ModelLogEntry, Page, PageLogEntry, Revision, Task, TaskState, Workflow

from config.storage_url import read_anchor_storage
from home.models import Region, StandardPage
from legal_holds.models import LegalHold
from redirecting.models import Redirect
from region_gate import clock
from region_gate.models import NoticeVersion
from review.endings.models import SecondOpinion, UrgentWithdrawal
from review.endings.withdrawing import withdraw_at_once
from review.models import Approval, Release, ReleaseItem
from review.release_models import base_type_of
from tests.conftest import approval, signed_in
from tests.home.test_access import form
from tests.home.test_adding_regions import form as region_form
from tests.redirecting.test_validation import form as redirect_form
from tests.review.conftest import loaded
from therapies.anchoring.making import make
from therapies.models import Anchor, Label, LabelEnd, LabelVersion, Publication, TherapyPage, Topic
from therapies.models.in_force import Status

from .killing import put_together
from .pair import Act, Answer
from .world import World, decisions, edit, fresh, is_live

Judge = Callable[[list[Answer]], dict[str, bool]]


@dataclass(frozen=True)
class Race:
    """Two acts, and what is amiss after them: `doubled` or `unlabelled`."""

    acts: tuple[Act, Act]
    judge: Judge


Kind = Callable[[World, int], Race]
KINDS: dict[str, Kind] = {}


def kind(name: str) -> Callable[[Kind], Kind]:
    """Have a function make the races called `name`."""
    return lambda made: KINDS.setdefault(name, made)


def approving(person: str, step: TaskState, code: str = "", **settings: Any) -> Act:
    """Return an approval on the reviewer's screen; of a page with a `code`."""
    values = approval(code) if code else {"comment": ""}
    posted = {"approve": "1", **{f"approve-{name}": value for name, value in values.items()}}
    return Act(person, reverse("review", args=[step.pk]), posted, settings=settings)


def rejecting(person: str, step: TaskState) -> Act:
    """Return a request for changes on the reviewer's screen."""
    posted = {"reject": "1", "reject-comment": "Say less."}
    return Act(person, reverse("review", args=[step.pk]), posted)


def by_wagtail(person: str, step: TaskState, code: str) -> Act:
    """Return an approval by Wagtail's own address, which no button leads to."""
    address = reverse(
        "wagtailadmin_pages:workflow_action", args=[step.revision.object_id, "approve", step.pk]
    )
    return Act(person, address, approval(code))


def decided_once(step: TaskState) -> Judge:
    """Return what says whether `step` was decided otherwise than once, or its outcome is not what is live."""

    def judge(_answers: list[Answer]) -> dict[str, bool]:
        is_approved = fresh(step).status == TaskState.STATUS_APPROVED
        return {"doubled": len(decisions(step)) != 1 or is_approved != is_live(step.revision)}

    return judge


@kind("page: approve, request changes")
def _approve_and_reject(world: World, number: int) -> Race:
    step = world.send_page(world.page("race-a"), f"Round {number}")
    return Race((approving("eu-legal", step, world.code()), rejecting("admin", step)), decided_once(step))


@kind("page: approve, approve")
def _approve_twice(world: World, number: int) -> Race:
    step = world.send_page(world.page("race-b"), f"Round {number}")
    acts = approving("eu-legal", step, world.code()), approving("admin", step, world.code())
    return Race(acts, decided_once(step))


@kind("page: approve on our screen and on Wagtail's")
def _approve_by_two_ways(world: World, number: int) -> Race:
    step = world.send_page(world.page("race-b2"), f"Round {number}")
    acts = approving("eu-legal", step, world.code()), by_wagtail("admin", step, world.code())
    return Race(acts, decided_once(step))


@kind("label: approve, approve")
def _label_twice(world: World, number: int) -> Race:
    label = world.label(world.product("Racer"))
    label.registration_number = f"R{number}"
    step = world.send(label, "eu-legal-3")

    def judge(answers: list[Answer]) -> dict[str, bool]:
        recorded = (
            LabelVersion.objects.chain(label.texts.first().pk).filter(revision=step.revision_id).count()
        )
        return {"doubled": decided_once(step)(answers)["doubled"] or recorded != 1}

    return Race((approving("eu-legal", step), approving("admin", step)), judge)


@kind("one code for two pages")
def _one_code(world: World, number: int) -> Race:
    steps = [world.send_page(world.page(f"race-c{one}"), f"Round {number}") for one in "12"]
    code = world.code()

    def judge(_answers: list[Answer]) -> dict[str, bool]:
        live = sum(is_live(step.revision) for step in steps)
        return {"doubled": live != 1 or Approval.objects.filter(code=code).count() != 1}

    return Race((approving("eu-legal", steps[0], code), approving("admin", steps[1], code)), judge)


def _withdrawing(world: World, number: int, keeps_up: bool) -> Race:
    world.choose(keeps_up=keeps_up)
    label = world.label(world.product("Racer"))
    page = world.page("race-d", live=False)
    shown = world.send_page(page, f"Racer in round {number}")
    label.status, label.withdrawn_on = Status.WITHDRAWN, clock.today()
    ended = world.send(label, "eu-legal-3")

    def judge(answers: list[Answer]) -> dict[str, bool]:
        is_left = fresh(page).live and fresh(label).status == Status.WITHDRAWN
        is_told = f"/pages/{page.pk}/" in answers[0].said and keeps_up
        decided = len(decisions(ended)) == 1 and len(decisions(shown)) <= 1
        return {"doubled": not decided, "unlabelled": is_left and not is_told}

    withdrawal = approving("admin", ended)
    return Race((withdrawal, approving("eu-legal", shown, world.code())), judge)


@kind("withdraw a label, approve a page")
def _withdraw(world: World, number: int) -> Race:
    return _withdrawing(world, number, keeps_up=False)


@kind("the same, pages stay up")
def _withdraw_and_keep_up(world: World, number: int) -> Race:
    return _withdrawing(world, number, keeps_up=True)


@kind("delete a label, approve a page")
def _delete_label(world: World, number: int) -> Race:
    label = world.label(world.product("Racer"))
    page = world.page("race-d", live=False)
    shown = world.send_page(page, f"Racer in round {number}")

    def judge(_answers: list[Answer]) -> dict[str, bool]:
        return {"unlabelled": fresh(page).live and not type(label).objects.filter(pk=label.pk).exists()}

    address = reverse(label.snippet_viewset.get_url_name("delete"), args=[label.pk])
    deletion = Act("admin", address, {"x": "1"})
    return Race((deletion, approving("eu-legal", shown, world.code())), judge)


@kind("add a product's name, approve a page")
def _name(world: World, number: int) -> Race:
    product = world.product("Marvel")
    name = f"Wonderine{number}"
    page = world.page("race-e", live=False)
    shown = world.send_page(page, f"What {name} does")
    product.further_names = name
    named = world.send(product, "eu-legal-3")

    def judge(_answers: list[Answer]) -> dict[str, bool]:
        return {"unlabelled": fresh(page).live and name in fresh(product).further_names}

    return Race((approving("admin", named), approving("eu-legal", shown, world.code())), judge)


def withdrawing(person: str, label: Label) -> Act:
    """Return the end of `label` at once."""
    return Act(person, reverse("withdraw_label", args=[label.pk]), {"reason": "A race.", "is_sure": "on"})


@kind("label: withdraw at once, twice")
def _withdraw_at_once_twice(world: World, number: int) -> Race:
    label = world.label(world.product(f"Racer{number}a"))

    def judge(_answers: list[Answer]) -> dict[str, bool]:
        made = UrgentWithdrawal.objects.filter(label=label.pk).count()
        return {"doubled": (made, LabelEnd.objects.filter(label=label.pk).count()) != (1, 1)}

    return Race((withdrawing("eu-legal", label), withdrawing("eu-legal-2", label)), judge)


@kind("withdraw a label at once, approve a page")
def _withdraw_at_once(world: World, number: int) -> Race:
    world.choose(keeps_up=False)
    label = world.label(world.product(f"Racer{number}b"))
    page = world.page("race-d", live=False)
    shown = world.send_page(page, f"Racer{number}b")

    def judge(_answers: list[Answer]) -> dict[str, bool]:
        has_ended = fresh(label).status == Status.WITHDRAWN
        return {"doubled": not has_ended, "unlabelled": fresh(page).live and has_ended}

    return Race((withdrawing("eu-legal-2", label), approving("eu-legal", shown, world.code())), judge)


@kind("withdraw a label at once, approve its draft")
def _withdraw_at_once_and_approve(world: World, number: int) -> Race:
    label = world.label(world.product(f"Racer{number}c"))
    label.registration_number = f"R{number}"
    step = world.send(label, "eu-legal-3")

    def judge(_answers: list[Answer]) -> dict[str, bool]:
        is_in_force = fresh(label).is_in_force(clock.today())
        return {"doubled": UrgentWithdrawal.objects.filter(label=label.pk).count() != 1 or is_in_force}

    return Race((withdrawing("eu-legal-2", label), approving("admin", step)), judge)


@kind("urgent withdrawal: two second opinions")
def _opinions(world: World, number: int) -> Race:
    label = world.label(world.product(f"Racer{number}d"))
    user = get_user_model().objects.get(username="eu-legal-3")
    address = reverse("withdrawal", args=[withdraw_at_once(label.pk, user, "A race.").pk])
    acts = Act("eu-legal", address, {"yes": "1"}), Act("eu-legal-2", address, {"no": "1", "reason": "No."})

    def judge(_answers: list[Answer]) -> dict[str, bool]:
        return {"doubled": SecondOpinion.objects.filter(withdrawal__label=label.pk).count() != 1}

    return Race(acts, judge)


@kind("page: take down at once, approve")
def _take_down_and_approve(world: World, number: int) -> Race:
    page = world.page("race-q")
    step = world.send_page(page, f"Round {number}")
    down = Act("eu-legal-2", reverse("take_down_page", args=[page.pk]), {"reason": "-", "is_sure": "on"})

    def judge(_answers: list[Answer]) -> dict[str, bool]:
        is_recorded = Publication.objects.chain(page.pk).last().is_live
        is_right = fresh(page).live == is_recorded == is_live(step.revision)
        return {"doubled": not is_right or fresh(step).status != TaskState.STATUS_APPROVED}

    return Race((down, approving("eu-legal", step, world.code())), judge)


@kind("change a reference, approve what cites it")
def _part(world: World, number: int) -> Race:
    world.product("Marvel")
    reference = world.reference(f"Ash{number}")
    page = TherapyPage.objects.child_of(world.home).filter(slug="race-f").first()
    if page is None:
        topic = Topic.objects.create(name="Race", slug="race")
        page = TherapyPage(title="F", slug="race-f", topic=topic, live=False)
        page = world.home.add_child(instance=page)
    page = world.settled(page, live=False)
    page.intro = f'<p>So it is.<a id="{reference.pk}" linktype="reference">Ash</a></p>'
    step = world.send_page(page, f"Round {number}")

    def judge(_answers: list[Answer]) -> dict[str, bool]:
        return {"unlabelled": fresh(page).live and "Marvel" in fresh(reference).text}

    address = reverse(reference.snippet_viewset.get_url_name("edit"), args=[reference.pk])
    posted = {
        "text": f"Marvel A. Liver 2020, {number}.",
        "kind": "article",
        "year": "2020",
        "doi": reference.doi,
    }
    return Race((Act("admin", address, posted), approving("eu-legal", step, world.code())), judge)


def _schedule(page: Page, title: str) -> Revision:
    """Put a revision of `page` on the schedule that is due."""
    page.title = title
    revision = page.save_revision()
    due = timezone.now() - timedelta(minutes=1)
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=due)
    return revision


@kind("publish_scheduled, approve")
def _schedule_and_approve(world: World, number: int) -> Race:
    page = world.page("race-g")
    _schedule(page, f"Scheduled {number}")
    step = world.send_page(fresh(page), f"Round {number}")
    acts = Act(command=("publish_scheduled",)), approving("eu-legal", step, world.code())
    return Race(acts, decided_once(step))


@kind("publish_scheduled twice")
def _schedule_twice(world: World, number: int) -> Race:
    page = world.page("race-h")
    revision = _schedule(page, f"Scheduled {number}")

    def judge(_answers: list[Answer]) -> dict[str, bool]:
        published = PageLogEntry.objects.filter(revision=revision, action="wagtail.publish.scheduled").count()
        recorded = Publication.objects.chain(page.pk).filter(revision=revision.pk, is_live=True).count()
        return {"doubled": (published, recorded, is_live(revision)) != (1, 1, True)}

    return Race((Act(command=("publish_scheduled",)),) * 2, judge)


@kind("policy: approve, approve")
def _policy_twice(world: World, number: int) -> Race:
    policy = world.policy()
    policy.reason = f"Round {number}"
    step = world.send(policy, "eu-legal-3")
    return Race((approving("eu-legal", step), approving("admin", step)), decided_once(step))


@kind("notice: approve, approve")
def _notice_twice(world: World, number: int) -> Race:
    notice = world.notice()
    notice.heading = f"Round {number}"
    step = world.send(notice, "eu-legal-3")

    def judge(answers: list[Answer]) -> dict[str, bool]:
        recorded = NoticeVersion.objects.filter(revision=step.revision_id).count()
        return {"doubled": decided_once(step)(answers)["doubled"] or recorded != 1}

    return Race((approving("eu-legal", step), approving("admin", step)), judge)


@kind("page: approve, cancel")
def _approve_and_cancel(world: World, number: int) -> Race:
    page = world.page("race-i")
    step = world.send_page(page, f"Round {number}")
    cancelling = Act("eu-editor", *edit(page, f"Round {number}", **{"action-cancel-workflow": "1"}))
    return Race((approving("eu-legal", step, world.code()), cancelling), decided_once(step))


@kind("page: approve, submit anew")
def _approve_and_submit(world: World, number: int) -> Race:
    page = world.page("race-j")
    step = world.send_page(page, f"Round {number}")
    submitting = Act("eu-legal-2", *edit(page, f"Anew {number}", **{"action-submit": "1"}))
    return Race((approving("eu-legal", step, world.code()), submitting), decided_once(step))


def _drafting(world: World, number: int, slug: str, live: bool) -> Race:
    page = world.page(slug, live=live)
    step = world.send_page(page, f"Round {number}")

    def judge(_answers: list[Answer]) -> dict[str, bool]:
        stored = fresh(page)
        newest = Revision.objects.for_instance(page).order_by("-pk").first()
        is_approved = fresh(step).status == TaskState.STATUS_APPROVED
        is_lost = stored.latest_revision_id != newest.pk or is_approved != is_live(step.revision)
        return {"doubled": is_lost}

    saving = Act("eu-legal-2", *edit(page, f"Draft {number}"))
    return Race((approving("eu-legal", step, world.code()), saving), judge)


@kind("page: approve, save a draft")
def _approve_and_draft(world: World, number: int) -> Race:
    return _drafting(world, number, "race-k", live=True)


@kind("page: approve for the first time, save a draft")
def _first_and_draft(world: World, number: int) -> Race:
    return _drafting(world, number, f"race-k{number}", live=False)


@kind("page: submit twice")
def _submit_twice(world: World, number: int) -> Race:
    page = world.page("race-l")
    submitting = Act("eu-editor", *edit(page, f"Round {number}", **{"action-submit": "1"}))

    def judge(_answers: list[Answer]) -> dict[str, bool]:
        steps = TaskState.objects.for_instance(page).filter(status=TaskState.STATUS_IN_PROGRESS)
        return {"doubled": steps.count() != 1}

    return Race((submitting, submitting), judge)


@kind("policy: submit twice")
def _submit_policy_twice(world: World, number: int) -> Race:
    policy = world.policy()
    address = reverse(policy.snippet_viewset.get_url_name("edit"), args=[policy.pk])
    posted = {
        **{name: getattr(policy, name) for name in ("decision", "host", "path")},
        "source": "",
        "region": "",
        "reason": f"Round {number}",
        "starts": policy.starts.isoformat(),
        **loaded(policy),
        "action-submit": "1",
    }
    submitting = Act("eu-legal", address, posted)

    def judge(_answers: list[Answer]) -> dict[str, bool]:
        steps = TaskState.objects.for_instance(policy).filter(status=TaskState.STATUS_IN_PROGRESS)
        return {"doubled": steps.count() != 1}

    return Race((submitting, submitting), judge)


@kind("region: added twice")
def _add_region_twice(world: World, number: int) -> Race:
    code = f"zz{number}"
    posted = region_form(code=code, name=code, countries=[], order="9", languages=["en"])
    adding = Act("admin", "/admin/regions/new/", {**posted, "languages-de": ""})

    def judge(_answers: list[Answer]) -> dict[str, bool]:
        made = [
            Region.objects.filter(code=code).count(),
            Page.objects.filter(slug=code).count(),
            Group.objects.filter(name=f"{code} legal").count(),
            Task.objects.filter(name=f"{code} review").count(),
            Workflow.objects.filter(name=f"{code} review").count(),
        ]
        return {"doubled": made != [1] * 5}

    return Race((adding, adding), judge)


@kind("add_region --all twice")
def _open_twice(world: World, number: int) -> Race:
    Task.objects.filter(name="eu review").update(name=f"eu review, before round {number}")

    def judge(_answers: list[Answer]) -> dict[str, bool]:
        return {"doubled": Task.objects.filter(name="eu review").count() != 1}

    return Race((Act(command=("add_region", "--all")),) * 2, judge)


@kind("keep_record twice")
def _keep_twice(world: World, number: int) -> Race:
    page = world.page("race-m")
    Page.objects.filter(pk=page.pk).update(title=f"Round {number}")
    gone = 1_000_000 + number
    Publication(subject=gone, since=timezone.now(), is_live=True, title="Gone").save()
    before = Publication.objects.chain(page.pk).count()

    def judge(_answers: list[Answer]) -> dict[str, bool]:
        ends = Publication.objects.chain(gone).count(), Publication.objects.chain(page.pk).count()
        return {"doubled": ends != (2, before + 1)}

    return Race((Act(command=("keep_record",)),) * 2, judge)


@kind("anchor_record twice")
def _anchor_twice(world: World, number: int) -> Race:
    place = Path(mkdtemp())
    making = Act(command=("anchor_record",), settings={"STORAGES": anchored_in(place)})
    with override_settings(**making.settings):
        QuerySet(Anchor).delete()
        make()
    page = world.page("race-anchor")
    page.title = f"Round {number}"
    page.save_revision().publish()

    def judge(answers: list[Answer]) -> dict[str, bool]:
        kept = sorted(file.name for file in place.iterdir())
        noted = [f"{anchor.number:08}.json" for anchor in Anchor.objects.all()]
        rmtree(place)
        is_told = sorted("entries." in answer.said for answer in answers) == [False, True]
        is_left = any("Nothing new on record." in answer.said for answer in answers)
        return {"doubled": not (kept == noted and len(kept) == 2 and is_told and is_left)}

    return Race((making, making), judge)


def anchored_in(folder: Path) -> dict[str, Any]:
    """Return the setting by which anchors lie in `folder`."""
    return {**settings.STORAGES, "anchors": read_anchor_storage(str(folder))}


@kind("redirect: added twice")
def _redirect_twice(world: World, number: int) -> Race:
    spelt = [f"/eu/race-{number}", f"/eu/race-{number}/"]
    adding = Act("admin", reverse("redirects:add"), redirect_form(f"/eu/race-{number}/", "/eu/about/"))

    def judge(_answers: list[Answer]) -> dict[str, bool]:
        return {"doubled": Redirect.objects.filter(old_path__in=spelt).count() != 1}

    return Race((adding, adding), judge)


@kind("two saves of one draft")
def _save_twice(world: World, number: int) -> Race:
    page = world.page("race-p", live=False)
    page.save_revision()
    draft = fresh(page).latest_revision
    opened = {"loaded_revision_id": draft.pk, "loaded_revision_created_at": draft.created_at.isoformat()}
    acts = [Act(person, *edit(page, f"By {person}, {number}", **opened)) for person in ("eu-editor", "admin")]

    def judge(answers: list[Answer]) -> dict[str, bool]:
        newer = Revision.objects.for_instance(page).filter(pk__gt=draft.pk).count()
        return {"doubled": newer != 1 or sorted(answer.status for answer in answers) != [302, 409]}

    return Race((acts[0], acts[1]), judge)


@kind("two saves of one reference")
def _save_reference_twice(world: World, number: int) -> Race:
    reference = world.reference("Ash")
    address = reverse(reference.snippet_viewset.get_url_name("edit"), args=[reference.pk])
    opened = signed_in("admin").get(address).context["form"]["loaded_state"].value()
    posted = {"kind": "article", "year": "2020", "doi": reference.doi, "loaded_state": opened}
    acts = [Act("admin", address, {**posted, "text": f"Ash, {number}, by {one}."}) for one in "ab"]

    def judge(answers: list[Answer]) -> dict[str, bool]:
        return {"doubled": sorted(answer.status for answer in answers) != [200, 302]}

    return Race((acts[0], acts[1]), judge)


@kind("page: translated twice")
def _translate_twice(world: World, number: int) -> Race:
    page = world.page(f"race-n{number}")
    german = Locale.objects.get(language_code="de")
    address = reverse("simple_translation:submit_page_translation", args=[page.pk])
    translating = Act("eu-editor", address, {"locales": [german.pk]})

    def judge(_answers: list[Answer]) -> dict[str, bool]:
        return {"doubled": page.get_translations().filter(locale=german).count() != 1}

    return Race((translating, translating), judge)


@kind("page: added twice below one")
def _add_twice(world: World, number: int) -> Race:
    address = reverse("wagtailadmin_pages:add", args=["home", "standardpage", world.home.pk])
    acts = tuple(
        Act("eu-editor", address, form(f"Round {number}{one}", slug=f"race-o{number}{one}")) for one in "ab"
    )

    def judge(_answers: list[Answer]) -> dict[str, bool]:
        made = StandardPage.objects.filter(slug__in=[f"race-o{number}{one}" for one in "ab"])
        return {"doubled": made.count() != 2}

    return Race(acts, judge)


def _scheduled_release(number: int) -> Any:
    """Return a release of three pages and a label that is due."""
    release = put_together(number)
    Release.objects.filter(pk=release.pk).update(goes_live_at=timezone.now() - timedelta(minutes=1))
    return release


def _live_once(release: Any) -> int:
    """Return how often the release went live, as its history has it."""
    return ModelLogEntry.objects.for_instance(release).filter(action="review.release.live").count()


@kind("release: publish_scheduled twice")
def _release_twice(world: World, number: int) -> Race:
    release = _scheduled_release(number)

    def judge(_answers: list[Answer]) -> dict[str, bool]:
        is_whole = all(is_live(item.revision) for item in release.items.all())
        return {"doubled": _live_once(release) != 1 or not is_whole}

    return Race((Act(command=("publish_scheduled",)),) * 2, judge)


@kind("release: goes live, a part is edited")
def _release_and_draft(world: World, number: int) -> Race:
    release = _scheduled_release(number)
    page = release.items.get(object_id=str(world.page("killed-a").pk)).thing

    def judge(_answers: list[Answer]) -> dict[str, bool]:
        live = {is_live(item.revision) for item in release.items.all()}
        return {"doubled": len(live) != 1 or live != {_live_once(release) == 1}}

    drafting = Act("eu-editor", *edit(page, f"Edited {number}"))
    return Race((Act(command=("publish_scheduled",)), drafting), judge)


@kind("one page into two releases")
def _two_releases(world: World, number: int) -> Race:
    page = world.page("race-q")
    page.save_revision()
    releases = [Release.objects.create(name=f"Race {number}{one}", reason="So.") for one in "ab"]
    for release in releases:
        release.regions.add(world.eu)
    address = reverse("add_to_release", args=[base_type_of(page).pk, page.pk])
    acts = tuple(Act("eu-editor", address, {"release": release.pk}) for release in releases)

    def judge(_answers: list[Answer]) -> dict[str, bool]:
        held = ReleaseItem.objects.of(page).filter(is_open=True)
        count = held.count()
        held.update(is_open=False)
        return {"doubled": count != 1}

    return Race((acts[0], acts[1]), judge)


@kind("set a hold, delete its page")
def _hold_and_delete(world: World, number: int) -> Race:
    page = world.page(f"race-hold-{number}", live=False)
    given = {"name": f"Matter {number}", "reason": "A race.", "starts": clock.today().isoformat()}
    holding = Act("eu-legal", reverse("set_legal_hold"), {**given, "page": str(page.pk)})

    def judge(_answers: list[Answer]) -> dict[str, bool]:
        is_held = LegalHold.objects.filter(name=f"Matter {number}").exists()
        return {"doubled": is_held != Page.objects.filter(pk=page.pk).exists()}

    deletion = Act("admin", reverse("wagtailadmin_pages:delete", args=[page.pk]), {"x": "1"})
    return Race((holding, deletion), judge)
