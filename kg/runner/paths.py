"""Paths as a caller gives them, one or many, as a tuple."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]


def many(paths: Paths) -> tuple[str | os.PathLike[str], ...]:
    """Give what was given, as it was; a lone one is one, and not its letters."""
    return (paths,) if isinstance(paths, str | os.PathLike) else tuple(paths)


def as_paths(paths: Paths) -> tuple[Path, ...]:
    """Give what was given, as paths."""
    return tuple(Path(one) for one in many(paths))
