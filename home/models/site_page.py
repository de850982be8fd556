"""What pages of all our types share."""

from typing import Any

from wagtail.models import Page

# What a page keeps of itself, whichever of its drafts is read: Wagtail looks each of them up in the
# draft's content, and puts the page's own in its place.
KEPT_BY_THE_PAGE = frozenset(
    {"alias_of", "content_type", "latest_revision", "live_revision", "locale", "locked_by", "owner"}
)


class SitePage(Page):
    """A page of this site."""

    class Meta:
        abstract = True

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """Return the page as a revision's `content` has it, and as it is itself where that is no draft's."""
        said = {name: value for name, value in content.items() if name not in KEPT_BY_THE_PAGE}
        draft = super().with_content_json(said)
        draft.live_revision_id = self.live_revision_id
        return draft
