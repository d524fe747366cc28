"""Documents whose analysis failed, crashed or took too long: noted beside the graph, and not tried again unchanged.

The file has one JSON record a line: id, hash of the content, version, time limit, reason and remedy. It is told at the
end of every build; delete it, or allow more time, to have its documents tried again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from kg.runner.work import Made, Task
from kg.store import QUARANTINE, write_atomically

NAME = QUARANTINE
OVERDUE = ("the analysis took", "the analysis did not answer")
"""How reasons begin that more time may take away."""


class Quarantine:
    """The file, and what is known of it."""

    def __init__(self, directory: Path) -> None:
        """Read the file of a graph directory, if it has one; lines that are no record are passed over."""
        self.path = directory / NAME
        self._records: dict[str, dict[str, object]] = {}
        try:
            lines = self.path.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            lines = []
        for line in lines:
            try:
                record = json.loads(line)
            except ValueError:
                continue
            if isinstance(record, dict) and isinstance(record.get("id"), str):
                self._records[record["id"]] = record

    def __len__(self) -> int:
        """Count the documents."""
        return len(self._records)

    def reason(self, document: str, content: str, task: Task) -> str:
        """Give why a document would fail again, "" if it is worth trying: it, the program or the limit has changed."""
        record = self._records.get(document)
        if record is None or record.get("hash") != content or record.get("version") != task.version:
            return ""
        return "" if record.get("overdue") and is_more(task, record) else str(record.get("reason", ""))

    def add(self, made: Made, content: str, task: Task) -> None:
        """Note a document that failed, on the disk at once."""
        self._records[made.id] = {
            "id": made.id,
            "hash": content,
            "version": task.version,
            "seconds": task.seconds,
            "overdue": made.what.startswith(OVERDUE),
            "reason": made.what,
            "remedy": made.remedy,
        }
        self._write()

    def drop(self, document: str) -> None:
        """Forget a document that was built after all."""
        if self._records.pop(document, None) is not None:
            self._write()

    def _write(self) -> None:
        if self._records:
            lines = (json.dumps(one, ensure_ascii=False) + "\n" for _, one in sorted(self._records.items()))
            write_atomically(self.path, "".join(lines))
        else:
            self.path.unlink(missing_ok=True)


def is_more(task: Task, record: Mapping[str, object]) -> bool:
    """Whether a document may take more time than the `seconds` that it had when it failed."""
    limit = record.get("seconds")
    return not isinstance(limit, int | float) or task.seconds > limit or not task.seconds
