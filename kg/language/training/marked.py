"""Texts in which only initiatives and their answers are marked: the records of `corpus/answers.jsonl.gz`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.language.training.passages import ANSWERS, KINDS, STATUSES, Passage, Span, each_fault, read_records, spans

if TYPE_CHECKING:
    from pathlib import Path

FILE = "answers.jsonl.gz"


@dataclass(frozen=True, slots=True)
class MarkedInitiative:
    """A word that tells an initiative, and what became of that; whoever stands in the text for it is given by span."""

    id: str
    trigger: Span
    kind: str
    status: str
    proposer: tuple[Span, ...] = ()
    addressee: tuple[Span, ...] = ()
    content: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkedAnswer:
    """A word that answers the initiative with this id, what it says, and by whom."""

    trigger: Span
    answers: str
    status: str
    by: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text with every word that tells an initiative, and every one that answers one; of other events none is marked.

    `same` are groups of ids that tell of one initiative.
    """

    id: str
    text: str
    sentences: tuple[Span, ...]
    initiatives: tuple[MarkedInitiative, ...]
    answers: tuple[MarkedAnswer, ...]
    same: tuple[tuple[str, ...], ...]
    published: str | None = None

    def passage(self) -> Passage:
        """Return the text as a passage in which nothing is marked."""
        return Passage(self.id, self.text, self.sentences, (), (), (), {}, self.id, None, self.published)


def read_marked(path: Path) -> list[MarkedText]:
    """Read a file of such texts, JSON Lines, plain or compressed (`.gz`)."""
    return [_marked(record) for record in read_records(path)]


def _marked(record: Mapping[str, Any]) -> MarkedText:
    try:
        statuses = record["statuses"]
        return MarkedText(
            id=record["id"],
            text=record["text"],
            sentences=spans(record["sentences"]),
            initiatives=tuple(
                MarkedInitiative(
                    one["id"],
                    _span(one["trigger"]),
                    one["kind"],
                    statuses[one["id"]],
                    *(spans(one.get(role, ())) for role in ("proposer", "addressee", "content")),
                )
                for one in record["initiatives"]
            ),
            answers=tuple(
                MarkedAnswer(_span(one["trigger"]), one["answers"], one["status"], spans(one.get("by", ())))
                for one in record["answers"]
            ),
            same=tuple(tuple(group) for group in record["same"]),
            published=record.get("published"),
        )
    except (KeyError, TypeError, ValueError) as error:
        where = f"text {record.get('id', '?')}"
        raise InputError(f"lacks or misshapes {error}", where=where, remedy="follow corpus/README.md") from error


def _span(pair: Iterable[int]) -> Span:
    begin, end = pair
    return begin, end


def faults(texts: Iterable[MarkedText]) -> list[str]:
    """Tell everything that no such text may be: spans outside their text, unknown names, answers to nothing."""
    return each_fault(((one.id, one) for one in texts), _faults)


def _faults(one: MarkedText) -> Iterator[str]:
    names = {initiative.id for initiative in one.initiatives}
    if not names or len(names) < len(one.initiatives):
        yield "has no initiative, or two of one id"
    yield from (f"{x.id}: kind {x.kind}, status {x.status}" for x in one.initiatives if not _is_known(x))
    for answer in one.answers:
        if answer.answers not in names or answer.status not in ANSWERS:
            yield f"an answer to {answer.answers}: {answer.status}"
    yield from (f"same {group}" for group in one.same if len(group) < 2 or not set(group) <= names)
    told = [span for x in one.initiatives for span in (x.trigger, *x.proposer, *x.addressee, *x.content)]
    for begin, end in (*told, *(span for x in one.answers for span in (x.trigger, *x.by))):
        inside = any(first <= begin < end <= last for first, last in one.sentences)
        if not inside or one.text[begin:end] != one.text[begin:end].strip():
            yield f"{begin}-{end} lies in no sentence, or begins or ends with a space"


def _is_known(initiative: MarkedInitiative) -> bool:
    return initiative.kind in KINDS and initiative.status in STATUSES
