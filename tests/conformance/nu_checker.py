"""The Nu HTML checker, in Java."""

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from tests.npm_packages import folder_of


def missing() -> str:
    """Say what the checker lacks; blank where it can run."""
    if shutil.which("java") is None:
        return "Java is not installed: apt-get install default-jre-headless"
    return "" if _jar().exists() else "The checker is not fetched: make conformance"


def errors_in(documents: Mapping[str, str], folder: Path) -> list[str]:
    """Return the errors in HTML `documents`, by their names; `folder` holds them meanwhile."""
    names = {}
    for number, (name, html) in enumerate(documents.items()):
        path = folder / f"{number}.html"
        path.write_text(html)
        names[path.name] = name
    options = ["--format", "json", "--errors-only", *map(str, folder.glob("*.html"))]
    command = ["java", "-jar", str(_jar()), *options]
    # It ends with 1 where it has found some.
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return [_told(message, names) for message in json.loads(done.stderr)["messages"]]


def _told(message: dict, names: Mapping[str, str]) -> str:
    name = names[Path(urlsplit(message["url"]).path).name]
    return f"{name}, line {message.get('lastLine')}: {message['message']} {message.get('extract', '')!r}"


def _jar() -> Path:
    return folder_of("vnu-jar") / "build" / "dist" / "vnu.jar"
