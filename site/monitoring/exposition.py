"""What Prometheus is told: what all processes have counted, and how the parts of the site are now."""

import os
from collections.abc import Iterator
from pathlib import Path

from django.db import connection
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from .readiness import readiness


class StateCollector(Collector):
    """Says at each question whether each part of the site is well."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Ask the parts, and leave no connection behind: each question comes in a thread of its own."""
        gauge = GaugeMetricFamily("site_part_well", "1 while a part of the site is well.", labels=["part"])
        for part in readiness():
            gauge.add_metric([part.name], float(part.is_well))
        connection.close()
        yield gauge


def registry(folder: Path) -> CollectorRegistry:
    """Return all that there is to tell, with what processes have counted in `folder`."""
    told = CollectorRegistry()
    MultiProcessCollector(told, str(folder))
    told.register(StateCollector())
    return told


def forget_ended(folder: Path) -> None:
    """Delete what ended processes have counted, whose files would add up for ever."""
    for file in folder.glob("*.db"):
        number = file.stem.rpartition("_")[2]
        if number.isdigit() and not _runs(int(number)):
            file.unlink(missing_ok=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's, so not ours, but alive
        return True
    return True
