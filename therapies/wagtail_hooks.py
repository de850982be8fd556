"""Where therapies meets Wagtail."""

from wagtail import hooks
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet

from . import rich_text
from .viewsets import TherapiesViewSetGroup

register_snippet(TherapiesViewSetGroup)


@hooks.register("register_rich_text_features")
def citations_in_rich_text(features: FeatureRegistry) -> None:
    """Let rich text cite references."""
    rich_text.register(features)
