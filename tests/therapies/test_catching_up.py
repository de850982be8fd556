"""Pages beside their sources: what makes them be behind, and who says that they are not any more."""

from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.messages import get_messages
from django.db.models import QuerySet
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page, PageLogEntry, PageViewRestriction

from home.exceptions import RefusedError
from home.models import StandardPage
from region_gate.authoring.draft_links import Draft
from region_gate.authoring.draft_sections import sections_of
from tests.conftest import findings, signed_in
from tests.review.conftest import approve, submit, write
from therapies.adapting.draft import adapt
from therapies.catching_up.deciding import declare, mark_urgent, pass_over
from therapies.catching_up.families import members, translations_in
from therapies.catching_up.standings import SourceStanding, all_behind, standings_of
from therapies.models import CatchUp, SourceChange

pytestmark = pytest.mark.django_db
carry_over = import_module("therapies.migrations.0017_catching_up").carry_over


def publish(page: Page, **values: object) -> StandardPage:
    """Change `page` and publish it, as an approval would."""
    page = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def standing(page: Page) -> SourceStanding:
    """Return how `page` stands to its only source."""
    (one,) = standings_of(Page.objects.get(pk=page.pk))
    return one


def is_behind(page: Page) -> bool:
    return standing(page).is_behind


def ticked(source: Page) -> dict[str, str]:
    """Return the tick that the changes of `source`, as it is published, are taken over."""
    return {"caught_up": f"{source.pk}:{Page.objects.get(pk=source.pk).live_revision_id}"}


def test_nothing_of_the_demo_is_behind(db):
    everything = members(Page.objects.filter(depth__gt=2))
    assert all_behind(translations_in(everything)) == []


def test_translations_follow_the_english_page_and_it_follows_none(english, german, french):
    assert [standing(page).source for page in (german, french)] == [english.pk, english.pk]
    assert standings_of(english) == []


def test_a_change_that_goes_live_leaves_the_translations_behind(english, german, french):
    publish(english, intro="<p>Something new.</p>")
    assert is_behind(german)
    assert is_behind(french)


def test_a_draft_leaves_nothing_behind(english, german):
    english.intro = "<p>Something new.</p>"
    english.save_revision()
    assert not is_behind(german)


def test_a_publication_without_another_word_leaves_nothing_behind(english, german):
    publish(english)
    assert not is_behind(german)


def test_only_what_translations_share_of_a_home_page_leaves_them_behind(eu_home):
    """Each language has a menu and a contact of its own."""
    german = eu_home.get_translation(Locale.objects.get(language_code="de"))
    about = StandardPage.objects.child_of(eu_home).get(slug="about")
    own = {"menu": [("page", about)], "footer_menu": [("page", about)], "telephone": "+49 30 1234567"}
    publish(eu_home, **own, postal_address="A street", email="eu@example.com", organisation="Another")
    assert not is_behind(german)
    publish(eu_home, footer_text="<p>Another text.</p>")
    assert is_behind(german)


def test_a_change_of_a_translation_leaves_the_source_and_the_others_as_they_are(english, german, french):
    publish(german, intro="<p>Etwas Neues.</p>")
    assert not is_behind(french)
    assert standings_of(english) == []


def test_saving_and_publishing_alone_catch_up_with_nothing(english, german):
    publish(english, intro="<p>Something new.</p>")
    publish(german, intro="<p>Etwas anderes.</p>")
    assert is_behind(german)


def test_what_was_declared_counts_once_the_page_is_live(english, german):
    english = publish(english, intro="<p>Something new.</p>")
    german.intro = "<p>Etwas Neues.</p>"
    german.save_revision()
    german = StandardPage.objects.get(pk=german.pk)
    declare(german, english, None)
    assert is_behind(german)
    german.latest_revision.publish()
    assert not is_behind(german)
    entry = PageLogEntry.objects.filter(page=german.pk, action="therapies.catch_up").latest("pk")
    assert entry.message.startswith(f"Caught up with “{english.title}”, up to ")


