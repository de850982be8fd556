"""Run the whole site on this machine, and see an approval through; `--stay`: until Ctrl-C.

`python -m tests.cluster` needs PostgreSQL and Redis, by DATABASE_URL and CACHE_URL, and Varnish.
"""

import argparse
import io
import re
import signal
import sys
import tempfile
from contextlib import ExitStack, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

from PIL import Image

from .parts import SITE_URL, Cluster, end, wait_until
from .visitor import Visitor

CODE = "CLUSTER-1"


def main(folder: Path, *, stays: bool) -> int:
    """Start all, see that it works, end all."""
    with ExitStack() as stack:
        cluster = Cluster(stack, folder)
        cluster.start()
        wait_until(lambda: is_ready(cluster.front), "Varnish answers")
        print(f"up: {SITE_URL}, by Varnish at 127.0.0.1:{cluster.front}", flush=True)
        page, review, password = cluster.run("-m", "tests.cluster.send").split()
        upload(cluster, password)
        approve(cluster, page.removeprefix(SITE_URL), review, password)
        restart(cluster)
        if stays:
            print("Ctrl-C ends it.", flush=True)
            with suppress(KeyboardInterrupt):
                signal.pause()
    print("all has ended")
    return 0


def approve(cluster: Cluster, page: str, review: str, password: str) -> None:
    """Have `page` approved at the address `review`, and see its record, its mail and its purge."""
    visitor, legal = Visitor(cluster.front), Visitor(cluster.front)
    wait_until(lambda: visitor.get(page) == 200 and visitor.kept == "kept", "the page is kept")
    assert legal.post("/admin/login/", login="eu-legal", password=password) == 302
    today = datetime.now(UTC).date()
    days = {"approve-prepared_on": f"{today}", "approve-review_by": f"{today + timedelta(days=365)}"}
    assert legal.post(review, approve="1", **{"approve-code": CODE, "approve-comment": ""}, **days) == 302
    purged = wait_until(
        lambda: visitor.get(page) == 200 and CODE in visitor.text, "the approved page is shown"
    )
    mailed = wait_until(lambda: mails_of(cluster, "eu-editor@example.com"), "the editor is told")
    checked = cluster.run("manage.py", "check_record", "--skip-checks").strip().splitlines()[-1]
    print(f"approved: shown after {purged:.1f} s, mail after {mailed:.1f} s, record: {checked}")


def upload(cluster: Cluster, password: str) -> None:
    """Have an editor upload a picture, which lies in the bucket and nowhere else, and visitors are shown."""
    editor, visitor = Visitor(cluster.front), Visitor(cluster.front)
    assert editor.post("/admin/login/", login="eu-editor", password=password) == 302
    picture = io.BytesIO()
    Image.effect_noise((300, 300), 80).save(picture, "PNG")
    assert editor.post("/admin/images/add/", file=("cluster.png", picture.getvalue()), title="Cluster") == 302
    editor.get("/admin/images/")
    shown = re.search(r"/media/(images/cluster[^\"]+)", editor.text)
    assert shown, "The picture is not among the pictures."
    assert visitor.get(shown[0]) == 200
    assert shown[1] in cluster.uploads(), "The picture is not in the bucket."
    assert not (cluster.folder / "site/media").exists(), "Uploads are on this machine's disk."
    print(f"uploaded: {shown[1]}, of {len(cluster.uploads())} files in the bucket")


def mails_of(cluster: Cluster, person: str) -> list[str]:
    """Return the mails that `person` was sent."""
    return [mail.text for mail in cluster.mails.taken if person in mail.recipients]


def restart(cluster: Cluster) -> None:
    """Restart one server after the other while somebody visits, and count who met an error."""
    statuses: list[int] = []
    is_over = Event()
    visits = Thread(target=visit, args=(cluster.front, statuses, is_over))
    visits.start()
    for number, port in enumerate(cluster.ports[:2]):
        end(cluster.servers[number])
        cluster.servers[number] = cluster.serve(port)
        wait_until(lambda port=port: is_ready(port), "the server is back")
        is_over.wait(8)  # until Varnish has seen it: three probes
    is_over.set()
    visits.join()
    print(f"restarted: {len(statuses)} visits, {sum(one != 200 for one in statuses)} errors")


def visit(port: int, statuses: list[int], is_over: Event) -> None:
    """Ask for pages that nobody keeps, until it is over."""
    while not is_over.wait(0.02):
        statuses.append(Visitor(port).get(f"/eu/search/?q={len(statuses)}"))


def is_ready(port: int) -> bool:
    """Say whether the server at `port` can serve."""
    try:
        return Visitor(port).get("/readyz") == 200
    except OSError:
        return False


if __name__ == "__main__":
    asked = argparse.ArgumentParser(prog="python -m tests.cluster", description=__doc__)
    asked.add_argument("--stay", action="store_true", help="until Ctrl-C")
    signal.signal(signal.SIGTERM, lambda *_told: sys.exit(1))
    with tempfile.TemporaryDirectory() as made:
        sys.exit(main(Path(made), stays=asked.parse_args().stay))
