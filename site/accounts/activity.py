"""What a person does in the admin, told from what its pages ask for by themselves."""

from django.http import HttpRequest

# For browsers that do not say why they ask: what the editor's page asks for while nobody does anything.
ASKED_BY_PAGES = {
    *("ping", "release", "preview_on_add", "preview_on_edit", "wagtailadmin_block_preview"),
    *("session", "wagtailadmin_javascript_catalog", "wagtailadmin_sprite"),
}


def is_activity(request: HttpRequest) -> bool:
    """Say whether somebody has followed a link or sent a form, or the page says that they are at work.

    Whatever scripts fetch, autosave too, is none: our script tells of keys and clicks instead.
    """
    match = request.resolver_match
    if match is not None and match.url_name == "session":
        return request.method == "POST"
    if mode := request.headers.get("Sec-Fetch-Mode"):
        return mode == "navigate" and request.headers.get("Sec-Fetch-Dest") == "document"
    if match is not None and match.url_name in ASKED_BY_PAGES:
        return False
    asks_for = request.headers.get("Accept", "")
    return request.headers.get("X-Requested-With") is None and "application/json" not in asks_for