def test_what_another_draft_declared_does_not_count(english, german):
    english = publish(english, intro="<p>Something new.</p>")
    german.intro = "<p>Etwas Neues.</p>"
    german.save_revision()
    declare(StandardPage.objects.get(pk=german.pk), english, None)
    publish(german, intro="<p>Doch nicht.</p>")
    assert is_behind(german)


def test_what_the_source_changes_after_the_declaration_is_not_taken_over(english, german):
    english = publish(english, intro="<p>Something new.</p>")
    german.intro = "<p>Etwas Neues.</p>"
    german.save_revision()
    german = StandardPage.objects.get(pk=german.pk)
    declare(german, english, None)
    publish(english, intro="<p>Newer still.</p>")
    german.latest_revision.publish()
    assert is_behind(german)


def test_an_unpublished_source_has_nothing_to_take_over(english, german):
    publish(english, intro="<p>Something new.</p>").unpublish()
    assert not any(one.is_behind for one in standings_of(german))


def test_a_new_translation_begins_in_step_and_is_behind_by_a_later_change(eu_home):
    made = eu_home.add_child(instance=StandardPage(title="New", slug="new", live=False))
    publish(made)
    copy = made.copy_for_translation(Locale.objects.get(language_code="de"))
    assert not is_behind(copy)
    publish(made, title="Newer")
    assert is_behind(copy)


def test_a_translation_of_a_draft_is_behind_by_what_changed_until_it_went_live(eu_home):
    made = eu_home.add_child(instance=StandardPage(title="New", slug="new", live=False))
    same = made.copy_for_translation(Locale.objects.get(language_code="de"))
    publish(made)
    assert not is_behind(same)
    publish(made, title="Newer")
    assert is_behind(same)


def test_a_translation_of_a_translation_stands_as_that_one_does(english, german):
    publish(english, intro="<p>Something new.</p>")
    locale = Locale.objects.get(language_code="fr")
    english.get_translation(locale).delete()
    assert is_behind(german)
    made = StandardPage.objects.get(pk=german.pk).copy_for_translation(locale)
    assert is_behind(made)


def test_nothing_to_take_over_is_said_with_a_reason_and_holds_at_once(english, german):
    english = publish(english, intro="<p>Something new.</p>")
    pass_over(german, english, None, "A comma.")
    assert not is_behind(german)
    entry = PageLogEntry.objects.filter(page=german.pk, action="therapies.catch_up").latest("pk")
    assert entry.message.endswith(": A comma.")


# Safety changes


def make_urgent(english: StandardPage) -> StandardPage:
    english.intro = "<p>Do not use it.</p>"
    revision = english.save_revision()
    mark_urgent(english, revision, None)
    assert not SourceChange.objects.published().filter(is_urgent=True).exists()
    revision.publish()
    return StandardPage.objects.get(pk=english.pk)


def test_a_marked_change_is_urgent_once_it_is_live_and_stays_so_until_taken_over(english, german):
    make_urgent(english)
    publish(english, title="A later and lesser change")
    assert standing(german).is_urgent


def test_what_is_urgent_comes_first(english, german, eu_home):
    other = StandardPage.objects.child_of(eu_home).get(slug="contact")
    publish(other, intro="<p>Something new.</p>")
    make_urgent(english)
    behind = all_behind(translations_in(members(Page.objects.filter(depth__gt=2))))
    assert [one.is_urgent for one in behind] == [True, True, False, False]


def test_a_safety_change_cannot_be_passed_over(english, german):
    english = make_urgent(english)
    with pytest.raises(RefusedError):
        pass_over(german, english, None, "Not for us.")
    assert is_behind(german)


# In the admin


@pytest.fixture
def behind(english, german) -> StandardPage:
    """The German page, after the English one has changed."""
    publish(english, intro="<p>Something quite new.</p>")
    return german


def changes_page(page: Page, source: Page) -> str:
    return reverse("therapies_catch_up", args=[page.pk, source.pk])


