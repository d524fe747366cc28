"""Learned weights, read from the files that ship them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt


@cache
def read_weights(file: str, section: str, names: tuple[str, ...]) -> npt.NDArray[np.float64]:
    """Give the weights of some features from a section of a file of this package, in the order of their names."""
    return np.array([_read(file)[section][name] for name in names])


@cache
def _read(file: str) -> dict[str, dict[str, float]]:
    return tomllib.loads((files("kg.asking") / file).read_text(encoding="utf-8"))
