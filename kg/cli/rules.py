"""What a rule's name stands for: the docstring of the function that gives the name, read from the package's own source.

Records carry rules by name ("object control"), so that they pickle and print as they are. The function that says so
explains it; this page finds it again, so that no table of explanations has to be kept beside the code.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

PACKAGES = ("kg.extract", "kg.entities", "kg.resolve")
"""Where rules are; no other package names any."""

_NAMING = re.compile(r"rule|reason|note")
_CALLS = frozenset({"append", "note", "join", "_lend", "Match", "Filler", "Canonical"})
_SENTENCE = re.compile(r"^(.+?[.:])(?:\s+[A-Z`]|\s*$)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a rule does, in the words of its function's docstring, and where that function is."""

    text: str
    where: str


@dataclass(frozen=True, slots=True)
class _Name:
    """A name, or a pattern of names, that a function gives; `fixed` counts its literal characters."""

    pattern: re.Pattern[str]
    fixed: int
    order: int
    explanation: Explanation


def explain_rule(name: str) -> Explanation | None:
    """The explanation of a rule by its name, None where no function of the package gives it.

    Of several functions that do, the one with the longest literal part of the name counts, then the order of modules.
    """
    for part in (name, *_shorter(name)):
        fitting = [one for one in _names() if one.pattern.fullmatch(part)]
        if fitting:
            return max(fitting, key=lambda one: (one.fixed, -one.order)).explanation
    return None


def _shorter(name: str) -> Iterator[str]:
    """A name that another rule has prefixed or continued: "object.possessor: possessor", "subject, coordinated"."""
    if ": " in name:
        yield name.split(": ", 1)[0]
        yield name.split(": ", 1)[1]
    if ", " in name:
        yield name.rsplit(", ", 1)[0]


@lru_cache(maxsize=1)
def _names() -> tuple[_Name, ...]:
    out: list[_Name] = []
    for module, source in _modules(files("kg"), "kg"):
        tree = ast.parse(source)
        about = _first_sentence(ast.get_docstring(tree))
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef):
                told = _first_sentence(ast.get_docstring(function)) or about
                explanation = Explanation(told, f"{module}.{function.name}")
                for node in _given(function):
                    out += _patterns(node, len(out), explanation)
    return tuple(out)


def _modules(folder: Traversable, package: str) -> Iterator[tuple[str, str]]:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        name = package if entry.name == "__init__.py" else f"{package}.{entry.name.removesuffix('.py')}"
        if not name.startswith(PACKAGES):
            continue
        if entry.name.endswith(".py"):
            yield name, entry.read_text(encoding="utf-8")
        elif entry.is_dir() and not entry.name.startswith("_"):
            yield from _modules(entry, name)


def _given(function: ast.FunctionDef) -> Iterator[ast.expr]:
    """Expressions in a function that name a rule: appended, assigned, passed, returned, or last in a tuple."""
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and _called(node) in _CALLS:
            yield from node.args
        elif (isinstance(node, ast.keyword) and _NAMING.search(node.arg or "")) or (
            isinstance(node, ast.Assign)
            and any(_NAMING.search(n.id) for t in node.targets for n in ast.walk(t) if isinstance(n, ast.Name))
        ):
            yield node.value
        elif isinstance(node, ast.Tuple) and node.elts:
            yield node.elts[-1]
        elif isinstance(node, ast.Return | ast.Yield) and node.value is not None:
            yield node.value


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _patterns(node: ast.expr, order: int, explanation: Explanation) -> Iterator[_Name]:
    if isinstance(node, ast.Tuple | ast.List):
        for element in node.elts:
            yield from _patterns(element, order, explanation)
    elif isinstance(node, ast.IfExp):
        yield from _patterns(node.body, order, explanation)
        yield from _patterns(node.orelse, order, explanation)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "strip":
        yield from _patterns(node.func.value, order, explanation)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.strip():
        yield _Name(re.compile(re.escape(node.value)), len(node.value) + 1, order, explanation)
    elif isinstance(node, ast.JoinedStr):
        parts = [p.value if isinstance(p, ast.Constant) and isinstance(p.value, str) else None for p in node.values]
        fixed = sum(len(p) for p in parts if p is not None and re.search(r"\w", p))
        if fixed >= 4:  # shorter ones fit anything
            pattern = "".join(".*" if p is None else re.escape(p) for p in parts).replace(r"\ .*", r"\ ?.*")
            yield _Name(re.compile(pattern), fixed, order, explanation)


def _first_sentence(docstring: str | None) -> str:
    """The first sentence of a docstring on one line, "" where there is none."""
    text = " ".join((docstring or "").split("\n\n")[0].split())
    found = _SENTENCE.match(text)
    return (found[1] if found else text).strip()
