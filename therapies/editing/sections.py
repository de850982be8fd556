"""What the page editor is told of a draft: the products and references in it, and what is missing."""

from collections.abc import Iterable, Mapping
from typing import Any

from home.incomplete_blocks import incomplete_blocks
from home.models import Region
from home.submission import day_of
from region_gate.authoring.draft_links import Draft
from region_gate.authoring.draft_sections import Section
from therapies.guard.label_check import find_unlabelled, named_in
from therapies.guard.remarks import remarks_on
from therapies.models import Label
from therapies.models.pages import TreatmentPage
from therapies.usage.missing import Missing, missing_in

from .advice import advice_on
from .oversights import Oversight, oversights_in


class ProductsSection(Section):
    """The products that a draft names, those without a label in force first."""

    template_name = "therapies/authoring/products.html"

    def __init__(self, draft: Draft) -> None:
        """Look at the page of `draft`."""
        super().__init__(draft)
        page = draft.page
        self.on = day_of(page.go_live_at)
        self.language = page.locale.language_code
        self.named = named_in(page)
        self.region = Region.objects.owning(page.path)
        self.findings = find_unlabelled(self.named, [self.region], self.on)

    @property
    def count(self) -> int:
        """Return how many names keep the draft from going live."""
        return len(self.findings)

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Give the findings, and the products that the region's labels allow."""
        refused = {finding.named.product for finding in self.findings}
        allowed = {one.product for one in self.named} - refused
        labels = Label.objects.in_force(self.on).filter(region=self.region, product__in=allowed)
        return {
            "findings": self.findings,
            "remarks": remarks_on(self.draft.page),
            "labels": labels.one_for_each_product(self.language),
            "language": self.language,
        }


class TopicSection(Section):
    """That a draft's topic is new, and approved with the page."""

    template_name = "therapies/authoring/topic.html"

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Give the topic where it is only proposed."""
        topic = getattr(self.draft.page, "topic", None)
        return {"topic": None if topic is None or topic.is_approved else topic}


class IncompleteSection(Section):
    """What a draft's blocks lack before it can be sent for review."""

    template_name = "therapies/authoring/incomplete.html"

    def __init__(self, draft: Draft) -> None:
        """Look at the page of `draft`."""
        super().__init__(draft)
        self.lacking = incomplete_blocks(draft.page)

    @property
    def count(self) -> int:
        """Return how much is lacking."""
        return len(self.lacking)

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Give it, each with its place."""
        return {"lacking": self.lacking}


class OversightsSection(Section):
    """What was likely overlooked in a draft's pictures and headings."""

    template_name = "therapies/authoring/oversights.html"

    def __init__(self, draft: Draft) -> None:
        """Look at the page of `draft`."""
        super().__init__(draft)
        self.oversights = oversights_in(draft.page)

    @property
    def count(self) -> int:
        """Return how many there are."""
        return len(self.oversights)

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Give them, each with its place."""
        return {"oversights": self.oversights}


class AdviceSection(Section):
    """What could be better in a draft; none of it has to be mended."""

    template_name = "therapies/authoring/advice.html"

    def __init__(self, draft: Draft, further: Iterable[Oversight] = ()) -> None:
        """Look at the page of `draft`; `further` is found by others."""
        super().__init__(draft)
        self.advice = [*advice_on(draft.page, draft.content), *further]

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Give it, each with its place."""
        return {"advice": self.advice, "language": self.draft.page.locale.language_code}


class ReferencesSection(Section):
    """The references that a draft cites, by the numbers that visitors will see."""

    template_name = "therapies/authoring/references.html"

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Give the references; there are none on a page that cannot cite."""
        page = self.draft.page
        cites = isinstance(page, TreatmentPage)
        return {"references": page.references() if cites else [], "cites": cites}


class MissingSection(Section):
    """What visitors would not get of the pictures, files and pages that a draft points to."""

    template_name = "therapies/authoring/missing.html"

    def __init__(self, draft: Draft, dead_links: Iterable[Missing] = ()) -> None:
        """Look at the page of `draft`; what it links by its address is found by others."""
        super().__init__(draft)
        self.missing = [*missing_in(draft.page), *dead_links]

    @property
    def count(self) -> int:
        """Return how many things are missing."""
        return len(self.missing)

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Give what is missing, with its place."""
        return {"missing": self.missing}
