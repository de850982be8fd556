"""Each change of what visitors may see starts a new edition, and no model is forgotten."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from redirects.models import Redirect as LibraryRedirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, CollectionViewRestriction, Locale, Page, PageViewRestriction, Site

from home.models import Region, RegionHomePage, RegionSelectorPage, StandardPage, WholeName
from page_cache.shown import SCHEDULES, SHOWN
from redirecting.models import Redirect
from region_gate.links.destinations import DestinationKind
from region_gate.links.policies import Decision
from region_gate.models import Edition, Notice, NoticeVersion, NoticeWithdrawal, Policy
from region_gate.models.append_only import AppendOnlyModel
from region_gate.pipeline import rehearsal
from review.models import Approval
from review.release_models import Release, ReleaseState
from therapies.models import (
    EndingChoice,
    Label,
    LabelText,
    Mention,
    Product,
    Reference,
    Statement,
    StatementPlace,
    StatementText,
    TherapyPage,
    Topic,
)

pytestmark = pytest.mark.django_db

WORK = "only those see it who work on the site"
SIGN_IN = "tells who works on the site, and what they may do"
RECORD = "is written of what visitors see, and not shown to them"
FOLLOWS = "is written in the transaction of what it follows from, which renews"
SEARCH = "is asked by searches alone, which are not kept"
NOTICES = "is asked by notices alone, which are not kept"
LIBRARY = "a library's own, and nothing here shows it"

# Each model that visitors see nothing of, or nothing that changes by itself, and why.
UNSEEN = {
    **dict.fromkeys(
        [
            *("review.SnippetComment", "review.SnippetReply", "review.TakeDownRequest"),
            *("review.TakeDownAnswer", "review.SecondOpinion", "review.LeftOutPage"),
            *("review.Release_regions", "review.ReleaseItem", "review.TeamApproval"),
            *("therapies.CatchUp", "therapies.SourceChange", "therapies.OutsideLink"),
            "therapies.Topic_proposed_in",
            *("therapies.Adaptation", "wagtailadmin.EditingSession", "wagtailadmin.FormState"),
            *("wagtailcore.APIToken", "wagtailcore.Comment", "wagtailcore.CommentReply"),
            *("wagtailcore.ModelLogEntry", "wagtailcore.PageLogEntry", "wagtailcore.PageSubscription"),
            *("wagtailcore.ReferenceIndex", "wagtailcore.UploadedFile", "taggit.Tag", "taggit.TaggedItem"),
            *("wagtailimages.Image_tags", "wagtaildocs.Document_tags"),
        ],
        WORK,
    ),
    **dict.fromkeys(
        [
            *("review.LegalReview", "review.LegalReview_groups", "review.PageReview"),
            *("review.PageReview_groups", "wagtailcore.WorkflowContentType", "wagtailcore.WorkflowState"),
            *(
                "wagtailcore.Workflow",
                "wagtailcore.WorkflowTask",
                "wagtailcore.Task",
                "wagtailcore.TaskState",
            ),
            *("wagtailcore.GroupApprovalTask", "wagtailcore.GroupApprovalTask_groups"),
            *("wagtailcore.WorkflowPage", "wagtailusers.UserProfile", "wagtailadmin.Admin"),
            *("wagtailcore.GroupSitePermission", "wagtailcore.GroupCollectionPermission"),
            *("wagtailcore.GroupPagePermission", "simple_translation.SimpleTranslation"),
            *("wagtailcore.CollectionViewRestriction_groups", "wagtailcore.PageViewRestriction_groups"),
        ],
        SIGN_IN,
    ),
    **dict.fromkeys(
        [
            "therapies.LabelVersion",
            "therapies.StatementVersion",
            "therapies.Publication",
            "therapies.RecordedFile",
            "therapies.LabelEnd",
            "region_gate.LateSignature",
            "therapies.Anchor",
        ],
        RECORD,
    ),
    # A withdrawn label and a page taken down are saved with them; a rendition is made of a saved picture.
    **dict.fromkeys(
        ["review.UrgentWithdrawal", "review.PageTakeDown", "wagtailimages.Rendition"],
        FOLLOWS,
    ),
    **dict.fromkeys(
        [
            *("wagtailsearch.IndexEntry", "wagtailsearch.SQLiteFTSIndexEntry", "therapies.DocumentText"),
            *("home.SearchDocument", "home.SearchPosting", "home.SearchKey", "home.SynonymGroup"),
        ],
        SEARCH,
    ),
    "region_gate.RegisteredLink": NOTICES,
    "region_gate.Edition": "it is the edition",
    **dict.fromkeys(["wagtailembeds.Embed", "sites.Site"], LIBRARY),
}

# Whole apps of libraries, by their labels.
UNSEEN_APPS = {
    **dict.fromkeys(
        ["auth", "account", "accounts", "mfa", "socialaccount", "sessions", "contenttypes"], SIGN_IN
    ),
    **dict.fromkeys(["django_tasks_database", "jobs", "reminders", "action_log", "enquiries"], WORK),
    "legal_holds": RECORD,
}


def page() -> Page:
    return Page.objects.get(url_path="/regions/eu/about/")


MADE = {
    PageViewRestriction: lambda: PageViewRestriction(page=page(), restriction_type="password", password="x"),
    CollectionViewRestriction: lambda: CollectionViewRestriction(
        collection=Collection.objects.last(), restriction_type="password", password="x"
    ),
    get_document_model(): lambda: get_document_model()(
        title="Leaflet", file=ContentFile(b"words", name="leaflet.txt")
    ),
    get_image_model(): lambda: get_image_model()(title="A drawing", file=get_test_image_file()),
    WholeName: lambda: WholeName(name="FOLFOX-6"),
    Redirect: lambda: Redirect(old_path="/old/", new_path="/eu/"),
    LibraryRedirect: lambda: LibraryRedirect(old_path="/older/", new_path="/eu/"),
    EndingChoice: lambda: EndingChoice(region=Region.objects.get(code="eu"), keeps_up=True, is_in_force=True),
    Policy: lambda: Policy(decision=Decision.EXEMPT, host="a.example", reason="Asked for.", live=True),
    Notice: lambda: Notice(
        kind=DestinationKind.THIRD_PARTY.value, region="eu", locale=Locale.get_default(), live=True
    ),
    NoticeVersion: lambda: NoticeVersion(
        kind="third party", region="x", language="xx", published_at=timezone.now()
    ),
    NoticeWithdrawal: lambda: NoticeWithdrawal(version=1, at=timezone.now()),
    Release: lambda: Release(name="Spring", state=ReleaseState.SCHEDULED, goes_live_at=timezone.now()),
    Statement: lambda: Statement(region=Region.objects.get(code="eu"), place=StatementPlace.FOOTER),
    StatementText: lambda: StatementText(
        statement=Statement.objects.create(region=Region.objects.get(code="eu"), live=False),
        locale=Locale.get_default(),
    ),
    Approval: lambda: Approval(code="EU-1", prepared_on=date(2026, 1, 1), review_by=date(2027, 1, 1)),
}

STORED = [Page, Site, Locale, Collection, Region, Topic, Reference, Product, Label, LabelText, Mention]


def is_renewed_by(change) -> bool:
    before = Edition.current()
    change()
    return Edition.current() != before


def test_every_model_is_seen_or_told_why_not():
    seen = {model._meta.label for model in SHOWN} | {*SCHEDULES, Policy._meta.label}
    models = apps.get_models(include_auto_created=True)
    ours = [model for model in models if model._meta.app_label not in UNSEEN_APPS]
    told = {model._meta.label for model in ours if not issubclass(model, Page)}
    # Does a visitor see anything of it? Then into page_cache/shown.py with it, else above.
    assert told - seen - UNSEEN.keys() == set()
    assert UNSEEN.keys() & seen == set()
    assert {*SHOWN} <= {*STORED, *MADE}, "each is tried below"


@pytest.mark.parametrize("model", STORED, ids=lambda model: model.__name__)
def test_a_change_renews(model):
    changed = model._default_manager.last()
    assert is_renewed_by(changed.save)


@pytest.mark.parametrize("model", MADE, ids=lambda model: model.__name__)
def test_what_is_made_renews_and_so_does_what_goes(model):
    made = MADE[model]()
    with rehearsal():  # whatever else may be said against it
        assert is_renewed_by(made.save)
        if not issubclass(model, (AppendOnlyModel, Release)):
            assert is_renewed_by(made.delete)


@pytest.mark.parametrize("model", [RegionSelectorPage, RegionHomePage, StandardPage, TherapyPage])
def test_pages_of_every_type_renew(model):
    assert is_renewed_by(model.objects.live().first().save)


def test_a_page_renews_by_what_becomes_of_it(one_person_may):
    moved = page().specific
    assert is_renewed_by(lambda: moved.save_revision().publish())
    assert is_renewed_by(lambda: moved.move(moved.get_prev_sibling() or moved.get_next_sibling(), "left"))
    assert is_renewed_by(moved.unpublish)
    assert is_renewed_by(moved.delete)


def test_drafts_do_not_renew():
    draft = page().specific
    assert not is_renewed_by(lambda: draft.save_revision())
    new = StandardPage(title="A draft", live=False)
    assert not is_renewed_by(lambda: draft.get_parent().add_child(instance=new))
    assert not is_renewed_by(lambda: Product.objects.first().save_revision())


def test_a_schedule_renews_and_a_draft_without_one_does_not(one_person_may):
    draft = page().specific
    draft.go_live_at = timezone.now() + timedelta(days=1)
    revision = draft.save_revision()
    revision.approved_go_live_at = draft.go_live_at
    assert is_renewed_by(revision.save)


def test_a_change_that_is_undone_leaves_the_edition_as_it_was():
    before = Edition.current()
    with transaction.atomic():
        page().save()
        assert Edition.current() != before
        transaction.set_rollback(True)
    assert Edition.current() == before


def test_what_no_signal_tells_of_is_renewed_by_command(capsys):
    Page.objects.filter(pk=page().pk).update(title="By the back door")
    assert is_renewed_by(lambda: call_command("renew_edition"))
    assert "anew" in capsys.readouterr().out
