"""What the gate keeps in the database."""

from region_gate.models.edition import Edition
from region_gate.models.late_signature import LateSignature
from region_gate.models.notice import Notice
from region_gate.models.notice_version import NoticeVersion, NoticeWithdrawal
from region_gate.models.policy import Policy
from region_gate.models.register import RegisteredLink

__all__ = [
    "Edition",
    "LateSignature",
    "Notice",
    "NoticeVersion",
    "NoticeWithdrawal",
    "Policy",
    "RegisteredLink",
]
