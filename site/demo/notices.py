"""The demo's translations of the gate's notices."""

from wagtail.models import Locale

from region_gate.models import Notice

from .texts import notice_text

CONTINUE = {"de": "Weiter", "fr": "Continuer"}


def translate_notices() -> None:
    """Publish the German and French notices, where there are none yet."""
    for notice in Notice.objects.filter(locale=Locale.get_default(), region=""):
        for language, label in CONTINUE.items():
            locale = Locale.objects.get(language_code=language)
            if not notice.has_translation(locale):
                _translate(notice, locale, label)


def _translate(notice: Notice, locale: Locale, label: str) -> None:
    text = notice_text(notice.kind.replace("-", "_"), locale.language_code)
    copy = notice.copy_for_translation(locale)
    copy.heading, copy.body = text.strip().split("\n\n", 1)
    copy.continue_label = label
    copy.save()
    copy.save_revision().publish()
