"""The rich-text link dialog: Wagtail's own, with addresses put right or refused with advice.

Django lets a later address take over an earlier one's name, so these views answer for Wagtail's.
"""

import re
from functools import partial
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.forms.widgets import TextInput
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import choosers
from wagtail.admin.views import chooser
from wagtail.models import Site

from region_gate.authoring.editing_context import from_nowhere, from_page, page_being_written
from region_gate.authoring.fields import AddressField
from region_gate.authoring.url_input import read_link
from region_gate.links.destinations import Viewpoint

MAILTO = re.compile(r"\s*mailto:", re.IGNORECASE)
TEL = re.compile(r"\s*tel:", re.IGNORECASE)
TELEPHONE = RegexValidator(  # RFC 3966, section 3: digits, perhaps parted for the eye
    r"\A\+?[0-9][0-9 ().-]*\Z", _("Type the number with its country code, such as +49 30 1234567.")
)


class LinkField(AddressField):
    """A field that takes whatever a page may link to: web addresses, paths, fragments, mailto: and tel:."""

    widget = TextInput
    default_validators: list[Any] = []

    def read(self, text: str, viewpoint: Viewpoint) -> str:
        """Return what `text` stands for. Raises RefusedAddressError."""
        return read_link(text, viewpoint)


class ExternalLinkForm(choosers.ExternalLinkChooserForm):
    """Asks for an address, which is seen from `viewpoint`."""

    url = LinkField(
        label=_("URL"),
        help_text=_(
            "Visitors read the notice for third parties first, unless legal lets the address through."
        ),
    )

    def __init__(self, *args: Any, viewpoint: Viewpoint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["url"].viewpoint = viewpoint


class MailField(forms.EmailField):
    """A field for an e-mail address, perhaps typed with `mailto:`."""

    def to_python(self, value: Any) -> str:
        """Return the address alone."""
        return str(super().to_python(MAILTO.sub("", str(value or ""))))


class TelephoneField(forms.CharField):
    """A field for a telephone number, perhaps typed with `tel:`."""

    default_validators = [TELEPHONE]

    def to_python(self, value: Any) -> str:
        """Return the number alone."""
        return str(super().to_python(TEL.sub("", str(value or "").replace("/", "-"))))


class AnchorField(forms.CharField):
    """A field for an anchor, perhaps typed with `#`."""

    def to_python(self, value: Any) -> str:
        """Return the anchor's name."""
        return str(super().to_python(str(value or "").strip().lstrip("#")))


class MailForm(choosers.EmailLinkChooserForm):
    """Asks for an e-mail address."""

    email_address = MailField()


class TelephoneForm(choosers.PhoneLinkChooserForm):
    """Asks for a telephone number."""

    phone_number = TelephoneField()


class AnchorForm(choosers.AnchorLinkChooserForm):
    """Asks for an anchor of the page itself."""

    url = AnchorField(label="#")


class ExternalLinkView(chooser.ExternalLinkView):
    """Takes an address as seen from the page being written; a page of ours is linked as a page."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find out which page is being written."""
        super().setup(request, *args, **kwargs)
        page = page_being_written(request)
        self.site = page.get_site() if page else Site.objects.filter(is_default_site=True).first()
        viewpoint = from_page(page, request) if page else from_nowhere()
        self.form_class = partial(ExternalLinkForm, viewpoint=viewpoint)

    def get_url_from_field_value(self, value: str) -> str:
        """Return the address whole, as Wagtail looks for its pages."""
        return self.site.root_url + value if self.site and value.startswith("/") else value

    def render_chosen_response(self, result: dict[str, Any]) -> HttpResponseBase:
        """Choose the page that was found, or else the address as the form gives it."""
        if "id" not in result:
            result = {**result, "url": self.form.cleaned_data["url"]}
        return super().render_chosen_response(result)


class MailView(chooser.EmailLinkView):
    """Takes an e-mail address."""

    form_class = MailForm


class TelephoneView(chooser.PhoneLinkView):
    """Takes a telephone number."""

    form_class = TelephoneForm


class AnchorView(chooser.AnchorLinkView):
    """Takes an anchor."""

    form_class = AnchorForm


urlpatterns: list[URLPattern] = [
    path("links/external/", ExternalLinkView.as_view(), name="wagtailadmin_choose_page_external_link"),
    path("links/mail/", MailView.as_view(), name="wagtailadmin_choose_page_email_link"),
    path("links/telephone/", TelephoneView.as_view(), name="wagtailadmin_choose_page_phone_link"),
    path("links/anchor/", AnchorView.as_view(), name="wagtailadmin_choose_page_anchor_link"),
]