def test_the_editor_is_told_word_by_word_what_to_catch_up_with(eu_editor, english, behind):
    shown = findings(eu_editor, behind)
    assert f"Behind “{english.title}” (English) since" in shown
    assert "Something quite new" in shown
    assert changes_page(behind, english) in shown
    assert "I have taken over the changes up to" in shown
    assert "Something quite new" in eu_editor.get(changes_page(behind, english)).text


def test_the_tick_counts_when_the_page_is_sent_and_approved(eu_editor, eu_legal, english, behind):
    write(eu_editor, behind, "Über uns", **ticked(english))
    assert not CatchUp.objects.filter(in_effect_since=None).exists()
    write(eu_editor, behind, "Über uns", **ticked(english), **{"action-submit": "1"})
    assert is_behind(behind)
    approve(eu_legal, behind)
    assert not is_behind(behind)


def test_without_the_tick_an_approval_leaves_the_page_behind(eu_editor, eu_legal, behind):
    submit(eu_editor, behind, "Über uns")
    approve(eu_legal, behind)
    assert is_behind(behind)


def test_the_reviewer_sees_what_was_declared_and_has_no_tick(eu_editor, eu_legal, english, behind):
    write(eu_editor, behind, "Über uns", **ticked(english), **{"action-submit": "1"})
    state = Page.objects.get(pk=behind.pk).current_workflow_task_state
    shown = eu_legal.get(reverse("review", args=[state.pk])).text
    assert "says that this draft has taken over the changes up to" in shown
    assert 'name="caught_up"' not in shown


def test_a_tick_about_an_older_state_of_the_source_counts_for_nothing(eu_editor, english, behind):
    stale = ticked(english)
    publish(english, intro="<p>Newer still.</p>")
    answer = write(eu_editor, behind, "Über uns", **stale, **{"action-submit": "1"})
    assert not CatchUp.objects.filter(in_effect_since=None).exists()
    told = " ".join(map(str, get_messages(answer.wsgi_request)))
    assert "has changed meanwhile" in told


@pytest.mark.parametrize("value", ["", "x", "1", ":", "999999:1", "²:1"])
def test_a_tick_that_means_nothing_is_passed_over(value, eu_editor, behind):
    assert write(eu_editor, behind, "Über uns", caught_up=value, **{"action-submit": "1"}).status_code == 302
    assert not CatchUp.objects.filter(in_effect_since=None).exists()


def test_whoever_sends_a_page_marks_a_safety_change_and_may_take_that_back(
    eu_editor, eu_legal, english, german
):
    both = {"action-submit": "1", "safety_change": "1"}
    write(eu_editor, english, "About", **both)
    assert SourceChange.objects.marked().count() == 1
    approve(eu_legal, english)
    assert standing(german).is_urgent


def test_whoever_approves_marks_a_safety_change(eu_editor, eu_legal, english, german):
    submit(eu_editor, english, "About")
    approve(eu_legal, english, safety_change="on")
    assert standing(german).is_urgent
    assert PageLogEntry.objects.filter(page=english.pk, action="therapies.mark_urgent").exists()


def test_the_mark_is_offered_only_where_something_follows_the_page(eu_editor, eu_legal, english, german):
    assert 'name="safety_change"' in findings(eu_editor, english)
    assert 'name="safety_change"' not in findings(eu_editor, german)
    submit(eu_editor, german, "Über uns")
    state = Page.objects.get(pk=german.pk).current_workflow_task_state
    assert "safety_change" not in eu_legal.get(reverse("review", args=[state.pk])).text


@pytest.mark.parametrize(
    ("username", "may_read", "may_decide"),
    [
        ("eu-editor", True, True),
        ("admin", True, True),
        ("eu-legal", True, False),
        ("us-editor", False, False),
        ("us-legal", False, False),
        ("", False, False),
    ],
)
def test_only_the_regions_own_people_read_and_decide(username, may_read, may_decide, english, behind):
    client = signed_in(username) if username else Client()
    assert (client.get(changes_page(behind, english)).status_code == 200) is may_read
    asked = {"revision": str(Page.objects.get(pk=english.pk).live_revision_id), "reason": "A comma."}
    client.post(changes_page(behind, english), asked)
    assert is_behind(behind) is not may_decide


