"""What each rule's name stands for: a registry of ids with a text, a source and an example, kept as data beside this.

Records carry rules by name ("object control", "oblique in", "reject: the answer names the initiative"), so that they
pickle and print as they are. A name is an id of the registry, with its parameters filled in: "oblique in" is the id
"oblique {preposition}", and "reject: the answer names the initiative" is one rule within another. No code decides by
what a text here says.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from kg.errors import InputError
from kg.resources import ontology_dir

RULE = "rule"
"""The parameter that is the name of another rule: "{rule}, coordinated"."""

PARAMETERS = {
    RULE: r".+",
    "frame": r"[^:,.]+",
    "marker": r"[^:]+",
    "modality": r"[a-z]+",
    "noun": r"[^“”]+",
    "path": r"[a-z]+(?::[a-z]+)?\.[a-z]+",
    "preposition": r"[^:,.]+",
    "sense": r"[a-z]+",
    "signature": r"",  # one of those of ontology/embedding.toml
    "word": r"[^:]+",
    "verb": r"[^:,]+",
}
"""What a parameter of a name may be."""

_PARAMETER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry: `id`, the `station` that gives it, what it says, after whom, and a text in which it holds.

    `example` is a text whose analysis gives the rule; `""` where only several documents together do.
    """

    id: str
    station: str
    text: str
    source: str
    example: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A rule as one name gives it: `text` with the name's own words put in."""

    rule: Rule
    text: str


@lru_cache(maxsize=1)
def registry() -> Mapping[str, Rule]:
    """All rules by their ids, in the order of the stations. Raises `InputError` where an entry is not whole."""
    out: dict[str, Rule] = {}
    for file in sorted(files(__name__).iterdir(), key=lambda one: one.name):
        if not file.name.endswith(".toml"):
            continue
        entries = tomllib.loads(file.read_text(encoding="utf-8"))
        default = entries.pop("source", "")
        for name, entry in entries.items():
            rule = Rule(name, file.name.removesuffix(".toml"), source=entry.pop("source", default), **entry)
            unknown = set(_PARAMETER.findall(name)) - set(PARAMETERS)
            if name in out or unknown or not (rule.text and rule.source):
                raise InputError(
                    f"the rule {name!r} is there twice, lacks a text, or has an unknown parameter",
                    where=file.name,
                    remedy="give each rule a name of its own with text, source and example",
                )
            out[name] = rule
    return out


@lru_cache(maxsize=4096)
def explain(name: str) -> tuple[Explanation, ...]:
    """The explanations of a rule by its name, outermost first; empty where the registry does not hold it.

    >>> [one.rule.id for one in explain("object.possessor: possessor, coordinated")]
    ['{rule}, coordinated', '{path}: {rule}', 'possessor']
    """
    if name in registry():
        return (Explanation(registry()[name], registry()[name].text),)
    for pattern, rule in _patterns():
        found = pattern.fullmatch(name)
        if found is None:
            continue
        held = found.groupdict().get(RULE)
        inner = explain(held) if held else ()
        if held is None or inner:
            return (Explanation(rule, _filled(rule.text, found.groupdict())), *inner)
    return ()


def _signatures() -> str:
    """The names of the signatures of embedding words, as a pattern."""
    path = ontology_dir() / "embedding.toml"
    names = {entry["name"] for entry in tomllib.loads(path.read_text(encoding="utf-8"))["signature"]}
    return "|".join(re.escape(name) for name in sorted(names | {"too much so to"}, key=len, reverse=True))


def _filled(text: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], Rule], ...]:
    """Names with parameters, those with the most words of their own first: "complement of {verb}" before "{…} of …"."""
    out = []
    for rule in registry().values():
        parts = _PARAMETER.split(rule.id)
        if len(parts) > 1:
            forms = [PARAMETERS[p] or _signatures() if k % 2 else "" for k, p in enumerate(parts)]
            named = [f"(?P<{p}>{form})" if form else re.escape(p) for p, form in zip(parts, forms, strict=True)]
            out.append((sum(map(len, parts[::2])), re.compile("".join(named)), rule))
    return tuple((pattern, rule) for _, pattern, rule in sorted(out, key=lambda one: (-one[0], one[2].id)))
