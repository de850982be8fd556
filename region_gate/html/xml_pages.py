"""Whether XML that browsers show as a page, drawings above all, has a way out in it."""

from xml.parsers import expat

XHTML = "http://www.w3.org/1999/xhtml"
SVG = "http://www.w3.org/2000/svg"
MATHML = "http://www.w3.org/1998/Math/MathML"
DRAWING_WAYS = frozenset({"a", "animate", "script", "set"})


class _WayOutError(Exception):
    """A link was found, or something that may hide one: reading stops."""


def may_lead_away(xml: bytes) -> bool:
    """Say whether a browser that shows `xml` may find a way out in it; true where that is unclear.

    XML is not rewritten: what has no way out may be shown, everything else is to be downloaded.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = _read_element
    parser.StartDoctypeDeclHandler = _read_doctype
    parser.ProcessingInstructionHandler = _read_instruction
    try:
        parser.Parse(xml, True)
    except (_WayOutError, expat.ExpatError):
        return True
    return False


def _read_element(name: str, attributes: dict[str, str]) -> None:
    namespace, _, local = name.rpartition(" ")
    if namespace in (XHTML, MATHML) and not _is_alternate(namespace, local, attributes):
        raise _WayOutError(name)
    if namespace == SVG and local in DRAWING_WAYS:
        raise _WayOutError(name)


def _is_alternate(namespace: str, local: str, attributes: dict[str, str]) -> bool:
    """Say whether this is the link by which a sitemap tells of a page in other languages."""
    return (namespace, local, attributes.get("rel")) == (XHTML, "link", "alternate")


def _read_doctype(name: str, _system: str | None, _public: str | None, has_subset: bool) -> None:
    if has_subset:
        raise _WayOutError(name)


def _read_instruction(target: str, _content: str) -> None:
    if target == "xml-stylesheet":
        raise _WayOutError(target)
