"""The chains of entries that are the record."""

from region_gate.models.sealed import SealedEntry
from therapies.models import LabelVersion, Publication

CHAINS: tuple[type[SealedEntry], ...] = (Publication, LabelVersion)
