"""Comparisons in the admin: a topic's pages or a product's labels across regions, side by side."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from region_gate.word_diff import Mark
from therapies.comparing.comparison import ComparedEntry, ComparedText, Line, State, compare
from therapies.models import Product, Topic
from therapies.reports import conf
from therapies.reports.dataset import Dataset
from therapies.reports.report_view import BaseReportView, Choices, ReportForm

from .versions import versions_of_product, versions_of_topic


class CompareForm(ReportForm):
    """Asks what to compare: a topic or a product, in which regions and languages, against which region."""

    subject = forms.ChoiceField(label=gettext_lazy("Compare"))
    base = forms.TypedChoiceField(label=gettext_lazy("Against"), required=False, coerce=int)
    regions = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Regions"),
        help_text=gettext_lazy("None chosen: all of them."),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"),
        help_text=gettext_lazy("None chosen: all of them."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    differing = forms.BooleanField(label=gettext_lazy("Only what differs"), required=False)


@dataclass(frozen=True)
class Comparison:
    """All versions in one language, against the one at the index `base`."""

    code: str
    language: str
    versions: list[ComparedText]
    base: int
    lines: list[Line]

    def cut_down(self) -> "Comparison":
        """Return it with no more than what differs."""
        return replace(self, lines=[line for line in self.lines if line.differs])


class ComparedRow(NamedTuple):
    """What one region says in one part, in the spreadsheet."""

    language: str
    part: str
    region: str
    version: str
    state: str
    heading: str
    text: str
    removed: str
    added: str


STATES = {
    State.BASE: gettext_lazy("base"),
    State.SAME: gettext_lazy("Same"),
    State.CHANGED: gettext_lazy("Differs"),
    State.ADDED: gettext_lazy("Only here"),
    State.MISSING: gettext_lazy("Missing here"),
    State.EMPTY: "",
}


class CompareView(BaseReportView):
    """Shows what regions say of the same, word for word, and where they differ."""

    page_title = gettext_lazy("Compare regions")
    header_icon = "resubmit"
    template_name = "therapies/reports/compare.html"
    form_class = CompareForm
    export_filename = "comparison"
    export_headings: ClassVar = {
        "language": gettext_lazy("Language"),
        "part": gettext_lazy("Part"),
        "region": gettext_lazy("Region"),
        "version": gettext_lazy("Version"),
        "state": gettext_lazy("Against the base"),
        "heading": gettext_lazy("Heading"),
        "text": gettext_lazy("Text"),
        "removed": gettext_lazy("Removed"),
        "added": gettext_lazy("Added"),
    }
    list_export: ClassVar = [*export_headings]

    def choices(self) -> dict[str, Choices]:
        """Offer all topics and products, and the regions that the person may see."""
        regions = [(region.pk, region.name) for region in self.reach.seen]
        return {
            "subject": [
                ("", _("Choose a topic or a product")),
                (
                    _("Therapy pages about"),
                    [(f"topic-{one.pk}", one.name) for one in Topic.objects.approved()],
                ),
                (_("Labels of"), [(f"product-{one.pk}", one.name) for one in Product.objects.all()]),
            ],
            "base": [("", _("The first region")), *regions],
            "regions": regions,
            "languages": [(code, name) for code, name in settings.LANGUAGES],
        }

    @cached_property
    def dataset(self) -> Dataset:
        """Return the regions that are compared, the base among them."""
        wanted = {*self.form.asked.get("regions", ()), self.form.asked.get("base") or None}
        chosen = self.form.asked.get("regions") or [region.pk for region in self.reach.seen]
        return Dataset(region for region in self.reach.seen if region.pk in wanted | {*chosen})

    @cached_property
    def comparisons(self) -> list[Comparison]:
        """Return one comparison for each language in which there is anything to compare."""
        found = self._versions() if self.form.asked else []
        languages = self.form.asked.get("languages") or [code for code, _name in settings.LANGUAGES]
        compared = (
            self._in_language(code, str(name), [one for one in found if one.language == code])
            for code, name in settings.LANGUAGES
            if code in languages
        )
        said = [comparison for comparison in compared if comparison.lines]
        return [one.cut_down() for one in said] if self.form.asked.get("differing") else said

    def spreadsheet_rows(self) -> Iterator[ComparedRow]:
        """Give a row for each part of each region's version."""
        for comparison in self.comparisons:
            for line in comparison.lines:
                for version, entry in zip(comparison.versions, line.entries, strict=True):
                    yield _row(comparison.language, line.title, version, entry)

    def _versions(self) -> list[ComparedText]:
        kind, _dash, pk = self.form.asked["subject"].partition("-")
        if kind == "topic":
            return versions_of_topic(Topic.objects.get(pk=pk), self.dataset)
        product = Product.objects.get(pk=pk)
        return versions_of_product(product, self.dataset, self.reach, conf.review_notice())

    def _in_language(self, code: str, language: str, found: list[ComparedText]) -> Comparison:
        versions = [*self._everywhere(code, found)] if found else []
        base = self._base(versions)
        return Comparison(code, language, versions, base, compare(versions, base) if versions else [])

    def _everywhere(self, code: str, found: list[ComparedText]) -> Iterator[ComparedText]:
        """Give the version of each region that speaks the language, an empty one where it has none."""
        by_region = {version.region: version for version in found}
        for place in self.dataset.places:
            if place.pk in by_region:
                yield by_region[place.pk]
            elif code in place.languages:
                yield ComparedText(place.pk, place.name, code)

    def _base(self, versions: list[ComparedText]) -> int:
        """Return which of `versions` is the region asked for, else the first that says anything."""
        wanted = self.form.asked.get("base")
        numbers = [number for number, version in enumerate(versions) if version.parts]
        return next((n for n in numbers if versions[n].region == wanted), numbers[0] if numbers else 0)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the comparisons, once something was asked for."""
        is_asked = bool(self.form.asked)
        subject = dict(self._subjects()).get(self.form.asked["subject"], "") if is_asked else ""
        return super().get_context_data(
            is_asked=is_asked,
            subject=subject,
            on=self.dataset.on,
            comparisons=self.comparisons if is_asked else [],
            **kwargs,
        )

    def _subjects(self) -> Iterator[tuple[str, str]]:
        for _group, offered in self.form.fields["subject"].choices[1:]:  # type: ignore[attr-defined] # a choice field
            yield from offered


def _row(language: str, part: str, version: ComparedText, entry: ComparedEntry) -> ComparedRow:
    is_changed = entry.state == State.CHANGED
    return ComparedRow(
        language,
        part,
        version.name,
        version.note,
        str(STATES[entry.state]),
        entry.title,
        "".join(phrase.text for phrase in entry.phrases if phrase.mark != Mark.REMOVED),
        _marked(entry, Mark.REMOVED) if is_changed else "",
        _marked(entry, Mark.ADDED) if is_changed else "",
    )


def _marked(entry: ComparedEntry, mark: Mark) -> str:
    return " … ".join(phrase.text.strip() for phrase in entry.phrases if phrase.mark == mark)
