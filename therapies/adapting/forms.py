"""What is asked of whoever uses a page in another region."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from home.models import Region
from therapies.models import TherapyPage

from .equivalents import equivalents
from .targets import AdaptationTarget


class PlaceForm(forms.Form):
    """Asks in which region and language a page is to be used."""

    home = forms.TypedChoiceField(label=gettext_lazy("Region and language"), coerce=int)

    def __init__(self, offered: list[AdaptationTarget], *args: Any, **kwargs: Any) -> None:
        """Offer the places."""
        super().__init__(*args, **kwargs)
        places = [(place.home.pk, str(place)) for place in offered]
        self.fields["home"].choices = places  # type: ignore[attr-defined] # it is a choice field


class ParentField(forms.ModelChoiceField):
    """Offers pages by title and address."""

    def label_from_instance(self, page: Page) -> str:
        """Tell pages of one title apart."""
        return f"{page.get_admin_display_title()} – /{page.url_path.split('/', 2)[2]}"


class DraftForm(forms.Form):
    """Asks where the draft is to stand, and what it is to be called."""

    parent = ParentField(Page.objects.none(), label=gettext_lazy("Below the page"), empty_label=None)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=255)
    slug = forms.SlugField(
        label=gettext_lazy("Slug"),
        max_length=255,
        allow_unicode=True,
        help_text=gettext_lazy("The last part of the page’s address."),
    )

    def __init__(self, source: Page, place: AdaptationTarget, user: Any, *args: Any, **kwargs: Any) -> None:
        """Offer the pages of `place`, the one like the original's parent first of all."""
        super().__init__(*args, **kwargs)
        self.source, self.place, self.user = source, place, user
        self.region = Region.objects.owning(source.path)
        keys = [parent.pk for parent in place.parents]
        parent = self.fields["parent"]
        parent.queryset = Page.objects.filter(pk__in=keys).order_by("path")  # type: ignore[attr-defined] # as above
        likely = self._stands_for(source.get_parent(), place)
        parent.initial = likely.pk if likely and likely.pk in keys else keys[0]

    def clean(self) -> dict[str, Any]:
        """Refuse what is there already, and say where."""
        asked = super().clean() or {}
        if self.errors:
            return asked
        self._refuse_a_second()
        self._refuse_a_translation()
        if taken := asked["parent"].get_children().filter(slug=asked["slug"]).first():
            self.add_error("slug", _refusal(_("This address is taken by"), taken, self.user))
        return asked

    def _refuse_a_second(self) -> None:
        """Raise ValidationError where the place has a page about the topic."""
        if isinstance(self.source, TherapyPage) and (there := self._stands_for(self.source, self.place)):
            words = _("%(place)s already has a page about this topic:") % {"place": self.place}
            raise ValidationError(_refusal(words, there, self.user))

    def _refuse_a_translation(self) -> None:
        """Raise ValidationError where the region has the page, but in another language only."""
        if self._stands_for(self.source, self.place):
            return
        for home in self.place.home.region.home_pages.exclude(pk=self.place.home.pk).select_related("locale"):
            if there := self._in_language(AdaptationTarget(home)):
                words = _(
                    "%(place)s already has this page. Use “Translate” there, so that visitors find it"
                    " in their language:"
                )
                raise ValidationError(_refusal(words % {"place": AdaptationTarget(home)}, there, self.user))

    def _in_language(self, place: AdaptationTarget) -> Page | None:
        """Return the page that stands for the original there, by topic, address or where it came from."""
        below = Page.objects.descendant_of(place.home)
        family = Page.objects.filter(translation_key=self.source.translation_key)
        came_from_it = below.filter(adaptation__source__in=family.values("pk")).first()
        return came_from_it or self._stands_for(self.source, place)

    def _stands_for(self, page: Page, place: AdaptationTarget) -> Page | None:
        assert self.region is not None  # noqa: S101 - what may be used stands in a region
        return equivalents([page], self.region, place.home).get(page.pk)


def _refusal(words: str, page: Page, user: Any) -> str:
    """Return `words` and a link to `page`, to its editor for those who may edit it."""
    may_edit = page.permissions_for_user(user).can_edit()
    address = reverse("wagtailadmin_pages:edit", args=[page.pk]) if may_edit else page.url
    return format_html('{} <a href="{}">{}</a>', words, address, page.get_admin_display_title())
