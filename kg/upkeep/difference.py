"""What one graph tells otherwise than another: events gained, lost and changed, document by document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kg import vocab
from kg.store import Reader, Term

_TYPE, _LABEL = vocab.RDF + "type", vocab.RDFS + "label"
_TOP = {vocab.NKG + name for name in ("Event", *vocab.FAMILIES.values())}
_SIMPLE = {"factuality": vocab.NKG + "factuality", "content": vocab.NKG + "contentText"}
_ROLES = tuple(
    vocab.NKG + name
    for name in "agent patient theme recipient proposer addressee responder place instrument attributedTo".split()
)
_TIME = vocab.SEM + "hasEarliestBeginTimeStamp"
_DISPOSITION, _STATUS = vocab.NKG + "disposition", vocab.NKG + "status"
_LINKS = {name: vocab.NKG + name for name in ("outcome", "inResponseTo", "causedBy", "conditionalOn", "realisedBy")}
_TEXT = vocab.NIF + "isString"
_READ = (
    *(_TYPE, _LABEL, *_SIMPLE.values(), *_ROLES, _TIME, _DISPOSITION, _STATUS, _TEXT),
    *_LINKS.values(),
)
_EVENT = re.compile(r"/event/(\d+)-(\d+)(?:\.\d+)?$")

Facts = Mapping[str, Mapping[str, list[Term]]]


@dataclass(frozen=True, slots=True)
class Change:
    """One event that differs: the words that tell it, and what is said of it before and now, by property."""

    document: str
    words: str
    begin: int
    before: Mapping[str, str] = field(default_factory=dict)
    now: Mapping[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """Give "gained", "lost" or "changed"."""
        return "changed" if self.before and self.now else "gained" if self.now else "lost"


@dataclass(frozen=True, slots=True)
class Difference:
    """What two graphs differ in: documents that only one has or whose text differs, and changes of events.

    `events` counts those of the first graph, statements included, in the documents that are compared.
    """

    only_before: tuple[str, ...]
    only_now: tuple[str, ...]
    other_text: tuple[str, ...]
    events: int
    changes: tuple[Change, ...]

    def __bool__(self) -> bool:
        return bool(self.only_before or self.only_now or self.other_text or self.changes)


def difference(before: Reader, now: Reader) -> Difference:
    """Compare the events of the documents that two graphs share; who is who across documents is not compared.

    Events are the same if they are told by the same words of the same text; of several with one word, all are compared.
    """
    old, new = before.documents(), now.documents()
    shared = sorted(old.keys() & new.keys())
    changes: list[Change] = []
    other: list[str] = []
    events = 0
    for name in shared:
        one, two = (_told(reader, graph) for reader, graph in ((before, old[name]), (now, new[name])))
        if one[0] != two[0]:
            other.append(name)
            continue
        events += sum(map(len, one[1].values()))  # one word may tell several
        changes.extend(_changes(name, one[0], one[1], two[1]))
    return Difference(
        tuple(sorted(old.keys() - new.keys())),
        tuple(sorted(new.keys() - old.keys())),
        tuple(other),
        events,
        tuple(changes),
    )


_Events = dict[tuple[int, int], list[dict[str, str]]]


def _told(reader: Reader, graph: str) -> tuple[str, _Events]:
    """The text of a document, and its events by the place of their words."""
    facts = reader.facts(graph, _READ)
    text = "".join(term.value for term in facts[_TEXT].get(graph, ()))
    found: _Events = {}
    for node in sorted(facts[_TYPE]):
        place = _EVENT.search(node)
        if place:
            found.setdefault((int(place[1]), int(place[2])), []).append(_described(node, facts))
    return text, {key: sorted(values, key=lambda one: sorted(one.items())) for key, values in found.items()}


def _described(node: str, facts: Facts) -> dict[str, str]:
    """What is said of one event, as words by property."""
    types = {term.value for term in facts[_TYPE].get(node, ())} - _TOP
    said = {"type": ", ".join(sorted(one.rpartition("#")[2] for one in types if one.startswith(vocab.NKG)))}
    for name, property in _SIMPLE.items():
        said[name] = ", ".join(sorted(term.value.rpartition("#")[2] for term in facts[property].get(node, ())))
    said["time"] = ", ".join(sorted(term.value for term in facts[_TIME].get(node, ())))
    for property in _ROLES:
        who = (facts[_LABEL].get(term.value, [term])[0].value for term in facts[property].get(node, ()))
        said[property.rpartition("#")[2]] = ", ".join(sorted(who))
    answers = (status for term in facts[_DISPOSITION].get(node, ()) for status in facts[_STATUS].get(term.value, ()))
    said["status"] = ", ".join(sorted(status.value.rpartition("#")[2] for status in answers))
    for name, property in _LINKS.items():
        said[name] = ", ".join(sorted(_place(term.value) for term in facts[property].get(node, ())))
    return {name: value for name, value in said.items() if value}


def _place(node: str) -> str:
    """An event by the place of its words: what is said of it stands elsewhere."""
    found = _EVENT.search(node)
    return f"{found[1]}–{found[2]}" if found else node


def _changes(document: str, text: str, before: _Events, now: _Events) -> Iterator[Change]:
    for begin, end in sorted(before.keys() | now.keys()):
        old, new = before.get((begin, end), []), now.get((begin, end), [])
        gone, come = [one for one in old if one not in new], [one for one in new if one not in old]
        for number in range(max(len(gone), len(come))):
            one = gone[number] if number < len(gone) else {}
            two = come[number] if number < len(come) else {}
            if one and two:
                keys = [key for key in sorted({*one, *two}) if one.get(key) != two.get(key)]
                one, two = ({key: told.get(key, "") for key in keys} for told in (one, two))
            yield Change(document, text[begin:end], begin, one, two)
