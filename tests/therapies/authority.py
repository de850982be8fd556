"""A time-stamping authority on this machine: OpenSSL behind a small HTTP server."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from shutil import which
from threading import Thread

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

OPENSSL = which("openssl") or "openssl"
CONFIG = """
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
{certs}
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ordering = yes
tsa_name = yes
ess_cert_id_alg = sha256
"""
CURVES = {"P-256": ec.SECP256R1(), "P-384": ec.SECP384R1()}
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@dataclass
class Authority:
    """Where it is, and how it behaves."""

    url: str
    roots: Path
    failures: int = 0  # with which it answers first
    asked: list[bytes] = field(default_factory=list)


@dataclass(frozen=True)
class Between:
    """A certificate between the authority's and the root: whether it may certify, and for how long."""

    is_authority: bool = True
    days: int = 20


@dataclass
class Certified:
    """A key and its certificate."""

    key: Key
    certificate: x509.Certificate

    @property
    def pem(self) -> bytes:
        """Return the certificate as text."""
        return self.certificate.public_bytes(Encoding.PEM)


@contextmanager
def authority(folder: Path, *, curve: str = "", between: Between | None = None) -> Iterator[Authority]:
    """Run an authority whose keys lie in `folder`: of RSA, or of an elliptic `curve`."""
    root = issuer = certified("Test root", curve, is_authority=True, days=30)
    if between:
        issuer = certified("Test between", curve, root, is_authority=between.is_authority, days=between.days)
    own = certified("Test authority", curve, issuer, is_authority=False, days=20, stamps=True)
    config = folder / "openssl.cnf"
    certs = f"certs = {folder}/chain.pem" if between else ""
    config.write_text(CONFIG.format(folder=folder, certs=certs))
    (folder / "serial").write_text("01")
    (folder / "root.pem").write_bytes(root.pem)
    (folder / "chain.pem").write_bytes(issuer.pem)
    (folder / "tsa.pem").write_bytes(own.pem)
    private = own.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "tsa.key").write_bytes(private)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            found.asked.append(query)
            if len(found.asked) <= found.failures:
                self.send_error(503)
                return
            (folder / "query.tsq").write_bytes(query)
            words = [OPENSSL, "ts", "-reply", "-config", str(config), "-queryfile", "query.tsq"]
            answer = subprocess.run(words, check=True, capture_output=True, cwd=folder).stdout
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


def certified(
    name: str,
    curve: str,
    issuer: Certified | None = None,
    *,
    is_authority: bool,
    days: int,
    stamps: bool = False,
) -> Certified:
    """Return a new key, certified by `issuer` or by itself, until so many days from now."""
    key = ec.generate_private_key(CURVES[curve]) if curve else rsa.generate_private_key(65537, 2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=10))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
    )
    if issuer and not stamps:  # OpenSSL sends it after the authority's own; in DER the shorter one is first
        padding = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), bytes(200))
        builder = builder.add_extension(padding, critical=False)
    if stamps:
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(purpose, critical=True)
    return Certified(key, builder.sign(issuer.key if issuer else key, hashes.SHA256()))
