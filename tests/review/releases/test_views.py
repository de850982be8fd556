"""Releases in the admin: put together, prepared and made live by their people, by direct request."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from region_gate.models import Notice
from review.models import Release, ReleaseItem
from review.release_models import ReleaseState, base_type_of
from review.releases import lifecycle, parts
from tests.conftest import approval, signed_in
from tests.review.conftest import write
from therapies.models import Product

from .conftest import add_approved, approve, fresh, made, person, send

pytestmark = pytest.mark.django_db

PEOPLE = ["eu-editor", "eu-legal", "us-editor", "us-legal", "admin"]


def press(who: str, release: Release, action: str, **more: str):
    return signed_in(who).post(release.get_absolute_url(), {"action": action, **more}, follow=True)


def add_address(thing) -> str:
    return reverse("add_to_release", args=[base_type_of(thing).pk, thing.pk])


def words(answer) -> str:
    return " ".join(LexborHTMLParser(answer.text).css_first("main, .content").text().split())


def test_the_whole_way_by_the_screens(eu, about):
    editor, legal = signed_in("eu-editor"), signed_in("eu-legal")
    asked = {"name": "Spring", "reason": "A new indication.", "regions": [eu.pk]}
    answer = editor.post(reverse("new_release"), asked, follow=True)
    release = Release.objects.get(name="Spring")
    assert "Being put together" in words(answer)

    about.title = "About the spring"
    about.save_revision(user=person("eu-editor"))
    chosen = f"{base_type_of(about).pk}:{about.pk}"
    listed = editor.get(
        reverse("choose_release_parts", args=[release.pk]), {"kind": "page", "words": "spring"}
    )
    assert f'value="{chosen}"' in listed.text
    editor.post(reverse("choose_release_parts", args=[release.pk]), {"part": [chosen]})
    assert "Nobody has approved it, and it is in no review" in words(editor.get(release.get_absolute_url()))

    step = send(about)
    screen = legal.get(reverse("review", args=[step.pk])).text
    assert "It waits for the release" in screen
    assert "Approve for its release" in screen
    given = {f"approve-{name}": value for name, value in approval("EU-REL-1").items()}
    legal.post(reverse("review", args=[step.pk]), {**given, "approve": "1"})
    assert fresh(about).title != "About the spring"
    assert "EU-REL-1" in words(editor.get(release.get_absolute_url()))

    assert "Everything was tried together, and could go live." in words(
        press("eu-editor", release, "prepare")
    )
    assert "is live, all of it" in words(press("eu-legal", release, "make-live"))
    assert fresh(about).title == "About the spring"
    told = words(legal.get(release.get_absolute_url()))
    assert "Went live" in told
    assert "eu-legal: Part approved: About the spring" in told
    assert "Prepared" in told
    assert 'href="/admin/releases/' in legal.get("/admin/releases/").text


def test_each_button_is_open_to_these_people_and_no_others(eu, about):
    """By direct request, whatever buttons there are."""
    about.title = "About the spring"

    def release_in(state: ReleaseState) -> Release:
        ReleaseItem.objects.all().delete()
        release = made(eu, at=timezone.now() + timedelta(hours=1))
        add_approved(release, about)
        Release.objects.filter(pk=release.pk).update(state=state)
        return release

    cases = {
        "prepare": (ReleaseState.DRAFT, ReleaseState.PREPARED, {"eu-editor", "eu-legal", "admin"}),
        "schedule": (ReleaseState.PREPARED, ReleaseState.SCHEDULED, {"eu-legal", "admin"}),
        "unschedule": (ReleaseState.SCHEDULED, ReleaseState.DRAFT, {"eu-legal", "admin"}),
        "cancel": (ReleaseState.PREPARED, ReleaseState.CANCELLED, {"eu-legal", "admin"}),
    }
    for action, (before, after, allowed) in cases.items():
        for who in PEOPLE:
            release = release_in(before)
            answer = press(who, release, action)
            assert (fresh(release).state == after) is (who in allowed), (action, who)
            assert answer.status_code == 200 if who in allowed else answer.status_code in (200, 403, 404)
    for who in ("eu-editor", "us-legal"):
        release = release_in(ReleaseState.PREPARED)
        press(who, release, "make-live")
        assert fresh(about).title != "About the spring"


def test_nobody_touches_what_is_another_regions(eu, us, us_home, about):
    release = made(us, by="us-legal")
    about.save_revision()
    editor = signed_in("eu-editor")
    assert editor.get(release.get_absolute_url()).status_code == 404
    assert release.name not in editor.get(reverse("releases")).text
    assert editor.get(reverse("edit_release", args=[release.pk])).status_code == 404
    for who in ("eu-editor", "us-editor", "us-legal", "admin"):
        signed_in(who).post(add_address(fresh(about)), {"release": release.pk})
        chosen = {"part": [f"{base_type_of(about).pk}:{about.pk}"]}
        signed_in(who).post(reverse("choose_release_parts", args=[release.pk]), chosen)
    assert not release.items.exists()
    own = made(eu)
    us_home.save_revision()
    for who in ("eu-editor", "eu-legal", "us-legal", "admin"):
        signed_in(who).post(add_address(fresh(us_home)), {"release": own.pk})
    assert not own.items.exists()


def test_a_release_for_several_regions_is_for_whoever_is_legal_in_each(eu, us, second_legal):
    asked = {"name": "Both", "reason": "So.", "regions": [eu.pk, us.pk]}
    for who in ("eu-editor", "eu-legal", "us-legal"):
        signed_in(who).post(reverse("new_release"), asked)
        assert not Release.objects.filter(name="Both").exists()
    second_legal.groups.add(*person("us-legal").groups.all())
    signed_in("eu-legal-2").post(reverse("new_release"), asked)
    release = Release.objects.get(name="Both")
    assert signed_in("eu-legal").get(release.get_absolute_url()).status_code == 404
    assert signed_in("eu-legal-2").get(release.get_absolute_url()).status_code == 200


def test_editors_add_no_label_product_or_notice(eu, label):
    release = made(eu)
    for thing in (label, Product.objects.get(), Notice.objects.first()):
        thing.save_revision()
        signed_in("eu-editor").post(add_address(fresh(thing)), {"release": release.pk})
    assert not release.items.exists()
    signed_in("eu-legal").post(add_address(fresh(label)), {"release": release.pk})
    assert release.items.get().thing == label


@pytest.mark.parametrize("state", [ReleaseState.SCHEDULED, ReleaseState.LIVE, ReleaseState.CANCELLED])
def test_what_is_scheduled_or_over_stays_as_it_is(eu, about, state):
    release = made(eu)
    item = add_approved(release, about)
    Release.objects.filter(pk=release.pk).update(state=state)
    for action in (f"remove:{item.pk}", "prepare", "renew-all"):
        press("eu-legal", release, action)
    changed = {"name": "Otherwise", "reason": "So."}
    signed_in("eu-legal").post(reverse("edit_release", args=[release.pk]), changed)
    assert fresh(release).name == "New indication"
    assert release.items.count() == 1
    assert fresh(release).state == state


def test_another_date_calls_for_another_try(release, about):
    about.title = "About the spring"
    add_approved(release, about)
    assert lifecycle.prepare(release, person("eu-legal")) == []
    moment = f"{timezone.now() + timedelta(days=3):%Y-%m-%d %H:%M}"
    values = {"name": "Later", "reason": "So.", "goes_live_at": moment}
    signed_in("eu-editor").post(reverse("edit_release", args=[release.pk]), values)
    assert fresh(release).state == ReleaseState.DRAFT
    assert fresh(release).goes_live_at is not None
    past = signed_in("eu-editor").post(
        reverse("edit_release", args=[release.pk]), {**values, "goes_live_at": "2020-01-01 10:00"}
    )
    assert past.status_code == 200


def test_the_editor_leads_to_the_release(eu, about):
    about.save_revision()
    edit = reverse("wagtailadmin_pages:edit", args=[about.pk])
    editor = signed_in("eu-editor")
    assert add_address(about) in editor.get(edit).text
    release = made(eu)
    assert "New indication" in editor.get(add_address(about)).text
    editor.post(add_address(about), {"release": release.pk})
    assert release.get_absolute_url() in editor.get(edit).text
    assert "already" in editor.get(add_address(about)).text


def test_whatever_is_asked_for_that_is_not_there_is_not_found(eu, about):
    legal = signed_in("eu-legal")
    release = made(eu)
    assert legal.get(reverse("add_to_release", args=[999999, 1])).status_code == 404
    assert legal.get(reverse("add_to_release", args=[base_type_of(about).pk, 999999])).status_code == 404
    for value in ("", "x", ":", f"{base_type_of(about).pk}:x", "1:1:1"):
        answer = legal.post(reverse("choose_release_parts", args=[release.pk]), {"part": [value]})
        assert answer.status_code == 404
    for action in ("remove:x", "remove:" + "9" * 30, "renew:x", "nothing", ""):
        assert press("eu-legal", release, action).status_code in (200, 404)
    assert legal.post(add_address(about), {"release": "x"}).status_code == 404


def test_an_administrator_does_not_publish_around_the_release(settings, release, about):
    """Even what is approved, by the button that administrators have where one person may do all."""
    settings.REVIEW_FOUR_EYES = False
    about.title = "About the spring"
    add_approved(release, about)
    answer = write(signed_in("admin"), about, "About the spring", **{"action-publish": "1"})
    assert fresh(about).title != "About the spring"
    assert answer.status_code == 302
    assert any("goes live with the release" in str(said) for said in get_messages(answer.wsgi_request))


def test_attention_tells_of_a_release_that_will_fail(release, about):
    about.title = "About the spring"
    add_approved(release, about)
    Release.objects.filter(pk=release.pk).update(
        state=ReleaseState.SCHEDULED, goes_live_at=timezone.now() + timedelta(hours=1)
    )
    attention = reverse("attention")
    assert "New indication" not in signed_in("eu-legal").get(attention).text
    draft = fresh(about).get_latest_revision_as_object()
    draft.title = "Edited since"
    draft.save_revision(user=person("eu-editor"))
    assert "As it stands, it will not go live" in signed_in("eu-legal").get(attention).text
    assert "New indication" not in signed_in("us-legal").get(attention).text
    Release.objects.filter(pk=release.pk).update(state=ReleaseState.FAILED, faults=["So it was."])
    assert "It did not go live: So it was." in signed_in("eu-legal").get(attention).text


def test_a_part_that_is_removed_goes_its_own_way_again(release, about):
    about.title = "About the spring"
    about.save_revision(user=person("eu-editor"))
    item = parts.add(release, fresh(about), person("eu-editor"))
    press("eu-editor", release, f"remove:{item.pk}")
    assert not release.items.exists()
    approve(send(about))
    assert fresh(about).title == "About the spring"
