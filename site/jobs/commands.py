"""A management command as a job: run in this process, its output the result."""

from collections.abc import Callable
from io import StringIO

from django.core.management import call_command
from django.core.management.base import CommandError

from .exceptions import JobFailedError

MAX_LENGTH = 4000  # characters of a result
NEEDS_A_LOOK = 1  # the exit status by which our commands say that somebody has to look


def command(name: str, *arguments: str) -> Callable[[], str]:
    """Return what runs the command `name` and returns its output.

    It raises JobFailedError where the command ends with another status than 0.
    """

    def run() -> str:
        output = StringIO()
        try:
            call_command(name, *arguments, stdout=output, stderr=output, no_color=True)
        except CommandError as error:
            status: object = error.returncode
            said = f"{output.getvalue()}\n{error}"
        except SystemExit as ended:
            status, said = ended.code, output.getvalue()
        else:
            return bounded(output.getvalue())
        if status:
            raise JobFailedError(bounded(said), is_final=status == NEEDS_A_LOOK)
        return bounded(said)

    return run


def bounded(text: str) -> str:
    """Return `text`, without its middle where it is long."""
    text = text.strip().replace("\0", "")
    half = MAX_LENGTH // 2
    return text if len(text) <= MAX_LENGTH else f"{text[:half]}\n…\n{text[-half:]}"
