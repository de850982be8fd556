"""Keep rules that follow a page: add them when its address changes, drop them when it is used again."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from .addresses import canonical
from .live_pages import Roots
from .models import Redirect, rules_changed
from .rules import Match


def follow_page(page: Page, before: str, after: str, *, was_public: bool) -> None:
    """Write rules for `page` and all live pages below it, whose `url_path` began with `before`.

    All of them, or none. A page that nobody could see has left no address behind.
    """
    below = Page.objects.live().descendant_of(page).values_list("url_path", flat=True)
    moved = [after, *below] if page.live and was_public else list(below)
    record(_moves((before + place.removeprefix(after) for place in moved), before, after))


def moves_ahead(page: Page, after: str) -> dict[str, str]:
    """Return the addresses that lead on once `page` stands at the `url_path` `after`, each to its new one."""
    live = Page.objects.live().descendant_of(page, inclusive=True).order_by("path")
    return _moves(live.values_list("url_path", flat=True), page.url_path, after)


def _moves(places: Iterable[str], before: str, after: str) -> dict[str, str]:
    """Return the addresses of `places`, which begin with `before`, with those that begin with `after`."""
    roots = Roots()
    return {
        old: new
        for place in places
        for old, new in roots.moves(place, after + place.removeprefix(before))
        if old != new
    }


@transaction.atomic
def record(moves: dict[str, str]) -> None:
    """Lead from each old address to its new one, and from whatever led to the old one, too.

    So no chain grows: where A led to B, and B is now C, A leads to C.
    """
    if not moves:
        return
    clear(moves.values())
    kept = list(Redirect.objects.active())
    _lead_onward(kept, moves)
    _write(kept, moves)
    rules_changed.send(Redirect)


def clear(addresses: Iterable[str]) -> None:
    """Remove the rules from `addresses`, which show a page now, and note it in their history."""
    taken = {canonical(address) for address in addresses}
    for redirect in Redirect.objects.active().filter(match=Match.EXACT.value, old_path__in=taken):
        log(redirect, "wagtail.delete")
        redirect.delete()


def clear_for(page: Page) -> None:
    """Remove the rules from the addresses of `page`, which is live now."""
    clear(address.path for address in Roots().addresses(page.url_path))


def _lead_onward(kept: list[Redirect], moves: dict[str, str]) -> None:
    targets = {canonical(old): new for old, new in moves.items()}
    onward = [redirect for redirect in kept if canonical(redirect.new_path) in targets]
    for redirect in onward:
        redirect.new_path = targets[canonical(redirect.new_path)]
    Redirect.objects.bulk_update(onward, ["new_path"], batch_size=500)


def _write(kept: list[Redirect], moves: dict[str, str]) -> None:
    """Write the rule of each move; a rule that is there already is led to the new address."""
    by_source = {redirect.old_path: redirect for redirect in kept if redirect.match == Match.EXACT}
    new, changed = [], []
    for old, target in moves.items():
        source = canonical(old)
        if redirect := by_source.get(source):
            redirect.new_path = target
            changed.append(redirect)
        else:
            notes = _("Written when the page moved.")
            new.append(Redirect(old_path=source, new_path=target, match=Match.EXACT.value, notes=notes))
    Redirect.objects.bulk_update(changed, ["new_path"], batch_size=500)
    Redirect.objects.bulk_create(new, batch_size=500)
