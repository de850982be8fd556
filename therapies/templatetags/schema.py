"""Template tags for what pages say of products and sources to search engines, in the words of schema.org."""

from collections.abc import Iterable
from typing import Any

from django.template import Library

from therapies.models import LabelText, Reference

register = Library()

TYPES = {"device": "MedicalDevice", "medicine": "Drug"}


@register.simple_tag
def products_of(labels: Iterable[LabelText]) -> list[dict[str, Any]]:
    """Return the products whose `labels` the page shows."""
    products = {text.label.product_id: text.label.product for text in labels or ()}
    return [
        {"@type": TYPES.get(product.kind, "Product"), "name": product.name, **_maker(product.maker)}
        for product in products.values()
    ]


@register.simple_tag
def sources_of(references: Iterable[Reference]) -> list[dict[str, str]]:
    """Return what the page cites."""
    return [
        {"@type": "CreativeWork", "name": source.text, **({"url": source.address} if source.address else {})}
        for source in references or ()
    ]


def _maker(name: str) -> dict[str, Any]:
    return {"manufacturer": {"@type": "Organization", "name": name}} if name else {}
