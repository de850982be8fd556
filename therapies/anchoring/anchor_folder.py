"""A folder as write-once place."""

import os
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage


class AnchorFolder(FileSystemStorage):
    """A folder in which a file is whole or not there, whenever the machine stops."""

    def _save(self, name: str, content: File) -> str:
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.part")
        part.unlink(missing_ok=True)  # of a machine that stopped
        with part.open("xb") as file:
            file.writelines(content.chunks())
            file.flush()
            os.fsync(file.fileno())
        part.chmod(0o400)
        part.rename(path)
        return name
