"""The template tag that keeps names on one line."""

from django.template import Library
from django.template.context import Context
from django.utils.safestring import SafeString

from home.whole_names import kept_whole, known_names
from region_gate.snapshot import edition_of

register = Library()


@register.simple_block_tag(takes_context=True)
def keeping_names_whole(context: Context, content: SafeString) -> SafeString:
    """Let no line break within a name in between: `{% keeping_names_whole %}`."""
    return kept_whole(content, known_names(edition_of(context["request"])))
