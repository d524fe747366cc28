"""Reliability diagram and risk-coverage curve of the calibrated heads, from dev."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import numpy.typing as npt

    from kg.language.training.meaning_calibration import Heat, Question

    Cases = tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_]]

SHOWN = ("event", "type", "kind", "factuality", "role", "answers")
BINS = 10
FEWEST = 10
"""Cases that a point of the diagram stands for, at least."""


def told(question: Question, heat: Heat) -> Cases:
    """Return how sure each telling is and whether it is right; what is told is at least as likely as not."""
    chances = question.chances(heat)
    if chances.shape[1] == 1:
        kept = chances[:, 0] >= 0.5
        return chances[kept, 0], question.right[kept, 0]
    best = chances.argmax(-1)
    rows = np.arange(len(best))
    return chances[rows, best], question.right[rows, best]


def reliability(cases: Cases) -> list[tuple[float, float, int]]:
    """Return for each bin of probability the mean probability, the share that is right, and the number of cases."""
    sure, right = cases
    at = np.minimum((sure * BINS).astype(int), BINS - 1)
    rows = [(at == k) for k in range(BINS)]
    return [(float(sure[row].mean()), float(right[row].mean()), int(row.sum())) for row in rows if row.any()]


def calibration_error(cases: Cases) -> float:
    """Return the expected calibration error: the mean distance of probability and share, weighed by cases."""
    return sum(n * abs(sure - right) for sure, right, n in reliability(cases)) / max(1, len(cases[0]))


def risk_coverage(cases: Cases) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return the share of wrong tellings among the surest, by the share of tellings that are kept."""
    sure, right = cases
    order = np.argsort(-sure, kind="stable")
    kept = np.arange(1, len(order) + 1)
    return kept / max(1, len(order)), np.cumsum(~right[order]) / kept


def plot(asked: Mapping[str, Question], heat: Mapping[str, Heat], file: Path) -> None:
    """Draw both for the questions in `SHOWN`; the same bytes for the same figures and release of matplotlib."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, (left, right) = pyplot.subplots(1, 2, figsize=(10, 4.4), layout="constrained")
    left.plot([0, 1], [0, 1], color="0.7", linewidth=1)
    for name in SHOWN:
        cases = told(asked[name], heat[name])
        if name in ("role", "answers"):  # "none" is nearly always right and says nothing
            given = asked[name].chances(heat[name]).argmax(-1) > 0
            cases = cases[0][given], cases[1][given]
        if len(cases[0]):
            _draw(left, right, name, cases)
    left.set(title="Reliability", xlabel="probability told", ylabel="share that is right", xlim=(0, 1), ylim=(0, 1))
    right.set(title="Risk and coverage", xlabel="share of tellings kept, surest first", ylabel="share that is wrong")
    left.legend(frameon=False, loc="upper left", fontsize="small")
    figure.savefig(file, dpi=110, metadata={"Software": None})
    pyplot.close(figure)


def _draw(left: Any, right: Any, name: str, cases: Cases) -> None:
    points = [(sure, good) for sure, good, n in reliability(cases) if n >= FEWEST]
    label = f"{name} (error {calibration_error(cases):.3f}, {len(cases[0])} cases)"
    [line] = left.plot([p[0] for p in points], [p[1] for p in points], marker="o", markersize=4, label=label)
    kept, risk = risk_coverage(cases)
    right.plot(kept, risk, color=line.get_color())
