"""The chains of entries that are the record: pages, labels, notices and so on, and what apps above add."""

from region_gate.models import NoticeVersion, NoticeWithdrawal
from region_gate.models.sealed import ChainedEntry
from therapies.models import EndingChoice, LabelVersion, Publication, StatementVersion

CHAINS: list[type[ChainedEntry]] = [
    Publication,
    LabelVersion,
    NoticeVersion,
    NoticeWithdrawal,
    EndingChoice,
    StatementVersion,
]
