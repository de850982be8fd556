"""A time-stamping authority on this machine: OpenSSL behind a small HTTP server."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from shutil import which
from threading import Thread

OPENSSL = which("openssl") or "openssl"
CONFIG = """
[req]
distinguished_name = name
[name]
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
[stamping]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ordering = yes
tsa_name = yes
ess_cert_id_alg = sha256
"""


@dataclass
class Authority:
    """Where it is, and how it behaves."""

    url: str
    roots: Path
    failures: int = 0  # with which it answers first
    asked: list[bytes] = field(default_factory=list)


@contextmanager
def authority(folder: Path, *, curve: str = "") -> Iterator[Authority]:
    """Run an authority whose keys lie in `folder`: of RSA, or of an elliptic `curve`."""
    kind = ["ec", "-pkeyopt", f"ec_paramgen_curve:{curve}"] if curve else ["rsa:2048"]
    config = folder / "openssl.cnf"
    config.write_text(CONFIG.format(folder=folder))
    (folder / "serial").write_text("01")

    def openssl(*words: str, given: bytes = b"") -> bytes:
        return subprocess.run(
            [OPENSSL, *words], input=given, check=True, capture_output=True, cwd=folder
        ).stdout

    shared = ["-config", str(config), "-nodes", "-newkey", *kind]
    openssl("req", "-x509", *shared, "-days", "30", "-subj", "/CN=Test root", "-extensions", "root",
            "-keyout", "root.key", "-out", "root.pem")  # fmt: skip
    openssl("req", *shared, "-subj", "/CN=Test authority", "-keyout", "tsa.key", "-out", "tsa.csr")
    openssl("x509", "-req", "-in", "tsa.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial",
            "-days", "20", "-extfile", str(config), "-extensions", "stamping", "-out", "tsa.pem")  # fmt: skip

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            found.asked.append(query)
            if len(found.asked) <= found.failures:
                self.send_error(503)
                return
            (folder / "query.tsq").write_bytes(query)
            answer = openssl("ts", "-reply", "-config", str(config), "-queryfile", "query.tsq")
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *words: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        found = Authority(f"http://127.0.0.1:{server.server_port}/", folder / "root.pem")
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield found
        finally:
            server.shutdown()
            thread.join()
