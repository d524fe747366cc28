"""The table of words that are likely to mean one thing (`relatives.tsv`), made of WordNet's own files.

It is made anew by hand, and seldom:

    python -c "from pathlib import Path; from kg.asking.wordnet import relatives_of;
    Path('kg/asking/relatives.tsv').write_text(relatives_of(Path('/usr/share/wordnet')), encoding='utf-8')"

The format of the files is that of wndb(5WN), https://wordnet.princeton.edu/documentation/wndb5wn.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

NOTE = (
    "# Made of WordNet 3.0 by kg/asking/wordnet.py. WordNet 3.0 Copyright 2006 by Princeton University. All rights\n"
    "# reserved. Permission to use, copy, modify and distribute this database for any purpose and without fee or\n"
    "# royalty is granted by its licence (https://wordnet.princeton.edu/license-and-commercial-use), if this notice\n"
    '# stands on all copies. It is provided "as is", without warranties of any kind.\n'
    "# Part of speech, word, and what may mean it or a kind of it, or is the noun or verb made of it.\n"
)
_SENSES = 3
"""How many senses of a word count, the most frequent first."""
_KINDS = 25
"""A word with more kinds than this is too wide for them to say what it says."""


@dataclass(frozen=True, slots=True)
class _Sense:
    words: tuple[str, ...]
    pointers: tuple[tuple[str, str, str, str], ...]  # symbol, offset, part of speech, source and target


@dataclass(frozen=True, slots=True)
class _Part:
    """The verbs or the nouns: senses by offset, and for each word how often it was met and its senses."""

    senses: dict[str, _Sense]
    index: dict[str, tuple[int, tuple[str, ...]]]

    def rank(self, word: str, offset: str) -> int:
        return self.index[word][1].index(offset) if word in self.index else len(self.senses)

    def met(self, word: str) -> bool:
        return self.index.get(word, (0, ()))[0] > 0


def relatives_of(folder: Path) -> str:
    """Give the lines of `relatives.tsv` for a folder with WordNet's `data.*` and `index.*` of verbs and nouns."""
    parts = {"v": _read(folder, "verb"), "n": _read(folder, "noun")}
    lines = []
    for pos, part in parts.items():
        for word in sorted(part.index):
            found = _relatives(word, parts, pos) if part.met(word) else []
            if found:
                lines.append(f"{pos}\t{word}\t{','.join(found)}\n")
    return NOTE + "".join(lines)


def _relatives(word: str, parts: dict[str, _Part], pos: str) -> list[str]:
    part = parts[pos]
    found: set[str] = set()
    kinds: set[str] = set()
    for number, offset in enumerate(part.index[word][1]):
        sense = part.senses[offset]
        if number < _SENSES:
            found |= {one for one in sense.words if part.met(one) and part.rank(one, offset) < _SENSES}
        for symbol, other, kind, link in sense.pointers:
            if symbol == "~" and number < (_SENSES - 1 if pos == "v" else 1):
                told = part.senses[other].words
                kinds |= {one for one in told if part.met(one) and part.rank(one, other) < _SENSES - 1}
            elif symbol == "+" and kind in parts and kind != pos and sense.words[int(link[:2], 16) - 1] == word:
                target = parts[kind].senses[other].words[int(link[2:], 16) - 1]
                if parts[kind].met(target):
                    found.add(target)
    return sorted((found | (kinds if len(kinds) <= _KINDS else set())) - {word})


def _read(folder: Path, name: str) -> _Part:
    senses = {}
    for line in _lines(folder / f"data.{name}"):
        fields = line.split("|")[0].split()
        number = int(fields[3], 16)
        told = tuple(fields[4 + 2 * at].split("(")[0].replace("_", " ").lower() for at in range(number))
        first = 5 + 2 * number
        pointers = tuple(
            (fields[at], fields[at + 1], fields[at + 2], fields[at + 3])
            for at in range(first, first + 4 * int(fields[first - 1]), 4)
        )
        senses[fields[0]] = _Sense(told, pointers)
    index = {}
    for line in _lines(folder / f"index.{name}"):
        fields = line.split()
        skipped = 4 + int(fields[3])
        index[fields[0].replace("_", " ")] = (int(fields[skipped + 1]), tuple(fields[skipped + 2 :]))
    return _Part(senses, index)


def _lines(path: Path) -> list[str]:
    """The lines of a file without the licence, which is set in."""
    return [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("  ")]
