"""The chains of entries that are the record: pages, labels, notices and their ends."""

from region_gate.models import NoticeVersion, NoticeWithdrawal
from region_gate.models.sealed import ChainedEntry
from therapies.models import LabelVersion, Publication

CHAINS: tuple[type[ChainedEntry], ...] = (Publication, LabelVersion, NoticeVersion, NoticeWithdrawal)
