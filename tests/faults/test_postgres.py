"""PostgreSQL stops and comes back under a running site, which nobody starts again."""

import pytest

from .postgres import Postgres
from .site import Site
from .visitor import Visitor, healed

PAGE = "/eu/therapies/liver-metastases-colorectal-cancer/"


@pytest.mark.short
def test_kept_pages_go_on_and_the_rest_says_when_to_come_back(on_postgres: Site, cluster: Postgres):
    with on_postgres.visited() as visitor:
        before = visitor.get(PAGE)
        assert before.status_code == 200
        assert "s-maxage" in before.headers["Cache-Control"]
        assert visitor.sign_in("eu-editor").status_code == 302
        cluster.stop()
        try:
            _goes_on(visitor, before.text)
        finally:
            cluster.start()
        healed(lambda: visitor.get("/de/eu/"), 200)
        assert visitor.get("/readyz").status_code == 200
        assert visitor.sign_in("eu-editor").status_code == 302
        assert visitor.get("/admin/").status_code == 200


def _goes_on(visitor: Visitor, before: str) -> None:
    stranger = Visitor(visitor.address)
    for _time in range(10):
        kept = stranger.get(PAGE)
        assert (kept.status_code, kept.text) == (200, before)
    assert stranger.get("/healthz").status_code == 200
    assert stranger.get("/readyz").status_code == 503
    missing = stranger.get("/de/eu/")
    assert missing.status_code == 503
    assert int(missing.headers["Retry-After"]) > 0
    assert '<html lang="de"' in missing.text
    assert missing.text.rstrip().endswith("</html>")
    form = {"title": "Written while it was out", "note": "„Äpfel“ & <b>"}
    told = visitor.post("/admin/pages/add/home/standardpage/14/", form)
    assert told.status_code == 503
    assert 'name="title" value="Written while it was out"' in told.text
    assert stranger.sign_in("eu-editor").status_code == 503
