"""`python -m tests.soak.corpora FILE…`: real text by the million words, from words to quads; every exception is told.

A file is a treebank (`.conllu`: documents whole, by `# newdoc` and the `# text` of their sentences) or sentences as
JSON Lines with `tokens`, of which six after each other are one text. Corpora are not part of the repository.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
import traceback
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain, count, islice
from pathlib import Path

from kg.model import Document

SENTENCES = 6
EVERY = 500
_PUBLISHED = date(2025, 5, 24)
_CLOSE = re.compile(r" (?=[,.;:!?%)\]}]|n't\b|'(?:s|re|ve|ll|d|m)?(?: |$))")
_OPEN = re.compile(r"(?<=[(\[{$]) ")


def texts(path: Path) -> Iterator[tuple[str, str]]:
    """Ids and texts of a corpus."""
    return treebank(path) if path.suffix == ".conllu" else windows(path)


def treebank(path: Path) -> Iterator[tuple[str, str]]:
    """Whole documents of a treebank, a blank line between paragraphs."""
    name, parts = path.stem, [""]
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.startswith("# newdoc"):
                if text := "".join(parts).strip():
                    yield name, text
                name, parts = line.rpartition("=")[2].strip(), []
            elif line.startswith("# newpar"):
                parts.append("\n\n")
            elif line.startswith("# text ="):
                parts.append(line.partition("=")[2].strip() + " ")
    if text := "".join(parts).strip():
        yield name, text


def windows(path: Path) -> Iterator[tuple[str, str]]:
    """Six sentences at a time, their words joined as English writes them."""
    with path.open(encoding="utf-8") as file:
        for at in count():
            lines = list(islice(file, SENTENCES))
            if not lines:
                return
            yield f"{path.stem}-{at}", " ".join(written(json.loads(line)["tokens"]) for line in lines)


def written(tokens: Iterable[str]) -> str:
    """Words as a sentence."""
    return _OPEN.sub("", _CLOSE.sub("", " ".join(tokens)))


def failures(corpus: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Ids, texts and tracebacks of those that fail; progress goes to standard error."""
    from kg import pipeline
    from kg.language import analyse, load_nlp
    from kg.rdf import quads

    nlp = load_nlp()
    began, words, lines = time.monotonic(), 0, 0
    for at, (name, text) in enumerate(corpus, 1):
        document = Document(name, text, None, _PUBLISHED, None, None)
        try:
            [doc] = analyse(nlp, [text])
            words += len(doc)
            lines += sum(1 for _ in quads(pipeline.analyse(document, doc), base="urn:x:", pipeline_version="soak"))
        except Exception:
            yield name, text, traceback.format_exc()
        if not at % EVERY:
            print(f"{time.monotonic() - began:,.0f} s: {at:,} texts, {words:,} words, {lines:,} quads", file=sys.stderr)


def main() -> None:
    """Run the files named on the command line; the exit code is 1 if any text failed."""
    failed = 0
    for name, text, told in failures(chain.from_iterable(texts(Path(one)) for one in sys.argv[1:])):
        failed += 1
        print(f"{name}\n{told}{text}\n", flush=True)
    print(f"{failed} texts failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
