"""From a parsed text and the encoder's vectors to readings: what tells events, who takes part, what answers what."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kg.meaning.features import (
    ANSWERS,
    FACTUALITIES,
    KINDS,
    ROLES,
    TRIGGER_POS,
    TYPES,
    candidates,
    covered,
    mention_heads,
    phrase,
    sentences_of,
    token_features,
)
from kg.meaning.heads import in_step, load_heads, sigmoid, softmax, sums
from kg.meaning.pairs import EventView, Pairs, is_passive
from kg.meaning.roles import likely_doers, likely_roles
from kg.model import EventReading, LinkReading, Mention, Readings, RoleReading, Span

if TYPE_CHECKING:
    import numpy.typing as npt

    from kg.extract.syntax.tree import Tree
    from kg.meaning.heads import Steps

    Floats = npt.NDArray[np.float32]
    Vectors = npt.NDArray[np.float16] | npt.NDArray[np.float32]

DOUBTED = 0.5
"""Probability below which it is told how doubtful a word is."""
LOW = 0.15
"""Probability from which a word is read at all; what comes of an unsure reading is decided with the frames."""
ANSWER_REACH = 4
"""Sentences between an answer and what it answers, at most."""
WORDS_REACH = 80
"""Words between an event's and one that takes part in it, at most: sentences without end stay affordable."""
EVENTS_REACH = 40
"""Events between two that are linked, at most."""
BLOCK = 4096
"""Words that are scored at once, so that memory stays bounded."""
SOME = 64
"""Events whose pairs with other words and events are scored at once, for the same reason."""
TOLD_ANSWER = 0.6
"""Probability of what an answer says from which it is told: below what training chooses, for grammar sifts it again."""
SAME_REACH = 6
"""Sentences between two mentions of one event, at most."""


@dataclass(slots=True)
class _Text:
    """One text while it is read."""

    tree: Tree
    vectors: Vectors
    weights: Mapping[str, Floats]
    mention_at: Mapping[int, str]
    timed: frozenset[int]
    counted: frozenset[int]
    sentences: Sequence[range]
    pairs: Pairs
    tokens: list[int] = field(default_factory=list)  # of the events, in text order
    doubts: dict[int, float] = field(default_factory=dict)
    answering: dict[tuple[int, int], float] = field(default_factory=dict)


class Asked(NamedTuple):
    """One text to be read.

    `vectors` has one row per token of the tree, or none where nothing can be read; `times` and `quantities` are the
    spans of expressions of time and of numbers.
    """

    tree: Tree
    vectors: Vectors
    mentions: Sequence[Mention]
    times: Sequence[Span]
    quantities: Sequence[Span]


def read_meaning(
    tree: Tree, vectors: Vectors, mentions: Sequence[Mention], *, times: Sequence[Span], quantities: Sequence[Span]
) -> Readings:
    """Return the readings of one text; the arguments are those of `Asked`."""
    [found] = read_meanings([Asked(tree, vectors, mentions, times, quantities)])
    return found


def read_meanings(asked: Sequence[Asked]) -> list[Readings]:
    """Return the readings of several texts, which depend on nothing but each text and are found sooner together.

    Deterministic: the same input gives the same readings, to the bit on one kind of processor.
    """
    weights = load_heads()
    return in_step([_read(one, weights) for one in asked], weights)


def _read(asked: Asked, weights: Mapping[str, Floats]) -> Steps[Readings]:
    if not len(asked.vectors):
        return Readings()
    tree = asked.tree
    text = _Text(
        tree,
        asked.vectors,
        weights,
        mention_heads(tree, asked.mentions),
        covered(tree, asked.times),
        covered(tree, asked.quantities),
        sentences_of(tree),
        Pairs(tree),
    )
    events = yield from _with_roles(text, (yield from _tagged(text)))
    links = yield from _links(text, events)
    return Readings(tuple(events), tuple(links), text.doubts, text.answering)


