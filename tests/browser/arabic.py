"""A region that reads Arabic, from right to left, beside the demo's, with English names and words."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.test import override_settings
from wagtail.models import Page

from config.languages import read_languages
from home.models import Region, RegionHomePage, RegionSelectorPage, StandardPage
from home.provisioning import add_region
from tests.conftest import TOPIC
from tests.therapies.label_texts import label_of, lack
from therapies.models import Reference, TherapyIndexPage, TherapyPage, Topic

SITE_LANGUAGES = ["en", "de", "fr", "ar"]
TREATMENT = "/ar/sa/therapies/liver-metastases-colorectal-cancer/"
TELEPHONE = "+966 11 234 5678"
PRODUCT = "SIR-Spheres Y-90 resin microspheres"
PHRASE = "selective internal radiation therapy (SIRT)"

INTRO = (
    f"<p>نص تجريبي عن {PRODUCT} في هذه المنطقة، ثم 5-fluorouracil. تسمى بالإنجليزية"
    f' <span lang="en" dir="ltr">{PHRASE}</span>.</p>'
)
TEXT = (
    "<p>نص تجريبي: سيكتب هنا ما تمت الموافقة عليه في المنطقة."
    ' <a linktype="page" id="{us}">صفحة من منطقة أخرى</a>،'
    ' <a href="https://www.example.org/">موقع آخر</a>.'
    ' المصدر<a linktype="reference" id="{reference}">[1]</a></p>'
)


@contextmanager
def speaking_arabic() -> Iterator[None]:
    """Have the site speak as `SITE_LANGUAGES=en,de,fr,ar` would."""
    languages = read_languages(SITE_LANGUAGES)
    with override_settings(LANGUAGES=languages, WAGTAIL_CONTENT_LANGUAGES=languages):
        yield


def add_arabic_region() -> None:
    """Add a region that speaks Arabic and English, with a treatment page and a label, all of it live."""
    region = Region(
        code="sa",
        name="Saudi Arabia",
        countries="SA,AE",
        order=9,
        organisation="Sirtex (sample contact)",
        postal_address="Sample street 1\nالرياض",
        email="sa@example.com",
        telephone=TELEPHONE,
    )
    add_region(region, {"ar": "السعودية (KSA)", "en": "Saudi Arabia"})
    publish(RegionSelectorPage.objects.get(locale__language_code="ar"), title="اختر منطقتك")
    for home in RegionHomePage.objects.filter(region=region):
        publish(home)
    label = label_of(
        region, "ar", "en", effective_from=date(2026, 1, 1), registration_number="SAMPLE-SA-0001"
    )
    label.save()
    label.save_revision().publish()
    lack(label, "ar")  # so that visitors read the English words
    _add_pages(RegionHomePage.objects.get(region=region, locale__language_code="ar"))


def publish(page: Page, **values: str) -> None:
    """Publish `page` with these `values`."""
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()


def _add_pages(home: RegionHomePage) -> None:
    below = {"locale": home.locale, "show_in_menus": True}
    therapies = home.add_child(instance=TherapyIndexPage(title="العلاجات", slug="therapies", **below))
    home.add_child(instance=StandardPage(title="من نحن", slug="about", intro="<p>نص تجريبي.</p>", **below))
    topic = Topic.objects.get(slug=TOPIC)
    us = Page.objects.get(url_path__endswith="/us/clinical-evidence/")
    text = TEXT.format(us=us.pk, reference=Reference.objects.get().pk)
    body = [
        ("section", {"heading": f"ما هو {PRODUCT}؟", "text": text}),
        ("section", {"heading": "الخطوات", "text": "<ul><li>أولا</li><li>ثانيا</li></ul>"}),
    ]
    page = TherapyPage(
        title="نقائل الكبد من سرطان القولون والمستقيم",
        slug=topic.slug,
        topic=topic,
        intro=INTRO,
        body=body,
        locale=home.locale,
    )
    therapies.add_child(instance=page)
