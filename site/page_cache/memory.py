"""A process's own memory for pages: as they are, and no more of them than it is given room for."""

from collections import OrderedDict
from threading import Lock
from time import time
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache


class Shelf:
    """Things by their keys, those that were asked for last at the end."""

    def __init__(self) -> None:
        """Begin empty."""
        self.lock = Lock()
        self.clear()

    def clear(self) -> None:
        """Take everything out."""
        self.things: OrderedDict[str, tuple[float, int, Any]] = OrderedDict()
        self.bytes = 0

    def take_out(self, key: str) -> bool:
        """Take out what stands under `key`; say whether anything did."""
        _until, size, _thing = self.things.pop(key, (0, 0, None))
        self.bytes -= size
        return bool(size)

    def put(self, key: str, thing: Any, until: float, size: int) -> None:
        """Put `thing` under `key`."""
        self.take_out(key)
        self.things[key] = (until, size, thing)
        self.bytes += size


_shelves: dict[str, Shelf] = {}


class PageMemory(BaseCache):
    """Django's cache in memory, less the copying, with room by bytes: `OPTIONS["MAX_BYTES"]`.

    Only for pages: what is put in is not changed afterwards, and has a `content`.
    """

    def __init__(self, name: str, params: dict[str, Any]) -> None:
        """Lead to the shelf called `name`, which all threads share."""
        super().__init__(params)
        self._shelf = _shelves.setdefault(name, Shelf())
        self._room: int = params.get("OPTIONS", {})["MAX_BYTES"]

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Return what stands under `key` and still holds, else `default`."""
        with self._shelf.lock:
            until, _size, thing = self._shelf.things.get(key, (0, 0, default))
            if until <= time():
                self._shelf.take_out(key)
                return default
            self._shelf.things.move_to_end(key)
        return thing

    def set(
        self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        """Keep `value` under `key` for `timeout` seconds; what was asked for longest ago makes room."""
        size, shelf = self._size(value), self._shelf
        with shelf.lock:
            shelf.put(key, value, time() + (timeout or 0), size)
            while shelf.bytes > self._room:
                shelf.take_out(next(iter(shelf.things)))

    @staticmethod
    def _size(value: Any) -> int:
        """Return about how many bytes a page takes, with its headers."""
        return len(value.content) + 2_000

    def delete(self, key: str, version: int | None = None) -> bool:
        """Take out what stands under `key`; say whether anything did."""
        with self._shelf.lock:
            return self._shelf.take_out(key)

    def clear(self) -> None:
        """Take everything out."""
        with self._shelf.lock:
            self._shelf.clear()
