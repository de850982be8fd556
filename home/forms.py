"""The form by which a region is added and changed."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from .models import Region, RegionHomePage
from .optimistic_locking import OptimisticLockingMixin
from .provisioning import add_region
from .widgets import LanguagesWidget

MAX_TITLE_LENGTH = cast(int, RegionHomePage._meta.get_field("title").max_length)


class LanguagesField(forms.Field):
    """Languages, each with the title of its home page, which may be blank."""

    widget = LanguagesWidget
    default_error_messages = {
        "required": _("Choose at least one language."),
        "unknown": _("The site has no language with the code “%(code)s”."),
        "long": _("“%(title)s” is too long for a title: it has more than %(most)s characters."),
    }

    def validate(self, value: dict[str, str]) -> None:
        """Refuse no language, an unknown one, and a title that no page can have."""
        super().validate(value)
        for code, title in value.items():
            if code not in dict(settings.WAGTAIL_CONTENT_LANGUAGES):
                raise self._error("unknown", code=code)
            if len(title) > MAX_TITLE_LENGTH:
                raise self._error("long", title=title, most=MAX_TITLE_LENGTH)

    def _error(self, name: str, **params: Any) -> ValidationError:
        return ValidationError(self.error_messages[name], code=name, params=params)


class RegionForm(OptimisticLockingMixin, WagtailAdminModelForm):
    """A region with its languages; saving it adds whatever it lacks.

    `added` are the home pages that saving has added.
    """

    languages = LanguagesField(
        label=_("Languages"),
        help_text=_(
            "Each language gets a home page as a draft, which goes live when legal has approved it. "
            "Without a title, it has the region’s name."
        ),
    )

    class Meta:
        model = Region
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Show the home pages that the region has."""
        super().__init__(*args, **kwargs)
        self.homes = _homes_of(self.instance)
        self.fields["languages"].widget.homes = self.homes
        self.initial["languages"] = {code: home.draft_title for code, home in self.homes.items()}
        self.added: list[RegionHomePage] = []

    def clean_languages(self) -> dict[str, str]:
        """Refuse to take away a language that has a home page."""
        titles: dict[str, str] = self.cleaned_data["languages"]
        for code, home in self.homes.items():
            if code not in titles:
                language = dict(settings.WAGTAIL_CONTENT_LANGUAGES)[code]
                raise ValidationError(
                    _("%(language)s stays: the region has a home page in it. Delete “%(page)s” first."),
                    params={"language": language, "page": home},
                )
        return titles

    def save(self, commit: bool = True) -> Region:
        """Save the region with all that belongs to it. Raises ValidationError, with nothing done."""
        self.added = add_region(self.instance, self.cleaned_data["languages"])
        return self.instance


def _homes_of(region: Region) -> dict[str, RegionHomePage]:
    """Return the region's home pages by their languages' codes."""
    homes = RegionHomePage.objects.filter(region=region.pk).select_related("locale")
    return {home.locale.language_code: home for home in homes}
