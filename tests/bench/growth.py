"""What one document costs by its length: `python -m tests.bench.growth`, microseconds a word of every step.

The analyses of the demo articles are joined into one `Doc` of the wanted length, so the language pipeline is not
measured and the same names return as in a long text. Time is that of one processor core.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import load_nlp, pipeline
from kg.language import analyse as parse
from kg.model import Document
from kg.rdf import quads
from kg.read import read

if TYPE_CHECKING:
    from spacy.tokens import Doc

STATIONS = {
    "tree": "read_tree",
    "mentions": "find_mentions",
    "clauses": "find_clauses",
    "chains": "find_chains",
    "frames": "find_events",
    "discourse": "find_discourse",
}
"""The steps of `kg.pipeline.analyse`, and the functions by which it takes them."""

SIZES = (1_000, 10_000, 100_000)
EXAMPLES = Path(__file__).parents[2] / "examples" / "istanbul"


def words_of(doc: Doc) -> int:
    """Tokens but punctuation and space."""
    return sum(not (token.is_punct or token.is_space) for token in doc)


def articles(paths: Sequence[str] = (str(EXAMPLES),)) -> list[Doc]:
    """The analysed articles, each ending in a blank line."""
    texts = [f"{found.text.rstrip()}\n\n" for found in read(paths) if isinstance(found, Document)]
    return list(parse(load_nlp(), texts))


def of_length(docs: Sequence[Doc], words: int) -> Doc:
    """One analysed text of at least that many words, and at most one article more."""
    from spacy.tokens import Doc

    chosen, have = [], 0
    while have < words:
        chosen.append(docs[len(chosen) % len(docs)])
        have += words_of(chosen[-1])
    joined = Doc.from_docs(chosen, ensure_whitespace=False)
    assert joined is not None
    return joined


def steps(doc: Doc) -> dict[str, float]:
    """Seconds of processor time that each step of one document takes, from the tree to N-Quads, in order."""
    document = Document(id="long", text=doc.text, published=date(2025, 5, 27))
    seconds: dict[str, float] = {}
    with _timed(seconds):
        analysis = pipeline.analyse(document, doc)
    began = time.process_time()
    quads(analysis, pipeline_version=pipeline.version())
    seconds["rdf"] = time.process_time() - began
    return seconds


@contextmanager
def _timed(seconds: dict[str, float]) -> Iterator[None]:
    """Let each station that the pipeline calls note the time it takes."""
    stations = {name: getattr(pipeline, function) for name, function in STATIONS.items()}

    def timing(name: str) -> Callable[..., Any]:
        def run(*args: Any, **options: Any) -> Any:
            began = time.process_time()
            found = stations[name](*args, **options)
            seconds[name] = time.process_time() - began
            return found

        return run

    try:
        for name, function in STATIONS.items():
            setattr(pipeline, function, timing(name))
        yield
    finally:
        for name, function in STATIONS.items():
            setattr(pipeline, function, stations[name])


def table(sizes: Sequence[int] = SIZES) -> list[str]:
    """Lines of microseconds a word, one step a line and one size a column, and the words a second of all steps."""
    docs = articles()
    columns = []
    steps(docs[0])  # tables are loaded here
    for size in sizes:
        doc = of_length(docs, size)
        best = min((steps(doc) for _ in range(3 if size <= 10_000 else 1)), key=lambda taken: sum(taken.values()))
        words = words_of(doc)
        columns.append({**{step: taken / words * 1e6 for step, taken in best.items()}, "words": float(words)})
    lines = [f"  {'words':<12}" + "".join(f"{int(c['words']):>12,}" for c in columns)]
    for step in (*list(columns[0])[:-1], "all"):
        costs = [sum(v for k, v in c.items() if k != "words") if step == "all" else c[step] for c in columns]
        lines.append(f"  {step:<12}" + "".join(f"{cost:>9.1f} µs" for cost in costs))
    rates = [1e6 / sum(v for k, v in c.items() if k != "words") for c in columns]
    lines.append(f"  {'words/s':<12}" + "".join(f"{rate:>12,.0f}" for rate in rates))
    return lines


def main() -> None:
    print("After the language pipeline, one document, cost a word on one core:")
    print("\n".join(table()))


if __name__ == "__main__":
    main()
