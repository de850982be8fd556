"""What the first page is tried with."""

from tests.review.conftest import about  # noqa: F401 - a fixture
