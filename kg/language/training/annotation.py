"""The line format in which passages are annotated by hand (`corpus/GUIDE.md`), read into records of `passages`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.language.training.passages import ROLES, faults, passage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

Record = dict[str, Any]

_FIELD = re.compile(r"(?:^|\s)(trigger|cue|speaker|" + "|".join(ROLES) + r"|fact(?==[a-z]))=(?=[\"\d\s]|$|(?<=fact=))")
_HEAD = re.compile(r"([A-Z]+)(?::([a-z]+))?(?:/([A-Z]+))?(?::([a-z]+))?(?=\s|$)")
_SENTENCE = re.compile(r"(\d+)\s+(.+)")
_ITEM = re.compile(r"(\d+) ([es]\d+)\s*(.*)")
_LINK = re.compile(r"r (e\d+) (\w+) (e\d+)(?: (\w+))?")
_STATUS = re.compile(r"status (e\d+) (\w+)")
_SPANS = re.compile(r'(?:\d+:)?".*?"(?:#\d+)?(?=\+|$)')
_SPAN = re.compile(r'(?:(\d+):)?"(.*)"(?:#(\d+))?')


class _Unreadable(Exception):
    """A line that is not of the format; says why."""


@dataclass(slots=True)
class _Sentences:
    """A passage's sentences and where each begins in its text."""

    texts: Sequence[str]
    starts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        at = 0
        for text in self.texts:
            self.starts.append(at)
            at += len(text) + 1

    def span(self, sentence: int, quote: str, occurrence: int) -> list[int]:
        """Give the place of the n-th occurrence of a quote, which `...` may abridge."""
        if not 1 <= sentence <= len(self.texts):
            raise _Unreadable(f"there is no sentence {sentence}")
        text = self.texts[sentence - 1]
        first, last = (quote, "") if quote in text or "..." not in quote else quote.split("...", 1)
        begin = -1
        for _ in range(occurrence):
            begin = _find(text, first.strip(), begin + 1)
            if begin < 0:
                raise _Unreadable(f"not in sentence {sentence}: {quote!r}")
        end = begin + len(first.strip())
        if last:
            end = _find(text, last.strip(), end) + len(last.strip())
            if end < begin + len(first.strip()) + len(last.strip()):
                raise _Unreadable(f"not in sentence {sentence}: {quote!r}")
        return [self.starts[sentence - 1] + begin, self.starts[sentence - 1] + end]


def _find(text: str, quote: str, start: int) -> int:
    """Give the first place of `quote` from `start` on that neither begins nor ends inside a word, or -1."""
    if not quote:
        return -1
    at = text.find(quote, start)
    while at >= 0:
        end = at + len(quote)
        opens = at > 0 and text[at - 1].isalnum() and quote[0].isalnum()
        closes = end < len(text) and text[end].isalnum() and quote[-1].isalnum()
        if not opens and not closes:
            return at
        at = text.find(quote, at + 1)
    return -1


