"""What statements call attention to: a language of the region that was opened without their words."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks

from therapies.formatting import language_name
from therapies.models import Statement
from therapies.reports.alerts import ALERTS_HOOK, Alert, Source, Watch

from .rules import missing_languages


def statements_without_language(watch: Watch) -> Iterator[Alert]:
    """Give the statements in force in the person's regions that lack one of the region's languages."""
    words = _("It has no words in: {languages}.")
    found = Statement.objects.in_force(watch.on).filter(region__code__in=watch.regions_by_code)
    for statement in found.select_related("region", "product").prefetch_related("texts__locale"):
        if missing := missing_languages(statement, [*statement.texts.all()]):
            address = reverse(Statement.snippet_viewset.get_url_name("edit"), args=[statement.pk])
            said = words.format(languages=", ".join(map(language_name, missing)))
            yield Alert(statement.region.code, str(statement), said, address)


@hooks.register(ALERTS_HOOK)
def attention_to_statements() -> Source:
    """Add the statements that lack a language."""
    heading = gettext_lazy("Required statements without a language")
    return Source("statements", heading, statements_without_language, 25)
