"""Other spellings of an address."""

import pytest
from ada_url import normalize_url

from region_gate.links.spellings import other_spellings

HERE = "https://www.example.com"
ADDRESS = f"{HERE}/documents/17/q.pdf"


@pytest.mark.parametrize(
    "path",
    [
        "/documents/0017/q.pdf",
        "/documents/%31%37/q.pdf",
        "/documents/%2531%2537/q.pdf",
        "/documents/%D9%A1%D9%A7/q.pdf",
        "/documents/17//q.pdf",
        "/documents/17%2fq.pdf",
        "/documents/17/x/..%2fq.pdf",
        "/documents/17/%71.pdf",
        "/documents/17/q.pdf%20",
        "/DOCUMENTS/17/Q.PDF",
    ],
)
def test_an_address_has_other_spellings(path):
    assert HERE + path in other_spellings(ADDRESS)


def test_no_spelling_is_the_address_itself_or_comes_twice():
    found = other_spellings(ADDRESS)
    assert ADDRESS not in found
    assert len(found) == len(set(found)) > 20
    assert all(normalize_url(other).startswith(f"{HERE}/") for other in found)


def test_an_address_without_a_number_has_some_too():
    assert f"{HERE}/eu//about" in other_spellings(f"{HERE}/eu/about")
