#!/usr/bin/env python
"""The project's command line: `python manage.py help` lists the commands."""

import os
import sys
from pathlib import Path


def main() -> None:
    """Run the command named on the command line."""
    # `site` is also a standard-library module, so site/ is put on the path, never imported.
    sys.path.insert(0, str(Path(__file__).resolve().parent / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
