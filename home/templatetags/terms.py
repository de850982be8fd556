"""The template tags that explain a page's terms, and list those of its region."""

from django.template import Library
from django.utils.safestring import SafeString

from home import glossary
from home.models import RegionHomePage
from home.terms import explained

register = Library()


@register.simple_block_tag
def explaining(content: SafeString, part: str) -> SafeString:
    """Let the terms in between open their explanations: `{% explaining "body" %}…{% endexplaining %}`."""
    return explained(content, part)


@register.simple_tag
def glossary_of(home: RegionHomePage | None) -> list[tuple[str, list[glossary.GlossaryEntry]]]:
    """Return the terms that pages below `home` explain, by letter; none outside of all regions."""
    return glossary.glossary(home) if home else []
