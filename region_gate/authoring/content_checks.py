"""What the admin's own checker looks at in a page: accessibility by axe, in the page's content."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.userbar import ContentCheckerItem


class ContentChecks(ContentCheckerItem):
    """Wagtail's checker, with more of axe's rules: those about what editors write.

    The rules' names and meanings: Deque, axe-core, "Rule descriptions".
    """

    axe_include: ClassVar = ["main"]
    axe_run_only: ClassVar = [
        *ContentCheckerItem.axe_run_only,
        *("image-alt", "image-redundant-alt", "list", "listitem", "th-has-data-cells", "td-headers-attr"),
        *("scope-attr-valid", "table-duplicate-name", "video-caption", "identical-links-same-purpose"),
    ]
    axe_messages: ClassVar = {
        **ContentCheckerItem.axe_messages,
        "image-alt": {
            "error_name": _("Picture without alternative text"),
            "help_text": _("Say what the picture shows, or mark it as decorative"),
        },
        "image-redundant-alt": {
            "error_name": _("Alternative text repeats the text beside it"),
            "help_text": _("Say what the picture shows, or mark it as decorative"),
        },
        "list": {
            "error_name": _("List with something else than items"),
            "help_text": _("Use the editor’s lists"),
        },
        "listitem": {
            "error_name": _("Item outside of a list"),
            "help_text": _("Use the editor’s lists"),
        },
        "th-has-data-cells": {
            "error_name": _("Table header without cells"),
            "help_text": _("Give each header cells, or remove it"),
        },
        "td-headers-attr": {
            "error_name": _("Cell of another table’s header"),
            "help_text": _("Use the editor’s tables"),
        },
        "scope-attr-valid": {
            "error_name": _("Table header for neither row nor column"),
            "help_text": _("Use the editor’s tables"),
        },
        "table-duplicate-name": {
            "error_name": _("Table caption says what its summary says"),
            "help_text": _("Give the table one caption"),
        },
        "video-caption": {
            "error_name": _("Video without captions"),
            "help_text": _("Add captions for those who cannot hear it"),
        },
        "identical-links-same-purpose": {
            "error_name": _("Links of one name lead to different places"),
            "help_text": _("Say in each link where it leads"),
        },
    }


def with_ours(items: list[Any]) -> list[Any]:
    """Return the items of the user bar or of the editor's checks, with our checker for Wagtail's."""
    return [
        ContentChecks(in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item
        for item in items
    ]
