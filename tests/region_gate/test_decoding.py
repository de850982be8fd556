"""The letters of a page, as browsers read them."""

import codecs

import pytest

from region_gate.html.decoding import text_of


@pytest.mark.parametrize(
    ("content", "charset", "text"),
    [
        ("é€".encode(), "utf-8", "é€"),
        ("é€".encode("cp1252"), "iso-8859-1", "é€"),
        ("é€".encode("cp1252"), "us-ascii", "é€"),
        ("ğ€".encode("cp1254"), "iso-8859-9", "ğ€"),
        ("é€".encode("iso-8859-15"), "iso-8859-15", "é€"),
        ("①".encode("cp932"), "shift_jis", "①"),
        ("㐀".encode("gb18030"), "gb2312", "㐀"),
        ("똠".encode("cp949"), "euc-kr", "똠"),
        ("é".encode("utf-16"), "iso-8859-1", "é"),
        (codecs.BOM_UTF16_BE + "é".encode("utf-16-be"), "utf-8", "é"),
        (codecs.BOM_UTF8 + "é".encode(), "iso-8859-1", "é"),
        (codecs.BOM_UTF8 * 2 + b"x", "utf-8", "x"),
        (b"\xff", "utf-8", "\ufffd"),
        ("é".encode(), None, "é"),
        ("<meta charset=windows-1251>Привет".encode("cp1251"), None, "<meta charset=windows-1251>Привет"),
        ("é€".encode("cp1252"), None, "é€"),
    ],
)
def test_a_page_is_read_in_its_own_letters(content, charset, text):
    assert text_of(content, charset) == text


def test_an_unknown_charset_is_not_guessed():
    with pytest.raises(LookupError):
        text_of(b"x", "nonsense")
