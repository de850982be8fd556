"""Signatures under entries from before there was a key."""

from datetime import datetime

from django.db import models

from region_gate.signatures import Signature

from .append_only import AppendOnlyModel, AppendOnlyQuerySet


class LateSignatureQuerySet(AppendOnlyQuerySet["LateSignature"]):
    """Signatures, by the entry that they stand for."""

    def of(self, chain: str, subject: int, number: int, by: datetime | None = None) -> Signature:
        """Return the signature under an entry, made `by` a moment (aware); a blank one for none."""
        known = self.filter(made_at__lte=by) if by else self
        found = known.filter(chain=chain, subject=subject, number=number).last()
        return Signature(found.key, found.signature) if found else Signature()


class LateSignature(AppendOnlyModel):
    """Signs an entry that is older than the key: it proves that nothing has changed since `made_at`."""

    chain = models.CharField(max_length=20)
    subject = models.PositiveBigIntegerField()
    number = models.PositiveIntegerField()
    signature = models.CharField(max_length=100)
    key = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = LateSignatureQuerySet.as_manager()

    class Meta(AppendOnlyModel.Meta):
        """Nobody is asked about these; `check_record` and documents read them."""

    def __str__(self) -> str:
        """Name the entry."""
        return f"{self.chain} {self.subject}, {self.number}"