@pytest.mark.parametrize("asked", [{"reason": ""}, {"revision": "1"}, {"reason": " "}])
def test_a_decision_without_reason_or_about_another_state_counts_for_nothing(
    asked, eu_editor, english, behind
):
    whole = {"revision": str(Page.objects.get(pk=english.pk).live_revision_id), "reason": "A comma."}
    eu_editor.post(changes_page(behind, english), {**whole, **asked})
    assert is_behind(behind)


def test_a_safety_change_offers_no_way_around_the_page(eu_editor, english, german):
    english = make_urgent(english)
    assert "Nothing to take over" not in eu_editor.get(changes_page(german, english)).text
    whole = {"revision": str(english.live_revision_id), "reason": "A comma."}
    eu_editor.post(changes_page(german, english), whole)
    assert is_behind(german)


def test_an_administrator_who_publishes_at_once_marks_what_is_live_by_then(
    administrator, one_person_may, english, german
):
    write(administrator, english, "About", **{"action-publish": "1", "safety_change": "1"})
    assert standing(german).is_urgent


def test_a_reviewers_button_in_the_editor_takes_no_mark_away(eu_editor, eu_legal, english, german):
    write(eu_editor, english, "About", **{"action-submit": "1", "safety_change": "1"})
    write(eu_legal, english, "About", **{"action-workflow-action": "1", "workflow-action-name": "reject"})
    assert SourceChange.objects.marked().exists()


def test_a_source_that_not_everybody_may_read_is_followed_in_no_other_region(eu_home, us_home):
    made = us_home.add_child(instance=StandardPage(title="Ours", slug="ours", live=False))
    source = publish(made)
    author = get_user_model().objects.get(username="eu-editor")
    page = adapt(source, eu_home, eu_home, "Ours", "ours", author).page
    publish(source, title="Changed")
    assert is_behind(page)
    PageViewRestriction.objects.create(page=source, restriction_type=PageViewRestriction.LOGIN)
    assert standings_of(page) == []


def test_a_safety_change_cannot_be_marked_as_seen_by_an_adaptation(eu_editor, eu_home, us_home):
    made = us_home.add_child(instance=StandardPage(title="Ours", slug="ours", live=False))
    source = publish(made)
    author = get_user_model().objects.get(username="eu-editor")
    page = adapt(source, eu_home, eu_home, "Ours", "ours", author).page
    source = make_urgent(source)
    address = reverse("therapies_adaptation", args=[page.adaptation.pk])
    eu_editor.post(address, {"revision": source.live_revision_id})
    assert standing(page).is_urgent


def reject(client: Client, page: Page) -> None:
    state = Page.objects.get(pk=page.pk).current_workflow_task_state
    client.post(reverse("review", args=[state.pk]), {"reject": "1", "reject-comment": "Say less."})


def ticks(client: Client, page: Page) -> bool:
    """Say whether the editor shows the page as a safety change, and sends it as one before it shows that."""
    opened = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
    is_ticked = 'name="safety_change" value="1" checked' in findings(client, page)
    assert ('name="safety_change" value="1"' in opened) == is_ticked
    return is_ticked


def test_the_tick_of_a_safety_change_outlives_a_rejection(eu_editor, eu_legal, english, german):
    write(eu_editor, english, "About", **{"action-submit": "1", "safety_change": "1"})
    reject(eu_legal, english)
    assert ticks(eu_editor, english)
    write(eu_editor, english, "About us, better")
    assert ticks(eu_editor, english)
    submit_again = {"action-submit": "1", "safety_change": "1"}
    write(eu_editor, english, "About us, better still", **submit_again)
    approve(eu_legal, english)
    assert standing(german).is_urgent
    assert not ticks(eu_editor, english)


