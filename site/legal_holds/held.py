"""What the holds in force name, as plain values."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib.auth import get_user_model

from region_gate import clock
from therapies.models import Product

from .models import HoldKind, LegalHold

Keys = frozenset[int]


@dataclass(frozen=True, slots=True)
class Held:
    """The keys of what is named, by its kind, and the words that tell of held people in texts."""

    regions: Keys
    pages: Keys
    products: Keys
    documents: Keys
    images: Keys
    people: Keys
    words: frozenset[str]

    @classmethod
    def by(cls, holds: Iterable[LegalHold]) -> "Held":
        """Return what `holds` name together."""
        keys: dict[str, set[int]] = {kind: set() for kind in HoldKind.values}
        words: set[str] = set()
        for hold in holds:
            words |= {*hold.words.splitlines()}
            keys[hold.kind] |= {int(hold.target)} if hold.target else set()
        people = get_user_model()._default_manager.filter(pk__in=keys[HoldKind.PERSON])
        words |= {word for person in people for word in words_of(person)}
        return cls(
            regions=frozenset(keys[HoldKind.REGION]),
            pages=frozenset(keys[HoldKind.PAGE]),
            products=frozenset(keys[HoldKind.PRODUCT]),
            documents=frozenset(keys[HoldKind.DOCUMENT]),
            images=frozenset(keys[HoldKind.IMAGE]),
            people=frozenset(keys[HoldKind.PERSON]),
            words=frozenset(words),
        )

    @property
    def names_things(self) -> bool:
        """Say whether anything but people is named, of which texts cannot be told."""
        return any((self.regions, self.pages, self.products, self.documents, self.images))

    @property
    def product_names(self) -> list[str]:
        """Return every name of the products that are named."""
        names = Product.objects.filter(pk__in=self.products).values_list(
            "name", "further_names", "generic_names"
        )
        return [name for row in names for name in "\n".join(row).splitlines() if name.strip()]


def held_now() -> Held | None:
    """Return what is held today, None where no hold is in force."""
    holds = [*LegalHold.objects.in_force(clock.today())]
    return Held.by(holds) if holds else None


def notes() -> Iterator[str]:
    """Tell of each hold that keeps something, for `manage.py check_record`."""
    for hold in LegalHold.objects.in_force(clock.today()):
        yield f"Legal hold {hold.subject}, “{hold.name}”: {hold.what}. {hold.get_event_display()}."


def words_of(person: object) -> list[str]:
    """Return the words that tell of a person with an account: user name, full name, e-mail address."""
    found = (person.get_username(), person.get_full_name(), person.email)  # type: ignore[attr-defined] # Django's own
    return [word for word in found if word]
