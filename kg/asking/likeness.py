"""How much of what a question says stands in some words of a text: by name, by stem, or by a word that may mean it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kg.asking.pages import Page
from kg.asking.patterns import Called
from kg.asking.records import Said
from kg.asking.relatives import related
from kg.asking.roles import phrasal
from kg.asking.words import NUMBERS, alike, begins, spellings, stem, words
from kg.extract.syntax.tree import Tree, base_forms

_SAME, _RELATED, _BEFORE, _ELSEWHERE = 0.9, 0.75, 0.6, 0.45
WEIGHTS = {"NAME": 2.0, "VERB": 2.0, "NOUN": 1.5}
"""How much the words of a question count by their part of speech; all others count 1."""
_VAGUE = 0.5
"""The weight of "help", "case" and the like, which say little."""
_POS = {"VERB": "v", "NOUN": "n", "ADJ": "a"}
_SHARED = 6
"""Letters that a word and one made of it share at its beginning."""
_INITIALS = 2
"""Letters of a name with which too many words begin."""
_DATELINE = 60
"""Characters that a day or a place may take in front of the first sentence."""


class Likeness:
    """The words of one page held against those of a question."""

    def __init__(self, page: Page, called: Called) -> None:
        self.page, self.called = page, called
        self._known: dict[str, tuple[str, ...]] = {}
        self._told: dict[str, set[str]] = {}
        self._all = f"{page.earlier} {page.text}".lower()

    def share(
        self,
        said: Sequence[Said],
        inside: Sequence[int],
        weights: Mapping[str, float],
        *,
        here: bool = False,
        deed: Said | None = None,
    ) -> float:
        """Give how much of these words is told here, from 0 to 1; 1 where there are none.

        What was told before counts less, with `here` not at all; a deed has to be told in the sentence itself.
        """
        total = got = 0.0
        lead = bool(inside) and self.leads(inside) and not here
        for one in said:
            weight = _VAGUE if one.lemma in words().vague else weights.get(one.pos, 1.0)
            told = max((self.word(one, at) for at in inside), default=0.0)
            told = told or (self.titled(one) if lead else 0.0)
            got, total = (
                got + weight * (told or (0.0 if here or one is deed else self.before(one, inside))),
                total + weight,
            )
        return got / total if total else 1.0

    def leads(self, inside: Sequence[int]) -> bool:
        """Whether tokens stand in the first sentence of a text, which tells again what the title says."""
        page = self.page
        if not page.title or len(page.earlier) > _DATELINE:
            return False
        first = next((at for at in range(len(page.tree)) if page.tree.pos[at] == "VERB"), None)
        return first is not None and page.bounds(first)[0] <= inside[0] <= page.bounds(first)[1]

    def titled(self, said: Said) -> float:
        """How well the title says one word of the question."""
        forms = self._forms(said) if said.pos == "NAME" else {*spellings(said.text), *alike(said.text)}
        kind = _POS.get(said.pos, "")
        for word in re.findall(r"[\w-]+", self.page.title.lower()):
            if stem(word) in forms or word in forms:
                return _RELATED
            own = {said.lemma, *(base_forms(said.text.lower()) if kind == "v" else ())}
            told = {(one, "v") for one in base_forms(word)} | {(word.removesuffix("s"), "n")}
            if kind and any(related(one, kind, other, part) for one in own for other, part in told):
                return _BEFORE
        return 0.0

    def word(self, said: Said, at: int) -> float:
        """How well one token of the page says one word of the question."""
        tree = self.page.tree
        if said.pos == "NAME":
            named = tree.word[at][:1].isupper() and tree.lower[at] in self._forms(said)
            return 1.0 if named or self.page.label(at) in self._labels(said) else 0.0
        pos = _POS.get(tree.pos[at], "")
        if not pos and tree.pos[at] not in ("NUM", "ADV", "PROPN"):
            return 0.0
        if pos == "n" and tree.case(at) == "in" and not tree.children[at][1:] and tree.left[at] == at - 1:
            return 0.0  # "in return", "in response"
        forms = spellings(said.text)
        if " " in said.lemma and said.pos == "VERB":  # "turn down" is no turning
            return self._phrasal(said, at, pos)
        if (
            tree.lower[at] in forms
            or stem(tree.lower[at]) in forms
            or stem(tree.lemma[at]) in (*forms, stem(said.lemma))
        ):
            return 1.0
        if said.lemma in NUMBERS or tree.pos[at] == "NUM":
            return 0.0
        if said.text[:1].isupper() and self.page.label(at) in self._labels(said):  # "Japanese"
            return 1.0
        if {stem(tree.lower[at]), stem(tree.lemma[at])} & set(alike(said.text)):
            return _SAME
        particle = self._particle(at)
        kind = _POS.get(said.pos, "")
        own = {said.lemma, *(base_forms(said.text.lower()) if kind == "v" else ())}
        told = {(lemma, pos) for lemma in (tree.lemma[at], particle)} | {
            (lemma, "v")
            for lemma in _lemmas(tree, at)
            if pos in ("v", "n") or tree.form[at] == "Part" or tree.lower[at].endswith("ed")
        }
        if kind and any(lemma and part and related(one, kind, lemma, part) for one in own for lemma, part in told):
            return _RELATED
        one, other = said.lemma.lower(), tree.lower[at]
        return _RELATED if one[:_SHARED] == other[:_SHARED] and len(min(one, other, key=len)) >= _SHARED else 0.0

    def _phrasal(self, said: Said, at: int, pos: str) -> float:
        """How well a token says a verb with a particle."""
        particle = self._particle(at)
        if particle == said.lemma:
            return 1.0
        told = {(particle, pos), *((lemma, "v") for lemma in _lemmas(self.page.tree, at) if pos in ("v", "n"))}
        return _RELATED if any(one and part and related(said.lemma, "v", one, part) for one, part in told) else 0.0

    def _labels(self, said: Said) -> tuple[str, ...]:
        if said.text not in self._known:
            self._known[said.text] = self.called(said.text)
        return self._known[said.text]

    def _forms(self, said: Said) -> set[str]:
        """The last word of a name as the question has it, and all single words by which texts call who bears it."""
        if said.text not in self._told:
            names = (*self._labels(said), *self.called(f"~{said.text}"))
            single = {name.lower() for name in names if len(name.split()) == 1 and len(name) > _INITIALS}
            self._told[said.text] = {said.text.lower().split()[-1], *single}
        return self._told[said.text]

    def _particle(self, at: int) -> str:
        tree = self.page.tree
        whole = phrasal(tree, at)
        if whole == "call":  # "called on the government"
            return "call on" if any(tree.case(one) in ("on", "upon") for one in tree.each(at, "obl")) else ""
        return whole if whole != tree.lemma[at] else ""

    def before(self, said: Said, inside: Sequence[int]) -> float:
        """What was told before a sentence need not be told in it again."""
        if not len(inside):
            return 0.0
        forms = self._forms(said) if said.pos == "NAME" else {form[:_SHARED] for form in alike(said.text)}
        before = self.page.before(inside[0])
        if any(begins(form, before) for form in forms):
            return _BEFORE
        return _ELSEWHERE if any(begins(form, self._all) for form in forms) else 0.0


def _lemmas(tree: Tree, at: int) -> set[str]:
    """What a token may be a form of; a participle that stands as a noun is one of a verb, too."""
    return {tree.lemma[at], *(base_forms(tree.lower[at]) if tree.lower[at].endswith(("ing", "ed")) else ())}
