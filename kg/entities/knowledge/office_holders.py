"""People of the compiled tables: office holders with their terms, legislators, laureates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.entities.knowledge.entries import Line, Thing, aliases_of, folded, rows_of
from kg.entities.knowledge.exceptions import FAMILY_FIRST
from kg.entities.knowledge.tables import Term
from kg.entities.names import sound
from kg.entities.names_persons import SUFFIXES, person_name

LEADER, MINISTER, MEMBER = 3, 2, 1
"""Ranks: heads of state and government; ministers, governors, speakers; those who sit or serve with many others."""

SINCE = "1950"
AS_OF = "2026-08-31"
"""The day up to which the table of current leaders knows that they are in office."""

_HEAD = re.compile(
    r"(?:president|prime minister|chancellor|premier|king|queen|monarch|emperor|emir|sultan|taoiseach|supreme leader|"
    r"secretary[- ]general of the united nations|prime minister \(king\)|sultan and prime minister)"
    r"(?: of (?:the )?(?P<state>.+))?",
    re.IGNORECASE,
)
_SECOND = re.compile(
    r"(?!.*\b(?:deputy|assistant|parliamentary|under-?secretary|lieutenant governor|state secretary|substitute)\b)"
    r"(?:federal |vice[- ]|minister|secretary|prime|governor|mayor|speaker|chief minister|foreign|attorney[- ]general|"
    r"president|chair|leader|commissioner|director[- ]general|high representative|chancellor|premier|head of|"
    r"national security)",
    re.IGNORECASE,
)


def free_people(folder: Path, states: Iterable[str]) -> list[Thing]:
    """Office holders, legislators and laureates from Wikidata; `states` are names of states, folded."""
    named = frozenset(states)
    found: dict[str, Thing] = {}
    for row in rows_of(folder, "people_offices.csv"):
        _add(found, row, rank(row["office"], named))
    for row in rows_of(folder, "people_nobel.csv"):
        _add(found, row, MINISTER, term=False)
    for row in rows_of(folder, "people_legislators.csv"):
        _add(found, row, MEMBER)
    return _finished(found.values())


def shared_people(folder: Path, states: dict[str, str], others: Iterable[Thing]) -> list[Thing]:
    """Leaders of today; `states` names the state of a code, and `others` are the people of the other tables."""
    known = {one.id: one for one in others}
    found: dict[str, Thing] = {}
    for row in rows_of(folder, "leaders_current.csv"):
        state = states.get(row["country"], "")
        _add(found, {**row, "office": f"{row['office']} of {state}" if state else row["office"]}, LEADER)
    for row in rows_of(folder, "leaders_recent_ids.csv"):
        one = known.get(row["wikidata"])
        rank_now = max(MINISTER, one.weight if one else 0)
        _add(found, {**row, "name": row["label"]}, rank_now, term=False)
    for item, one in found.items():
        if item in known:
            one.aliases += [name for name in (known[item].label, *known[item].aliases) if name != one.label]
    return _finished(found.values())


def rank(office: str, states: frozenset[str]) -> int:
    """How prominent an office makes its holder."""
    head = _HEAD.fullmatch(office)
    if head and (head["state"] is None or folded(head["state"]) in states):
        return LEADER
    return MINISTER if _SECOND.match(office) else MEMBER


def _add(found: dict[str, Thing], row: dict[str, str], weight: int, *, term: bool = True) -> None:
    item, name = row["wikidata"], row["name"].strip()
    if re.fullmatch(r"Q\d+", name) or not name:
        return
    one = found.setdefault(item, Thing(item, name, "PERSON", row["country"], weight))
    one.weight = max(one.weight, weight)
    one.country = one.country or row["country"]
    one.aliases += [other for other in (name, *aliases_of(row)) if other not in (one.label, *one.aliases)]
    if term and row["office"]:
        until = "" if row["end"] else _until(row)
        one.terms.append(Term(row["office"], row["country"], row["start"], row["end"], until))


def _until(row: dict[str, str]) -> str:
    """Up to which day an open term goes on for certain: some tables tell the first day alone."""
    if row["source"] == "world-leaders-current":
        return AS_OF
    return row["start"] if row["source"].startswith("wikitrivia") else ""


def _finished(people: Iterable[Thing]) -> list[Thing]:
    """With short forms and surnames; texts are searched for full names of those who are in the news.

    Whoever left the last office before `SINCE` is not in today's news.
    """
    recent = (one for one in people if not one.terms or any(not t.end or t.end >= SINCE for t in one.terms))
    found = sorted(recent, key=lambda one: (-one.weight, one.label, one.id))
    surnames = Counter(family for one in found if (family := _family(one)))
    for one in found:
        one.read = one.weight >= MINISTER and " " in one.label
        plain = [part for part in one.label.split() if folded(part).strip(".") not in SUFFIXES]
        if len(plain) > 2 and len(plain[1].strip(".")) == 1:
            one.aliases.append(" ".join((plain[0], *plain[2:])))
        family = _family(one)
        if one.weight >= LEADER and family and surnames[family] < 3:
            one.hints.append(family)
    return found


def _family(one: Thing) -> str:
    """The family name of a leader, in lower case, "" where it is hard to tell."""
    words = [part for part in one.label.split() if folded(part).strip(".") not in SUFFIXES]
    if one.weight < LEADER or len(words) < 2 or re.search(r" (?:of|al|bin) |\b[IVX]+$", one.label):
        return ""
    word = words[0] if one.country in FAMILY_FIRST and len(words) == 3 else words[-1]
    return word.lower() if len(word) > 3 else ""


def people_lines(people: Iterable[Thing]) -> Iterator[Line]:
    """Besides their names: people by the sound of their names, and by the states in which they held an office.

    Both only of those who are in the news: a legislator's name has to be spelt as the table has it.
    """
    for one in people:
        if one.weight < MINISTER:
            continue
        for name in dict.fromkeys((one.label, *one.aliases)):
            words = person_name(name).words
            if len(words) > 1:
                yield f"~{sound(words[0])} {sound(words[-1])}", name.lower()
        for country in dict.fromkeys(term.country for term in one.terms if term.country):
            yield f"@{country}", one.id, one.label, str(one.weight)
