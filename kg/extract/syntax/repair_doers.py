"""Who speaks and who acts, given back to the verb where the parser hangs him on what is said or given.

`head` and `dep` are changed in place.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.words import CALENDAR, listed

SPEECH = listed("speech") | {"say", "tell"}
CLOSING = frozenset({'"', "”", "“", "''", "’", "»"})
STOPS = frozenset({",", ".", "?", "!"})
SPOKEN_OF = ("vocative", "obj", "dislocated")
"""What parsers take such a speaker for, who is none of it."""
NAMED = ("NOUN", "PROPN")


def mend_quoted_speakers(head: list[int], dep: list[str], lower: Sequence[str], lemma: Sequence[str]) -> None:
    """' "We agree," its head, Ana Ruiz, said': nobody is called to behind the closing mark; he is who says it."""
    for person, clause in enumerate(head):
        verb = head[clause]
        if dep[person] not in SPOKEN_OF or dep[clause] != "ccomp" or not clause < person < verb:
            continue
        first = min(k for k in range(clause + 1, person + 1) if _hangs_on(k, person, head))
        before = set(lower[max(clause, first - 2) : first])
        closed = bool(before & CLOSING) and bool(before & STOPS) and lemma[verb] in SPEECH
        near = range(clause, min(len(head), verb + NEAR))
        if closed and not any(head[k] == verb and dep[k].startswith("nsubj") for k in near):
            head[person], dep[person] = verb, "nsubj"
            for k in range(first, verb):  # so that no comma behind him keeps him within what is said
                if head[k] == clause and dep[k] == "punct":
                    head[k] = verb


def mend_agents(head: list[int], dep: list[str], lower: Sequence[str], pos: Sequence[str]) -> None:
    """ "She was offered two seats by Ana Ruiz": "by" behind the thing of a passive names who does it.

    The parser has the seats be Ana Ruiz's; the passive leaves the doer open, and the thing needs none.
    """
    for case, word in enumerate(lower):
        doer = head[case]
        thing = head[doer]
        verb = head[thing]
        if word != "by" or dep[case] != "case" or dep[doer] != "nmod" or dep[thing] != "obj":
            continue
        if not verb < thing < case < doer or pos[doer] not in NAMED or lower[doer] in CALENDAR:
            continue
        own = {dep[k] for k in range(max(0, verb - NEAR), doer) if head[k] == verb}
        if own >= {"nsubj:pass", "aux:pass"} and "obl:agent" not in own:
            head[doer], dep[doer] = verb, "obl:agent"


NEAR = 40
"""Words before and after a verb among which its subject and auxiliaries are looked for."""


def _hangs_on(word: int, top: int, head: Sequence[int]) -> bool:
    """Whether a word is, at some depth, below another."""
    while word != top and head[word] != word:
        word = head[word]
    return word == top
