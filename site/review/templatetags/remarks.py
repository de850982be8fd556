"""What the reviewer's screen says of comments."""

from django import template
from django.utils.translation import gettext_lazy as _

from review import comments
from review.comment_places import name_of_place

register = template.Library()

WORDS = {
    comments.Standing.OPEN: _("Open"),
    comments.Standing.ANSWERED: _("Answered"),
    comments.Standing.CLOSED: _("Closed"),
}


@register.simple_tag
def standing_of(comment: comments.Remark) -> dict[str, object]:
    """Return how `comment` stands, and the word for it."""
    found = comments.standing(comment)
    return {"name": found.value, "word": WORDS[found]}


@register.filter
def name_in(comment: comments.Remark, places: list[tuple[str, str]]) -> str:
    """Return what editors call the place of `comment`, one of `places`; blank where there is but one."""
    return name_of_place(comment, places) if len(places) > 1 else ""
