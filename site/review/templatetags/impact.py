"""What a pending change will mean, for templates."""

from typing import Any

from django.template import Library
from django.urls import reverse

from review.impact.change import ending_of
from review.impact.groups import ImpactGroup, ImpactRow
from review.impact.impact import MAX_SHOWN, Impact, is_told_of, query_of

register = Library()
register.filter("query_of", query_of)


@register.filter
def shown(group: ImpactGroup, is_whole: bool) -> list[ImpactRow]:
    """Return the rows to show: all, or as many as fit beside a decision."""
    return group.rows if is_whole else group.rows[:MAX_SHOWN]


@register.inclusion_tag("review/includes/impact.html")
def impact_of_ending(thing: Any) -> dict[str, Any]:
    """Show what taking down `thing` will change: `{% impact_of_ending thing %}`; nothing for others."""
    if not is_told_of(thing) or not thing.live:
        return {}
    place = [thing._meta.app_label, thing._meta.model_name, thing.pk]
    url = reverse("review_ending_impact", args=place)
    return {
        "impact": Impact(ending_of(thing)),
        "impact_url": url,
        "preview_url": f"{url}preview/",
        "is_whole": False,
    }
