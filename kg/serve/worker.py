"""A worker process: one job after the other over a read-only snapshot, until it is told no more or killed.

`python -m kg.serve.worker` reads jobs from standard input and writes replies to standard output. Nothing within one
process can end a query that has no time-out of its own, nor refuse memory that a join asks for; so the server kills a
worker that takes too long, and a limit of the system ends one that takes too much memory.
"""

from __future__ import annotations

import json
import logging
import os
import pickle
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from kg.errors import FormError, KgError, LimitError, QueryError, ServiceError
from kg.serve.messages import FRAME, READY, Job, Reply, Site, framed, length
from kg.store import Reader
from kg.store.answering import formatted, open_snapshot

_GRACE = 5.0  # seconds after which a worker ends itself, should the server be gone


class Desk:
    """What a worker has open: the snapshot of the last job, and what pages need besides."""

    def __init__(self) -> None:
        """Begin with nothing open."""
        self._site: Site | None = None
        self._reader: Reader | None = None

    def reader(self, site: Site) -> Reader:
        """Give the reader of a site, opened when the first job for it comes."""
        if self._reader is None or self._site != site:
            if self._reader is not None:
                self._reader.close()
            self._reader = open_snapshot(site.directory, site.snapshot)
            self._site = site
        return self._reader

    def reply(self, job: Job) -> Reply:
        """Do a job. What goes wrong in a query is told with the status code that HTTP has for it."""
        reader = self.reader(job.site)
        if job.sparql is None:
            from kg.serve.pages import page

            return page(reader, job)
        try:
            media, body = formatted(reader, job.sparql)
        except FormError as error:
            return told(406, error)
        except LimitError as error:
            return told(503, error)
        except QueryError as error:
            return told(403 if isinstance(error, ServiceError) else 400, error)
        except KgError as error:
            return told(500, error)
        text = media.startswith("text/")
        return Reply(200, f"{media}; charset=utf-8" if text else media, body)


def told(status: int, error: KgError) -> Reply:
    """Tell an error as a line of text."""
    return Reply(status, "text/plain; charset=utf-8", f"{error}\n".encode())


def main() -> None:
    """Serve jobs from standard input."""
    limits = json.loads(sys.argv[1])
    jobs, replies = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing that prints by accident may come between replies
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal tells all, and the server ends this one
    with suppress(OSError, AttributeError):
        os.nice(limits["nice"])
    if limits["pages"]:
        _prepared()
    replies.write(READY)
    replies.flush()
    desk = Desk()
    limited = False
    while job := _next(jobs):
        desk.reader(job.site)
        if not limited:
            _limit_memory(limits["megabytes"])
            limited = True
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, limits["seconds"] + _GRACE)
        replies.write(framed(_sound(desk, job)))
        replies.flush()
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)


def _sound(desk: Desk, job: Job) -> Reply:
    """Do a job; a defect of a page is told as one, and does not end the worker."""
    try:
        return desk.reply(job)
    except Exception:
        logging.getLogger(__name__).exception("%s %s", job.path, job.query or job.sparql)
        return Reply(
            500, "text/plain; charset=utf-8", b"This is a defect of newskg; the server has told it on its terminal.\n"
        )


def _prepared() -> None:
    """Load what pages need, so that nobody's first page waits for it."""
    from importlib import import_module

    from kg.serve.pages import KINDS
    from kg.serve.pages.templates import loaded

    for name in sorted(set(KINDS.values())):
        import_module(f"kg.serve.pages.{name}")
    loaded()


def _next(jobs: BinaryIO) -> Job | None:
    frame = jobs.read(FRAME)
    if len(frame) < FRAME:
        return None
    job = pickle.loads(jobs.read(length(frame)))
    assert isinstance(job, Job)
    return job


def _limit_memory(megabytes: int) -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    held = 0
    with suppress(OSError, ValueError, IndexError):
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[5]
        held = int(pages) * os.sysconf("SC_PAGE_SIZE")
    most = held + (megabytes << 20)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
