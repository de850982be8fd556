"""Signatures under the ends of chains that were begun before there was a key."""

from django.db import models

from region_gate.signatures import Signature

from .append_only import AppendOnlyModel, AppendOnlyQuerySet


class HeadSignatureQuerySet(AppendOnlyQuerySet["HeadSignature"]):
    """Signatures, by the entry that they stand for."""

    def of(self, chain: str, subject: int, number: int) -> Signature:
        """Return the signature under an entry; a blank one where there is none."""
        found = self.filter(chain=chain, subject=subject, number=number).last()
        return Signature(found.key, found.signature) if found else Signature()


class HeadSignature(AppendOnlyModel):
    """Signs the last entry of a chain when the key first comes, and with it all that it follows."""

    chain = models.CharField(max_length=20)
    subject = models.PositiveBigIntegerField()
    number = models.PositiveIntegerField()
    signature = models.CharField(max_length=100)
    key = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = HeadSignatureQuerySet.as_manager()

    class Meta(AppendOnlyModel.Meta):
        """Nobody is asked about these; `check_record` reads them."""

    def __str__(self) -> str:
        """Name the entry."""
        return f"{self.chain} {self.subject}, {self.number}"
