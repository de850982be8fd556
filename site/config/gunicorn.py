"""How gunicorn serves the site: threads for slow readers, one tree of processes."""

import gc
import os

from gunicorn.http import message, wsgi
from gunicorn.workers.base import Worker

bind = os.environ.get("BIND") or f"127.0.0.1:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
control_socket_disable = True
forwarder_headers = ""  # nobody tells by a header where the site is mounted
secure_scheme_headers: dict[str, str] = {}  # TRUSTED_PROXIES says who tells that TLS has ended before us
pythonpath = os.path.dirname(os.path.dirname(__file__))

# gunicorn caps the request line at 8190 bytes and answers longer ones with a bare 400 of its
# own; a longer cap, still bounded, lets them meet the site's 404.
message.MAX_REQUEST_LINE = limit_request_line = 65_536

headers_of_gunicorn = wsgi.Response.default_headers


def default_headers(response: wsgi.Response) -> list[str]:
    """Return gunicorn's own headers of `response`, but for the one that tells what serves it."""
    return [line for line in headers_of_gunicorn(response) if not line.startswith("Server:")]


wsgi.Response.default_headers = default_headers


def post_worker_init(worker: Worker) -> None:
    """Spare the garbage collector what the worker has loaded: a large page would wait for it."""
    gc.collect()
    gc.freeze()
