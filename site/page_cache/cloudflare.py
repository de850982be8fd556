"""Cloudflare, which takes no pattern for all of a host."""

import requests
from wagtail.contrib.frontend_cache.backends import CloudflareBackend

from .purging import ALL

SECONDS = 30  # to answer in


class WholeZoneBackend(CloudflareBackend):
    """Wagtail's, which drops the whole zone where all of a host is to go."""

    def purge_batch(self, urls: list[str]) -> None:
        """Drop `urls`."""
        if any(url.endswith(ALL) for url in urls):
            self._drop_zone()
        else:
            super().purge_batch(urls)

    def _drop_zone(self) -> None:
        answer = requests.post(
            self.cloudflare_purge_endpoint_url,
            json={"purge_everything": True},
            headers={"Authorization": f"Bearer {self.cloudflare_token}"},
            timeout=SECONDS,
        )
        answer.raise_for_status()
