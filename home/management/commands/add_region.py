"""`manage.py add_region`: add a region, or what an existing one lacks."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from home.access import open_region
from home.models import Region
from home.provisioning import add_region
from home.region_inventory import region_inventory

CONTACT = ("organisation", "postal_address", "telephone", "email")
# The options that state a value of the region, by the value's name.
STATED = ("name", "order", *CONTACT)


class Command(BaseCommand):
    """Adds what is missing, puts rights back to exactly what is due, and changes nothing else."""

    help = (
        "Add a region: itself, drafts in each language of its home page and of the pages that the law asks "
        "for, its groups with exactly their rights, its collection and its review. Safe to run again: what "
        "is there stays, what is missing is added, and only values that are stated are changed. With --all: "
        "bring every region's rights up to date, as after an update."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the region's values, its languages and its home pages' titles."""
        parser.add_argument("code", nargs="?", help="stands in every address of the region, such as eu")
        parser.add_argument("name", nargs="?", help="for editors, such as Europe; needed for a new region")
        parser.add_argument("--language", action="append", default=[], metavar="de", help="again for each")
        parser.add_argument(
            "--title", action="append", default=[], metavar="de=Europa", help="of a home page"
        )
        parser.add_argument("--country", action="append", metavar="DE", help="again for each; ISO 3166-1")
        parser.add_argument("--host", action="append", metavar="www.example.de", help="a further host")
        parser.add_argument("--order", type=int, help="where it stands in lists; the lowest first")
        for name in CONTACT:
            parser.add_argument(f"--{name.replace('_', '-')}")
        parser.add_argument("--all", action="store_true", help="every region, and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        """Add the region, or open every one again, and print what that has changed."""
        self.is_quiet = options["verbosity"] == 0
        if bool(options["code"]) == options["all"]:
            raise CommandError("Give the code of one region, or --all and no code.")
        if options["all"]:
            for region in Region.objects.all():
                self._tell(region, partial(open_region, region))
        else:
            region = _region(options)
            self._tell(region, partial(add_region, region, _titles(options, region)))

    def _tell(self, region: Region, change: Callable[[], object]) -> None:
        """Make the change, and print what the region has lost and gained by it."""
        before = region_inventory(region.code)
        try:
            change()
        except ValidationError as error:
            raise CommandError("\n".join(_sentences(error))) from error
        after = region_inventory(region.code)
        lost = [f"- {line}" for line in sorted(before - after)]
        gained = [f"+ {line}" for line in sorted(after - before)]
        if not self.is_quiet:
            self.stdout.write("\n".join(lost + gained) or f"{region.code}: nothing was missing.")


def _region(options: dict[str, Any]) -> Region:
    """Return the region with the stated values, not saved yet. Raises CommandError."""
    region = Region.objects.filter(code=options["code"]).first() or Region(code=options["code"])
    values = {name: options[name] for name in STATED if options[name] is not None}
    if options["country"] is not None:
        values["countries"] = [code.upper() for code in options["country"]]
    if options["host"] is not None:
        values["further_hosts"] = "\n".join(options["host"])
    for name, value in values.items():
        setattr(region, name, value)
    if not region.name:
        raise CommandError("A new region needs a name after its code.")
    return region


def _titles(options: dict[str, Any], region: Region) -> dict[str, str]:
    """Return the stated languages, each with its home page's title. Raises CommandError."""
    titles = dict.fromkeys(options["language"], "")
    for stated in options["title"]:
        language, _equals, title = stated.partition("=")
        if language not in titles or not title.strip():
            raise CommandError(f"--title {stated!r} must be a stated --language, “=” and a title.")
        titles[language] = title.strip()
    if unknown := titles.keys() - dict(settings.WAGTAIL_CONTENT_LANGUAGES).keys():
        raise CommandError(f"The site has no language with the code {', '.join(sorted(unknown))}.")
    if not titles and region.pk is None:
        raise CommandError("A new region needs at least one --language.")
    return titles


def _sentences(error: ValidationError) -> Iterator[str]:
    """Give what is wrong, each with the value that it is wrong with."""
    if not hasattr(error, "error_dict"):
        yield from error.messages
        return
    for name, messages in error.message_dict.items():
        yield from (message if name == NON_FIELD_ERRORS else f"{name}: {message}" for message in messages)
