"""The lives of proposals, from the answer of `proposal-history`: what led to each, its answers, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.drawing.life import Step, card, life
from kg.drawing.marks import STATUSES

_ORDERS = {0: "before", 1: "proposal", 2: "answer", 3: "after"}


@dataclass(frozen=True, slots=True)
class Life:
    """A proposal and its steps in order; `status` is the last that a step gives it, "unknown" where none does."""

    proposal: str
    content: str
    source: str
    status: str
    steps: tuple[Step, ...]

    @property
    def title(self) -> str:
        """Say who proposed what."""
        who = next((step.who for step in self.steps if step.kind == "proposal"), "")
        return f"{who}: {self.content}" if who else self.content

    def svg(self, *, width: float = 720) -> str:
        """Draw it."""
        return life(self.steps, width=width, label=self.title)

    def _repr_html_(self) -> str:
        return card(self.title, self.steps, source=self.source)


class Lives(tuple[Life, ...]):
    """Several lives, drawn one below the other."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return "".join(one._repr_html_() for one in self)


def lives_of(rows: Iterable[Mapping[str, object]]) -> Lives:
    """Gather rows of `proposal-history` in the long form (`to_dicts(rows=True)`) to lives, in their order."""
    found: dict[str, dict[tuple[object, str, str], list[Mapping[str, object]]]] = {}
    for row in rows:
        steps = found.setdefault(str(row["proposal"]), {})
        steps.setdefault((row["order"], str(row["event"]), str(row["step"])), []).append(row)
    out = []
    for proposal, told in found.items():
        first = next(iter(told.values()))[0]
        made = tuple(_step(order, same) for (order, _, _), same in told.items())
        status = next((step.status for step in reversed(made) if step.status), "unknown")
        out.append(Life(proposal, _text(first["content"]), _text(first["source"]), status, made))
    return Lives(out)


def _step(order: object, rows: list[Mapping[str, object]]) -> Step:
    names = dict.fromkeys(_text(row["actorName"]) for row in rows if row["actorName"])
    status = next((_text(row["status"]) for row in rows if row["status"] in STATUSES), None)
    first = rows[0]
    kind = _ORDERS.get(order if isinstance(order, int) else 2, "after")
    who = ", ".join(names)
    return Step(kind, who, _text(first["what"]), _text(first["date"]), status, _text(first["quote"]))


def _text(value: object) -> str:
    return "" if value is None else str(value)
