"""Word lists belong into data: how many words of open classes stand in the Python of extraction, which never grows.

Counted are lower-case words in constants of modules and in comparisons; function words, numerals, days, months and the
relations and tags of Universal Dependencies do not count.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from spacy.glossary import GLOSSARY
from spacy.lang.en.stop_words import STOP_WORDS

EXTRACT = Path(__file__).parents[2] / "kg" / "extract"
MOST = 3_650
"""Words that there may be: after deleting some, lower it."""
CALENDAR = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december"
)
CLOSED = {word.lower() for word in (*STOP_WORDS, *GLOSSARY, *CALENDAR.split())}
WORD = re.compile(r"[a-z][a-z'’-]{2,}")
ESCAPE = re.compile(r"\(\?P<\w+>|\\.")


def words(node: ast.AST) -> Iterator[str]:
    """The words of open classes in the strings below a node; relations with a colon are no words."""
    for one in ast.walk(node):
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            parts = ESCAPE.sub(" ", one.value).split()
            found = (word for part in parts if ":" not in part or "|" in part for word in WORD.findall(part))
            yield from (word for word in found if word not in CLOSED)


def entries(tree: ast.Module) -> list[str]:
    """The words in a module's constants, and in its comparisons."""
    constants = [
        one.value for one in tree.body if isinstance(one, ast.Assign | ast.AnnAssign) and one.value is not None
    ]
    compared = [side for one in ast.walk(tree) if isinstance(one, ast.Compare) for side in one.comparators]
    return [word for node in (*constants, *compared) for word in words(node)]


def test_words_of_open_classes_are_counted() -> None:
    code = 'VERBS = frozenset("seize the nsubj:pass".split())\ndef f(x): return x in ("raid", "and")'
    assert entries(ast.parse(code)) == ["seize", "raid"]


def test_word_lists_in_python_do_not_grow() -> None:
    found = {path: entries(ast.parse(path.read_text(encoding="utf-8"))) for path in EXTRACT.rglob("*.py")}
    longest = sorted(found, key=lambda path: -len(found[path]))[:5]
    count = sum(map(len, found.values()))
    assert count <= MOST, f"{count} words; keep them as data: {[(p.name, len(found[p])) for p in longest]}"