def _tagged(text: _Text) -> Steps[list[EventReading]]:
    """Return the words that tell events, with every reading but their participants."""
    tree, weights = text.tree, text.weights
    tokens = [i for i, pos in enumerate(tree.pos) if pos in TRIGGER_POS]
    if not tokens:
        return []
    blocks = []
    for at in range(0, len(tokens), BLOCK):
        blocks.append((yield from _tag_scores(tree, text.vectors, weights, tokens[at : at + BLOCK])))
    scores = np.concatenate(blocks)
    there, types, kinds, facts = tag_chances(scores, weights)
    text.doubts.update((tree.begin[tokens[k]], _rounded(there[k])) for k in np.flatnonzero(there < DOUBTED))
    out = []
    for k in np.flatnonzero(there >= LOW):
        ranked = np.argsort(-types[k], kind="stable")
        kind, fact = int(kinds[k].argmax()), int(facts[k].argmax())
        text.tokens.append(tokens[k])
        out.append(
            EventReading(
                trigger=tree.span(tokens[k], tokens[k]),
                confidence=_rounded(there[k]),
                type=TYPES[ranked[0]],
                type_confidence=_rounded(types[k][ranked[0]]),
                next_best=(TYPES[ranked[1]], _rounded(types[k][ranked[1]])),
                kind=KINDS[kind] if kind else None,
                kind_confidence=_rounded(kinds[k][kind]),
                factuality=FACTUALITIES[fact],
                factuality_confidence=_rounded(facts[k][fact]),
            )
        )
    return out


def tag_scores(tree: Tree, vectors: Vectors, weights: Mapping[str, Floats], tokens: Sequence[int]) -> Floats:
    """Return the tagger's scores of some words, one row per word: an event, its type, kind and factuality."""
    [found] = in_step([_tag_scores(tree, vectors, weights, tokens)], weights)
    return found


def _tag_scores(tree: Tree, vectors: Vectors, weights: Mapping[str, Floats], tokens: Sequence[int]) -> Steps[Floats]:
    heads = [tree.head[i] for i in tokens]
    hidden = yield "tag.in", np.hstack([vectors[tokens], vectors[heads]])
    hidden = hidden + (weights["tag.bias"] + sums(weights["tag.features"], token_features(tree, tokens)))
    scores = yield "tag.out", np.maximum(hidden, 0)
    return scores + weights["tag.out_bias"]


def tag_chances(scores: Floats, weights: Mapping[str, Floats]) -> tuple[Floats, Floats, Floats, Floats]:
    """Return the probabilities of the tagger's scores, one row per word: an event, types, kinds, factualities."""
    ends = np.cumsum([1, len(TYPES), len(KINDS), len(FACTUALITIES)])
    types, kinds, facts = (
        softmax(scores[:, a:b] / t) for a, b, t in zip(ends, ends[1:], weights["tag.temperature"], strict=False)
    )
    return sigmoid(scores[:, 0]), types, kinds, facts


def _with_roles(text: _Text, events: Sequence[EventReading]) -> Steps[list[EventReading]]:
    """Fill the roles of each event from the words of its sentence."""
    out: list[EventReading] = []
    for at in range(0, len(events), SOME):
        some = range(at, min(at + SOME, len(events)))
        found = yield from _roles(text, some, wanted={k for k in some if events[k].kind is not None})
        out += [replace(events[k], roles=tuple(roles)) for k, roles in found.items()]
    return out


def _roles(text: _Text, some: range, *, wanted: set[int]) -> Steps[dict[int, list[RoleReading]]]:
    """Return who and what takes part in some of the events, by their numbers; `wanted` are those of initiatives."""
    tree, weights = text.tree, text.weights
    pairs: list[tuple[int, int]] = []
    rows: list[list[int]] = []
    for k in some:
        token = text.tokens[k]
        roles = text.pairs.roles(token, passive=is_passive(tree, token))
        sentence = text.sentences[tree.sentence[token]]
        near = range(max(sentence.start, token - WORDS_REACH), min(sentence.stop, token + WORDS_REACH + 1))
        for other in candidates(tree, near):
            pairs.append((k, other))
            mention = text.mention_at.get(other, "")
            rows.append(roles.rows(other, mention=mention, timed=other in text.timed, counted=other in text.counted))
    found: dict[int, list[RoleReading]] = {k: [] for k in some}
    if not pairs:
        return found
    own = yield "role.event", text.vectors[[text.tokens[k] for k in some]]
    own = own + weights["role.bias"]
    others = sorted({other for _, other in pairs})
    at = {other: k for k, other in enumerate(others)}
    theirs = yield "role.other", text.vectors[others]
    hidden = own[[k - some.start for k, _ in pairs]] + theirs[[at[o] for _, o in pairs]]
    hidden += sums(weights["role.features"], rows)
    scores = yield "role.out", np.maximum(hidden, 0)
    scores = scores + weights["role.out_bias"]
    chances, counts = softmax(scores[:, :-1]), sigmoid(scores[:, -1])  # a number counts somebody who has a role, too
    best, counting = likely_roles(chances, np.array([k in wanted for k, _ in pairs])), counts >= 0.5
    most = chances[np.arange(len(best)), best]
    told = [(n, ROLES[best[n]], float(most[n])) for n in np.flatnonzero(best).tolist()]
    told += [(n, "quantity", float(counts[n])) for n in np.flatnonzero(counting).tolist()]
    filled = [(*pairs[n], role, chance) for n, role, chance in sorted(told, key=itemgetter(0))]
    wanted -= {k for k, _, role, _ in filled if role == "actor"}
    filled += [(k, other, "actor", chance) for k, (other, chance) in likely_doers(pairs, chances, wanted).items()]
    for k, other, role, chance in filled:
        span = phrase(tree, other, text.tokens[k], role)
        found[k].append(RoleReading(role, tree.span(other, other), span, _rounded(chance)))
    return found


