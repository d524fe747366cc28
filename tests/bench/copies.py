"""A large graph in the product's shape, without reading a word: `python -m tests.bench.copies DIR --documents 10000`.

It multiplies the graphs of the demo articles. In each copy the names are spelt otherwise, letter by letter, so that all
offsets hold; half of the copies keep the names of states, so that these take part in thousands of events. Who is who
is decided by names alone.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote

import kg
from kg.digest import publish
from kg.resources import examples_dir
from kg.store import create_or_open
from kg.store.large import MOST
from kg.vocab import BASE, DCTERMS, NKG, RDF, RDFS

_WORLDS = 400
_STATES = {"Ukraine", "Russia", "Turkey"}
_WORD = re.compile(r"\b[A-Z][a-zé]{3,}\b")
_LITERAL = re.compile(r'"(?:[^"\\]|\\.)*"')
_VOWELS, _OTHERS = "aeiou", "bcdfghklmnprstvz"
_TYPES = ("Person", "Organization", "GeopoliticalEntity", "Place", "Group", "NamedEvent")


def spelt(word: str, world: int) -> str:
    """Spell a name otherwise, as long as it is: the same in the whole of a world."""
    if world == 0 or (word in _STATES and world % 2):
        return word
    seed = hashlib.sha256(f"{word} {world}".encode()).digest()
    out = [word[0]]
    for at, char in enumerate(word[1:], 1):
        pool = _VOWELS if char in _VOWELS else _OTHERS if char in _OTHERS else char
        out.append(pool[seed[at % len(seed)] % len(pool)])
    return "".join(out)


def copy_of(lines: list[str], old: str, new: str, number: int, names: set[str]) -> list[str]:
    """Give the quads of one document as those of another one: its IRI, id, day and names."""
    world = number % _WORLDS
    day = (date(2021, 1, 1) + timedelta(days=number * 1500 // 10_000)).isoformat()
    out = []
    for line in lines:
        text = _LITERAL.sub(
            lambda found: _WORD.sub(lambda w: spelt(w[0], world) if w[0] in names else w[0], found[0]), line
        )
        text = text.replace(f"<{old}>", f"<{new}>").replace(f"<{old}/", f"<{new}/")
        if f"<{DCTERMS}issued>" in text or "TimeStamp>" in text:
            text = re.sub(r'"2\d{3}-\d\d-\d\d"', f'"{day}"', text)
        if f"<{DCTERMS}identifier>" in text:
            text = re.sub(r'"[^"]*" <', f'"news-{number:05}" <', text)
        out.append(text)
    return out


def identity_of(lines: list[str], number: int) -> Iterator[str]:
    """Decide who is who in one document: actors by their labels, events each for itself."""
    graph = f"<{BASE}identity>"
    labels: dict[str, str] = {}
    types: dict[str, set[str]] = {}
    for line in lines:
        subject, predicate, rest = line.split(" ", 2)
        if predicate == f"<{RDFS}label>":
            labels[subject] = rest.rsplit(" <", 1)[0]
        elif predicate == f"<{RDF}type>":
            types.setdefault(subject, set()).add(rest.split(" ", 1)[0])
    for node, label in labels.items():
        if "/actor/" in node:
            kind = next((name for name in _TYPES if f"<{NKG}{name}>" in types[node]), "Participant")
            key = (
                quote(label.strip('"')[:60], safe="")
                if kind != "Participant"
                else hashlib.sha256((node + label).encode()).hexdigest()[:16]
            )
            canonical = f"<{BASE}actor/{key}>"
            kinds = [f"<{NKG}{kind}>"]
        elif "/event/" in node:
            canonical = f"<{BASE}event/{hashlib.sha256(node.encode()).hexdigest()[:16]}>"
            kinds = sorted(types[node])
            yield f'{canonical} <{NKG}decidedBy> "single-account" {graph} .'
        else:
            continue
        yield f"{node} <{NKG}canonical> {canonical} {graph} ."
        yield f"{canonical} <{RDFS}label> {label} {graph} ."
        yield from (f"{canonical} <{RDF}type> {one} {graph} ." for one in kinds)


def make(directory: Path, documents: int, *, batch: int = 100) -> None:
    """Write the graph and publish it."""
    with tempfile.TemporaryDirectory() as folder:
        kg.build(examples_dir() / "istanbul", graph=Path(folder) / "g").close()
        with kg.open(Path(folder) / "g") as graph:
            texts = [(iri, graph.reader.ntriples(iri)) for iri in graph.documents().values()]
    models = [
        (iri, [f"{line[:-2]} <{iri}> ." for line in triples.split("\n") if line], {w for w in _WORD.findall(triples)})
        for iri, triples in texts
    ]
    identity: dict[str, None] = {}
    with create_or_open(directory) as store:
        for begin in range(0, documents, batch):
            written = []
            for number in range(begin, min(begin + batch, documents)):
                old, lines, names = models[number % len(models)]
                new = f"{BASE}doc/news-{number:05}"
                lines = copy_of(lines, old, new, number, names)
                written.append((new, lines))
                identity.update(dict.fromkeys(identity_of(lines, number)))
            store.write_documents(written)
            if begin % 1000 == 0:
                print(f"{begin:,} documents written, {len(identity):,} decisions", flush=True)
        store.write_documents([(f"{BASE}identity", list(identity))])
        publish(store)
    assert MOST > 0


if __name__ == "__main__":
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("directory", type=Path)
    given.add_argument("--documents", type=int, default=10_000)
    options = given.parse_args()
    make(options.directory, options.documents)
