"""The links of a PDF, which nobody can stop: a browser shows it as it is."""

from collections.abc import Iterator
from io import BytesIO

from pypdf import PdfReader

END, MAX_AFTER_END = b"%%EOF", 2048  # bytes, for programs may add some


class UnreadablePdfError(ValueError):
    """A PDF whose links cannot be found."""


def check_pdf(content: bytes) -> None:
    """Raise UnreadablePdfError where `content` is no PDF, or was cut off; one that is encrypted is.

    Source: ISO 32000-2, section 7.5.5: the last line of a file is its end-of-file marker. The parser
    would look for what is left of a file without.
    """
    if END not in content[-MAX_AFTER_END:]:
        raise UnreadablePdfError("it has no end")
    try:
        pdf = PdfReader(BytesIO(content))
        if not pdf.is_encrypted and not len(pdf.pages):
            raise UnreadablePdfError("it has no page")
    except UnreadablePdfError:
        raise
    except Exception as error:  # the parser raises whatever it stumbles over
        raise UnreadablePdfError(str(error)) from error


def pdf_links(content: bytes) -> list[str]:
    """Return the addresses that the pages of a PDF link to. Raises UnreadablePdfError.

    Source: ISO 32000-2, section 12.6.4.8 (URI actions of annotations).
    """
    try:
        return list(_links(PdfReader(BytesIO(content))))
    except Exception as error:  # the parser raises whatever it stumbles over
        raise UnreadablePdfError(str(error)) from error


def _links(pdf: PdfReader) -> Iterator[str]:
    for page in pdf.pages:
        for reference in page.get("/Annots") or ():
            action = reference.get_object().get("/A")
            uri = action.get_object().get("/URI") if action else None
            if uri:
                yield str(uri)
