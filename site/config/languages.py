"""The languages of the site, as SITE_LANGUAGES names them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# Without a prefix in addresses, and the one in which the approved words of every notice are brought along.
DEFAULT_LANGUAGE = "en"


def read_languages(codes: Sequence[str]) -> "list[tuple[str, StrOrPromise]]":
    """Return the languages called `codes`, each with its English name, translated when it is shown.

    Raises ImproperlyConfigured where one is unknown to Django, named twice, or English is missing.
    """
    if unknown := [code for code in codes if "name" not in LANG_INFO.get(code, {})]:
        known = ", ".join(code for code, language in LANG_INFO.items() if "name" in language)
        raise ImproperlyConfigured(f"SITE_LANGUAGES has {', '.join(unknown)!r}; known are {known}.")
    if len(codes) != len(set(codes)):
        raise ImproperlyConfigured(f"SITE_LANGUAGES names a language twice: {', '.join(codes)}.")
    if DEFAULT_LANGUAGE not in codes:
        raise ImproperlyConfigured("SITE_LANGUAGES lacks en, the language without a prefix in addresses.")
    return [(code, gettext_lazy(LANG_INFO[code]["name"])) for code in codes]
