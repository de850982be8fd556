"""A mail server of a few lines: it takes mails, refuses some people, or answers nobody."""

import socketserver
from dataclasses import dataclass, field
from threading import Thread
from typing import Any


@dataclass
class Taken:
    """A mail that the server has taken."""

    recipients: list[str] = field(default_factory=list)
    text: str = ""


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        server: Any = self.server
        mail = Taken()
        self._say("421 Down" if server.owner.is_down else "220 Ready")
        while not server.owner.is_down and (line := self.rfile.readline().decode().strip()):
            verb = line[:4].upper()
            if verb == "RCPT":
                address = line.partition("<")[2].rstrip(">")
                if address in server.owner.refused:
                    self._say("550 No such person")
                    continue
                mail.recipients.append(address)
            if verb == "DATA":
                self._say("354 Go on")
                mail.text = self._text()
                server.owner.taken.append(mail)
                mail = Taken()
            self._say("221 Bye" if verb == "QUIT" else "250 OK")
            if verb == "QUIT":
                return

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def _text(self) -> str:
        lines = iter(self.rfile.readline, b".\r\n")
        return b"".join(lines).decode()


class SmtpServer:
    """Listens on a port of this machine while it is entered."""

    def __init__(self) -> None:
        self.taken: list[Taken] = []
        self.refused: set[str] = set()
        self.is_down = False
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Talk)
        self._server.daemon_threads = True
        self._server.owner = self  # type: ignore[attr-defined]
        self.port = self._server.server_address[1]

    def __enter__(self) -> "SmtpServer":
        Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._server.server_close()
