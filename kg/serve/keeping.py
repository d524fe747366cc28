"""Answers kept for who asks the same again: snapshots never change, so what is kept under one never goes stale."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable

from kg.serve.messages import Reply


class Cache:
    """The replies that were asked for last, up to so many bytes; who asks for one that is being made waits for it."""

    def __init__(self, most: int) -> None:
        """Take how many bytes are kept at most."""
        self._most = most
        self._held = 0
        self._kept: OrderedDict[Hashable, Reply] = OrderedDict()
        self._coming: dict[Hashable, asyncio.Task[Reply]] = {}

    async def get(self, key: Hashable, make: Callable[[], Awaitable[Reply]]) -> tuple[Reply, bool]:
        """Give the reply of a key and whether it was kept; `make` makes it. What fails is not kept."""
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
            return kept, True
        task = self._coming.get(key)
        if task is None:
            task = asyncio.ensure_future(_made(make))
            self._coming[key] = task
            task.add_done_callback(lambda done: self._come(key, done))
        return await asyncio.shield(task), False

    def clear(self) -> None:
        """Forget all that is kept."""
        self._kept.clear()
        self._held = 0

    def _come(self, key: Hashable, task: asyncio.Task[Reply]) -> None:
        self._coming.pop(key, None)
        if task.cancelled() or task.exception() is not None:
            return
        reply = task.result()
        if reply.status >= 500 or len(reply.body) > self._most // 8:
            return
        self._kept[key] = reply
        self._held += len(reply.body) + 1_000
        while self._held > self._most and self._kept:
            _, gone = self._kept.popitem(last=False)
            self._held -= len(gone.body) + 1_000


async def _made(make: Callable[[], Awaitable[Reply]]) -> Reply:
    return await make()
