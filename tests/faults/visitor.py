"""Somebody at a browser without scripts."""

import time
from collections.abc import Callable
from typing import Any

import requests

from demo import people

HEAL_SECONDS = 45
HOST = "localhost"  # where the demo's site stands: pages of other hosts are not kept


class Visitor:
    """Asks a site for pages, and signs in."""

    def __init__(self, address: str) -> None:
        """Visit the site at `address`."""
        self.address, self.session = address, requests.Session()
        self.session.headers["Host"] = HOST

    def get(self, path: str, **more: Any) -> requests.Response:
        """Ask for `path`, following nothing."""
        return self.session.get(f"{self.address}{path}", timeout=30, allow_redirects=False, **more)

    def post(self, path: str, form: dict[str, Any], **more: Any) -> requests.Response:
        """Send `form` to `path`, from the page there."""
        token = self.session.cookies.get("csrftoken", "")
        return self.session.post(
            f"{self.address}{path}",
            {"csrfmiddlewaretoken": token, **form},
            headers={"Referer": f"http://{HOST}{path}"},
            timeout=60,
            allow_redirects=False,
            **more,
        )

    def sign_in(self, username: str) -> requests.Response:
        """Sign in with the password of the demo."""
        self.session.cookies.clear()
        self.get("/admin/login/")
        return self.post("/admin/login/", {"login": username, "password": people.password()})


def healed(attempt: Callable[[], requests.Response], status: int) -> requests.Response:
    """Try until the answer has `status`. Raises AssertionError where it never has."""
    deadline = time.monotonic() + HEAL_SECONDS
    while (answer := attempt()).status_code != status:
        assert time.monotonic() < deadline, f"{answer.status_code}: {answer.text[:400]}"
        time.sleep(0.2)
    return answer
