"""How side effects and complaints are reported, country by country: entered once, shown where needed."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django_countries import countries
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    EmailBlock,
    StructBlock,
    StructValue,
    TextBlock,
    URLBlock,
)
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from home.blocks.thread_safety import ThreadSafeStreamBlock
from home.countries.directory import all_countries
from home.telephone import validate_telephone

WAYS = ("telephone", "email", "url")


def country_choices() -> list[tuple[str, str]]:
    """Return all countries, by their codes."""
    return [(code, str(name)) for code, name in countries]


class ReportingContactValue(StructValue):
    """Whom to tell in one country."""

    @property
    def country_name(self) -> str:
        """Return the country's name in the active language."""
        found = all_countries(get_language() or "en").get(self.get("country") or "")
        return found.name if found else str(self.get("country") or "")


class ReportingContactBlock(StructBlock):
    """Whom to tell of a side effect or a complaint in one country."""

    country = ChoiceBlock(label=_("Country"), choices=country_choices)
    authority = CharBlock(
        label=_("Who takes reports"), max_length=200, help_text=_("Such as the authority’s name.")
    )
    telephone = CharBlock(
        label=_("Telephone"), required=False, max_length=40, validators=[validate_telephone]
    )
    email = EmailBlock(label=_("E-mail"), required=False)
    url = URLBlock(label=_("Address of the form for reports"), required=False)
    text = TextBlock(
        label=_("What else to know"), required=False, max_length=300, rows=2, help_text=_("In plain words.")
    )

    class Meta:
        icon = "warning"
        label = _("Country")
        value_class = ReportingContactValue

    def clean(self, value: StructValue) -> StructValue:
        """Refuse an authority whom nobody can reach."""
        cleaned = super().clean(value)
        if not self.is_deferred_validation and not any(cleaned[way] for way in WAYS):
            error = ValidationError(gettext("Give a telephone number, an e-mail address or an address."))
            raise StructBlockValidationError(block_errors={"telephone": error})
        return cleaned


class ReportingContactsBlock(ThreadSafeStreamBlock):
    """Whom to tell, each country once."""

    contact = ReportingContactBlock()

    class Meta:
        collapsed = True

    def clean(self, value: Any) -> Any:
        """Refuse a country that stands there twice."""
        cleaned = super().clean(value)
        chosen = [child.value["country"] for child in cleaned]
        if twice := next((code for code in chosen if chosen.count(code) > 1), None):
            name = countries.name(twice)
            error = ValidationError(gettext("%(country)s stands here twice.") % {"country": name})
            raise StreamBlockValidationError(non_block_errors=[error])
        return cleaned
