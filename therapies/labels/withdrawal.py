"""What the admin says when a label ends: which pages name its product, at its form and once it is changed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import ngettext
from wagtail.admin.panels import Panel
from wagtail.models import Page

from home.models import Region, RegionHomePage
from home.ownership import owned_by
from region_gate import clock
from therapies.guard.unlabelled_pages import pages_without_label
from therapies.models import Label, Product

Done = TypeVar("Done")
MAX_NAMED_PAGES = 10  # pages in a message; all of them stand at the label's form


@dataclass(frozen=True)
class NamingPage:
    """A live page that names a label's product, and whether a label allows that today."""

    page: Page
    is_allowed: bool

    @property
    def edit_url(self) -> str:
        """Return where the page is edited."""
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])


def pages_naming(label: Label) -> list[NamingPage]:
    """Return the live pages that rest on `label` or one like it, in the tree's order."""
    left = {item.page.pk for item in _left(label.product, label.region)}
    theirs = owned_by(RegionHomePage.objects.filter(region=label.region_id).by_path())
    named = Page.objects.live().filter(theirs, mentions__product=label.product_id)
    return [NamingPage(page, page.pk not in left) for page in named.select_related("locale").order_by("path")]


def _left(product: Product, region: Region) -> Any:
    return pages_without_label(clock.today(), product=product, regions=[region])


class BoundPagesPanel(Panel.BoundPanel):
    """The panel for one label."""

    template_name = "therapies/authoring/pages_panel.html"

    def is_shown(self) -> bool:
        """Say whether the label has been saved: a new one is for no page yet."""
        return bool(self.instance.pk)

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Give the pages."""
        context: dict[str, Any] = super().get_context_data(parent_context)
        return {**context, "namings": pages_naming(self.instance)}


class PagesPanel(Panel):
    """Lists at a label's form the pages that name its product in its region."""

    BoundPanel = BoundPagesPanel


def naming_pages_left(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Have `view` of a label name the pages that a change has left without one, whatever the change was."""

    @wraps(view)
    def telling(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        is_change = request.method == "POST" and "pk" in kwargs
        label = Label.objects.filter(pk=kwargs["pk"]).first() if is_change else None
        if label is None:
            return view(request, *args, **kwargs)
        return name_pages_left(request, label, lambda: view(request, *args, **kwargs))

    return telling


def name_pages_left(request: HttpRequest, label: Label, change: Callable[[], Done]) -> Done:
    """Do `change` to `label`, then name the pages that it has left without one."""
    product, region = label.product, label.region
    before = {naming.page.pk for naming in pages_naming(label) if naming.is_allowed}
    done = change()
    after = {naming.page.pk for naming in _allowed(product, region)}
    if lost := before - after:
        messages.warning(request, _message(lost))
    return done


def _allowed(product: Product, region: Region) -> Iterator[NamingPage]:
    """Give the pages that are live and allowed to name `product` in `region` still."""
    like = Label(product=product, region=region)
    return (naming for naming in pages_naming(like) if naming.is_allowed)


def _message(numbers: set[int]) -> SafeString:
    """Name the pages that have lost their label, and say of each whether it has come down."""
    pages = Page.objects.filter(pk__in=numbers).order_by("path")
    live = sum(page.live for page in pages)
    down = len(pages) - live
    parts = []
    if live:
        parts.append(
            ngettext(
                "%(number)s live page names the product without a label in force now.",
                "%(number)s live pages name the product without a label in force now.",
                live,
            )
            % {"number": live}
        )
    if down:
        parts.append(
            ngettext("%(number)s page was taken down.", "%(number)s pages were taken down.", down)
            % {"number": down}
        )
    links = format_html_join(
        ", ",
        '<a href="{}">{}</a>',
        ((reverse("wagtailadmin_pages:edit", args=[page.pk]), page) for page in pages[:MAX_NAMED_PAGES]),
    )
    more = " …" if len(pages) > MAX_NAMED_PAGES else ""
    return format_html("{} {}{}", " ".join(parts), links, more)
