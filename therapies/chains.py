"""The chains of entries that are the record: pages, labels, notices, their ends, choices, what apps above add."""

from region_gate.models import NoticeVersion, NoticeWithdrawal
from region_gate.models.sealed import ChainedEntry
from therapies.models import EndingChoice, LabelVersion, Publication

CHAINS: list[type[ChainedEntry]] = [
    Publication,
    LabelVersion,
    NoticeVersion,
    NoticeWithdrawal,
    EndingChoice,
]
