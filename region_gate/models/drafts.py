"""A draft that says which one it is, whatever is saved while it is read."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wagtail.models import DraftStateMixin as Drafted  # what the mixin stands in front of
else:
    Drafted = object


class KnownDraftMixin(Drafted):
    """Has the latest draft know the revision that it was read from.

    Wagtail looks that up once more: where somebody has saved in between, the form of an older draft
    would pass for one of the newer, and overwrite it.
    """

    def get_latest_revision_as_object(self) -> Any:
        """Return the latest draft."""
        thing = super().get_latest_revision_as_object()
        if thing is not self:
            thing.latest_revision = self.latest_revision
        return thing
