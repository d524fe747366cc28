"""Workers on a busy machine: who waits is not turned away while others get done, and who is starved is not killed."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from kg.serve import pool as pools
from kg.serve.messages import Job, Reply, Site
from kg.serve.pool import Pool

SITE = Site(Path("g"), Path("g/1"), Path("c"), "key")


class Worker:
    """A worker that takes as long by the clock as its job's path says, and no time of the processor."""

    pid = 0

    def kill(self) -> None:
        """Be gone."""

    async def wait(self) -> None:
        """Be gone already."""


async def took(worker: Any, job: Job) -> Reply:
    await asyncio.sleep(float(job.path))
    return Reply(200, "text/plain", b"")


@pytest.fixture(autouse=True)
def starved(monkeypatch: pytest.MonkeyPatch) -> None:
    async def added(self: Pool) -> None:
        self._idle.put_nowait(Worker())  # type: ignore[arg-type]

    monkeypatch.setattr(Pool, "_add", added)
    monkeypatch.setattr(pools, "_asked", took)
    monkeypatch.setattr(pools, "_processor", lambda process: 0.0)
    monkeypatch.setattr(pools, "_CROWD", 0.3)


async def asked(pool: Pool, *seconds: float) -> list[int | str]:
    """Ask for jobs that take so long, all at once; the status of each, or what was said of it."""
    await pool.start()
    jobs = (pool.run(Job(SITE, path=str(one))) for one in seconds)
    told = await asyncio.gather(*jobs, return_exceptions=True)
    return [one.status if isinstance(one, Reply) else getattr(one, "what", repr(one)) for one in told]


def test_a_page_that_waits_for_the_processor_is_not_ended() -> None:
    async def both() -> tuple[list[int | str], list[int | str]]:
        page = Pool(size=1, seconds=0.2, megabytes=1)
        query = Pool(size=1, seconds=0.2, megabytes=1, strict=True)
        return await asked(page, 0.5), await asked(query, 0.5)

    assert asyncio.run(both()) == ([200], ["no answer within 0.2 s"])


def test_a_page_that_takes_too_much_of_the_processor_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    loop = asyncio.new_event_loop()
    monkeypatch.setattr(pools, "_processor", lambda process: loop.time())
    assert loop.run_until_complete(asked(Pool(size=1, seconds=0.2, megabytes=1), 0.9)) == ["no answer within 0.2 s"]
    loop.close()


def test_whoever_waits_goes_on_waiting_while_others_get_done() -> None:
    pool = Pool(size=1, seconds=1, megabytes=1)
    assert asyncio.run(asked(pool, *[0.4] * 5)) == [200] * 5


def test_nobody_waits_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    # the first leaves the quick lane at 0.3 s and is ended at 1.2; the third gives up well between the two
    monkeypatch.setattr(pools, "_CROWD", 0.7)
    pool = Pool(size=1, seconds=0.3, megabytes=1)
    late = "no answer within 0.3 s"
    assert asyncio.run(asked(pool, 9, 9, 0.1)) == [late, late, "all 1 workers are busy"]


def test_whoever_goes_away_takes_no_worker_along() -> None:
    async def gone() -> list[int | str]:
        pool = Pool(size=1, seconds=1, megabytes=1)
        await pool.start()
        first = asyncio.ensure_future(pool.run(Job(SITE, path="0.2")))
        await asyncio.sleep(0)
        second = asyncio.ensure_future(pool.run(Job(SITE, path="0.2")))
        await asyncio.sleep(0.05)
        second.cancel()
        await first
        return [(await pool.run(Job(SITE, path=str(0.01)))).status for _ in range(3)]

    assert asyncio.run(gone()) == [200, 200, 200]
