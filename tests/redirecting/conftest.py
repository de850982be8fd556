"""What the tests of redirects share."""

from collections.abc import Callable

import pytest

from redirecting.models import Redirect

Keep = Callable[..., Redirect]


@pytest.fixture
def keep(db) -> Keep:
    """Keep a rule as it is given, unchecked, as a script or an older version may have left it."""

    def keep_rule(source: str, target: str, match: str = "exact", **more: object) -> Redirect:
        return Redirect.objects.create(old_path=source, new_path=target, match=match, **more)

    return keep_rule
