"""No page shows a label's new words under an old code, unless legal says so."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from home.exceptions import RefusedError
from review.models import Approval
from review.releases import lifecycle, parts
from review.releases.renewals import leave_out, pages_to_renew, renew
from tests.conftest import signed_in
from tests.therapies.label_texts import say
from therapies.models import ProductPage, Publication

from .conftest import add_approved, approve, fresh, made, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def reworded(release, label):
    """The release, with the label in new words."""
    add_approved(release, say(label, indication="<p>For quite another use.</p>"), "eu-legal", "admin")
    return release


def press(who: str, release, action: str, **more: str):
    return signed_in(who).post(release.get_absolute_url(), {"action": action, **more}, follow=True)


def test_the_pages_that_show_the_label_are_renewed_with_it(reworded, naming, second_legal, client):
    """The same words, approved anew by somebody else, under a new code that goes live with the label."""
    left = pages_to_renew(reworded)
    assert naming.pk in {page.pk for page in left}
    faults = lifecycle.prepare(reworded, person("eu-legal"))
    assert len(faults) == len(left)
    assert all("under its old approval code" in fault for fault in faults)
    old = Approval.objects.get(revision=fresh(naming).live_revision)

    press("eu-editor", reworded, "renew-all")
    assert pages_to_renew(reworded) == []
    items = [*reworded.items.filter(renews=True)]
    assert len(items) == len(left)
    assert all("It waits for its review" in fault for fault in lifecycle.prepare(reworded, second_legal))
    for item in items:
        step = item.thing.current_workflow_task_state
        with pytest.raises(RefusedError, match="Somebody else must approve"):
            _as_writer(step)
        approve(step, "eu-legal")
    assert lifecycle.prepare(reworded, person("eu-legal")) == []
    lifecycle.make_live(reworded, person("eu-legal"))

    shown = LexborHTMLParser(client.get(naming.url).text)
    code = Approval.objects.get(revision=fresh(naming).live_revision).code
    assert code != old.code
    assert code in shown.css_first(".approval").text()
    assert "For quite another use." in shown.css_first("section.labels").text()
    entry = Publication.objects.chain(naming.pk).last()
    assert entry.approval_facts["code"] == code


def _as_writer(step) -> None:
    """Have whoever sent it approve it, as if they were legal."""
    writer = step.workflow_state.requested_by
    writer.groups.add(*person("eu-legal").groups.all())
    try:
        approve(step, writer.username)
    finally:
        writer.groups.remove(*person("eu-legal").groups.all())


def test_an_alias_has_the_code_of_its_page(release, label, eu_home, second_legal, client):
    page = ProductPage.objects.child_of(eu_home).live().first()
    alias = page.create_alias(update_slug="again")
    add_approved(release, say(label, indication="<p>For quite another use.</p>"), "eu-legal", "admin")
    press("eu-editor", release, "renew-all")
    assert pages_to_renew(release) == []
    for item in release.items.filter(renews=True):
        approve(item.thing.current_workflow_task_state, "eu-legal")
    assert lifecycle.prepare(release, person("eu-legal")) == []
    lifecycle.make_live(release, person("eu-legal"))
    code = Approval.objects.get(revision=fresh(page).live_revision).code
    assert code in LexborHTMLParser(client.get(alias.url).text).css_first(".approval").text()


def test_a_page_with_a_draft_is_not_renewed_over_it(reworded, naming):
    draft = fresh(naming)
    draft.title = "A draft"
    draft.save_revision(user=person("eu-editor"))
    with pytest.raises(RefusedError, match="has a draft that visitors do not see yet, by eu-editor"):
        renew(reworded, fresh(naming), person("eu-legal"))
    answer = press("eu-legal", reworded, "renew-all")
    assert "has a draft that visitors do not see yet" in answer.text
    assert [page.pk for page in pages_to_renew(reworded)] == [naming.pk]
    parts.add(reworded, fresh(naming), person("eu-editor"))
    assert pages_to_renew(reworded) == []


def test_legal_alone_leaves_a_page_out_and_says_why(reworded, naming):
    address = {"action": f"leave-out:{naming.pk}"}
    press("eu-editor", reworded, **address, **{f"reason-{naming.pk}": "So."})
    assert "Say why" in press("eu-legal", reworded, **address).text
    assert naming.pk in {page.pk for page in pages_to_renew(reworded)}
    answer = press("eu-legal", reworded, **address, **{f"reason-{naming.pk}": "Its words stay true."})
    assert naming.pk not in {page.pk for page in pages_to_renew(reworded)}
    assert "Its words stay true." in answer.text
    assert "Page left out" in answer.text


def test_a_label_in_the_same_words_calls_for_nothing(release, label):
    live = fresh(label)
    if live.live_revision is None:
        live.save_revision().publish()
    add_approved(release, fresh(label), "eu-legal", "admin")
    assert pages_to_renew(release) == []


def test_only_pages_of_the_labels_region_are_called_for(reworded, us_home, naming):
    theirs = {page.pk for page in type(naming).objects.descendant_of(us_home)}
    assert theirs.isdisjoint(page.pk for page in pages_to_renew(reworded))


def test_a_page_left_out_goes_on_under_its_old_code(reworded, naming, client):
    for page in pages_to_renew(reworded):
        leave_out(reworded, page, "So.", person("eu-legal"))
    assert lifecycle.prepare(reworded, person("eu-legal")) == []
    before = fresh(naming).live_revision_id
    lifecycle.make_live(reworded, person("eu-legal"))
    assert fresh(naming).live_revision_id == before
    assert "For quite another use." in client.get(naming.url).text


def test_a_renewal_is_of_no_other_release(reworded, eu, naming):
    renew(reworded, fresh(naming), person("eu-legal"))
    with pytest.raises(RefusedError, match="is a part of the release"):
        parts.add(made(eu), fresh(naming), person("eu-legal"))
    with pytest.raises(RefusedError, match="waits for review already"):
        renew(reworded, fresh(naming), person("eu-legal"))
