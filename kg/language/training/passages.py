"""Annotated passages: the records of `corpus/`, their files, and the part (train, dev, test) each belongs to."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from kg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

One = TypeVar("One")
Span = tuple[int, int]
"""Begin and end (exclusive) in the passage's text, in Unicode code points."""

ROOTS = frozenset(
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE "
    "COERCE ASSAULT OTHER".split()
)
"""Event types: the PLOVER roots, and OTHER for elections, appointments, accidents and decisions."""
KINDS = frozenset("propose offer invite plan request urge demand threaten".split())
"""What kind of initiative an event is."""
ROLES = ("actor", "recipient", "object", "content", "place", "time", "quantity", "instrument")
FACTUALITIES = frozenset("happened denied future hypothetical".split())
STATUSES = frozenset("accepted rejected unmet pending realised unknown".split())
"""What became of an initiative, as of the passage."""
ANSWERS = STATUSES - {"unknown"}
"""What one event can say to an initiative."""
RELATIONS = frozenset("answers causes same".split())
PARTS = ("train", "dev", "test")


@dataclass(frozen=True, slots=True)
class AnnotatedEvent:
    """An act that a passage tells, wants, threatens or denies; `types` are all acceptable ones, `type` the first."""

    id: str
    sentence: int
    type: str
    types: tuple[str, ...]
    kind: str | None
    factuality: str
    trigger: tuple[Span, ...]
    roles: Mapping[str, tuple[Span, ...]]


@dataclass(frozen=True, slots=True)
class AnnotatedStatement:
    """What is attributed to a speaker; a quotation that runs on has no cue of its own, hearsay no speaker."""

    id: str
    sentence: int
    content: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    speaker: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class AnnotatedRelation:
    """`source` answers, causes, or is the `same` happening as `target`; `answer` says how it answers."""

    source: str
    relation: str
    target: str
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """Some sentences of news with everything that was marked in them; `sentence` of an item counts from 1."""

    id: str
    text: str
    sentences: tuple[Span, ...]
    events: tuple[AnnotatedEvent, ...]
    statements: tuple[AnnotatedStatement, ...]
    relations: tuple[AnnotatedRelation, ...]
    statuses: Mapping[str, str]
    source: str
    url: str | None = None
    published: str | None = None


def read_passages(path: Path) -> list[Passage]:
    """Read a file of passages, JSON Lines, plain or compressed (`.gz`)."""
    return [passage(record) for record in read_records(path)]


def read_records(path: Path) -> Iterator[dict[str, Any]]:
    """Give a file's passages as they are written, one JSON object a line."""
    try:
        data = path.read_bytes()
        lines = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8").split("\n")
    except (OSError, EOFError, UnicodeDecodeError, zlib.error) as error:
        raise InputError(f"cannot be read ({error})", where=str(path), remedy="give a file of passages") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        remedy = "write one JSON object a line"
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError(f"is no JSON ({error})", where=f"{path}:{number}", remedy=remedy) from error
        if not isinstance(record, dict):
            raise InputError("is no JSON object", where=f"{path}:{number}", remedy=remedy)
        yield record


def write_records(records: Iterable[Mapping[str, Any]], path: Path) -> None:
    """Write passages as JSON Lines; compressed if `path` ends in `.gz`, the same bytes for the same passages."""
    data = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode("utf-8")
    path.write_bytes(gzip.compress(data, 9, mtime=0) if path.suffix == ".gz" else data)


def passage(record: Mapping[str, Any]) -> Passage:
    """Turn one JSON object into a passage."""
    try:
        return Passage(
            id=record["id"],
            text=record["text"],
            sentences=spans(record["sentences"]),
            events=tuple(_event(event) for event in record["events"]),
            statements=tuple(_statement(statement) for statement in record["statements"]),
            relations=tuple(AnnotatedRelation(*relation) for relation in record["relations"]),
            statuses=_once(record["statuses"]),
            source=record["source"],
            url=record.get("url"),
            published=record.get("published"),
        )
    except (KeyError, TypeError, ValueError) as error:
        where = f"passage {record.get('id', '?')}"
        raise InputError(f"lacks or misshapes {error}", where=where, remedy="follow corpus/README.md") from error


