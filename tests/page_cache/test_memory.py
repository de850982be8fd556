"""A process's memory for pages has room for so many bytes, and no page stays longer than it holds."""

from threading import Thread

import pytest
import time_machine

from page_cache.memory import PageMemory
from page_cache.stored_page import StoredPage

ROOM = 30_000


@pytest.fixture
def memory(request) -> PageMemory:
    return PageMemory(request.node.name, {"OPTIONS": {"MAX_BYTES": ROOM}})


def page(size: int) -> StoredPage:
    return StoredPage((), b"x" * size, '"tag"', 0.0)


def test_what_was_asked_for_longest_ago_makes_room(memory):
    for name in ("a", "b", "c"):
        memory.set(name, page(7_000), 60)
    assert memory.get("a")
    memory.set("d", page(7_000), 60)
    assert [name for name in "abcd" if memory.get(name)] == ["a", "c", "d"]
    assert memory._shelf.bytes <= ROOM


def test_a_page_that_is_kept_again_takes_its_room_once(memory):
    for _time in range(10):
        memory.set("a", page(7_000), 60)
    assert memory._shelf.bytes == 9_000
    assert memory.delete("a")
    assert not memory.delete("a")
    assert memory._shelf.bytes == 0


def test_what_is_too_large_for_all_of_it_is_not_kept(memory):
    memory.set("a", page(ROOM), 60)
    assert memory.get("a") is None
    assert memory._shelf.bytes == 0


def test_a_page_is_gone_when_its_time_is_over(memory):
    with time_machine.travel("2026-01-01T00:00:00Z", tick=False) as traveller:
        memory.set("a", page(1), 60)
        traveller.shift(59)
        assert memory.get("a")
        traveller.shift(1)
        assert memory.get("a", "none") == "none"
        assert memory._shelf.bytes == 0


def test_threads_share_it_and_all_of_it_can_be_cleared(memory, request):
    def keep() -> None:
        own = PageMemory(request.node.name, {"OPTIONS": {"MAX_BYTES": ROOM}})
        for number in range(500):
            own.set(f"{number % 50}", page(500), 60)
            own.get(f"{number % 7}")

    threads = [Thread(target=keep) for _thread in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert memory._shelf.bytes == 2_500 * len(memory._shelf.things) <= ROOM
    memory.clear()
    assert memory.get("1") is None
