"""Teams: in the report of a match "Belgium beat Panama" is told of two teams, not of two states."""

from __future__ import annotations

import re

from kg.extract.lookup import is_state
from kg.extract.mentions.name import Name
from kg.extract.syntax.tree import Tree
from kg.extract.words import word_set
from kg.model import Gazetteer

WORDS = word_set(
    "match goal penalty striker midfielder defender goalkeeper coach referee tournament semifinal semi-final"
    " quarterfinal quarter-final innings wicket batsman bowler scoreboard halftime half-time kickoff offside"
    " free-kick volley header equaliser equalizer substitute tackle try scrum set tiebreak overtime rebound medal"
    " championship qualifier fixture stadium league cup squad teammate captain win victory defeat draw"
)
"""Words that reports of matches are full of; some of them are found elsewhere, but not many at once."""
PLAIN = frozenset("goal penalty captain cup win victory defeat draw set try league stadium squad header".split())
"""Words of which a report needs more than these."""
AT_LEAST = 6
KINDS = 4
SCORE = re.compile(r"\b\d{1,3}\s?[-–]\s?\d{1,3}\b")
PLACED = frozenset("in at near from to across through outside".split())


def is_match_report(tree: Tree, text: str) -> bool:
    """Whether a text reports on matches: several of their words, of several kinds, and a score."""
    found = [lemma for lemma in tree.lemma if lemma in WORDS]
    kinds = set(found)
    return len(found) >= AT_LEAST and len(kinds) >= KINDS and bool(kinds - PLAIN) and SCORE.search(text) is not None


def is_team(tree: Tree, name: Name, head: int, gazetteer: Gazetteer) -> bool:
    """Whether a name in such a text is a team's: a state's name that says of nothing where it is."""
    known = name.known[:1]
    state = bool(known) and known[0].sense in ("name", "alias") and is_state(gazetteer, known[0])
    return state and tree.case(head) not in PLACED
