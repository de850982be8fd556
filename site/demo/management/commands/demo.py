"""`manage.py demo`: load the demo content."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from demo import files, labels, pages, people
from demo.notices import translate_notices
from demo.regions import REGIONS, DemoRegion
from demo.synonyms import keep_synonyms
from demo.texts import keep_drugs_whole
from home.models import Region
from home.provisioning import add_region
from region_gate.models import Edition
from region_gate.models.sealed import SealedQuerySet
from therapies.chains import CHAINS


class Command(BaseCommand):
    """Loads what is missing of the demo content; what is there stays as it was edited."""

    help = "Load the demo content: four regions, their pages and their people. Safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --sign-ins."""
        parser.add_argument("--sign-ins", action="store_true", help="only print the demo's sign-ins")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the demo, or print its sign-ins."""
        if not settings.DEMO:
            raise CommandError("The demo content is for trying the site out: not with these settings.")
        if options["sign_ins"]:
            self.stdout.write(f"Sign-ins: {', '.join(people.sign_ins())}")
            self.stdout.write(f"Password: {people.password()}")
        else:
            load(REGIONS)


@transaction.atomic
def load(regions: tuple[DemoRegion, ...]) -> None:
    """Load those of `regions` that are not there yet, all of them or none."""
    Edition.lock()
    missing = [d for d in regions if not Region.objects.filter(code=d.code).exists()]
    if missing:
        pages.selectors()
    built: pages.Pages = {}
    for order, demo in enumerate(missing, start=1):
        region = _region(demo, order)
        add_region(region, demo.titles)
        labels.add_statements(region)  # before its pages, which go on record with them
        built |= pages.build(region, demo)
    for demo in regions:
        labels.add_label(Region.objects.get(code=demo.code), demo)
    labels.exempt_instructions()
    people.admit_administrator()
    for demo in missing:
        people.admit(Region.objects.get(code=demo.code))
        pages.fill(built, demo)
    translate_notices()
    keep_synonyms([*pages.SELECTOR_TITLES])
    keep_drugs_whole()
    files.put_back()
    for model in CHAINS:
        SealedQuerySet(model).sign_former()  # of what was on record before there was a key


def _region(demo: DemoRegion, order: int) -> Region:
    return Region(
        code=demo.code,
        name=demo.name,
        countries=",".join(demo.countries),
        order=order,
        organisation=f"Sirtex {demo.name} (sample contact)",
        postal_address="Sample street 1\nSample city",
        email=f"{demo.code}@example.com",
    )
