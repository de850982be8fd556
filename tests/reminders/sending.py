"""The digests sent by a process of its own, killed at the person who comes NUMBER-th: `… sending NUMBER`.

Without a NUMBER it is not. Everybody has the same to be told.
"""

import os
import signal
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main(number: int) -> None:
    """Send them."""
    import django

    django.setup()
    from django.conf import settings

    from reminders import digests
    from therapies.reports.alerts import Alert, AlertGroup, Source

    settings.EMAIL_BACKEND = "jobs.mail_backend.StoringBackend"
    alert = Alert("", "A matter", "It is due.", "/admin/")
    part = AlertGroup(Source("kind", "A kind", lambda _watch: ()), [alert], 1)
    digests.parts_for = lambda _person: [part]
    written, write = [], digests.write

    def write_or_die(*given: object) -> None:
        write(*given)
        written.append(given)
        if len(written) == number:  # the mail is stored, and what notes it not committed
            os.kill(os.getpid(), signal.SIGKILL)

    digests.write = write_or_die
    print(digests.send_digests())


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
