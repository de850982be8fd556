"""Where therapies meets Wagtail."""

from wagtail.snippets.models import register_snippet

from .viewsets import TherapiesViewSetGroup

register_snippet(TherapiesViewSetGroup)