def read_text(path: Path) -> str:
    """Return what stands in a file of text; raises `InputError` where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror.lower() if isinstance(error, OSError) and error.strerror else error
        remedy = "check the path, or save it as UTF-8"
        raise InputError(f"cannot be read ({why})", where=str(path), remedy=remedy) from error


def read_sentences(text: str, *, where: str = "the passages") -> dict[str, list[str]]:
    """Read what is to be annotated: `# id`, then numbered sentences, one a line; raises `InputError` with the line."""
    found: dict[str, list[str]] = {}
    sentences: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("# "):
            name = line[2:].strip()
            if name in found:
                remedy = "give each passage an id of its own"
                raise InputError(f"the id {name} is taken", where=f"{where}:{number}", remedy=remedy)
            sentences = found[name] = []
        elif line.strip() and found:
            marked = _SENTENCE.fullmatch(line.strip())
            if not marked or int(marked[1]) != len(sentences) + 1:
                remedy = f"begin it with the number {len(sentences) + 1}, or take it out"
                raise InputError("not the next sentence of its passage", where=f"{where}:{number}", remedy=remedy)
            sentences.append(marked[2])
    return found


def read_annotation(text: str, sentences: Mapping[str, Sequence[str]], **common: str) -> tuple[list[Record], list[str]]:
    """Read annotated passages; give their records and what is wrong with them.

    `common` goes into every record (`source`, `reader`). A line that cannot be read is left out and told.
    """
    records: list[Record] = []
    wrong: list[str] = []
    own = _Sentences(())
    for number, line in enumerate((line.strip() for line in text.split("\n")), 1):
        try:
            if line.startswith("# "):
                name = line[2:].strip()
                if name not in sentences:
                    raise _Unreadable("no such passage")
                own = _Sentences(sentences[name])
                records.append(_empty(name, own, common))
            elif line and line != "none" and not records:
                raise _Unreadable("stands before the first passage")
            elif line and line != "none":
                _read_line(line, own, records[-1])
        except _Unreadable as fault:
            wrong.append(f"line {number}: {fault}: {line[:140]}")
    seen = {record["id"] for record in records}
    wrong += faults(passage(record) for record in records)
    wrong += [f"{name}: not annotated" for name in sentences if name not in seen]
    return records, wrong


def _empty(name: str, own: _Sentences, common: Mapping[str, str]) -> Record:
    spans = [[begin, begin + len(text)] for begin, text in zip(own.starts, own.texts, strict=True)]
    record: Record = {"id": name, "text": " ".join(own.texts), "sentences": spans}
    record |= {"events": [], "statements": [], "relations": [], "statuses": []}
    return record | {"source": "not told", **common}


def _read_line(line: str, own: _Sentences, record: Record) -> None:
    if link := _LINK.fullmatch(line):
        record["relations"].append(list(link.groups()))
    elif status := _STATUS.fullmatch(line):
        if any(name == status[1] for name, _ in record["statuses"]):
            raise _Unreadable(f"{status[1]} has a status already")
        record["statuses"].append(list(status.groups()))
    elif item := _ITEM.fullmatch(line):
        key = "events" if item[2][0] == "e" else "statements"
        record[key].append(_item(int(item[1]), item[2], item[3], own))
    else:
        raise _Unreadable("not a line of the format")


def _item(sentence: int, name: str, rest: str, own: _Sentences) -> Record:
    item: Record = {"id": name, "sentence": sentence}
    if name[0] == "e":
        head = _HEAD.match(rest)
        if not head or (head[2] and head[4]):
            raise _Unreadable("event type?")
        item |= {"type": head[1], "types": [kind for kind in (head[1], head[3]) if kind], "kind": head[2] or head[4]}
        rest = rest[head.end() :]
    pieces = _FIELD.split(" " + rest)
    if pieces[0].strip():
        raise _Unreadable(f"what is {pieces[0].strip()!r}?")
    for key, value in zip(pieces[1::2], (piece.strip() for piece in pieces[2::2]), strict=True):
        if ("factuality" if key == "fact" else key) in item:
            raise _Unreadable(f"{key} stands twice; join spans by +")
        if key == "fact":
            item["factuality"] = value
        elif value:
            item[key] = [_quoted(part, sentence, own) for part in _SPANS.findall(value)]
            if not item[key]:
                raise _Unreadable(f"{key}: no span read")
    for needed in ("trigger", "factuality") if name[0] == "e" else ("content",):
        if needed not in item:
            raise _Unreadable(f"no {needed}")
    return item


def _quoted(part: str, sentence: int, own: _Sentences) -> list[int]:
    quote = _SPAN.fullmatch(part)
    if not quote:
        raise _Unreadable(f"no span: {part}")
    return own.span(int(quote[1] or sentence), quote[2], int(quote[3] or 1))
