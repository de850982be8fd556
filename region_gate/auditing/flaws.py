"""What an audit calls a flaw."""

from dataclasses import dataclass
from enum import StrEnum


class AuditFault(StrEnum):
    """What can be wrong with a way out, a page or an address."""

    UNGATED = "ungated"
    WRONGLY_GATED = "wrongly gated"
    BLOCKED = "blocked"
    WRONG_WORDS = "wrong words"
    BROKEN = "broken"
    OTHER_SPELLING = "another spelling"
    NOT_AS_LISTED = "not as listed"


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong on the page at `page`: in which element, with which address, and why."""

    fault: AuditFault
    page: str
    element: str = ""
    address: str = ""
    detail: str = ""
