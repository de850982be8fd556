"""The demo's regions and their languages."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DemoRegion:
    """A region of the demo; `titles` holds its home pages' titles by language."""

    code: str
    name: str
    titles: dict[str, str]
    countries: tuple[str, ...]
    evidence_in: str = ""  # where its therapy page finds clinical evidence; its own by default
    has_product: bool = True  # whether the product is approved there
    time_zone: str = "UTC"  # of its office hours


# The United States come first: the European page links to their clinical evidence.
REGIONS = (
    DemoRegion("us", "United States", {"en": "United States"}, ("US", "PR"), time_zone="America/New_York"),
    DemoRegion(
        "eu",
        "Europe",
        {"en": "Europe", "de": "Europa", "fr": "Europe"},
        ("AT", "BE", "CH", "DE", "ES", "FR", "IE", "IT", "LU", "NL"),
        evidence_in="us",
        time_zone="Europe/Berlin",
    ),
    DemoRegion(
        "ap",
        "Asia Pacific",
        {"en": "Asia Pacific"},
        ("AU", "HK", "NZ", "SG", "TH"),
        time_zone="Asia/Singapore",
    ),
    DemoRegion(
        "ca",
        "Canada",
        {"en": "Canada", "fr": "Canada"},
        ("CA",),
        has_product=False,
        time_zone="America/Toronto",
    ),
)
