"""Installation of a trained pipeline where `kg.load_nlp()` finds it, without what only the training needed."""

from __future__ import annotations

import json
import logging
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import srsly  # type: ignore[import-untyped, unused-ignore]
from spacy.strings import get_string_id

if TYPE_CHECKING:
    from spacy.language import Language

log = logging.getLogger(__name__)

META = {
    "name": "newskg",
    "version": "0.2.0",
    "description": "English news: Universal Dependencies, lemmas and entities. See MODEL_CARD.md.",
    "license": "CC BY-SA 4.0",
}

SPACY = ">=3.8.2,<3.9.0"
"""The versions of spaCy that give the same analyses; the lower bound in `pyproject.toml` is the same."""


def install(nlp: Language, out: Path) -> Path:
    """Write the pipeline beside `out` and swap it in, so that a reader never meets half a model."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".model-") as folder:
        fresh = Path(folder) / "fresh"
        nlp.to_disk(fresh)
        _tidy(fresh, labels={label for labels in nlp.pipe_labels.values() for label in labels})
        if out.exists():
            out.rename(Path(folder) / "old")
        fresh.rename(out)
    size = sum(file.stat().st_size for file in out.rglob("*") if file.is_file())
    log.info("installed %s: %.1f MB", out, size / 1e6)
    return out


def _tidy(folder: Path, *, labels: set[str]) -> None:
    """Sort `meta.json`, and keep of the training vocabulary only labels and the strings that lemmas are made of."""
    meta = folder / "meta.json"
    content = json.loads(meta.read_text(encoding="utf-8"))
    content["spacy_version"] = SPACY  # spaCy would ask for the very version that trained it
    meta.write_text(json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
    trees = srsly.read_msgpack(folder / "trainable_lemmatizer" / "trees")["trees"]
    used = {tree[part] for tree in trees for part in ("orig", "subst") if part in tree}
    strings = folder / "vocab" / "strings.json"
    known = json.loads(strings.read_text(encoding="utf-8"))
    kept = sorted(string for string in known if string in labels or get_string_id(string) in used)
    strings.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
