"""Which role a word has in an event, from the probabilities of each: the likeliest one is not always the best guess."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

import numpy as np

from kg.meaning.features import ROLES

if TYPE_CHECKING:
    import numpy.typing as npt

LIKELIEST = 0.15
"""Probability from which the likeliest doer of an initiative is one; chosen on the corpus' dev part."""
LEAST = {"recipient": 0.15, "place": 0.25, "time": 0.2}
"""Probability from which a word has a role though "none" is likelier: chosen on dev parts, for times on fold A."""
_NONE, _ACTOR = 0, ROLES.index("actor")


def likely_roles(chances: npt.NDArray[np.float32], wants: npt.NDArray[np.bool_]) -> npt.NDArray[np.intp]:
    """Return the likeliest role of each row of probabilities, and where that is none, the likeliest in `LEAST`.

    What is best for F1 is half of that F1 (Lipton, Elkan & Narayanaswamy 2014), so less than even odds. `wants` are
    the rows of initiatives: grammar tells to whom they are put, and answers of doubtful addressees would follow.
    """
    enough = np.where(chances >= np.array([LEAST.get(role, 2.0) for role in ROLES]), chances, 0)
    enough[wants, ROLES.index("recipient")] = 0
    best = chances.argmax(axis=1)
    taken: npt.NDArray[np.intp] = np.where((best == _NONE) & enough.any(axis=1), enough.argmax(axis=1), best)
    return taken


def likely_doers(
    pairs: Sequence[tuple[int, int]], chances: npt.NDArray[np.float32], wanted: Collection[int]
) -> dict[int, tuple[int, float]]:
    """Return, by the number of an initiative, the word that most likely is its doer, and how likely.

    `pairs` are numbers of events with words beside them, `chances` has their roles' probabilities, one row per pair;
    `wanted` are the numbers of the initiatives of which no doer is read. Words that have another role are left out.

    Of each word by itself "nothing" may be the likeliest reading, and yet not of all together: 3,365 of the 3,890
    initiatives in the corpus' train part have somebody behind them.
    """
    out: dict[int, tuple[int, float]] = {}
    doing = chances[:, _ACTOR]
    for number in np.flatnonzero((chances.argmax(axis=1) == _NONE) & (doing >= LIKELIEST)).tolist():
        event, word = pairs[number]
        if event in wanted and (event not in out or doing[number] > out[event][1]):
            out[event] = (word, float(doing[number]))
    return out
