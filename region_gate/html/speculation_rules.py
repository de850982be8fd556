"""What speculation rules have a browser fetch or render before a visitor follows a link."""

import json


def speculated_addresses(rules: str) -> list[str] | None:
    """Return the addresses listed in `rules` (JSON); None where they cannot be told.

    They cannot where browsers may read the rules differently, nor where a rule chooses among the
    links that the page has or will have.

    Source: HTML Standard, speculation rules.
    """
    try:
        groups = json.loads(rules, object_pairs_hook=_unequivocal)
    except ValueError:
        return None
    if not isinstance(groups, dict):
        return None
    listed = [rule for group in groups.values() if isinstance(group, list) for rule in group]
    if not all(map(_is_list, listed)):
        return None
    return [url for rule in listed for url in rule["urls"]]


def _unequivocal(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("A key stands twice.")
    return found


def _is_list(rule: object) -> bool:
    if not isinstance(rule, dict) or "where" in rule or rule.get("source", "list") != "list":
        return False
    urls = rule.get("urls")
    return isinstance(urls, list) and all(isinstance(url, str) for url in urls)
