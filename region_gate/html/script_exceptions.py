"""What the gate's script is told of a page: what a policy lets it link to, and where a notice leads on."""

from selectolax.lexbor import LexborHTMLParser


def tell_script(tree: LexborHTMLParser, passed: str, exceptions: set[str]) -> bool:
    """Tell the gate's script what else may be followed, and say whether that is new to it.

    `passed` is where Continue leads, blank on all pages but a notice's.
    What one way of reading the page has found is kept, for a browser may read it in that way.
    """
    script = tree.css_first("script[data-gate]")
    if script is None:
        return False
    known = set(script.attrs.sget("data-exceptions").split())
    told = {"data-exceptions": " ".join(sorted(known | exceptions)), "data-passed": passed}
    changed = {name: value for name, value in told.items() if value != script.attrs.sget(name)}
    for name, value in changed.items():
        script.attrs[name] = value
    return bool(changed)
