"""What the workers of some tests run in place of the pipeline: it echoes, breaks or hangs, by the text it is given."""

from __future__ import annotations

import os
import signal
import time
from multiprocessing.connection import Connection

from kg.runner.work import Task


def serve(connection: Connection, task: Task) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            rows = connection.recv()
        except EOFError:
            return
        for _, text, *_ in rows:
            if text == "crash":
                os.kill(os.getpid(), signal.SIGKILL)
            if text == "leave":
                os._exit(3)
            if text == "hang":
                time.sleep(600)
            if text == "slow":
                time.sleep(0.3)
        counts = (1, (), 0, (), 0)
        connection.send([(id, f"urn:{id}", text, counts, "", "", False) for id, text, *_ in rows])
