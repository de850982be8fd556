"""The words of a PDF, read in a process of its own, which can be stopped whatever the file does.

Run as a script, it reads a PDF and writes the text of its pages.
"""

import json
import subprocess
import sys
from io import BytesIO

MAX_BYTES = 25_000_000
MAX_PAGES = 500
MAX_CHARACTERS = 5_000_000  # of its words: some 2,000 full pages
MAX_SECONDS = 20
MAX_MEMORY = 1 << 30
BEGINNING = 1024  # bytes, within which a PDF says that it is one


class UnreadableWordsError(ValueError):
    """A PDF whose words cannot be found."""


def pages_of_pdf(content: bytes) -> list[str]:
    """Return the text of each page of a PDF. Raises UnreadableWordsError, in time."""
    if b"%PDF-" not in content[:BEGINNING]:
        raise UnreadableWordsError("not a PDF")
    if len(content) > MAX_BYTES:
        raise UnreadableWordsError(f"more than {MAX_BYTES} bytes")
    command = [sys.executable, "-I", __file__]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=MAX_SECONDS, check=True)  # noqa: S603
        pages: list[str] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        raise UnreadableWordsError(type(error).__name__) from error
    if sum(map(len, pages)) > MAX_CHARACTERS:
        raise UnreadableWordsError(f"more than {MAX_CHARACTERS} characters")
    if not any(map(str.strip, pages)):
        raise UnreadableWordsError("no text: its pages may be pictures")
    return pages


def _read(content: bytes) -> list[str]:  # pragma: no cover - in a process of its own, which is not measured
    from pypdf import PdfReader

    pages = PdfReader(BytesIO(content)).pages
    if len(pages) > MAX_PAGES:
        raise UnreadableWordsError(f"more than {MAX_PAGES} pages")
    return [page.extract_text() for page in pages]


if __name__ == "__main__":  # pragma: no cover - as above
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
    sys.stdout.write(json.dumps(_read(sys.stdin.buffer.read())))
