"""The people of a region and their rights: who is in which of its groups, and when they signed in last."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, ClassVar

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.models import GroupPagePermission

from home.access import editors_name, legal_name, regions_of_legal
from home.breadcrumbs import BreadcrumbsMixin
from home.models import Region, RegionHomePage
from home.ownership import above
from region_gate.exporting import SafeExportMixin

from .permissions import may_read


@dataclass(frozen=True, slots=True)
class PersonRights:
    """A person, what they may do in a region, and whether they can and do sign in."""

    region: str
    name: str
    username: str
    rights: str
    last_login: datetime | None
    is_active: bool


def people_of(region: Region) -> Iterator[PersonRights]:
    """Yield those who may do something in `region`, by user name: its groups' people and administrators.

    A group counts that has rights on pages of the region or on those above it, whoever made it.
    """
    rights = {group.pk: _right_of(group, region) for group in groups_in(region)}
    people = get_user_model().objects.filter(Q(groups__in=rights) | Q(is_superuser=True)).distinct()
    for person in people.prefetch_related("groups").order_by("username"):
        held = [rights[group.pk] for group in person.groups.all() if group.pk in rights]
        if person.is_superuser:
            held.insert(0, _("Administrator: everything but approving what they wrote or sent"))
        yield PersonRights(
            region.name,
            person.get_full_name(),
            person.get_username(),
            "; ".join(held),
            person.last_login,
            person.is_active,
        )


def groups_in(region: Region) -> Iterable[Group]:
    """Return the groups that have rights in `region`."""
    homes = [*RegionHomePage.objects.filter(region=region).values_list("path", flat=True)]
    over = {path for home in homes for path in above(home)}
    pages = reduce(or_, (Q(page__path__startswith=home) for home in homes), Q(page__path__in=over))
    other = GroupPagePermission.objects.filter(pages).values("group")
    names = [editors_name(region.code), legal_name(region.code)]
    return Group.objects.filter(Q(name__in=names) | Q(pk__in=other)).order_by("name")


def _right_of(group: Group, region: Region) -> str:
    """Say what the group may do."""
    if group.name == editors_name(region.code):
        return _("Editors: write and send to review")
    if group.name == legal_name(region.code):
        return _("Legal: review and approve")
    return _("“%(group)s”: has rights on pages") % {"group": group.name}


class PeopleView(SafeExportMixin, BreadcrumbsMixin, TemplateView):
    """Lists the people of the person's own regions; changes nothing."""

    template_name = "review/reports/people.html"
    page_title = gettext_lazy("People and rights")
    header_icon = "group"
    http_method_names = ("get", "head", "options")
    list_export: ClassVar = ["region", "name", "username", "rights", "last_login", "is_active"]
    export_headings: ClassVar = {
        "region": gettext_lazy("Region"),
        "name": gettext_lazy("Name"),
        "username": gettext_lazy("User name"),
        "rights": gettext_lazy("Rights"),
        "last_login": gettext_lazy("Last signed in"),
        "is_active": gettext_lazy("Can sign in"),
    }
    export_filename = "people"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse whoever is in no legal team."""
        if not may_read(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def regions(self) -> list[Region]:
        """Return the regions whose people are listed."""
        return [*regions_of_legal(self.request.user).order_by("order", "code")]

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> Any:
        """Show the people, or send them as a spreadsheet."""
        if self.is_export:
            rows = (row for region in self.regions for row in people_of(region))
            return self.as_spreadsheet(rows, self.request.GET["export"])
        return super().render_to_response(context, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give each region with its people."""
        places = [(region, [*people_of(region)]) for region in self.regions]
        return super().get_context_data(places=places, **kwargs)
