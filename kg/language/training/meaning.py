"""The whole recipe of the heads of meaning: examples, training, calibration, export, figures."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from kg.language import context
from kg.language.training import meaning_calibration as calibration
from kg.language.training import meaning_export as export
from kg.language.training import meaning_plots as plots
from kg.language.training import mpnet
from kg.language.training.marked import FILE as MARKED
from kg.language.training.marked import read_marked
from kg.language.training.meaning_distil import Lesson, lesson_loss, read
from kg.language.training.meaning_marked import read_with_marks
from kg.language.training.meaning_net import MeaningNet, Size
from kg.language.training.meaning_scores import Cuts, figures, predict
from kg.language.training.meaning_silver import read_news
from kg.language.training.meaning_teacher import trained
from kg.language.training.meaning_train import Recipe, every, fit, given_by, load
from kg.language.training.minilm import pretrained
from kg.meaning import heads

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.language.training.meaning_data import Example

log = logging.getLogger(__name__)

PACKAGE = Path(context.__file__).parents[1]


TAUGHT = Recipe(epochs=4, batch=16, encoder_rate=2e-4, head_rate=2e-3, size=Size(drop=0.2))
"""How the heads are trained where a teacher has read more news; `Recipe()` is for the annotated passages alone."""


@dataclass(frozen=True, slots=True)
class Teaching:
    """Where the teacher's first weights lie (all-mpnet-base-v2), and the corpora with news that nobody annotated."""

    encoder: Path
    corpora: Path


def make_meaning(corpus: Path, out: Path | None, recipe: Recipe, teaching: Teaching | None = None) -> dict[str, object]:
    """Train on `corpus` and write the heads to the folder `out`, or into the package; returns the report on dev.

    With `teaching` a larger network is trained first, and what it says of more news is learnt from, too. Besides
    `context.onnx` and `heads.npz`, `out` gets `meaning.json` (every epoch, calibration, figures by collection) and
    `meaning.png` (reliability, risk and coverage). In the package's case these two go to `docs/` of the repository.
    """
    published, _ = pretrained()
    given = given_by(corpus)
    if teaching is not None:  # what is missing is better told before all is analysed
        encoder, news = mpnet.pretrained(teaching.encoder), read_news(teaching.corpora, every(given))
        log.info("%d passages for the teacher to read", len(news))
    loaded = load(given)
    lessons = [Lesson(example) for example in loaded.train]
    if teaching is not None:
        teacher = trained(encoder, loaded.train, loaded.dev, seed=recipe.seed)
        lessons += read([teacher], [(one, loaded.maker.analysed(one.text)) for one in news])
        marked = read_marked(corpus / MARKED) if (corpus / MARKED).is_file() else []
        log.info("%d texts with initiatives and answers marked", len(marked))
        lessons += read_with_marks([teacher], [(one, loaded.maker.analysed(one.text)) for one in marked])
    torch.manual_seed(recipe.seed)
    net = MeaningNet(loaded.maker.shim.parts, recipe.size)
    net.begin_with(published)
    net, history = fit(net, lessons, loaded.dev, recipe, lesson_loss)
    return finish(net, loaded.dev, out, history=history, seed=recipe.seed)


def finish(
    net: MeaningNet,
    dev: Mapping[str, Sequence[Example]],
    out: Path | None,
    *,
    history: Sequence[Mapping[str, float]] = (),
    seed: int = 0,
) -> dict[str, object]:
    """Calibrate a trained network on dev and write its files; returns the report."""
    held = [example for some in dev.values() for example in some]
    scores = predict(net, held)
    asked = calibration.questions(held, scores)
    heat = calibration.calibrated(asked)
    cuts = calibration.thresholds(held, asked, heat)
    report: dict[str, object] = {
        "seed": seed,
        "epochs": list(history),
        "calibration": {name: [one.temperature, one.offset] for name, one in heat.items()},
        "thresholds": {name: [cut.best, cut.precise] for name, cut in cuts.items()},
        "calibration_error": {
            name: round(plots.calibration_error(plots.told(question, heat[name])), 4)
            for name, question in asked.items()
            if len(question.scores)
        },
        "dev": {name: figures(some, predict(net, some), Cuts()) for name, some in dev.items() if some},
    }
    graphs, weights, reports = (out, out, out) if out else (PACKAGE / "language", PACKAGE / "meaning", _docs())
    for folder in (graphs, weights, reports):
        folder.mkdir(parents=True, exist_ok=True)
    (graphs / context.FILE).write_bytes(export.context_graph(net))
    export.save_heads(export.head_arrays(net, heat, cuts), weights / heads.FILE)
    (reports / "meaning.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    plots.plot(asked, heat, reports / "meaning.png")
    log.info("wrote %s and %s", graphs / context.FILE, weights / heads.FILE)
    return report


def _docs() -> Path:
    """Return `docs/` of the repository, or the package's folder where there is no repository."""
    docs = PACKAGE.parent / "docs"
    return docs if docs.is_dir() else PACKAGE / "meaning"
