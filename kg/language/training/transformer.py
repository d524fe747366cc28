"""The whole recipe of the shipped pipeline: data, joint training, export and installation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from kg.language.training import corpora as data
from kg.language.training import export, joint, minilm

if TYPE_CHECKING:
    from pathlib import Path

STEPS = 2600
"""Updates of about 700 words; some 50 minutes on two cores."""
SEED = 20250523


def make_model(corpora: Path, out: Path, *, work: Path, steps: int = STEPS, precision: str = "int8") -> Path:
    """Train on the corpora and install the pipeline at `out`, which is returned.

    `work` keeps the converted data, the last checkpoint and `log.jsonl`; `precision` is that of the encoder,
    "int8" or "fp32". Raises `ExtraError` or `ModelError` where the published encoder is not there as expected.
    """
    minilm.source()  # what is missing is better told before the data are converted
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
    )
    return export.finish(trained, out, precision=precision)
