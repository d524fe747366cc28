"""Figures of the heads of meaning on annotated passages: roles and links are judged given the annotated events."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch

from kg.language.training.meaning_net import TAG_ENDS, Heads, bag
from kg.meaning.features import ANSWERS, ROLES, TRIGGER_POS
from kg.meaning.heads import sigmoid, softmax
from kg.model.readings import DECIDED

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt
    from torch import Tensor

    from kg.language.training.meaning_data import Example

    Floats = npt.NDArray[np.float32]

ASSERTED = np.array([0, 1, 2, 1])
"""Factualities as they are judged: denied and hypothetical are both "not asserted" (see `corpus/README.md`)."""


class Cuts(NamedTuple):
    """From which probability on an event, a quantity, an answer, a cause and a sameness is told."""

    event: float = 0.5
    quantity: float = 0.5
    answers: float | None = None
    """None tells the likeliest answer, if that is likelier than no answer."""
    causes: float = 0.4
    same: float = 0.5


@dataclass(slots=True)
class Scores:
    """What the heads say of one passage, before any threshold: scores, no probabilities."""

    tags: Floats
    roles: Floats
    links: Floats


def predict(net: Heads, examples: Sequence[Example]) -> list[Scores]:
    """Return the scores of every word of each passage, and of every pair of its annotated events."""
    net.eval()
    with torch.no_grad():
        return [score(net, example, net.encode([example])[0]) for example in examples]


def score(net: Heads, example: Example, vectors: Tensor) -> Scores:
    """Return the scores of a passage whose words have these vectors."""
    with torch.no_grad():
        words = torch.arange(len(example.tree.word))
        tags = net.tag(vectors, words, torch.tensor(example.tree.head), bag(example.features)).numpy()
        roles = np.zeros((0, len(ROLES) + 1), "float32")
        if pairs := example.roles:
            events, others = torch.tensor([p.event for p in pairs]), torch.tensor([p.other for p in pairs])
            roles = net.role(vectors, events, others, bag([p.rows for p in pairs])).numpy()
        links = np.zeros((0, len(ANSWERS) + 2), "float32")
        if found := example.links:
            first, second = torch.tensor([p.first for p in found]), torch.tensor([p.second for p in found])
            links = net.link(vectors, first, second, bag([p.rows for p in found])).numpy()
    return Scores(tags, roles, links)


def f1(right: float, told: float, there: float) -> float:
    """Return the harmonic mean of precision and recall."""
    return 2 * right / max(1, told + there)


def figures(examples: Sequence[Example], scores: Sequence[Scores], cuts: Cuts) -> dict[str, float]:
    """Return F1 of every question; `fact` is the share of right factualities among found events.

    `answers` asks for the link, `answers_status` for what it says, too; `status` is F1 of decided statuses.
    """
    n: Counter[str] = Counter()
    for example, one in zip(examples, scores, strict=True):
        _count_tags(n, example, one.tags, cuts)
        _count_roles(n, example, one.roles, cuts)
        _count_links(n, example, one.links, cuts)
        _count_statuses(n, example, one.links)
    named = {"found": "event", "typed": "event", "init": "init", "kind": "init", "answers_status": "answers"}
    questions = ["found", "typed", "init", "kind", *ROLES[1:], "answers", "answers_status", "causes", "same", "status"]
    out = {"fact": n["right fact"] / max(1, n["right found"])}
    for name in questions:
        of = named.get(name, name)
        out[name] = f1(n[f"right {name}"], n[f"told {of}"], n[f"there {of}"])
    return {name: round(float(value), 3) for name, value in out.items()}


def _count_tags(n: Counter[str], example: Example, tags: Floats, cuts: Cuts) -> None:
    a, b, c, _ = TAG_ENDS
    may = np.array([pos in TRIGGER_POS for pos in example.tree.pos], dtype=bool)
    told = may & (sigmoid(tags[:, 0]) > cuts.event)
    hit = told & (example.present > 0)
    types, kinds, facts = tags[:, a:b].argmax(-1), tags[:, b:c].argmax(-1), tags[:, c:].argmax(-1)
    n["told event"] += int(told.sum())
    n["there event"] += len(example.passage.events)
    n["right found"] += int(hit.sum())
    n["right typed"] += int((example.types[np.arange(len(types)), types] > 0)[hit].sum())
    n["right fact"] += int((ASSERTED[facts] == ASSERTED[example.facts])[hit].sum())
    initiatives = told & (kinds > 0)
    right = initiatives & hit & (example.kinds > 0)
    n["told init"] += int(initiatives.sum())
    n["there init"] += sum(event.kind is not None for event in example.passage.events)
    n["right init"] += int(right.sum())
    n["right kind"] += int((kinds == example.kinds)[right].sum())


def _count_roles(n: Counter[str], example: Example, roles: Floats, cuts: Cuts) -> None:
    for event in example.passage.events:
        for role, spans in event.roles.items():
            n[f"there {role}"] += len(spans)
    best = roles[:, :-1].argmax(-1)
    counted = sigmoid(roles[:, -1]) > cuts.quantity
    for pair, role, count in zip(example.roles, best, counted, strict=True):
        n["told quantity"] += int(count)
        n["right quantity"] += int(count and pair.counted)
        if role:
            n[f"told {ROLES[role]}"] += 1
            n[f"right {ROLES[role]}"] += int(role == pair.role)


def _count_links(n: Counter[str], example: Example, links: Floats, cuts: Cuts) -> None:
    answers = softmax(links[:, : len(ANSWERS)])
    others = sigmoid(links[:, len(ANSWERS) :])
    for pair, share, (cause, same) in zip(example.links, answers, others, strict=True):
        if pair.answer >= 0:
            told = share.argmax() > 0 if cuts.answers is None else 1 - share[0] >= cuts.answers
            n["told answers"] += int(told)
            n["there answers"] += int(pair.answer > 0)
            n["right answers"] += int(told and pair.answer > 0)
            n["right answers_status"] += int(told and pair.answer == 1 + share[1:].argmax())
        for name, label, chance, cut in (
            ("causes", pair.cause, cause, cuts.causes),
            ("same", pair.same, same, cuts.same),
        ):
            if label >= 0:
                n[f"told {name}"] += int(chance > cut)
                n[f"there {name}"] += label
                n[f"right {name}"] += int(chance > cut) * label


def _count_statuses(n: Counter[str], example: Example, links: Floats) -> None:
    """Give each happening the decided answer of the surest link to it, and compare with the statuses told."""
    name_at = {view.token: name for name, view in example.views.items()}
    surest: dict[str, tuple[float, str]] = {}
    for pair, share in zip(example.links, softmax(links[:, : len(ANSWERS)]), strict=True):
        asked = name_at[pair.second]
        answer = ANSWERS[int(share.argmax())]
        if (pair.answer < 0 and example.views[asked].kind == "none") or answer not in DECIDED:
            continue
        chance = float(1 - share[0] - share[ANSWERS.index("pending")])
        happening = example.happening[asked]
        if chance > surest.get(happening, (0.0, ""))[0]:
            surest[happening] = (chance, answer)
    for name, status in example.passage.statuses.items():
        if name in example.views:
            said = surest.get(example.happening[name], (0.0, "unknown"))[1]
            n["there status"] += status in DECIDED
            n["told status"] += said in DECIDED
            n["right status"] += status in DECIDED and said == status
