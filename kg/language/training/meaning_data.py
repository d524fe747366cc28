"""Annotated passages as examples: what the heads see of a passage, and what they ought to say of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kg.entities.knowledge import load as load_knowledge
from kg.extract.mentions import find_mentions
from kg.extract.quantities import find_quantities
from kg.extract.syntax.tree import read_tree
from kg.extract.times import find_times
from kg.language import analyse, load_nlp
from kg.language.encoder import EncoderShim, framed
from kg.language.training.passages import read_passages
from kg.meaning.features import (
    ANSWERS,
    FACTUALITIES,
    KINDS,
    ROLES,
    TRIGGER_POS,
    TYPES,
    candidates,
    covered,
    head_of,
    mention_heads,
    token_features,
)
from kg.meaning.pairs import EventView, is_passive, link_features, role_features
from kg.meaning.reader import ANSWER_REACH, SAME_REACH
from kg.pipeline import lexicon

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path
    from typing import Any

    import numpy.typing as npt
    from spacy.language import Language

    from kg.extract.syntax.tree import Tree
    from kg.language.training.passages import AnnotatedEvent, Passage
    from kg.language.wordpieces import Window
    from kg.model import Mention, Sentence

CAUSE_REACH = 1
"""Sentences between cause and effect, at most, while training."""
UNASKED = -1
"""Label of a pair of events that a question does not concern."""


class RolePair(NamedTuple):
    """An event's word and a word of its sentence, the rows of their features, and what the one is to the other."""

    event: int
    other: int
    rows: list[int]
    role: int
    counted: int


class LinkPair(NamedTuple):
    """Two events' words, the rows of their features, and per question the label or `UNASKED`."""

    first: int
    second: int
    rows: list[int]
    answer: int
    cause: int
    same: int


class Framed(NamedTuple):
    """One window of a passage: where it lies, its pieces and their layouts, and where its tokens start.

    `rows` are the pieces after the frozen layers of a teacher's encoder, once it has read them.
    """

    window: Window
    ids: npt.NDArray[np.int64]
    layouts: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]
    rows: npt.NDArray[np.float16] | None = None


class Analysed(NamedTuple):
    """A text as the pipeline reads it, and the windows of its encoder."""

    tree: Tree
    sentences: Sequence[Sentence]
    mentions: Sequence[Mention]
    windows: list[Framed]


@dataclass(slots=True)
class Example:
    """A passage ready to be learnt from; `tokens` are the words that the tagger is asked about."""

    passage: Passage
    tree: Tree
    windows: list[Framed]
    features: list[tuple[int, ...]]
    tokens: list[int]
    present: npt.NDArray[np.int64]
    types: npt.NDArray[np.float32]
    kinds: npt.NDArray[np.int64]
    facts: npt.NDArray[np.int64]
    views: dict[str, EventView]
    happening: dict[str, str]
    """For each event the first of those that the annotation calls the same."""
    roles: list[RolePair]
    links: list[LinkPair]


class Maker:
    """Turns passages into examples with the shipped pipeline alone."""

    def __init__(self) -> None:
        self.nlp = load_nlp()
        self.shim = encoder_of(self.nlp)
        self.words = lexicon().words
        self.knowledge = load_knowledge(())

    def examples(self, passages: Iterable[Passage]) -> list[Example]:
        """Return one example for each passage."""
        return [self.example(passage) for passage in passages]

    def example(self, passage: Passage) -> Example:
        """Analyse a passage and set beside it what was annotated."""
        return labelled(passage, self.analysed(passage.text))

    def analysed(self, text: str) -> Analysed:
        """Return what the heads see of a text."""
        [doc] = analyse(self.nlp, [text])
        tree = read_tree(doc, known=self.words)
        sentences, mentions = find_mentions(doc, self.knowledge, tree=tree)
        assert self.shim.pieces is not None
        return Analysed(tree, sentences, mentions, [Framed(*one) for one in framed(self.shim.pieces, doc)])


def encoder_of(nlp: Language) -> EncoderShim:
    """Return the encoder of the shipped pipeline."""
    model: Any = nlp.get_pipe("tok2vec").model  # type: ignore[attr-defined]
    return next(s for node in model.walk() for s in node.shims if isinstance(s, EncoderShim))


def read_part(corpus: Path, part: str) -> dict[str, list[Passage]]:
    """Return the passages of one part of the corpus, "train" or "dev", by collection; the test part is never read."""
    if part not in ("train", "dev"):
        raise ValueError(f"training reads the parts train and dev, not {part}")
    order = {"newswire": 0, "wikinews": 1}
    found = (p.name.removesuffix(f"-{part}.jsonl.gz") for p in corpus.glob(f"*-{part}.jsonl.gz"))
    names = sorted(found, key=lambda name: (order.get(name, 2), name))
    return {name: read_passages(corpus / f"{name}-{part}.jsonl.gz") for name in names}