def _once(statuses: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return the statuses by event; raises `ValueError` where one has two."""
    found = dict(statuses)
    if len(found) < len(statuses):
        raise ValueError("statuses: two of one event")
    return found


def _event(record: Mapping[str, Any]) -> AnnotatedEvent:
    return AnnotatedEvent(
        id=record["id"],
        sentence=record["sentence"],
        type=record["type"],
        types=tuple(record["types"]),
        kind=record["kind"],
        factuality=record["factuality"],
        trigger=spans(record["trigger"]),
        roles={role: spans(record[role]) for role in ROLES if role in record},
    )


def _statement(record: Mapping[str, Any]) -> AnnotatedStatement:
    return AnnotatedStatement(
        id=record["id"],
        sentence=record["sentence"],
        content=spans(record["content"]),
        cue=spans(record.get("cue", ())),
        speaker=spans(record.get("speaker", ())),
    )


def spans(pairs: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    """Return spans as they are written, as lists of two."""
    return tuple((begin, end) for begin, end in pairs)


def document(name: str) -> str:
    """Give the document that a passage is of: a block of the newswire, a text of GUM or EWT, or the article itself.

    >>> document("gmb-block222-24"), document("gum-news_korea-2"), document("ewt-03-5"), document("wikinews-017")
    ('gmb-block222', 'gum-news_korea', 'ewt-03', 'wikinews-017')
    """
    block = re.match(r"gmb-block\d+|gum-[a-z]+_[a-z0-9]+|ewt-\d+", name)
    return block[0] if block else name


LONG = 60
"""Characters of a sentence that two reports do not share by chance."""


def parts(passages: Iterable[Passage], *, dev: int = 8, test: int = 12) -> dict[str, str]:
    """Say for every passage whether it is for train, dev or test, by its document's name; `dev` and `test` in percent.

    Documents that share a long sentence are parts of one report and go where the first of them goes.
    """
    passages = list(passages)
    leader = {name: name for name in sorted({document(p.id) for p in passages}, key=_natural)}

    def first(name: str) -> str:
        while leader[name] != name:
            name = leader[name]
        return name

    seen: dict[str, str] = {}
    for p in sorted(passages, key=lambda p: _natural(p.id)):
        for sentence in (p.text[begin:end] for begin, end in p.sentences if end - begin >= LONG):
            here, there = first(document(p.id)), first(seen.setdefault(sentence, document(p.id)))
            early, late = sorted((here, there), key=_natural)
            leader[late] = early
    return {p.id: _part(first(document(p.id)), dev=dev, test=test) for p in passages}


def _part(name: str, *, dev: int, test: int) -> str:
    share = int(hashlib.sha256(name.encode()).hexdigest()[:8], 16) % 100
    return "test" if share >= 100 - test else "dev" if share >= 100 - test - dev else "train"


def _natural(name: str) -> tuple[str | int, ...]:
    return tuple(int(piece) if piece.isdigit() else piece for piece in re.split(r"(\d+)", name))


def faults(passages: Iterable[Passage]) -> list[str]:
    """Tell everything that no passage may be: spans outside their text, unknown names, links to nothing."""
    return each_fault(((p.id, p) for p in passages), _faults)


def each_fault(named: Iterable[tuple[str, One]], faults_of: Callable[[One], Iterable[str]]) -> list[str]:
    """Tell the faults of each thing by its id, and which ids are taken."""
    found: list[str] = []
    ids: set[str] = set()
    for name, one in named:
        found += [f"{name}: {fault}" for fault in faults_of(one)]
        if name in ids:
            found.append(f"{name}: the id is taken")
        ids.add(name)
    return found


def _faults(p: Passage) -> Iterator[str]:
    ends = [0, *(end for _, end in p.sentences)]
    for (begin, end), before in zip(p.sentences, ends, strict=False):
        if not before <= begin < end <= len(p.text):
            yield f"sentence {begin}-{end} is out of order or outside the text"
    items: tuple[AnnotatedEvent | AnnotatedStatement, ...] = (*p.events, *p.statements)
    names = [item.id for item in items]
    yield from (f"{name} stands twice" for name in sorted({name for name in names if names.count(name) > 1}))
    for item in items:
        yield from (f"{item.id}: {fault}" for fault in _faults_of_item(item, p))
    events = {event.id: event for event in p.events}
    for link in p.relations:
        if link.relation not in RELATIONS or (link.relation == "answers") != (link.answer in ANSWERS):
            yield f"{link.source} {link.relation} {link.target} {link.answer}: unknown relation or answer"
        if link.source == link.target or not {link.source, link.target} <= set(events):
            yield f"{link.source} {link.relation} {link.target}: not two events"
    for name, status in p.statuses.items():
        if status not in STATUSES or name not in events:
            yield f"status {name} {status}: unknown status or event"
    yield from (f"{e.id}: an initiative without a status" for e in p.events if e.kind and e.id not in p.statuses)


def _faults_of_item(item: AnnotatedEvent | AnnotatedStatement, p: Passage) -> Iterator[str]:
    if not 1 <= item.sentence <= len(p.sentences):
        yield f"there is no sentence {item.sentence}"
        return
    if isinstance(item, AnnotatedEvent):
        fillers = {"trigger": item.trigger, **item.roles}
        if item.type not in ROOTS or not set(item.types) <= ROOTS or item.types[:1] != (item.type,):
            yield f"types {item.types}"
        if item.kind is not None and item.kind not in KINDS:
            yield f"kind {item.kind}"
        if item.factuality not in FACTUALITIES:
            yield f"factuality {item.factuality}"
        head = item.trigger
    else:
        fillers = {"content": item.content, "cue": item.cue, "speaker": item.speaker}
        head = item.cue or item.content
    begin, end = p.sentences[item.sentence - 1]
    if not head or not all(begin <= b and e <= end for b, e in head):
        yield "its trigger, cue or content is missing or outside its sentence"
    for role, spans in fillers.items():
        for b, e in spans:
            if not any(begin <= b < e <= end for begin, end in p.sentences):
                yield f"{role} {b}-{e} lies in no sentence"
            elif p.text[b:e] != p.text[b:e].strip() or _cuts_word(p.text, b, e):
                yield f"{role} {p.text[b:e]!r} begins or ends with a space or inside a word"


def _cuts_word(text: str, begin: int, end: int) -> bool:
    opens = begin > 0 and text[begin - 1].isalnum() and text[begin].isalnum()
    closes = end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
    return opens or closes
