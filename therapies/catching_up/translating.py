"""Where a page is translated, to one language or to several at once: the way to each draft follows."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from wagtail.contrib.simple_translation.views import SubmitPageTranslationView
from wagtail.models import Page

from therapies.formatting import language_name


class TranslateView(SubmitPageTranslationView):
    """Wagtail's view; after several languages it leads back to the page, and says where their drafts are.

    Where there is a page in each language already, it leads to these.
    """

    template_name = "therapies/catching_up/translate.html"

    def get_form(self) -> Any:
        """Return the form; what it asks for is called as everywhere else."""
        form = super().get_form()
        form.fields["locales"].label = _("Languages")
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the translations that there are."""
        made = self.object.get_translations().select_related("locale").order_by("path")
        return {**super().get_context_data(**kwargs), "made": made}

    def get_success_url(self, translated_page: Page | None = None) -> str:
        """Return where the one draft is written, or the page itself."""
        return reverse("wagtailadmin_pages:edit", args=[(translated_page or self.object).pk])

    def get_success_message(self, locales: Any) -> str:
        """Return which drafts there are now, each with the way to it."""
        made = self.object.get_translations().filter(locale__in=self.request.POST.getlist("locales"))
        drafts = (
            (reverse("wagtailadmin_pages:edit", args=[one.pk]), language_name(one.locale.language_code))
            for one in made.select_related("locale")
        )
        links = format_html_join(", ", '<a href="{}">{}</a>', drafts)
        return format_html(_("Drafts of “{title}” to translate: {links}"), title=self.object, links=links)
