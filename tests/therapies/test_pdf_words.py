"""The words of PDFs: those of all pages, or why there are none; in time, whatever the file does."""

import pytest

from therapies.matching import pdf_words
from therapies.matching.pdf_words import UnreadableWordsError, pages_of_pdf

from .guard_table import KNOWN, cases
from .pdfs import pdf_saying


def test_the_words_of_each_page_are_read():
    (page,) = pages_of_pdf(pdf_saying("Ask for SIR-", "Spheres"))
    assert page.split() == ["Ask", "for", "SIR-", "Spheres"]


def test_names_are_found_in_the_lines_of_a_pdf_as_they_are_broken():
    texts = [case.text for case in cases() if case.kind == "pdf"]
    (page,) = pages_of_pdf(pdf_saying(*"\n##\n".join(texts).split("\n")))
    read = page.split("##")
    assert len(read) == len(texts) > 0
    assert [text for text in read if not KNOWN.find(text)] == []


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "not a PDF"),
        (b"MZ", "not a PDF"),
        (b"%PDF-1.7 x", "CalledProcessError"),
        (pdf_saying(), "pictures"),
    ],
)
def test_a_pdf_without_words_says_why(content, problem):
    with pytest.raises(UnreadableWordsError, match=problem):
        pages_of_pdf(content)


def test_a_pdf_that_is_too_large_says_too_much_or_takes_too_long_is_given_up(monkeypatch):
    content = pdf_saying("Words")
    monkeypatch.setattr(pdf_words, "MAX_CHARACTERS", 4)
    with pytest.raises(UnreadableWordsError, match="characters"):
        pages_of_pdf(content)
    monkeypatch.setattr(pdf_words, "MAX_SECONDS", 0.001)
    with pytest.raises(UnreadableWordsError, match="TimeoutExpired"):
        pages_of_pdf(content)
    monkeypatch.setattr(pdf_words, "MAX_BYTES", len(content) - 1)
    with pytest.raises(UnreadableWordsError, match="bytes"):
        pages_of_pdf(content)
