"""The letters of a page, read from its bytes as browsers do (Encoding Standard)."""

import codecs

from selectolax.lexbor import LexborHTMLParser

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
READ_AS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
}


def text_of(content: bytes, charset: str | None) -> str:
    """Return `content` as text: a byte order mark wins, then `charset`, the header's, then the page's own.

    No mark is left in it. Raises LookupError for a charset that nobody knows.
    """
    return _read(content, charset).lstrip("\ufeff")


def _read(content: bytes, charset: str | None) -> str:
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    return _decoded(content, charset) if charset else _text_as_declared(content)


def _decoded(content: bytes, charset: str) -> str:
    name = codecs.lookup(charset).name
    return content.decode(READ_AS.get(name, name), "replace")


def _text_as_declared(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        read = LexborHTMLParser(content, encoding=True).raw_html
        return _decoded(content, "ascii") if read == content else read.decode("utf-8", "replace")
