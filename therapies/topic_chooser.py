"""Where a page's topic is chosen, and where editors propose one."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views import chooser

from home.access import EDITORS, regions_of
from home.models import Region
from region_gate.authoring.editing_context import page_being_written

from .models import Topic
from .models.topic import MAX_LENGTH
from .proposing import propose, state_of

if TYPE_CHECKING:
    from wagtail.admin.views.generic.chooser import CreationFormMixin as View  # one that the mixin is for
else:
    View = object


class TopicProposalForm(forms.Form):
    """Asks what a new topic is called."""

    name = forms.CharField(
        label=_("Topic"),
        max_length=MAX_LENGTH,
        help_text=_(
            "What the page is about, such as “Liver metastases from colorectal cancer”. Legal approves it"
            " with the page; until then only your region can choose it."
        ),
    )

    def clean_name(self) -> str:
        """Leave out superfluous spaces."""
        return " ".join(self.cleaned_data["name"].split())


class OfferedTopicsMixin(View):
    """Offers the topics that the person may choose, and to editors the form of a new one."""

    def get_object_list(self) -> QuerySet[Topic]:
        """Return the topics."""
        return Topic.objects.offered_to(self.request.user)

    def get_object(self, pk: Any) -> Topic:
        """Return one of them. Raises Http404 for another."""
        return get_object_or_404(self.get_object_list(), pk=pk)

    def get_objects(self, pks: Any) -> QuerySet[Topic]:
        """Return several of them."""
        return self.get_object_list().filter(pk__in=pks)

    def can_create(self) -> bool:
        """Say whether the person edits a region."""
        return regions_of(self.request.user, EDITORS).exists()

    @property
    def columns(self) -> list[Column]:
        """Say which are only proposed."""
        return [*super().columns, Column("state", label=_("State"), accessor=state_of)]


class TopicChooseView(OfferedTopicsMixin, chooser.ChooseView):
    """Shows the topics, and the form of a new one."""


class TopicChooseResultsView(OfferedTopicsMixin, chooser.ChooseResultsView):
    """Shows the topics that were searched for."""


class TopicChosenView(OfferedTopicsMixin, chooser.SnippetChosenView):
    """Answers with a topic that was chosen."""


class TopicChosenMultipleView(OfferedTopicsMixin, chooser.SnippetChosenMultipleView):
    """Answers with topics that were chosen."""


class TopicCreateView(OfferedTopicsMixin, chooser.SnippetCreateView):
    """Takes a proposal."""

    def save_form(self, form: TopicProposalForm) -> Topic:
        """Propose the topic for the region of the page that is being written."""
        return propose(form.cleaned_data["name"], self._region(), self.request.user)

    def _region(self) -> Region:
        """Return the region, one that the person edits. Raises PermissionDenied where there is none."""
        own, page = regions_of(self.request.user, EDITORS), page_being_written(self.request)
        owner = Region.objects.owning(page.path) if page else None
        region = (own.filter(pk=owner.pk).first() if owner else None) or own.first()
        if region is None:
            raise PermissionDenied
        return region


class TopicChooserViewSet(chooser.SnippetChooserViewSet):
    """Where a page's topic is chosen, or proposed."""

    choose_view_class = TopicChooseView
    choose_results_view_class = TopicChooseResultsView
    chosen_view_class = TopicChosenView
    chosen_multiple_view_class = TopicChosenMultipleView
    create_view_class = TopicCreateView
    creation_form_class = TopicProposalForm
    create_action_label = _("Propose")
    creation_tab_label = _("Propose a topic")
