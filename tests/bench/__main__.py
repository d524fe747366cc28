"""`python -m tests.bench [PATH…]`: words per second of each station over the demo articles, best of three rounds.

"extract + rdf" is everything after the language pipeline up to and including N-Quads, in the time of one core; the
others are by the clock. Below it stands what a word costs in a document of 1,000 to 100,000 words: about the same.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from kg import load_nlp, pipeline
from kg.language import analyse as parse
from kg.model import Document
from kg.rdf import doc_iri, quads
from kg.read import read
from kg.resolve import resolve
from kg.store import create_or_open
from kg.vocab import BASE
from tests.bench import growth

ROUNDS = 3
AFTER = "extract + rdf"
EXAMPLES = Path(__file__).parents[2] / "examples" / "istanbul"


def measure(documents: Sequence[Document]) -> tuple[int, dict[str, float]]:
    """Give the number of words and the seconds that each station took."""
    nlp = load_nlp()
    seconds: dict[str, float] = {}
    began = time.perf_counter()

    def lap(station: str) -> None:
        nonlocal began
        now = time.perf_counter()
        seconds[station], began = now - began, now

    docs = list(parse(nlp, [document.text for document in documents]))
    lap("language")
    spent = time.process_time()
    analyses = [pipeline.analyse(document, doc) for document, doc in zip(documents, docs, strict=True)]
    lap("extract")
    graphs = [(doc_iri(BASE, one.document.id), quads(one, pipeline_version=pipeline.version())) for one in analyses]
    lap("rdf")
    seconds[AFTER] = time.process_time() - spent
    with tempfile.TemporaryDirectory() as folder, create_or_open(Path(folder) / "graph") as store:
        began = time.perf_counter()
        store.write_documents(graphs)
        lap("store")
        resolve(store)
        lap("resolve")
        store.publish()
        lap("publish")
    return sum(not (token.is_punct or token.is_space) for doc in docs for token in doc), seconds


def main() -> None:
    paths = sys.argv[1:] or [str(EXAMPLES)]
    documents = [found for found in read(paths) if isinstance(found, Document)]
    measure(documents[:1])  # models and tables are loaded here
    rounds = [measure(documents) for _ in range(ROUNDS)]
    words = rounds[0][0]
    best = {station: min(seconds[station] for _, seconds in rounds) for station in rounds[0][1]}
    print(f"{len(documents)} documents, {words:,} words, best of {ROUNDS}")
    after = best.pop(AFTER)
    for station, took in {**best, "all": sum(best.values()), AFTER: after}.items():
        print(f"  {station:<14}{took:>8.3f} s{words / took:>12,.0f} words/s")
    growth.main()


if __name__ == "__main__":
    main()
