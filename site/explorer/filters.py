"""The filters of the lists of pages.

Each asks for pages by their keys: a search takes no other condition along (wagtail/wagtail#6616).
"""

from collections.abc import Iterable
from typing import Any

import django_filters
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, LocaleFilter
from wagtail.admin.views.pages.listing import PageFilterSet
from wagtail.coreutils import get_content_languages
from wagtail.models import Page, get_page_models

from home.access import own_homes
from home.models import RegionHomePage
from home.ownership import owned_by
from review.models import Approval
from therapies.catching_up.alerts import pages_behind
from therapies.models import Mention, Product, TherapyPage, Topic

from .states import PageState, pages_in_state

BEHIND = [("behind", _("Behind its source")), ("urgent", _("Behind a safety change"))]


def _languages() -> Iterable[tuple[str, str]]:
    return get_content_languages().items()


def _kinds() -> Iterable[tuple[str, Any]]:
    return [
        (model._meta.label_lower, capfirst(model._meta.verbose_name))
        for model in get_page_models()
        if model is not Page
    ]


class RegionalPageFilterSet(PageFilterSet):
    """The filters by which regional teams look for pages; Wagtail's less those by people and sites."""

    site = owner = edited_by = None
    region = django_filters.MultipleChoiceFilter(
        label=_("Region"), widget=CheckboxSelectMultiple, method="in_regions"
    )
    locale = LocaleFilter(
        label=_("Language"),
        choices=_languages,
        empty_label=None,
        null_label=_("All"),
        null_value=None,
        widget=RadioSelect,
    )
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=PageState.choices, widget=CheckboxSelectMultiple, method="in_states"
    )
    product = django_filters.ModelMultipleChoiceFilter(
        label=_("Product"), queryset=Product.objects.all(), widget=CheckboxSelectMultiple, method="naming"
    )
    topic = django_filters.ModelMultipleChoiceFilter(
        label=_("Topic"), queryset=Topic.objects.all(), widget=CheckboxSelectMultiple, method="about"
    )
    review_by = django_filters.DateFromToRangeFilter(
        label=_("Review by"), widget=DateRangePickerWidget, method="to_be_reviewed"
    )
    content_type = django_filters.MultipleChoiceFilter(
        label=_("Page type"), choices=_kinds, widget=CheckboxSelectMultiple, method="of_kinds"
    )
    behind = django_filters.ChoiceFilter(
        label=_("Behind"), choices=BEHIND, empty_label=_("Any"), widget=RadioSelect, method="behind_source"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the regions that the person works for."""
        super().__init__(*args, **kwargs)
        homes = own_homes(self.request.user) if self.request else []
        self.filters["region"].extra["choices"] = [*{home.code: home.region for home in homes}.items()]
        if self.request:
            self.filters["topic"].queryset = Topic.objects.offered_to(self.request.user)

    def in_regions(self, pages: QuerySet[Page], _name: str, codes: Iterable[str]) -> QuerySet[Page]:
        """Return those of `pages` that are in a region with one of `codes`; all, where none is asked for."""
        wanted = [*codes]
        homes = RegionHomePage.objects.filter(region__code__in=wanted).values_list("path", flat=True)
        return _those(pages, Page.objects.filter(owned_by(homes))) if wanted else pages

    def of_kinds(self, pages: QuerySet[Page], _name: str, labels: Iterable[str]) -> QuerySet[Page]:
        """Return those of `pages` that are of one of the types with these `labels`."""
        models = [apps.get_model(label) for label in labels]
        kinds = ContentType.objects.get_for_models(*models).values()
        return pages.filter(content_type__in=[*kinds]) if models else pages

    def in_states(self, pages: QuerySet[Page], _name: str, states: Iterable[str]) -> QuerySet[Page]:
        """Return those of `pages` that are in one of `states`."""
        wanted = [*states]
        found = {pk for state in wanted for pk in pages_in_state(state).values_list("pk", flat=True)}
        return pages.filter(pk__in=found) if wanted else pages

    def naming(self, pages: QuerySet[Page], _name: str, products: Iterable[Product]) -> QuerySet[Page]:
        """Return those of `pages` that are live and name one of `products`."""
        wanted = [*products]
        return (
            pages.filter(pk__in=Mention.objects.filter(product__in=wanted).values("page"))
            if wanted
            else pages
        )

    def about(self, pages: QuerySet[Page], _name: str, topics: Iterable[Topic]) -> QuerySet[Page]:
        """Return those of `pages` that are about one of `topics`."""
        wanted = [*topics]
        return _those(pages, TherapyPage.objects.filter(topic__in=wanted)) if wanted else pages

    def to_be_reviewed(self, pages: QuerySet[Page], _name: str, days: Any) -> QuerySet[Page]:
        """Return those of `pages` whose live version is to be reviewed on one of `days`, either end open."""
        due = Approval.objects.shown()
        if days.start:
            due = due.filter(review_by__gte=days.start)
        if days.stop:
            due = due.filter(review_by__lte=days.stop)
        return pages.filter(pk__in=due.values("page"))

    def behind_source(self, pages: QuerySet[Page], _name: str, how: str) -> QuerySet[Page]:
        """Return those of `pages` that are behind their source, or behind a safety change of it."""
        is_all = how != "urgent"
        behind = {page.pk for standing, page, _source in pages_behind() if is_all or standing.is_urgent}
        return pages.filter(pk__in=behind)


def _those(pages: QuerySet[Page], wanted: QuerySet[Any]) -> QuerySet[Page]:
    return pages.filter(pk__in=wanted.order_by().values("pk"))
