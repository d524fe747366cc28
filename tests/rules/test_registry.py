"""The registry of rules: every name that fires is in it, every entry of it fires, and no code decides by a name."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest

from kg.language import analyse as parse
from kg.language import load_nlp
from kg.model import Analysis, Document
from kg.pipeline import analyse
from kg.rules import Rule, explain, registry
from tests.extract.test_golden import CASES

ROOT = Path(__file__).parents[2]
RUN = [rule for rule in registry().values() if rule.example]
SPOKEN = [rule for rule in registry().values() if not rule.example]


def names_of(analysis: Analysis) -> Iterator[str]:
    """Every rule's name that stands in an analysis."""
    for clause in analysis.clauses:
        yield from clause.rules
        for argument in clause.arguments:
            yield from argument.rules
    for attribution in analysis.attributions:
        yield from (*attribution.rules, *(attribution.source.rules if attribution.source else ()))
    for event in analysis.events:
        yield from event.rules
        for one in (*event.participants, *([event.attributed_to] if event.attributed_to else [])):
            yield from one.rules
    for chain in analysis.chains:
        yield from chain.rules
    for disposition in analysis.dispositions:
        yield from (disposition.rule, *(disposition.addressee.rules if disposition.addressee else ()))
    yield from (relation.rule for relation in analysis.relations)


def fired(texts: Sequence[str]) -> list[frozenset[str]]:
    """The names that fire in each text, with learned readings and without, as if published on Friday 20 June 2025."""
    out = []
    for text, doc in zip(texts, parse(load_nlp(), texts), strict=True):
        document = Document(id="t", text=text, published=date(2025, 6, 20))
        both = (analyse(document, doc, meaning=meaning) for meaning in (False, True))
        out.append(frozenset(name for one in both for name in names_of(one)))
    return out


@lru_cache(maxsize=1)
def examples() -> dict[str, frozenset[str]]:
    """Rule to the names that fire in its example."""
    return dict(zip((rule.id for rule in RUN), fired([rule.example for rule in RUN]), strict=True))


def test_every_name_that_fires_is_in_the_registry() -> None:
    articles = (ROOT / "examples" / "istanbul" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    long = (ROOT / "tests" / "golden" / "texts.txt").read_text(encoding="utf-8").split("\n\n\n")
    texts = [case.text for case in CASES.values()] + [json.loads(line)["text"] for line in articles] + long
    names = frozenset().union(*fired(texts))
    assert len(names) > 600
    assert sorted(name for name in names if not explain(name)) == []


@pytest.mark.parametrize("rule", RUN, ids=lambda rule: rule.id)
def test_the_example_of_a_rule_fires_it(rule: Rule) -> None:
    assert any(told.rule is rule for name in examples()[rule.id] for told in explain(name)), sorted(examples()[rule.id])


@lru_cache(maxsize=1)
def strings() -> str:
    """All strings of the code that names rules, one a line."""
    stations = [
        path for name in ("extract", "entities", "resolve") for path in sorted((ROOT / "kg" / name).rglob("*.py"))
    ]
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in (*stations, ROOT / "kg" / "vocab.py")]
    found = (node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return "\n".join(one for one in found if isinstance(one, str))


@pytest.mark.parametrize("rule", SPOKEN, ids=lambda rule: rule.id)
def test_a_rule_without_an_example_is_given_by_code(rule: Rule) -> None:
    assert rule.id in strings().split("\n")
    assert rule.station == "identity" or rule.id in RARE


RARE = frozenset({"came close to", "subject of the verb above"})
"""Rules for which no sentence of our own is known that fires them."""


@pytest.mark.parametrize(
    ("name", "ids", "words"),
    [
        ("shared subject", ["shared subject"], "has that of the first"),
        ("oblique in", ["oblique {preposition}"], "“in”"),
        ("about of warn", ["{preposition} of {verb}"], "with “about” beside “warn”"),
        ("complement of a noun", ["complement of a noun"], "after the event noun"),
        ("complement of deny", ["complement of {verb}"], "“deny”"),
        ("object, relative: whose it is", ["{rule}: whose it is", "{rule}, relative", "object"], "the party whose"),
        (
            "agree: the addressee answers, on a condition",
            ["{rule}, on a condition", "{frame}: {rule}", "the addressee answers"],
            "leaves the answer open",
        ),
        ("in response to: cause", ["{marker}: cause"], "“in response to”"),
    ],
)
def test_a_name_is_explained_by_its_own_entries(name: str, ids: list[str], words: str) -> None:
    told = explain(name)
    assert [one.rule.id for one in told] == ids
    assert words in told[0].text and "{" not in "".join(one.text for one in told)


@pytest.mark.parametrize("name", ["zeugma", "zeugma, coordinated", "object.possessor: zeugma", ""])
def test_what_no_code_gives_has_no_explanation(name: str) -> None:
    assert explain(name) == ()


def test_no_code_decides_by_the_name_of_a_rule() -> None:
    """Rules are told, not asked: what later steps need is a field of the record."""
    found = []
    for package in ("extract", "entities", "rdf"):
        for path in sorted((ROOT / "kg" / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                asked: list[ast.AST] = []
                if isinstance(node, ast.Compare):
                    asked = [node]
                elif isinstance(node, ast.comprehension):
                    asked = [node.iter]
                elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                    called = node.func.attr in ("startswith", "endswith", "intersection", "isdisjoint", "split")
                    asked = [node] if called else []
                inner = (one for tree in asked for one in ast.walk(tree) if isinstance(one, ast.Attribute))
                if any(one.attr in ("rules", "rule") for one in inner):
                    found.append(path.relative_to(ROOT / "kg").as_posix())
    assert found == []
