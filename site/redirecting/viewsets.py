"""The redirects in the admin."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.model import ModelViewSet

from .forms import MATCHES, RedirectEditForm
from .models import Redirect
from .views import RedirectIndexView, RuleImportView, TestAddressView

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def match_label(redirect: Redirect) -> "StrOrPromise":
    """Return what the rule's source stands for, in the form's words."""
    return dict(MATCHES)[redirect.match]


def to_do(redirect: Redirect) -> str:
    """Return what to do about a rule that leads nowhere, blank where it leads somewhere."""
    host = redirect.open_host
    return redirect.advice(host) if host else ""


class RedirectViewSet(ModelViewSet):
    """Lets whoever has the model's permissions, by default administrators only, keep the rules."""

    model = Redirect
    icon = "redirect"
    menu_label = _("Redirects")
    menu_order = 270
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = RedirectIndexView
    list_display: ClassVar = [
        "source",
        Column("new_path", label=_("To"), sort_key="new_path"),
        Column("match", label=_("Match"), accessor=match_label, sort_key="match"),
        Column("type_status_code", label=_("Status"), sort_key="type_status_code"),
        Column("counter", label=_("Hits"), sort_key="counter"),
        Column("advice", label=_("To do"), accessor=to_do),
        DateColumn("last_hit", label=_("Last hit"), sort_key="updated_at"),
    ]
    list_filter: ClassVar = ["match", "type_status_code"]
    list_per_page = 50
    search_fields: ClassVar = ["old_path", "new_path", "notes"]
    search_backend_name = None
    list_export: ClassVar = [
        "old_path",
        "new_path",
        "match",
        "type_status_code",
        "priority",
        "notes",
        "counter",
        "last_hit",
    ]
    export_headings: ClassVar = {
        "old_path": "from",
        "new_path": "to",
        "type_status_code": "status",
        "counter": "hits",
        "last_hit": "last hit",
        "match": "match",
        "priority": "priority",
        "notes": "notes",
    }
    export_filename = "redirects"

    def get_form_class(self, for_update: bool = False) -> type[RedirectEditForm]:
        """Return the form that refuses what could do harm."""
        return RedirectEditForm

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the test of an address and the import."""
        return [
            *super().get_urlpatterns(),
            path("test/", TestAddressView.as_view(), name="test"),
            path("import/", RuleImportView.as_view(), name="import"),
        ]

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        """Return the proxy's own permissions, which are the ones asked for, and not the library's."""
        content_type: Any = ContentType.objects.get_for_model(Redirect, for_concrete_model=False)
        return Permission.objects.filter(content_type=content_type)
