"""Where the files written for people are: the ontology and the query library.

They live at the top of the repository and are put into the package by the build, so an installed wheel has them under
`kg/_data/` and a checkout or editable install beside `kg/`.
"""

from __future__ import annotations

from pathlib import Path

from kg.errors import KgError

_PACKAGE = Path(__file__).resolve().parent


def ontology_dir() -> Path:
    """Give the folder that holds `news.ttl`, `plover.ttl`, `shapes.ttl` and `frames/`."""
    return _find("ontology", "news.ttl")


def queries_dir() -> Path:
    """Give the folder that holds the named queries, one `.rq` file each."""
    return _find("queries", "who-proposed-what.rq")


def examples_dir() -> Path:
    """Give the folder that holds the articles of the demo, `istanbul/`."""
    return _find("examples", "istanbul/articles.jsonl")


def _find(name: str, witness: str) -> Path:
    """Prefer packaged data to the checkout; `witness` tells our folder from a stranger's of the same name."""
    candidates = (_PACKAGE / "_data" / name, _PACKAGE.parent / name)
    for folder in candidates:
        if (folder / witness).is_file():
            return folder
    raise KgError(
        f"the folder {name}/ with {witness} is not part of this installation",
        where=str(candidates[0]),
        remedy="install the package again, or work from a complete checkout",
    )
