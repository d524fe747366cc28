"""Only what is told surely: events, links and statuses of a document from a confidence on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kg.model import Analysis


def surest(analysis: Analysis, *, min_confidence: float) -> Analysis:
    """Leave out what was read with less confidence, from 0 to 1, and what hangs on it.

    What grammar and frames tell by themselves has no confidence and stays, and so do the participants of an event that
    stays: those below .7 are right hardly less often than others. A status goes with the answer that it stands on; the
    initiative has none then, which is "unknown".
    """
    kept = [one for one in analysis.events if _is_sure(one.confidence, min_confidence)]
    place = {one.index: number for number, one in enumerate(kept)}
    relations = [
        one
        for one in analysis.relations
        if _is_sure(one.confidence, min_confidence) and one.cause in place and one.effect in place
    ]
    dispositions = [
        one
        for one in analysis.dispositions
        if _is_sure(one.confidence, min_confidence) and {one.initiative, one.response} - {None} <= place.keys()
    ]
    return replace(
        analysis,
        events=tuple(replace(one, index=place[one.index], content=_at(one.content, place)) for one in kept),
        relations=tuple(
            replace(one, index=number, cause=place[one.cause], effect=place[one.effect])
            for number, one in enumerate(relations)
        ),
        dispositions=tuple(
            replace(one, initiative=place[one.initiative], response=_at(one.response, place)) for one in dispositions
        ),
    )


def _is_sure(confidence: float | None, least: float) -> bool:
    return confidence is None or confidence >= least


def _at(index: int | None, place: Mapping[int, int]) -> int | None:
    return None if index is None else place.get(index)
