"""Measure how much memory `keep_record` takes on 10,000 pages: `python -m tests.load.recording`.

Status 1 where it is more than it may be, or where a page is not put on record. Takes minutes: each is
put there as visitors meet it.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.figures import Figure, seconds
from tests.browser.server import free_port

from .__main__ import prepare
from .servers import ROOT, environment

MOST = 300  # MB
KIB_PER_MB = 1000**2 / 1024  # the kernel counts memory by the former


def main(folder: Path) -> int:
    """Measure, print it, and return the status."""
    port = str(free_port())
    _demo, large = prepare(folder, port)
    peaks: list[float] = []
    taken = seconds(lambda: peaks.append(peak_of_recording(large, port)), repeats=1)
    peak = Figure("keep_record, peak memory", *peaks, "MB", MOST)
    print(f"{peak.name}: {peak.value:.0f} {peak.unit}, {peak.demand}; {taken:.0f} s")
    return int(not peak.is_met)


def peak_of_recording(folder: Path, port: str) -> float:
    """Put on record what is live on the site in `folder`; return the memory that it took, in MB."""
    command = [sys.executable, "manage.py", "keep_record", "--skip-checks"]
    process = subprocess.Popen(command, cwd=ROOT, env={**environment(folder), "PORT": port})
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return used.ru_maxrss / KIB_PER_MB


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        sys.exit(main(Path(made)))
