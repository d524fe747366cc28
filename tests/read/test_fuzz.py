"""A small sample of what `make soak` does with ten thousand broken inputs."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.read.making import KINDS
from tests.soak.fuzz import once


def test_broken_inputs_are_told_and_lose_nothing(tmp_path: Path) -> None:
    made = {kind: make() for kind, make in KINDS.items()}
    found = [once(tmp_path, made, random.Random(f"sample {turn}")) for turn in range(150)]
    assert sum(problems for _, _, problems in found) > 50 and sum(documents for _, documents, _ in found) > 20
    assert len({kind for kind, _, _ in found}) > 12


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_is_sound_before_it_is_broken(kind: str, tmp_path: Path) -> None:
    from kg.model import Document
    from kg.read import read

    path = tmp_path / f"sound.{kind}"
    path.write_bytes(KINDS[kind]())
    assert any(isinstance(one, Document) for one in read([path], fields={"text": "body"} if kind == "csv" else None))
