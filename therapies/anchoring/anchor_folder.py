"""A folder as write-once place."""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage


class AnchorFolder(FileSystemStorage):
    """A folder in which a file is whole or not there, whenever the machine stops."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Return `name`: a file beside it, under another one, would be no anchor."""
        return name

    def _save(self, name: str, content: File) -> str:
        path = Path(self.path(name))
        if path.exists():
            raise FileExistsError(f"{name} is there already")
        path.parent.mkdir(parents=True, exist_ok=True)
        part = self._part(path, content)
        part.chmod(0o400)
        part.rename(path)
        for left in path.parent.glob(f".{path.name}.*.part"):  # of a machine that stopped
            left.unlink(missing_ok=True)
        return name

    def _part(self, path: Path, content: File) -> Path:
        """Write `content` whole, beside `path` and under a name of its own: two may do so at once."""
        begins = f".{path.name}."
        with NamedTemporaryFile(dir=path.parent, prefix=begins, suffix=".part", delete=False) as file:
            file.writelines(content.chunks())
            file.flush()
            os.fsync(file.fileno())
        return Path(file.name)
