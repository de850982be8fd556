"""A database of its own with the demo in it, made once for all benchmarks."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from django.test.utils import setup_test_environment

from tests.database import close_database, open_database


@contextmanager
def demo_site() -> Iterator[None]:
    """Have the demo content in a database that goes when the benchmarks end."""
    setup_test_environment(debug=False)
    open_database(is_kept=False)
    settle()
    try:
        yield
    finally:
        close_database(is_kept=False)


def settle() -> None:
    """Do as the site's workers do once they have started."""
    gc.collect()
    gc.freeze()
