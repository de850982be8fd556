"""Storage of uploads, which deletes them again when their request fails."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.core.files.storage import FileSystemStorage, Storage

Saved = list[tuple[Storage, str]]
RENDITIONS = "images/"  # not undone: a cache may hold them already, and they are made anew at need

_saved: ContextVar[Saved | None] = ContextVar("saved", default=None)


class UndoneUploadsMixin(Storage):
    """Deletes files again if the transaction in which they were saved fails."""

    def save(self, name: str | None, content: Any, max_length: int | None = None) -> str:
        """Save the file, and remember it until the transaction has succeeded."""
        kept = super().save(name, content, max_length)
        saved = _saved.get()
        if saved is not None and not kept.startswith(RENDITIONS):
            saved.append((self, kept))
        return kept


class UploadStorage(UndoneUploadsMixin, FileSystemStorage):
    """Files on this machine's disk, whole or not at all."""

    def _save(self, name: str, content: Any) -> str:
        """Write the file; of one that the disk has no room for, nothing stays. Raises OSError."""
        try:
            kept: str = super()._save(name, content)  # type: ignore[misc]  # not in the stubs
        except OSError:
            if self.exists(name) and self.size(name) < content.size:
                self.delete(name)
            raise
        return kept


@contextmanager
def files_undone_on_error() -> Iterator[None]:
    """Delete the files saved inside if it ends in an error."""
    saved: Saved = []
    outer = _saved.set(saved)
    try:
        yield
    except BaseException:
        for storage, name in saved:
            storage.delete(name)
        raise
    finally:
        _saved.reset(outer)
