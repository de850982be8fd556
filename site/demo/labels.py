"""The demo's product, with its label and what else is required in each region: sample texts throughout."""

from datetime import date, timedelta
from typing import NamedTuple

from wagtail.models import Locale

from home.models import Region
from region_gate import clock
from region_gate.links.policies import Decision
from region_gate.models import Policy
from therapies.models import Label, LabelText, Product, Statement, StatementPlace, StatementText
from therapies.models.in_force import Status
from therapies.models.label import Audience

from .regions import DemoRegion

NAME = "SIR-Spheres Y-90 resin microspheres"
FURTHER_NAMES = [
    "SIR-Spheres",
    "SIR-Spheres microspheres",
    "SIR-Spheres Y-90-Harzmikrosphären",
    "microsphères de résine SIR-Spheres Y-90",
]
INSTRUCTIONS_HOST = "instructions.example.com"
REVIEWED_SOON, SOON = "ap", timedelta(days=20)


class Texts(NamedTuple):
    """A label's texts in one language."""

    indication: str
    safety: str
    authority: str


TEXTS = {
    "en": Texts(
        "Sample text. The region’s approved indication will stand here, word for word.",
        "Sample text. The region’s approved safety information will stand here, word for word.",
        "sample authority",
    ),
    "de": Texts(
        "Mustertext. Hier wird die in der Region zugelassene Zweckbestimmung im Wortlaut stehen.",
        "Mustertext. Hier werden die in der Region zugelassenen Sicherheitshinweise im Wortlaut stehen.",
        "Musterbehörde",
    ),
    "fr": Texts(
        "Texte d’exemple. L’indication approuvée dans la région figurera ici, mot pour mot.",
        "Texte d’exemple. Les informations de sécurité approuvées figureront ici, mot pour mot.",
        "autorité d’exemple",
    ),
}

REPORT = {
    "en": "Sample text. How to report a side effect in this country will stand here.",
    "de": "Mustertext. Hier wird stehen, wie Nebenwirkungen in diesem Land gemeldet werden.",
    "fr": "Texte d’exemple. La façon de signaler un effet indésirable dans ce pays figurera ici.",
}
RX_ONLY = {"en": "Rx only"}
# By region: the country (blank: all of them), the place, the words by language.
STATEMENTS = {
    "us": [("", StatementPlace.PRODUCT, RX_ONLY)],
    "eu": [("DE", StatementPlace.FOOTER, REPORT), ("CH", StatementPlace.FOOTER, REPORT)],
}


def product() -> Product:
    """Return the demo's product, published if need be."""
    if found := Product.objects.filter(name=NAME).first():
        return found
    made = Product(name=NAME, further_names="\n".join(FURTHER_NAMES), maker="Sirtex", live=False)
    made.full_clean()
    made.save()
    made.save_revision().publish()
    return made


def add_label(region: Region, demo: DemoRegion) -> None:
    """Publish the product's label in `region`, with a text in each of its languages, where it has none."""
    if Label.objects.filter(region=region).exists():
        return
    made = Label(product=product(), region=region, live=False, status=Status.NOT_APPROVED)
    if demo.has_product:
        _approve(made, demo)
    made.texts.set([_text(demo, language) for language in demo.titles])
    made.full_clean()
    made.save()
    made.save_revision().publish()


def _approve(label: Label, demo: DemoRegion) -> None:
    label.status, label.effective_from = Status.APPROVED, date(2026, 1, 1)
    label.review_by, label.audience = _review_by(demo), Audience.PUBLIC
    label.registration_number = f"SAMPLE-{demo.code.upper()}-0001"


def _text(demo: DemoRegion, language: str) -> LabelText:
    made = LabelText(locale=Locale.objects.get(language_code=language))
    if demo.has_product:
        texts = TEXTS[language]
        made.indication, made.safety_information = f"<p>{texts.indication}</p>", f"<p>{texts.safety}</p>"
        made.authority = texts.authority
        made.instructions_url = f"https://{INSTRUCTIONS_HOST}/{demo.code}/{language}/"
    return made


def _review_by(demo: DemoRegion) -> date:
    """Return when the label is to be reviewed: in one region soon, so that somebody has something to do."""
    return clock.today() + SOON if demo.code == REVIEWED_SOON else date(2027, 6, 30)


def add_statements(region: Region) -> None:
    """Publish what is required of the pages of `region`, where nothing is yet."""
    if Statement.objects.filter(region=region).exists():
        return
    for country, place, words in STATEMENTS.get(region.code, ()):
        made = Statement(region=region, country=country, place=place, live=False)
        made.texts.set(
            [
                StatementText(locale=Locale.objects.get(language_code=language), words=f"<p>{said}</p>")
                for language, said in words.items()
            ]
        )
        made.full_clean()
        made.save()
        made.save_revision().publish()


def exempt_instructions() -> None:
    """Let visitors read the instructions for use in one step, as legal would decide it."""
    if Policy.objects.filter(host=INSTRUCTIONS_HOST).exists():
        return
    policy = Policy(
        decision=Decision.EXEMPT.value,
        host=INSTRUCTIONS_HOST,
        reason="Sample: instructions for use are mandatory information, one click away.",
        live=False,
    )
    policy.full_clean()
    policy.save()
    policy.save_revision().publish()