def test_a_tick_that_was_taken_away_after_a_rejection_is_gone(eu_editor, eu_legal, english, german):
    write(eu_editor, english, "About", **{"action-submit": "1", "safety_change": "1"})
    reject(eu_legal, english)
    write(eu_editor, english, "About us, better", **{"action-submit": "1"})
    assert not ticks(eu_editor, english)


def test_a_draft_in_the_default_language_is_nobodys_source(english, german, french):
    """It was taken down, or is a translation that nobody has published yet."""
    Page.objects.filter(pk=english.pk).update(live=False)
    assert standing(french).source == german.pk
    publish(german, intro="<p>Etwas Neues.</p>")
    assert is_behind(french)
    english.get_latest_revision_as_object().save_revision()
    assert is_behind(french)


def test_what_was_behind_stays_so_when_a_further_page_becomes_the_source(eu_home):
    german = Locale.objects.get(language_code="de")
    home = eu_home.get_translation(german)
    first = publish(home.add_child(instance=StandardPage(title="Neu", slug="neu", live=False)))
    french = first.copy_for_translation(Locale.objects.get(language_code="fr"))
    french = publish(french)
    publish(first, intro="<p>Etwas Neues.</p>")
    assert is_behind(french)
    english = first.copy_for_translation(Locale.objects.get(language_code="en"))
    assert is_behind(french)
    english = publish(english)
    assert standing(french).source == english.pk
    assert is_behind(french)
    assert not is_behind(first)


def test_an_adaptation_behind_is_counted_once(eu_editor, eu_home, us_home):
    source = publish(us_home.add_child(instance=StandardPage(title="Ours", slug="ours", live=False)))
    author = get_user_model().objects.get(username="eu-editor")
    page = adapt(source, eu_home, eu_home, "Ours", "ours", author).page
    request = RequestFactory().get("/")
    request.user = author
    before = sum(section.count for section in sections_of(Draft(page, request)))
    publish(source, title="Changed")
    after = sum(section.count for section in sections_of(Draft(page, request)))
    assert after - before == 1


# What was there before


class AppsOfBefore:
    """Django's apps, but with adaptations as they were before: they held what was last seen."""

    def __init__(self, *adaptations: SimpleNamespace) -> None:
        rows = SimpleNamespace(iterator=lambda: iter(adaptations))
        self.adaptation = SimpleNamespace(objects=SimpleNamespace(select_related=lambda *_names: rows))

    def get_model(self, app: str, name: str):
        """Return the model."""
        return self.adaptation if name == "Adaptation" else apps.get_model(app, name)


@pytest.fixture
def nothing_noted(db) -> None:
    """Leave nothing noted, as before the upgrade."""
    CatchUp.objects.all().delete()
    QuerySet(SourceChange).delete()


def set_published(page: Page, days_ago: int) -> None:
    QuerySet(Page).filter(pk=page.pk).update(last_published_at=timezone.now() - timedelta(days=days_ago))


def test_an_upgrade_goes_by_the_dates_of_translations(nothing_noted, english, german, french):
    for page, days in ((english, 5), (german, 9), (french, 1)):
        set_published(page, days)
    carry_over(AppsOfBefore(), None)
    assert (is_behind(german), is_behind(french)) == (True, False)


def test_an_upgrade_keeps_what_was_seen_of_originals(nothing_noted, english, us_home):
    source = publish(us_home.add_child(instance=StandardPage(title="Ours", slug="ours", live=False)))
    seen_at = source.last_published_at - timedelta(days=3)
    row = SimpleNamespace(
        page_id=english.pk,
        source_id=source.pk,
        source=source,
        seen={"title": "Older"},
        seen_at=seen_at,
        seen_by_id=None,
        seen_revision_id=None,
    )
    carry_over(AppsOfBefore(row), None)
    kept = CatchUp.objects.get(page=english.pk, source=source.pk)
    assert (kept.up_to, kept.content) == (seen_at, {"title": "Older"})
    assert SourceChange.objects.filter(page=source.pk, at=source.last_published_at).exists()
