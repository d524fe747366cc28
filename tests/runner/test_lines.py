"""Lines cut out as they are asked for."""

from __future__ import annotations

import pytest

from kg.runner.lines import Lines


@pytest.mark.parametrize("text", ["one", "one\ntwo", "one\n\nthree\n", "\n", "a\u2028b\nc"])
def test_they_are_those_between_line_feeds_each_time(text: str) -> None:
    lines = Lines(text)
    assert list(lines) == text.split("\n") == list(lines)
    assert len(lines) == len(text.split("\n"))
    assert text.split("\n")[-1] in lines and "other" not in lines


def test_an_empty_text_has_none() -> None:
    assert list(Lines("")) == [] and len(Lines("")) == 0
