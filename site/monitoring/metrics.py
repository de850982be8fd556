"""What is counted: requests, by view and outcome, and how long they took; for Prometheus."""

from prometheus_client import Counter, Histogram

REQUESTS = Counter("site_requests", "Requests that were answered.", ["view", "method", "status"])
SECONDS = Histogram(
    "site_request_seconds",
    "How long an answer took, in seconds.",
    ["view"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})


def count(view: str, method: str, status: int, seconds: float) -> None:
    """Count an answer with `status` that `view` gave to `method` after `seconds`."""
    REQUESTS.labels(view, method if method in METHODS else "other", status).inc()
    SECONDS.labels(view).observe(seconds)
