"""Lines as one text, and cut out of it again as they are asked for."""

from __future__ import annotations

import pytest

from kg.runner.lines import Lines, joined


@pytest.mark.parametrize(
    "lines", [["one"], ["one", "two"], ["one", "", "three", ""], ["", ""], ["a\u2028b", "“c”", "🙂"]]
)
def test_they_come_back_each_time(lines: list[str]) -> None:
    text = joined(lines)
    assert text == "\n".join(lines).encode()
    found = Lines(text)
    assert list(found) == lines == list(found)
    assert len(found) == len(lines)
    assert lines[-1] in found and "other" not in found


def test_an_empty_text_has_none() -> None:
    assert joined([]) == b"" and list(Lines(b"")) == [] and len(Lines(b"")) == 0


def test_one_curly_mark_does_not_double_a_text() -> None:
    assert len(joined(["a" * 1_000, "“"])) < 1_010
