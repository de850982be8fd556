"""Run the races, print a table; exit code 1 where one was doubled, failed, or left a page without a label."""

import argparse
import os
import sys
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Run what is asked for, and return the exit code."""
    from django.core.management import call_command
    from django.test.utils import setup_databases, setup_test_environment

    from .database import copied
    from .running import run

    asked = _asked()
    setup_test_environment(debug=False)
    template = asked.template
    if not template:
        from home.models import Region

        setup_databases(verbosity=0, interactive=False, keepdb=True)
        if not Region.objects.exists():
            call_command("demo")
        from django.db import connection

        template = connection.settings_dict["NAME"]
    with copied(template) as name:
        return run(name, asked.rounds, asked.kind)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.races", description=__doc__)
    parser.add_argument("--rounds", type=int, default=50, help="of each kind")
    parser.add_argument("--kind", action="append", help="only this one; again for each")
    parser.add_argument("--template", help="the database to copy, with the demo in it; else one is made")
    return parser.parse_args()


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    sys.exit(main())