def _links(text: _Text, events: Sequence[EventReading]) -> Steps[list[LinkReading]]:
    """Return what the events are to each other: answers, causes, one event told twice."""
    views = [_view(text, k, event) for k, event in enumerate(events)]
    out: list[LinkReading] = []
    for at in range(0, len(views), SOME):
        out += yield from _linked(text, views, range(at, min(at + SOME, len(views))))
    return out


def _linked(text: _Text, views: Sequence[EventView], some: range) -> Steps[list[LinkReading]]:
    """Return what some of the events are to those around them."""
    near = range(max(0, some.start - EVENTS_REACH), min(len(views), some.stop + EVENTS_REACH))
    pairs: list[tuple[int, int, bool, bool, bool]] = []
    for a in some:
        va = views[a]
        for b in range(max(0, a - EVENTS_REACH), min(len(views), a + EVENTS_REACH + 1)):
            vb = views[b]
            apart = abs(va.sentence - vb.sentence)
            if a == b or apart > SAME_REACH:
                continue
            answers = vb.kind != "none" and apart <= ANSWER_REACH
            causes = apart == 0
            alike = va.kind != "none" != vb.kind or (va.kind == vb.kind and va.type == vb.type)
            same = va.token > vb.token and alike
            if answers or causes or same:
                pairs.append((a, b, answers, causes, same))
    if not pairs:
        return []
    weights = text.weights
    vectors = text.vectors[[text.tokens[k] for k in near]]
    left = (yield "link.first", vectors) + weights["link.bias"]
    right = yield "link.second", vectors
    rows = [text.pairs.link(views[a], views[b]) for a, b, *_ in pairs]
    hidden = left[[p[0] - near.start for p in pairs]] + right[[p[1] - near.start for p in pairs]]
    hidden += sums(weights["link.features"], rows)
    scores = yield "link.out", np.maximum(hidden, 0)
    scores = scores + weights["link.out_bias"]
    kinds = softmax(scores[:, : len(ANSWERS)])
    causing, being = sigmoid(scores[:, len(ANSWERS)]), sigmoid(scores[:, len(ANSWERS) + 1])
    low = weights["link.threshold"]
    asked = np.array([p[2:] for p in pairs])
    told = asked & np.stack([kinds[:, 1:].max(axis=1) >= TOLD_ANSWER, causing >= low[1], being >= low[2]], axis=1)
    text.answering.update((pairs[k][:2], _rounded(1 - kinds[k, 0])) for k in np.flatnonzero(asked[:, 0]).tolist())
    out = []
    for number in np.flatnonzero(told.any(axis=1)).tolist():
        (a, b, *_), (answers, causes, same) = pairs[number], told[number].tolist()
        if answers:
            best = 1 + int(kinds[number, 1:].argmax())
            out.append(LinkReading(a, b, ANSWERS[best], _rounded(kinds[number, best])))
        if causes:
            out.append(LinkReading(a, b, "causes", _rounded(causing[number])))
        if same:
            out.append(LinkReading(a, b, "same", _rounded(being[number])))
    return out


def _view(text: _Text, k: int, event: EventReading) -> EventView:
    token = text.tokens[k]
    fillers: dict[str, list[int]] = {}
    for role in event.roles:
        fillers.setdefault(role.role, []).append(bisect_left(text.tree.begin, role.head.begin))
    return EventView(token, text.tree.sentence[token], event.type, event.kind or "none", event.factuality, fillers)


def _rounded(share: float | np.float32) -> float:
    """Round a probability to what is worth telling, and to what every processor agrees on."""
    return round(float(share), 3)
