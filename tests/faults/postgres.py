"""A PostgreSQL of its own, which may be stopped."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..browser.server import free_port

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
OWNER = "postgres"  # PostgreSQL does not run as root


class Postgres:
    """An instance in a folder, at a port."""

    def __init__(self, folder: Path) -> None:
        """Keep everything in `folder`."""
        self.folder, self.port = folder, free_port()

    def run(self, program: str, *options: str, told: str | None = None) -> str:
        """Run a program of PostgreSQL as its owner. Raises CalledProcessError where it fails."""
        command = [str(BINARIES[0] / program), *options]
        if os.geteuid() == 0:
            command = ["runuser", "-u", OWNER, "--", *command]
        done = subprocess.run(
            command, cwd=self.folder, check=True, stdout=subprocess.PIPE, text=True, input=told
        )
        return done.stdout

    def client(self, program: str, *options: str, told: str | None = None) -> str:
        """Run a program that asks this instance."""
        return self.run(program, "-h", "127.0.0.1", "-p", str(self.port), "-U", OWNER, *options, told=told)

    def restore(self, name: str, dump: str) -> str:
        """Make the database `name` from a dump, and return its address."""
        self.client("createdb", name)
        self.client("psql", "--quiet", "-v", "ON_ERROR_STOP=1", name, told=dump)
        return self.url(name)

    def make(self) -> None:
        """Make the instance."""
        self.run("initdb", "-D", str(self.folder / "cluster"), "-U", OWNER, "-A", "trust", "-E", "UTF8")

    def start(self) -> None:
        """Start it."""
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        log = str(self.folder / "log")
        self.run("pg_ctl", "-D", str(self.folder / "cluster"), "-w", "-l", log, "-o", options, "start")

    def stop(self) -> None:
        """Stop it as a machine that loses its power would."""
        self.run("pg_ctl", "-D", str(self.folder / "cluster"), "-w", "-m", "immediate", "stop")

    def url(self, name: str) -> str:
        """Return the address of the database `name`."""
        return f"postgres://{OWNER}@127.0.0.1:{self.port}/{name}"

    def copy(self, name: str, template: str) -> str:
        """Make the database `name` from another, and return its address."""
        self.client("dropdb", "--if-exists", "--force", name)
        self.client("createdb", "--template", template, name)
        return self.url(name)


@contextmanager
def running() -> Iterator[Postgres]:
    """Give an instance that runs, and take it away."""
    folder = Path(tempfile.mkdtemp(prefix="faults-"))
    if os.geteuid() == 0:
        shutil.chown(folder, OWNER, OWNER)
    instance = Postgres(folder)
    try:
        instance.make()
        instance.start()
        yield instance
    finally:
        if (folder / "cluster/postmaster.pid").exists():
            instance.stop()
        shutil.rmtree(folder)
