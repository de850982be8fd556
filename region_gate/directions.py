"""Which way a language is written."""

from django.utils.translation import get_language_info


def direction_of(language: str) -> str:
    """Return the direction of the language with this code: `ltr` or `rtl`; `ltr` where it is unknown."""
    try:
        return "rtl" if get_language_info(language)["bidi"] else "ltr"
    except KeyError:
        return "ltr"
