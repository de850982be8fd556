"""The template tag that numbers a page's citations."""

from typing import NamedTuple

from django.template import Library
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from therapies.citing.citations import number
from therapies.models import Reference

register = Library()


class CitationEntry(NamedTuple):
    """A reference in the list at the foot, with the anchors of the places that cite it."""

    number: int
    reference: Reference
    places: list[str]


@register.simple_block_tag(takes_context=True)
def citing(context: Context, content: SafeString, references: list[Reference]) -> SafeString:
    """Give the citations in between their numbers: `{% citing references %}…{% endciting %}`.

    What follows finds `entries`, the list for the foot.
    """
    ordered = list(enumerate(references, start=1))
    numbered = number(content, {reference.pk: place for place, reference in ordered}, _name)
    context["entries"] = [
        CitationEntry(place, reference, numbered.places.get(place, [])) for place, reference in ordered
    ]
    return numbered.html


def _name(cited: int) -> str:
    return _("Reference %(number)s") % {"number": cited}
