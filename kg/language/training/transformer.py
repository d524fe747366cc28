"""The whole recipe of the shipped pipeline: data, joint training, export and installation."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import torch

from kg.language.training import corpora as data
from kg.language.training import export, joint, minilm

if TYPE_CHECKING:
    from pathlib import Path

ROUNDS = (
    joint.Round(2600, {"syntax": 450, "entities": 250}),
    joint.Round(3000, {"syntax": 400, "entities": 500}, peak=0.7),
)
"""Two rounds, the second with more entities; some two hours on two cores."""
SEED = 20250523


def make_model(corpora: Path, out: Path, *, work: Path, steps: int | None = None, precision: str = "int8") -> Path:
    """Train on the corpora and install the pipeline at `out`, which is returned.

    `steps`, where given, is the length of every round. `work` keeps each round's data, last checkpoint and
    `log.jsonl`; `precision` is that of the encoder, "int8" or "fp32". Raises `ExtraError` or `ModelError` where
    the published encoder is not there as expected.
    """
    minilm.source()  # what is missing is better told before the data are converted
    torch.use_deterministic_algorithms(True, warn_only=True)
    work.mkdir(parents=True, exist_ok=True)
    trained: Path | None = None
    for i, plan in enumerate(ROUNDS):
        folder = work / f"round{i + 1}"
        folder.mkdir(exist_ok=True)
        files = {
            "syntax": data.write_syntax(corpora, folder, seed=SEED + i),
            "entities": data.write_entities(corpora, folder, seed=SEED + i),
        }
        trained = joint.train(
            {task: pair[0] for task, pair in files.items()},
            {task: pair[1] for task, pair in files.items()},
            folder,
            plan=replace(plan, steps=steps or plan.steps),
            start=trained,
        )
    assert trained is not None
    return export.finish(trained, out, precision=precision)
