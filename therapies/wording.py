"""stand-in"""

from selectolax.lexbor import LexborHTMLParser


def words_of(html):
    return LexborHTMLParser(html).text()
