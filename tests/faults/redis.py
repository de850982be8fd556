"""A Redis of its own, which may be stopped."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..browser.server import free_port

PROGRAM = shutil.which("redis-server")


class Redis:
    """An instance at a port, which keeps nothing."""

    def __init__(self, folder: Path) -> None:
        """Work in `folder`."""
        self.folder, self.port = folder, free_port()
        self.process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        """Return its address."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start it."""
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder)]
        self.process = subprocess.Popen([str(PROGRAM), *options], stdout=subprocess.DEVNULL)

    def kill(self) -> None:
        """Kill it, with all that it keeps."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None


@contextmanager
def running(folder: Path) -> Iterator[Redis]:
    """Give an instance that runs, and take it away."""
    instance = Redis(folder)
    instance.start()
    try:
        yield instance
    finally:
        instance.kill()
