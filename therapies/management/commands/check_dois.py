"""`manage.py check_dois`: ask the DOI proxy whether it knows the references' DOIs."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from therapies.models import Reference
from therapies.references.doi_proxy import ProxyError, is_known


class Command(BaseCommand):
    """Asks for one DOI after the other; exit status 1 if any is unknown."""

    help = (
        "Ask the DOI proxy (setting DOI_PROXY) for the DOI of each reference, one after the other, and "
        "print those that it does not know. Exits with status 1 if there are any, or if it cannot tell."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --limit, --after and --pause."""
        parser.add_argument("--limit", type=int, default=500, help="ask for at most so many (500)")
        parser.add_argument("--after", type=int, default=0, help="begin after the reference with this key")
        parser.add_argument("--pause", type=float, default=0.2, help="seconds between two questions (0.2)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask, and print what is unknown."""
        rows = Reference.objects.exclude(doi="").filter(pk__gt=options["after"]).order_by("pk")
        asked = list(rows[: options["limit"]])
        unknown = [reference for reference in asked if not self._is_known(reference, options["pause"])]
        self.stdout.write(f"{len(asked)} DOIs asked for, {len(unknown)} unknown.")
        if asked and rows.filter(pk__gt=asked[-1].pk).exists():
            self.stdout.write(f"There are more: go on with --after {asked[-1].pk}.")
        if unknown:
            raise CommandError("\n".join(f"{it.doi}  (reference {it.pk}: {it})" for it in unknown))

    def _is_known(self, reference: Reference, pause: float) -> bool:
        try:
            return is_known(reference.doi)
        except ProxyError as error:
            raise CommandError(f"The DOI proxy did not tell about {reference.doi}: {error}.") from error
        finally:
            time.sleep(pause)
