"""A database of its own with the demo in it, made once for all benchmarks."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.test.utils import setup_databases, setup_test_environment, teardown_databases


@contextmanager
def demo_site() -> Iterator[None]:
    """Have the demo content in a database that goes when the benchmarks end."""
    setup_test_environment(debug=False)
    made = setup_databases(verbosity=0, interactive=False)
    call_command("demo")
    settle()
    try:
        yield
    finally:
        teardown_databases(made, verbosity=0)


def settle() -> None:
    """Do as the site's workers do once they have started."""
    gc.collect()
    gc.freeze()
