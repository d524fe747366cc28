"""What is joined to what: coordinations and appositions that parsers attach to the nearest word and grammar does not.

As in `repairs.py` each repair names the fact of English it rests on and changes `head` and `dep` in place.
"""

from __future__ import annotations

from collections.abc import Sequence

MODALS = frozenset("will would shall should can could may might must 'll ’ll 'd ’d".split())
THEM = frozenset({"them", "whom", "which", "these", "those"})
UPWARDS = 12  # heads that are climbed from a conjunct to the verb it belongs to


def mend_joins(
    head: list[int],
    dep: list[str],
    lower: Sequence[str],
    pos: Sequence[str],
    lemma: Sequence[str],
    finite: Sequence[bool],
) -> None:
    """Mend joined verbs, counted parts and ranks, in place; `finite` tells the finite verb forms."""
    below: dict[int, list[int]] = {}
    for i, above in enumerate(head):
        if above != i:
            below.setdefault(above, []).append(i)
    for verb in range(len(head)):
        if dep[verb] == "conj" and finite[verb] and lower[verb] != lemma[verb] and pos[verb] == "VERB":
            top = _matrix(verb, head, dep, lower, finite, below)
            if top is not None:
                head[verb] = top
        elif dep[verb] in ("conj", "obl:agent", "obl"):
            _free_parts(verb, head, dep, lower, pos, below)
        elif dep[verb] in ("appos", "iobj", "obj"):
            _head_ranks(verb, head, dep, lower, pos, below)


def _matrix(
    verb: int,
    head: Sequence[int],
    dep: Sequence[str],
    lower: Sequence[str],
    finite: Sequence[bool],
    below: dict[int, list[int]],
) -> int | None:
    """The verb above to which a finite verb without a subject is joined, where the one it hangs on is not its like.

    An infinitive, a participle or a verb with a modal is joined to its like: "urged Rome to think and spoke" is not to
    spoke, "said it would wait and left" not would left. What tells something ("and suggested that …") is not joined to
    a passive whose subject is a thing that was done.
    """
    own = below.get(verb, [])
    if any(dep[k].startswith(("nsubj", "csubj", "aux", "expl", "cop")) for k in own):
        return None
    first = head[verb]
    beside = below.get(first, [])
    auxiliaries = [k for k in beside if dep[k] in ("aux", "aux:pass", "cop")]
    is_finite = finite[first] or any(finite[k] for k in auxiliaries)
    modal = any(lower[k] in MODALS for k in auxiliaries)
    tells = any(dep[k] == "ccomp" for k in own) and any(dep[k] == "nsubj:pass" for k in beside)
    if is_finite and not modal and not tells:
        return None
    above, steps = first, 0
    while head[above] != above and steps < UPWARDS:
        if dep[above] not in ("xcomp", "ccomp", "advcl", "acl", "conj"):
            return None
        above, steps = head[above], steps + 1
        if finite[above] and above < verb:
            return above
    return None


def _free_parts(
    part: int,
    head: list[int],
    dep: list[str],
    lower: Sequence[str],
    pos: Sequence[str],
    below: dict[int, list[int]],
) -> None:
    """ "were freed by Mali, ten of them civilians": a part of what was named before is no further party."""
    own = below.get(part, [])
    counts = [part, *(k for k in own if dep[k] in ("nummod", "det", "amod", "advmod"))]
    if any(dep[k] == "cc" or (dep[k] == "case" and lower[k] != "of") for k in own) or not any(
        dep[k] == "nmod" and lower[k] in THEM and lower[k - 1] == "of" for n in counts for k in below.get(n, [])
    ):
        return
    first = min([*counts, *own])
    if "," not in (lower[first], lower[first - 1]):
        return
    above, steps = head[part], 0
    while pos[above] != "VERB" and head[above] != above and steps < UPWARDS:
        above, steps = head[above], steps + 1
    if pos[above] == "VERB":
        head[part], dep[part] = above, "parataxis"


def _head_ranks(
    person: int,
    head: list[int],
    dep: list[str],
    lower: Sequence[str],
    pos: Sequence[str],
    below: dict[int, list[int]],
) -> None:
    """ "the U.S. Army Lt. Col. Ann Roe": without a comma the body before a rank only says whose officer it is."""
    own = below.get(person, [])
    ranks = [k for k in own if k < person and dep[k] == "nmod:desc"]
    body = min([*ranks, *(k for rank in ranks for k in below.get(rank, []))], default=0) - 1
    if body < 0 or pos[person] != "PROPN" or pos[body] != "PROPN":
        return
    if head[person] != body and not (dep[body] == dep[person] and head[body] == head[person]):
        return
    head[person], dep[person] = person if head[body] == body else head[body], dep[body]
    for k in below.get(body, []):
        if k != person and (dep[k] in ("det", "case", "punct", "cc", "mark") or k > person):
            head[k] = person
    head[body], dep[body] = person, "compound"
