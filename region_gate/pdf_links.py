"""The links of a PDF, which nobody can stop: a browser shows it as it is."""

from collections.abc import Iterator
from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError


class UnreadablePdfError(ValueError):
    """A PDF whose links cannot be found."""


def pdf_links(content: bytes) -> list[str]:
    """Return the addresses that the pages of a PDF link to. Raises UnreadablePdfError.

    Source: ISO 32000-2, section 12.6.4.8 (URI actions of annotations).
    """
    try:
        return list(_links(PdfReader(BytesIO(content))))
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadablePdfError(str(error)) from error


def _links(pdf: PdfReader) -> Iterator[str]:
    for page in pdf.pages:
        for reference in page.get("/Annots") or ():
            action = reference.get_object().get("/A")
            uri = action.get_object().get("/URI") if action else None
            if uri:
                yield str(uri)
