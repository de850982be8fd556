"""The regions in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet

from .models import Region


class RegionViewSet(ModelViewSet):
    """Lets whoever may change regions add one without a deployment."""

    model = Region
    icon = "globe"
    menu_label = _("Regions")
    menu_order = 250
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = ["name", "code", "order"]
    form_fields = None
