"""`python -m tests.bench.language [PATH…]`: the language pipeline alone, in one process and in two.

Speed is of bare `nlp.pipe` over whole articles, best of three rounds, each measurement in a process of its own so
that its peak of memory is its own. Words are tokens but punctuation and space.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROUNDS = 3
LEAST = 12_000
"""Words that a round reads at least; the articles are repeated until it does."""
EXAMPLES = Path(__file__).parents[2] / "examples" / "istanbul"


def texts(paths: list[str]) -> list[str]:
    """Return the articles' texts, repeated as often as a round needs."""
    from kg.model import Document
    from kg.read import read

    found = [one.text for one in read(paths) if isinstance(one, Document)]
    words = sum(len(text.split()) for text in found)
    return found * -(-LEAST // max(words, 1))


def measure(processes: int, paths: list[str]) -> dict[str, Any]:
    """Return words and tokens per second by the clock, the peak of memory in MB, and each component's share."""
    import kg

    before = time.perf_counter()
    nlp = kg.load_nlp()
    loading = time.perf_counter() - before
    read = texts(paths)
    list(nlp.pipe(read[:2]))
    best, words, tokens = float("inf"), 0, 0
    for _ in range(ROUNDS):
        began = time.perf_counter()
        docs = list(nlp.pipe(read, n_process=processes))
        best = min(best, time.perf_counter() - began)
        words = sum(not (token.is_punct or token.is_space) for doc in docs for token in doc)
        tokens = sum(len(doc) for doc in docs)
        del docs
    mine, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    peak = mine.ru_maxrss + (others.ru_maxrss * processes if processes > 1 else 0)
    return {
        "processes": processes,
        "load_seconds": round(loading, 2),
        "words": words,
        "words_per_second": round(words / best),
        "tokens_per_second": round(tokens / best),
        "peak_megabytes": peak // 1024,
        "shares": shares(nlp, read) if processes == 1 else {},
    }


def shares(nlp: Any, read: list[str]) -> dict[str, float]:
    """Return the part of the processor time that the tokenizer and each component take."""
    spent: dict[str, float] = {}
    began = time.process_time()
    docs = [nlp.make_doc(text) for text in read]
    spent["tokenizer"] = time.process_time() - began
    for name, pipe in nlp.pipeline:
        began = time.process_time()
        docs = list(pipe.pipe(docs)) if hasattr(pipe, "pipe") else [pipe(doc) for doc in docs]
        spent[name] = time.process_time() - began
    return {name: round(seconds / sum(spent.values()), 3) for name, seconds in spent.items()}


def main() -> None:
    if sys.argv[1:2] == ["--measure"]:
        print(json.dumps(measure(int(sys.argv[2]), sys.argv[3:])))
        return
    paths = sys.argv[1:] or [str(EXAMPLES)]
    for processes in (1, 2):
        command = [sys.executable, "-m", "tests.bench.language", "--measure", str(processes), *paths]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(done.stderr.strip() or f"the measurement ended with {done.returncode}")
        found = json.loads(done.stdout)
        plural = "process" if processes == 1 else "processes"
        print(
            f"{processes} {plural}: {found['words_per_second']:,} words/s ({found['tokens_per_second']:,} tokens/s), "
            f"peak {found['peak_megabytes']} MB, loaded in {found['load_seconds']} s"
        )
        for name, share in found["shares"].items():
            print(f"  {name:<22}{share:>6.1%}")


if __name__ == "__main__":
    main()