def labelled(passage: Passage, seen: Analysed) -> Example:
    """Set what was annotated beside what the heads see; two events on one word count as the first."""
    tree, sentences, mentions, windows = seen
    every = range(len(tree.word))
    present, kinds, facts = (np.zeros(len(every), "int64") for _ in range(3))
    types = np.zeros((len(every), len(TYPES)), "float32")
    views: dict[str, EventView] = {}
    for event in passage.events:
        i = head_of(tree, *event.trigger[0], every)
        if i is None or present[i]:
            continue
        present[i] = 1
        types[i, [TYPES.index(name) for name in event.types]] = 1
        kinds[i], facts[i] = KINDS.index(event.kind or "none"), FACTUALITIES.index(event.factuality)
        views[event.id] = _view(tree, i, event)
    published = date.fromisoformat(passage.published[:10]) if passage.published else None
    spans = [time.span for time in find_times(passage.text, sentences, published=published)]
    counts = [quantity.span for quantity in find_quantities(passage.text, sentences)]
    happening = _happenings(views, passage)
    return Example(
        passage=passage,
        tree=tree,
        windows=windows,
        features=token_features(tree, every),
        tokens=[i for i in every if tree.pos[i] in TRIGGER_POS or present[i]],
        present=present,
        types=types,
        kinds=kinds,
        facts=facts,
        views=views,
        happening=happening,
        roles=_role_pairs(tree, views, mention_heads(tree, mentions), covered(tree, spans), covered(tree, counts)),
        links=_link_pairs(tree, views, happening, passage),
    )


def _view(tree: Tree, i: int, event: AnnotatedEvent) -> EventView:
    fillers: dict[str, Collection[int]] = {}
    for role in ROLES[1:]:
        heads = [head_of(tree, begin, end, range(len(tree.word))) for begin, end in event.roles.get(role, ())]
        if found := [head for head in heads if head is not None]:
            fillers[role] = found
    return EventView(i, tree.sentence[i], event.type, event.kind or "none", event.factuality, fillers)


def _role_pairs(
    tree: Tree,
    views: Mapping[str, EventView],
    mention_at: Mapping[int, str],
    timed: Collection[int],
    counted: Collection[int],
) -> list[RolePair]:
    """Return each event with each word of its sentence that may take part in it.

    Quantity is a question of its own: what is counted is mostly a participant, too.
    """
    sentences: dict[int, list[int]] = {}
    for i, k in enumerate(tree.sentence):
        sentences.setdefault(k, []).append(i)
    out = []
    for view in views.values():
        role_of: dict[int, int] = {}
        for role, heads in view.fillers.items():
            if role != "quantity":
                for head in heads:
                    role_of.setdefault(head, ROLES.index(role))
        amounts = set(view.fillers.get("quantity", ()))
        own = sentences[view.sentence]
        passive = is_passive(tree, view.token)
        for other in candidates(tree, range(own[0], own[-1] + 1)):
            mention, when, number = mention_at.get(other, ""), other in timed, other in counted
            rows = role_features(tree, view.token, other, mention=mention, timed=when, counted=number, passive=passive)
            out.append(RolePair(view.token, other, rows, role_of.get(other, 0), int(other in amounts)))
    return out


def _happenings(views: Mapping[str, EventView], passage: Passage) -> dict[str, str]:
    """Return for each event the first of its component under "same"."""
    beside: dict[str, set[str]] = {}
    for link in passage.relations:
        if link.relation == "same" and {link.source, link.target} <= set(views):
            beside.setdefault(link.source, set()).add(link.target)
            beside.setdefault(link.target, set()).add(link.source)
    out: dict[str, str] = {}
    for first in views:
        waiting = [] if first in out else [first]
        while waiting:
            name = waiting.pop()
            if name not in out:
                out[name] = first
                waiting += sorted(beside.get(name, ()))
    return out


def _link_pairs(
    tree: Tree, views: Mapping[str, EventView], happening: Mapping[str, str], passage: Passage
) -> list[LinkPair]:
    """Return the ordered pairs of events in reach, with what the annotation says the first is to the second.

    Of several tellings of one answer only one is marked, so the others are neither right nor wrong.
    """
    links = [link for link in passage.relations if link.source in views and link.target in views]
    answers = {(x.source, x.target): ANSWERS.index(x.answer) for x in links if x.relation == "answers" and x.answer}
    causes = {(x.source, x.target) for x in links if x.relation == "causes"}
    told = {(happening[a], happening[b]) for a, b in answers}
    out = []
    for a, one in views.items():
        for b, other in views.items():
            apart = abs(one.sentence - other.sentence)
            if a == b or apart > SAME_REACH:
                continue
            asked = (other.kind != "none" and apart <= ANSWER_REACH) or (a, b) in answers
            answer = answers.get((a, b), 0) if asked else UNASKED
            if answer == 0 and (happening[a], happening[b]) in told:
                answer = UNASKED
            cause = int((a, b) in causes) if apart <= CAUSE_REACH else UNASKED
            same = int(happening[a] == happening[b]) if one.token > other.token else UNASKED
            if max(answer, cause, same) > UNASKED:
                rows = link_features(tree, one, other)
                out.append(LinkPair(one.token, other.token, rows, answer, cause, same))
    return out
