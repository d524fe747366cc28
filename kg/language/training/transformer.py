"""The whole recipe of the shipped pipeline: data, joint training, export and installation."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import torch

from kg.language.training import corpora as data
from kg.language.training import export, joint

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger(__name__)

STEPS = 4000
"""Updates of about 700 words; some two hours on two cores."""
SEED = 20250523


def make_model(
    corpora: Path, out: Path, *, work: Path, steps: int = STEPS, minutes: float | None = None, precision: str = "int8"
) -> Path:
    """Train on the corpora and install the pipeline at `out`, which is returned.

    `work` keeps the converted data, the last checkpoint and `log.jsonl`. `minutes` bounds the training by the
    clock (see `joint.train`); `precision` is that of the encoder, "int8" or "fp32".
    """
    torch.use_deterministic_algorithms(True, warn_only=True)
    work.mkdir(parents=True, exist_ok=True)
    files = {
        "syntax": data.write_syntax(corpora, work, seed=SEED),
        "entities": data.write_entities(corpora, work, seed=SEED),
    }
    trained = joint.train(
        {task: pair[0] for task, pair in files.items()},
        {task: pair[1] for task, pair in files.items()},
        work,
        steps=steps,
        minutes=minutes,
    )
    return export.finish(trained, out, precision=precision)
