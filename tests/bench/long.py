"""`python -m tests.bench.long [KILOBYTES…]`: a build of one long document, by its length: 10 kB to 1 MB.

The prose is the demo articles again and again, with other numbers and days each time, so it is far denser in events
than a book. Each build runs in a process of its own, so that its peak of memory is its own.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from itertools import count
from pathlib import Path

SIZES = (10, 100, 300, 1_000)
EXAMPLES = Path(__file__).parents[2] / "examples" / "istanbul"
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def prose(characters: int) -> str:
    """Text of at least that many characters."""
    from kg.model import Document
    from kg.read import read

    articles = [found.text.strip() for found in read([str(EXAMPLES)]) if isinstance(found, Document)]
    parts: list[str] = []
    length = 0
    for turn in count():
        for article in articles:
            parts.append(varied(article, turn))
            length += len(parts[-1]) + 2
            if length >= characters:
                return "\n\n".join(parts)
    raise AssertionError


def varied(text: str, turn: int) -> str:
    """The same article with other numbers and days of the week."""
    text = re.sub(r"\b[1-9]\d{1,2}\b(?![,.:]\d)", lambda found: str(int(found[0]) + turn), text)
    turned = {day: _DAYS[(place + turn) % 7] for place, day in enumerate(_DAYS)}
    return re.sub("|".join(_DAYS), lambda found: turned[found[0]], text)


def measure(kilobytes: int) -> dict[str, float]:
    """Build one document in this process; give words, events, seconds of processor time and the peak in megabytes."""
    from kg.runner import run

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.txt"
        path.write_text(prose(kilobytes * 1_000), encoding="utf-8")
        began, spent = time.perf_counter(), time.process_time()
        report = run(path, graph=Path(folder) / "graph", published="2025-05-27")
        assert report.documents == 1, report.problems
        return {
            "words": report.words,
            "events": sum(report.events.values()),
            "seconds": time.perf_counter() - began,
            "processor": time.process_time() - spent,
            "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }


def main() -> None:
    if sys.argv[1:2] == ["--measure"]:
        print(json.dumps(measure(int(sys.argv[2]))))
        return
    print("One document, from text to published graph:")
    print(f"  {'kB':>6}{'words':>10}{'events':>9}{'seconds':>10}{'processor':>11}{'µs a word':>11}{'peak MB':>9}")
    for size in [int(size) for size in sys.argv[1:]] or SIZES:
        command = [sys.executable, "-m", "tests.bench.long", "--measure", str(size)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(done.stderr.strip() or f"the measurement ended with {done.returncode}")
        found = json.loads(done.stdout)
        print(
            f"  {size:>6,}{found['words']:>10,}{found['events']:>9,}{found['seconds']:>10.1f}"
            f"{found['processor']:>11.1f}{found['processor'] / found['words'] * 1e6:>11.0f}{found['peak']:>9,.0f}"
        )


if __name__ == "__main__":
    main()
