"""The style guide: every block that a page can be made of, what it is for, its rules, and how it looks."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.blocks import Block
from wagtail.fields import StreamField
from wagtail.models import Page

from home.blocks.body import BodyBlock


def blocks_of_pages() -> list[Block]:
    """Return the blocks of all pages' bodies, each name once: none is left out that an editor can choose."""
    return [*{block.name: block for block in _blocks()}.values()]


def _blocks() -> Iterator[Any]:
    for model in apps.get_models():
        if issubclass(model, Page):
            for field in model._meta.get_fields():
                if isinstance(field, StreamField) and isinstance(field.stream_block, BodyBlock):
                    yield from field.stream_block.child_blocks.values()


class StyleGuideView(WagtailAdminTemplateMixin, TemplateView):
    """Shows the blocks, to whoever may enter the admin."""

    template_name = "home/style_guide.html"
    page_title = _("Style guide")
    header_icon = "glasses"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the admin's first page."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the blocks."""
        return {**super().get_context_data(**kwargs), "blocks": blocks_of_pages()}
