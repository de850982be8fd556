"""What a PDF says, kept by its content, so that each is read once."""

from hashlib import sha256

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument

from therapies.matching.html_text import plain_words
from therapies.matching.normalisation import SEAM
from therapies.matching.pdf_words import UnreadableWordsError, pages_of_pdf


class DocumentTextManager(models.Manager["DocumentText"]):
    """Texts of documents."""

    def of(self, document: AbstractDocument) -> "DocumentText | None":
        """Return what `document` says, read now if it never was; None for what is no PDF or has no file."""
        if not str(document.file).lower().endswith(".pdf"):
            return None
        try:
            content = _content(document)
        except OSError:
            return None  # visitors do not get it either; what is missing is told elsewhere
        key = sha256(content).hexdigest()
        return self.filter(pk=key).first() or self._read(key, content)

    def _read(self, key: str, content: bytes) -> "DocumentText":
        try:
            read = {"words": SEAM.join(map(plain_words, pages_of_pdf(content))).replace("\0", " ")}
        except UnreadableWordsError as error:
            read = {"problem": str(error)[:200]}
        return self.get_or_create(pk=key, defaults=read)[0]


class DocumentText(models.Model):
    """The words of one PDF, or why they cannot be read."""

    sha256 = models.CharField(_("SHA-256"), max_length=64, primary_key=True)
    words = models.TextField(_("words"), blank=True)
    problem = models.CharField(_("why it cannot be read"), max_length=200, blank=True)

    objects = DocumentTextManager()

    class Meta:
        verbose_name = _("text of a document")
        verbose_name_plural = _("texts of documents")
        default_permissions = ()

    def __str__(self) -> str:
        return self.sha256


def _content(document: AbstractDocument) -> bytes:
    """Return the file's content; one that was just uploaded is left where it was read."""
    file = document.file
    if file._committed:
        with file.storage.open(file.name) as stored:
            return bytes(stored.read())
    file.seek(0)
    content = bytes(file.read())
    file.seek(0)
    return content
