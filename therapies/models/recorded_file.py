"""Files that pages on record need to look as they did: styles and pictures, each kept once."""

from base64 import b64encode
from hashlib import sha256

from django.db import models
from django.utils.translation import gettext_lazy as _

from region_gate.constancy import asked_once
from region_gate.models.append_only import AppendOnlyModel, AppendOnlyQuerySet


class RecordedFileQuerySet(AppendOnlyQuerySet["RecordedFile"]):
    """Files, by what they hold."""

    def keep(self, content: bytes, media_type: str) -> "RecordedFile":
        """Return the file with `content`, put on record if need be."""
        name = sha256(content).hexdigest()
        if kept := _on_record(name):
            return kept
        new = {"content": content, "media_type": media_type}
        return self.get_or_create(sha256=name, defaults=new)[0]


@asked_once
def _on_record(name: str) -> "RecordedFile | None":
    return RecordedFile.objects.defer("content").filter(sha256=name).first()


class RecordedFile(AppendOnlyModel):
    """A file, named by the hash of its content: an entry that names it seals it."""

    sha256 = models.CharField(_("SHA-256"), max_length=64, primary_key=True)
    media_type = models.CharField(_("media type"), max_length=100)
    content = models.BinaryField(_("content"))

    objects = RecordedFileQuerySet.as_manager()

    class Meta(AppendOnlyModel.Meta):
        verbose_name = _("file on record")
        verbose_name_plural = _("files on record")

    def __str__(self) -> str:
        return self.sha256

    @property
    def is_intact(self) -> bool:
        """Say whether the file still holds what its name says."""
        return sha256(self.content).hexdigest() == self.sha256

    @property
    def text(self) -> str:
        """Return the content as text."""
        return bytes(self.content).decode()

    @property
    def data_url(self) -> str:
        """Return the content as an address that needs no request."""
        return f"data:{self.media_type};base64,{b64encode(self.content).decode()}"
