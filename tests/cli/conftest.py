"""The command line as a user meets it: arguments in, exit code and two streams out."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest

from kg.cli import main


class Ran(NamedTuple):
    code: int
    out: str
    err: str


Kg = Callable[..., Ran]


@pytest.fixture
def kg(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Kg:
    monkeypatch.delenv("KG_GRAPH", raising=False)
    monkeypatch.delenv("COLUMNS", raising=False)

    def run(*args: object) -> Ran:
        capsys.readouterr()
        with pytest.raises(SystemExit) as exit:
            main([str(arg) for arg in args])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return Ran(int(exit.value.code or 0), out, err)

    return run
