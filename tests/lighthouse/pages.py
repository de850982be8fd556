"""The pages that are measured, as the demo has them."""

from dataclasses import dataclass
from urllib.parse import urljoin
from urllib.request import urlopen

from selectolax.lexbor import LexborHTMLParser

TREATMENT = "/eu/therapies/liver-metastases-colorectal-cancer/"


@dataclass(frozen=True)
class MeasuredPage:
    """A page by its name; where search engines may not list it, nobody asks whether they can."""

    name: str
    url: str
    is_listed: bool = True


def measured_pages(site: str) -> list[MeasuredPage]:
    """Return the pages of the demo at `site`, its address without a slash."""
    return [
        MeasuredPage("selector", f"{site}/"),
        MeasuredPage("home", f"{site}/eu/"),
        MeasuredPage("index", f"{site}/eu/therapies/"),
        MeasuredPage("treatment", f"{site}{TREATMENT}"),
        MeasuredPage("product", f"{site}/eu/sir-spheres/"),
        MeasuredPage("search", f"{site}/eu/search/?q=liver", is_listed=False),
        MeasuredPage("notice", _notice(site), is_listed=False),
        MeasuredPage("contact", f"{site}/eu/contact/"),
    ]


def _notice(site: str) -> str:
    """Return the address of the notice before another site that the treatment page cites."""
    with urlopen(f"{site}{TREATMENT}") as answer:  # noqa: S310 - our own
        page = LexborHTMLParser(answer.read())
    link = page.css_first("main a[data-crossing='third-party']")
    return urljoin(site, (link.attributes["href"] if link else "") or "")
