"""System checks of every setting that the gate depends on."""

from collections.abc import Callable, Iterator, Sequence
from inspect import signature

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.urls import NoReverseMatch
from django.utils.module_loading import import_string
from wagtail.models import Page

from region_gate import conf
from region_gate.links.contact_schemes import may_be_contact
from region_gate.notices.texts import SHIPPED, NoWordsError, shipped

MIDDLEWARE = "region_gate.middleware.GateMiddleware"
KNOWN = {
    *("REGIONS", "REDIRECTS", "ADDRESSES", "ALTERNATIVE", "LEADS_TO", "SIGNER"),
    *("UNGATED_PREFIXES", "DRAFT_MINUTES", "CONTACT_SCHEMES", "NOTICES", "TREES"),
}
MAX_DRAFT_MINUTES = 60


def check_settings(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Return what is wrong with `REGION_GATE`, `MIDDLEWARE` and the root URLs."""
    return [
        *_check_names(),
        *_check_source("REGIONS", is_needed="TREES" not in _setting()),
        *_check_trees(),
        *_check_source("REDIRECTS", is_needed=False),
        *_check_source("ADDRESSES", is_needed=False),
        *_check_source("LEADS_TO", is_needed=False),
        *_check_source("SIGNER", is_needed=False),
        *_check_alternative(),
        *_check_prefixes(),
        *_check_minutes(),
        *_check_contact_schemes(),
        *_check_notices(),
        *_check_wiring(),
    ]


def _setting() -> dict[str, object]:
    found = getattr(settings, "REGION_GATE", None)
    return found if isinstance(found, dict) else {}


def _check_names() -> Iterator[CheckMessage]:
    if unknown := sorted(map(str, _setting().keys() - KNOWN)):
        yield _error("E007", f"REGION_GATE knows nothing of {', '.join(unknown)}.")


def _check_source(name: str, *, is_needed: bool) -> Iterator[CheckMessage]:
    path = _setting().get(name)
    if path is None and not is_needed:
        return
    if not path or not isinstance(path, str):
        yield _error("E001", f"REGION_GATE[{name!r}] must name the function that gives the {name.lower()}.")
        return
    try:
        found = import_string(path)
    except ImportError as error:
        yield _error("E002", f"REGION_GATE[{name!r}] cannot be imported: {error}.")
        return
    if not callable(found):
        yield _error("E003", f"REGION_GATE[{name!r}] names {path!r}, which cannot be called.")


def _check_trees() -> Iterator[CheckMessage]:
    trees = _setting().get("TREES", ())
    if (
        not isinstance(trees, list | tuple)
        or not all(map(_is_tree, trees))
        or (not trees and "TREES" in _setting())
    ):
        yield _error(
            "E012",
            "REGION_GATE['TREES'] must list types of pages, such as 'home.RegionPage', or paths that start"
            " and end in a slash.",
        )
    elif trees and "REGIONS" in _setting():
        yield _error(
            "E012", "REGION_GATE has both 'TREES' and 'REGIONS'; only one can say what the regions are."
        )


def _is_tree(tree: object) -> bool:
    if _is_prefix(tree):
        return True
    try:
        return isinstance(tree, str) and issubclass(apps.get_model(tree), Page)
    except (LookupError, ValueError):
        return False


def _check_alternative() -> Iterator[CheckMessage]:
    wrong = [*_check_source("ALTERNATIVE", is_needed=False)]
    yield from wrong
    path = _setting().get("ALTERNATIVE")
    if path and not wrong and not _takes_three(import_string(str(path))):
        yield _error("E008", f"{path!r} must take a destination, the code of a region and of a language.")


def _takes_three(function: Callable[..., object]) -> bool:
    try:
        signature(function).bind("", "", "")
    except TypeError:
        return False
    return True


def _check_prefixes() -> Iterator[CheckMessage]:
    prefixes = _setting().get("UNGATED_PREFIXES", ())
    if not isinstance(prefixes, list | tuple) or not all(map(_is_prefix, prefixes)):
        yield _error(
            "E004",
            "REGION_GATE['UNGATED_PREFIXES'] must list paths that start and end in a slash,"
            " and not the whole site.",
        )


def _is_prefix(prefix: object) -> bool:
    return isinstance(prefix, str) and len(prefix) > 2 and prefix[0] == prefix[-1] == "/"


def _check_minutes() -> Iterator[CheckMessage]:
    minutes = _setting().get("DRAFT_MINUTES", conf.DRAFT_MINUTES)
    if type(minutes) is not int or not 1 <= minutes <= MAX_DRAFT_MINUTES:
        yield _error(
            "E009", f"REGION_GATE['DRAFT_MINUTES'] must be a whole number from 1 to {MAX_DRAFT_MINUTES}."
        )


def _check_contact_schemes() -> Iterator[CheckMessage]:
    schemes = _setting().get("CONTACT_SCHEMES", ())
    if not isinstance(schemes, list | tuple) or not all(map(may_be_contact, schemes)):
        yield _error(
            "E020",
            "REGION_GATE['CONTACT_SCHEMES'] must list schemes in lower case, such as 'whatsapp', and none"
            " that shows a page or runs code.",
        )


def _check_notices() -> Iterator[CheckMessage]:
    for kind in SHIPPED if _setting() else ():  # without any setting, E001 says so
        try:
            shipped(kind)
        except NoWordsError as error:
            yield _error("E011", f"Every {kind} link is blocked, for lack of approved words: {error}.")


def _check_wiring() -> Iterator[CheckMessage]:
    if MIDDLEWARE not in settings.MIDDLEWARE:
        yield _error("E005", f"{MIDDLEWARE!r} is missing from MIDDLEWARE: nothing is gated.")
    try:
        conf.notice_path(None)
    except NoReverseMatch:
        yield _error("E006", "The root URLs do not include 'region_gate.urls'.")


def _error(number: str, message: str) -> Error:
    return Error(message, id=f"region_gate.{number}")
