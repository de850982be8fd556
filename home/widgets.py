"""The form fields of a region that need more than a plain input."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.forms import CheckboxSelectMultiple, Media, Script, Widget
from django.urls import reverse

from .models import RegionHomePage

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

STYLES: dict[str, Sequence[str]] = {"all": ["home/region_form.css"]}


class Language(NamedTuple):
    """A language on the form: ticked or not, with its home page or the title for a new one."""

    code: str
    name: "StrOrPromise"
    is_ticked: bool
    title: str
    home: RegionHomePage | None

    @property
    def edit_url(self) -> str:
        """Where the home page is edited."""
        return reverse("wagtailadmin_pages:edit", args=[self.home.pk]) if self.home else ""


class LanguagesWidget(Widget):
    """The site's languages to tick, each with its home page or a title for it.

    Its value holds the titles of the ticked languages by their codes. `homes` are the home pages
    that the region has already.
    """

    template_name = "home/widgets/languages.html"
    use_fieldset = True
    homes: dict[str, RegionHomePage] = {}

    @property
    def media(self) -> Media:
        """Return the form's styles."""
        return Media(css=STYLES)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the languages, in the order of the settings."""
        titles: dict[str, str] = value or {}
        return {
            **super().get_context(name, value, attrs),
            "described_by": _described_by(attrs),
            "languages": [
                Language(code, label, code in titles, titles.get(code, ""), self.homes.get(code))
                for code, label in settings.WAGTAIL_CONTENT_LANGUAGES
            ],
        }

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        """Return the titles of the ticked languages; whoever types a title means its language, too."""
        codes = dict(settings.WAGTAIL_CONTENT_LANGUAGES)
        titles = {code: data.get(f"{name}-{code}", "").strip() for code in [*codes, *data.getlist(name)]}
        return {code: title for code, title in titles.items() if title or code in data.getlist(name)}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Say no: a form without a ticked box sends nothing."""
        return False

    def id_for_label(self, id_: str) -> str:
        """Return none: the label is the whole group's."""
        return ""


class CountriesWidget(CheckboxSelectMultiple):
    """The countries to tick: first those that are chosen, then all others in columns."""

    template_name = "home/widgets/countries.html"

    @property
    def media(self) -> Media:
        """Return the form's styles, and the search among the countries."""
        script: Any = Script("home/region_form.js", defer=True)  # the stubs know paths alone
        return Media(css=STYLES, js=[script])

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the options in two lists."""
        context = super().get_context(name, value, attrs)
        options = [option for _group, options, _index in context["widget"]["optgroups"] for option in options]
        chosen = [option for option in options if option["selected"]]
        others = [option for option in options if not option["selected"]]
        return {**context, "described_by": _described_by(attrs), "chosen": chosen, "others": others}


def _described_by(attrs: dict[str, Any] | None) -> str:
    """Return the ids of the help and the errors, under a name that templates can read."""
    return (attrs or {}).get("aria-describedby", "")
