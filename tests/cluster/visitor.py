"""Somebody in front of Varnish, behind what ends TLS."""

import re
from http.client import HTTPConnection
from http.cookies import SimpleCookie

from urllib3 import encode_multipart_formdata

from .parts import SITE_URL


class Visitor:
    """Keeps cookies as a browser does, and follows nothing."""

    def __init__(self, port: int) -> None:
        """Visit the site by Varnish at `port`."""
        self.port = port
        self.cookies: SimpleCookie = SimpleCookie()
        self.text = self.kept = ""

    def get(self, path: str) -> int:
        """Ask for `path`, and return the status."""
        return self._ask("GET", path)

    def post(self, path: str, **values: str | tuple[str, bytes]) -> int:
        """Fill in the form that is at `path`, files by name and content, and return the status."""
        self.get(path)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.text)
        assert token, f"There is no form at {path}."
        return self._ask(
            "POST", path, *encode_multipart_formdata({"csrfmiddlewaretoken": token[1], **values})
        )

    def _ask(self, method: str, path: str, body: bytes = b"", kind: str = "text/plain") -> int:
        headers = {
            "Host": SITE_URL.removeprefix("https://"),
            "X-Forwarded-Proto": "https",
            "Referer": SITE_URL + path,
            "Content-Type": kind,
        }
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={one.value}" for name, one in self.cookies.items())
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        self.text = answer.read().decode(errors="replace")
        # Varnish names the request that it kept a page from, too.
        self.kept = "kept" if " " in answer.headers.get("X-Varnish", "") else "made"
        for cookie in answer.headers.get_all("Set-Cookie", []):
            self.cookies.load(cookie)
        connection.close()
        return answer.status
