"""The template tag that explains a page's terms."""

from django.template import Library
from django.utils.safestring import SafeString

from home.terms import explained

register = Library()


@register.simple_block_tag
def explaining(content: SafeString, part: str) -> SafeString:
    """Let the terms in between open their explanations: `{% explaining "body" %}…{% endexplaining %}`."""
    return explained(content, part)
