"""The processes of the cluster, and what they are told; all of it is gone when the cluster ends."""

import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from secrets import token_urlsafe
from typing import Any
from urllib.parse import urlsplit

import boto3
import psycopg
import redis
from moto.server import ThreadedMotoServer

from tests.browser.server import free_port
from tests.jobs.smtp_server import SmtpServer
from tests.load.servers import ROOT

POSTGRES = os.environ.get("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
REDIS = os.environ.get("CACHE_URL", "redis://127.0.0.1:6379/12")
KEY, SECRET, S3_REGION = "site", "secret", "us-east-1"  # of the object storage
SITE_URL = "https://cluster.example.com"
END = 40  # seconds that a process is given to end
START_UP = 60  # seconds


class Cluster:
    """What runs, and how it is spoken to."""

    def __init__(self, stack: ExitStack, folder: Path) -> None:
        """Let `stack` end what is started here, and keep files in `folder`."""
        self.stack, self.folder = stack, folder
        self.mails = stack.enter_context(SmtpServer())
        self.ports = [free_port() for _each in range(3)]
        self.bucket = stack.enter_context(bucket())
        self.variables = self._variables()

    @property
    def front(self) -> int:
        """The port of Varnish."""
        return self.ports[2]

    def start(self) -> None:
        """Start all; Varnish first, for filling the site has things dropped there."""
        self.begin(*self._varnish())
        for words in ("collectstatic --noinput", "migrate", "add_region --all", "demo"):
            self.run("manage.py", *words.split(), "--skip-checks")
        self.servers = [self.serve(port) for port in self.ports[:2]]
        self.begin(sys.executable, "manage.py", "worker")

    def serve(self, port: int) -> subprocess.Popen:
        """Start a server of the site at `port`."""
        words = ["--config", "site/config/gunicorn.py", "--bind", f"127.0.0.1:{port}", "config.wsgi"]
        return self.begin(sys.executable, "-m", "gunicorn", *words)

    def run(self, *words: str) -> str:
        """Run Python with `words` on the site, and return what it printed."""
        done = subprocess.run(
            [sys.executable, *words],
            cwd=ROOT,
            env=self.variables,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        return done.stdout

    def uploads(self) -> list[str]:
        """Return the names of the files in the bucket."""
        return [each.key for each in self.bucket.objects.all()]

    def begin(self, *command: str) -> subprocess.Popen:
        """Start `command`, which ends with the cluster."""
        log = self.stack.enter_context((self.folder / "log").open("ab"))
        process = subprocess.Popen(command, cwd=ROOT, env=self.variables, stdout=log, stderr=log)
        self.stack.callback(end, process)
        return process

    def _varnish(self) -> list[str]:
        for name in ("varnish.vcl", "varnish-two.vcl"):
            told = (ROOT / "deploy" / name).read_text()
            told = told.replace('"8000"', f'"{self.ports[0]}"').replace('"8001"', f'"{self.ports[1]}"')
            (self.folder / name).write_text(told)
        options = ["-a", f"127.0.0.1:{self.front}", "-p", "default_grace=0", "-s", "malloc,32m"]
        name = ["-n", str(self.folder / "varnish"), "-f", str(self.folder / "varnish-two.vcl")]
        return ["varnishd", "-j", "none", "-F", *options, *name]

    def _variables(self) -> dict[str, str]:
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.cluster.settings",
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
            "SECRET_KEY": token_urlsafe(60),
            "RECORD_SIGNING_KEY": token_urlsafe(32),
            "SITE_URL": SITE_URL,
            "DATA_DIR": str(self.folder / "site"),
            "DATABASE_URL": self.stack.enter_context(database()),
            "CACHE_URL": self.stack.enter_context(cache()),
            "STORAGE_URL": address_of(self.bucket),
            "EMAIL_URL": f"smtp://127.0.0.1:{self.mails.port}",
            "DEFAULT_FROM_EMAIL": "site@example.com",
            "TRUSTED_PROXIES": "127.0.0.0/8",
            "MFA_REQUIRED": "0",
            "CDN": f"http://127.0.0.1:{self.front}",
            "WEB_CONCURRENCY": "1",
        }


def end(process: subprocess.Popen) -> None:
    """End `process`, by force if it takes too long."""
    process.terminate()
    try:
        process.wait(timeout=END)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def wait_until(is_so: Callable[[], object], what: str, seconds: float = START_UP) -> float:
    """Return after how many seconds `is_so`; raises TimeoutError when it is not."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        if is_so():
            return time.monotonic() - began
        time.sleep(0.1)
    raise TimeoutError(f"Not within {seconds} seconds: {what}.")


@contextmanager
def database() -> Iterator[str]:
    """Give the address of a database that is there meanwhile."""
    name = f"cluster_{os.getpid()}"
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield urlsplit(POSTGRES)._replace(path=f"/{name}").geturl()
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def cache() -> Iterator[str]:
    """Give the address of Redis, in whose database nothing of somebody else's may be."""
    with redis.Redis.from_url(REDIS) as server:
        if server.dbsize():
            raise SystemExit(f"{REDIS} is in use: name an empty one in CACHE_URL.")
        try:
            yield REDIS
        finally:
            server.flushdb()


@contextmanager
def bucket() -> Iterator[Any]:
    """Give a bucket in an S3-compatible server that runs meanwhile."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # else a line for each request
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    key = {"aws_access_key_id": KEY, "aws_secret_access_key": SECRET, "region_name": S3_REGION}
    try:
        store = boto3.resource("s3", endpoint_url=f"http://{host}:{port}", **key)
        yield store.create_bucket(Bucket="uploads")
    finally:
        server.stop()


def address_of(bucket: Any) -> str:
    """Return the STORAGE_URL of `bucket`."""
    host = urlsplit(bucket.meta.client.meta.endpoint_url).netloc
    return f"s3://{KEY}:{SECRET}@{host}/{bucket.name}?region={S3_REGION}&tls=0"
