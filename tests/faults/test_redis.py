"""Redis is killed and comes back under a running site, which nobody starts again."""

import time
from dataclasses import replace

import pytest

from . import redis
from .site import Site
from .visitor import Visitor, healed

PAGE = "/eu/therapies/liver-metastases-colorectal-cancer/"
SECONDS = 2  # that a page may take while Redis is away


@pytest.mark.short
@pytest.mark.skipif(redis.PROGRAM is None, reason="Redis is not installed")
def test_pages_and_sign_in_go_on_and_what_changed_meanwhile_is_seen(on_sqlite: Site, tmp_path):
    with redis.running(tmp_path) as server:
        site = replace(on_sqlite, cache=server.url)
        with site.visited() as visitor:
            healed(lambda: visitor.get(PAGE), 200)
            server.kill()
            _goes_on(visitor)
            site.manage("renew_edition")
            server.start()
            healed(lambda: visitor.get("/readyz"), 200)
            _goes_on(visitor)


def _goes_on(visitor: Visitor) -> None:
    stranger = Visitor(visitor.address)
    for path in (PAGE, "/de/eu/", "/eu/"):
        began = time.monotonic()
        assert stranger.get(path).status_code == 200
        assert time.monotonic() - began < SECONDS, path
    assert visitor.sign_in("eu-editor").status_code == 302
    assert visitor.get("/admin/").status_code == 200
