"""GUM documents as running text with their mentions, and which of ours are which of them.

The chains come from the coreference file, the text and the parts of speech from the treebank file with the same
documents, word for word.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.model import Mention, MentionKind, Span

NO_THINGS = frozenset({"time", "quantity"})
"""Entity types of the corpus that are no mentions here: they are read as times and quantities."""


KINDS = {"PROPN": MentionKind.NAME, "PRON": MentionKind.PRONOUN}
COUNTED = (MentionKind.NAME, MentionKind.PRONOUN)


@dataclass(frozen=True, slots=True)
class KeyMention:
    """A mention of the corpus: its characters, those of its head word, its chain, what its head is."""

    span: Span
    head: Span
    chain: str
    kind: MentionKind


@dataclass(frozen=True, slots=True)
class KeyDocument:
    """A document as text, with its mentions in text order."""

    id: str
    text: str
    mentions: tuple[KeyMention, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    text: str
    spans: tuple[Span, ...]
    pos: tuple[str, ...]
    head: tuple[int, ...]  # the word that each depends on by its position in the text, its own for roots


def read_corpus(
    folder: Path, part: str, *, genre: str = "news", kinds: Sequence[MentionKind] = COUNTED
) -> Iterator[KeyDocument]:
    """The documents of one genre with mentions of some kinds; `part` is train, dev or test, `genre` "" for all."""
    chains = folder / "coref" / f"gum_{part}.jsonl"
    trees = folder / "treebank" / f"en_gum_open-{part}.conllu"
    for path in (chains, trees):
        if not path.is_file():
            raise InputError("no such file", where=str(path), remedy="name the folder that holds coref/ and treebank/")
    words = _read_words(trees)
    with chains.open(encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if genre in ("", record["genre"]):
                yield _document(record, words[record["doc"]], kinds)


def _read_words(path: Path) -> dict[str, _Words]:
    """The words of each document with their places in its text; paragraphs are parted by a blank line."""
    out: dict[str, _Words] = {}
    with path.open(encoding="utf-8") as lines:
        for part in lines.read().split("# newdoc id = ")[1:]:
            name, rest = part.split("\n", 1)
            out[name.strip()] = _words(rest)
    return out


def _words(lines: str) -> _Words:
    text, base = "", 0
    spans: list[Span] = []
    pos: list[str] = []
    head: list[int] = []
    for line in lines.splitlines():
        if not line:
            base = len(spans)
        elif line.startswith("# newpar") and text:
            text = text.rstrip() + "\n\n"
        fields = line.split("\t")
        if fields[0].isdigit():
            head.append(base + int(fields[6]) - 1 if fields[6] != "0" else len(spans))
            spans.append(Span(len(text), len(text) + len(fields[1])))
            pos.append(fields[3])
            text += fields[1] + ("" if "SpaceAfter=No" in fields[9] else " ")
    return _Words(text, tuple(spans), tuple(pos), tuple(head))


def _document(record: dict[str, Any], words: _Words, kinds: Sequence[MentionKind]) -> KeyDocument:
    starts = [0]
    for sentence in record["sents"]:
        starts.append(starts[-1] + len(sentence))
    assert [w for s in record["sents"] for w in s] == [words.text[a:b] for a, b in words.spans], record["doc"]
    found = []
    for m in record["mentions"]:
        first, last = starts[m["sent"]] + m["start"], starts[m["sent"]] + m["end"] - 1
        inside = range(first, last + 1)
        head = next(k for k in inside if words.head[k] not in inside or words.head[k] == k)
        kind = KINDS.get(words.pos[head], MentionKind.NOMINAL)
        if m["etype"] not in NO_THINGS and kind in kinds:
            span = Span(words.spans[first].begin, words.spans[last].end)
            found.append(KeyMention(span, words.spans[head], m["id"], kind))
    return KeyDocument(record["doc"], words.text.rstrip(), tuple(found))


def matched(document: KeyDocument, mentions: Iterable[Mention]) -> dict[int, int]:
    """For those of our mentions that are in the corpus too: the position of the corpus' mention.

    They match by their exact characters, else by their heads: the head word of each lies in the name of the other.
    Matching is one to one, the nearest length first.
    """
    exact = {k.span: n for n, k in reversed(list(enumerate(document.mentions)))}
    heads = sorted((k.head.begin, n) for n, k in enumerate(document.mentions))
    pairs = []
    for m in mentions:
        same = exact.get(m.span)
        if same is not None:
            pairs.append((0, 0, m.index, same))
        own = m.name or m.head
        for _, n in heads[bisect_left(heads, (own.begin, 0)) : bisect_left(heads, (own.end, 0))]:
            key = document.mentions[n]
            if key.span.begin <= m.head.begin and m.head.end <= key.span.end:
                pairs.append((1, _apart(m, key), m.index, n))
    taken: set[int] = set()
    out: dict[int, int] = {}
    for _, _, i, n in sorted(pairs):
        if i not in out and n not in taken:
            out[i] = n
            taken.add(n)
    return out


def _apart(m: Mention, key: KeyMention) -> int:
    return abs(m.span.begin - key.span.begin) + abs(m.span.end - key.span.end)
