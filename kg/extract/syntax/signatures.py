"""What words say about the truth of their complements: the table `ontology/embedding.toml`, read once.

The classes are those of Karttunen (1971) and of Nairn, Condoravdi and Karttunen (2006).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.errors import FrameError
from kg.model import Category
from kg.resources import ontology_dir

FILE = "embedding.toml"
COMPLEMENTS = frozenset({"to", "ing", "bare", "done", "that", "mandative", "event", "subject"})
"""Kinds of complements; every other name in the table is a preposition."""
_CATEGORIES = {"verbs": Category.VERB, "nouns": Category.NOUN, "adjectives": Category.ADJECTIVE}


class Entailment(StrEnum):
    """What follows for a complement; the values are those of the table, which explains them."""

    TRUE = "true"
    FALSE = "false"
    FUTURE = "future"
    WANTED = "wanted"
    OPEN = "open"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Signature:
    """What follows where the embedding word is affirmed, and where it is denied."""

    name: str
    affirmed: Entailment
    denied: Entailment

    def under(self, *, negated: bool) -> Entailment:
        """Return what follows under this polarity."""
        return self.denied if negated else self.affirmed


@dataclass(frozen=True, slots=True)
class Embedding:
    """The table, by word class, lemma and kind of complement, and its word lists."""

    signatures: Mapping[tuple[Category, str, str], Signature]
    words: AbstractSet[str]
    beside: Mapping[str, AbstractSet[str]]
    conditions: Mapping[str, AbstractSet[str]]
    performing: AbstractSet[str]
    messages: AbstractSet[str]
    sending: AbstractSet[str]
    aspectual: AbstractSet[str]
    seeking: AbstractSet[str]
    timetable: AbstractSet[str]

    def of(self, category: Category, lemma: str, *complements: str) -> Signature | None:
        """Return the signature of a word with the first of these complements that it has one with.

        A phrasal verb without an entry of its own is looked up without its particle.
        """
        for word in dict.fromkeys((lemma, lemma.partition(" ")[0])):
            for complement in complements:
                found = self.signatures.get((category, word, complement))
                if found is not None:
                    return found
        return None


@lru_cache(maxsize=1)
def embedding() -> Embedding:
    """Return the shipped table."""
    return load_embedding(ontology_dir() / FILE)


def load_embedding(path: Path) -> Embedding:
    """Read a table of signatures.

    Raises:
        FrameError: the file is no TOML, or says two things of one word with one complement, or uses an unknown word.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise FrameError(
            f"cannot be read as TOML ({error})", where=str(path), remedy="mend the file or install newskg again"
        ) from error
    table: dict[tuple[Category, str, str], Signature] = {}
    for entry in data.get("signature", ()):
        signature = _signature(entry, path)
        for key in _keys(entry):
            if key in table:
                raise FrameError(
                    f"{key[1]!r} with {key[2]!r} stands under {table[key].name!r} and {signature.name!r}",
                    where=str(path),
                    remedy="leave it in one of the two",
                )
            table[key] = signature
    return Embedding(
        signatures=table,
        words=frozenset(word for _, word, _ in table if " " not in word),
        beside=_sets(data.get("beside", {})),
        conditions=_sets(data.get("conditions", {})),
        performing=frozenset(data.get("performing", {}).get("nouns", ())),
        sending=frozenset(data.get("messages", {}).get("verbs", ())),
        messages=frozenset(data.get("messages", {}).get("nouns", ())),
        seeking=frozenset(data.get("seeking", {}).get("verbs", ())),
        aspectual=frozenset(data.get("aspectual", {}).get("verbs", ())),
        timetable=frozenset(data.get("timetable", {}).get("verbs", ())),
    )


def _signature(entry: Mapping[str, Any], path: Path) -> Signature:
    try:
        affirmed = Entailment(entry["affirmed"])
        return Signature(entry["name"], affirmed, Entailment(entry.get("denied", affirmed)))
    except (KeyError, ValueError) as error:
        raise FrameError(
            f"no signature ({error})",
            where=f"{path}, signature {entry.get('name', '')!r}",
            remedy=f"give it a name and, as affirmed and denied, one of {', '.join(Entailment)}",
        ) from error


def _keys(entry: Mapping[str, Any]) -> list[tuple[Category, str, str]]:
    return [
        (category, word, complement)
        for words, category in _CATEGORIES.items()
        for word in entry.get(words, ())
        for complement in entry.get("complements", ())
    ]


def _sets(table: Mapping[str, Any]) -> dict[str, AbstractSet[str]]:
    return {name: frozenset(words) for name, words in table.items()}
