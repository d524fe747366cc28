"""Which words are predicates: verbs, copular predicates, and nouns that the lexicon knows to denote events."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from kg.extract.syntax.tree import Tree
from kg.model import Adnominal, Category, Modality, Support

AUXILIARY = frozenset(
    {
        "aux",
        "aux:pass",
        "cop",
        "case",
        "mark",
        "fixed",
        "cc",
        "flat",
        "goeswith",
        "compound",
        "compound:prt",
        "det",
        "expl",
        "discourse",
        "reparandum",
    }
)
ROUNDS = frozenset("round series wave string number set spate".split())
"""Nouns that only count the events of their "of" phrase: "a round of talks"."""
PARTICLES = frozenset({"back", "out", "up", "down", "off", "over", "away", "apart", "aside", "forward", "through"})
"""Adverbs that make a phrasal verb when they follow the verb at once; parsers call many of them plain adverbs."""
CLAUSAL = frozenset(
    {
        "root",
        "ccomp",
        "xcomp",
        "advcl",
        "acl",
        "acl:relcl",
        "advcl:relcl",
        "parataxis",
        "csubj",
        "csubj:pass",
        "conj",
        "ccomp:relcl",
        "list",
    }
)


@dataclass(slots=True)
class Draft:
    """A clause being assembled: argument slots hold (token, marker, rule) in the order found.

    `surface` are the tokens of the grammatical subject before voice is resolved, which controlled and coordinated
    predicates inherit.
    """

    token: int
    category: Category
    lemma: str
    particle: int | None = None
    surface: list[int] = field(default_factory=list)
    subject: list[tuple[int, str, str]] = field(default_factory=list)
    object: list[tuple[int, str, str]] = field(default_factory=list)
    indirect: list[tuple[int, str, str]] = field(default_factory=list)
    oblique: list[tuple[int, str, str]] = field(default_factory=list)
    complement: list[tuple[int, str, str]] = field(default_factory=list)
    possessor: list[tuple[int, str, str]] = field(default_factory=list)
    modifier: list[tuple[int, str, str]] = field(default_factory=list)
    passive: bool = False
    negated: bool = False
    modality: Modality = Modality.REAL
    tense: str = ""
    support: Support | None = None
    adnominal: Adnominal | None = None
    shares_subject: bool = False
    shares_voice: bool = False
    modal: str = ""
    scheduled: bool = False
    purpose: bool = False
    aspect: str = ""
    condition: str = ""
    governor: int | None = None
    relation: str = ""
    marker: str = ""
    rules: list[str] = field(default_factory=list)


def find_predicates(tree: Tree, nominals: AbstractSet[str], events: AbstractSet[int]) -> dict[int, Draft]:
    """Drafts by token, in top-down order of the tree, so that a governor always comes before what it governs.

    A noun is a predicate where its lemma is among `nominals` or it begins at one of the characters `events`.
    """
    out: dict[int, Draft] = {}
    stack = list(reversed(tree.roots))
    while stack:
        i = stack.pop()
        category = _category(tree, i, nominals, tree.begin[i] in events)
        if category is not None:
            out[i] = _draft(tree, i, category)
        stack.extend(reversed(tree.children[i]))
    for i, draft in out.items():
        _govern(tree, i, draft, out)
    return out


def _category(tree: Tree, i: int, nominals: AbstractSet[str], is_event: bool) -> Category | None:
    pos, dep = tree.pos[i], tree.dep[i]
    if pos in ("PUNCT", "SPACE", "SYM", "X") or dep in AUXILIARY:
        return None
    nominal_place = dep in ("nmod", "obl", "obj", "nsubj", "nsubj:pass", "iobj") and tree.form[i] not in ("Ger", "Part")
    if pos == "VERB" and nominal_place and tree.lemma[i] in nominals and tree.lower[i] == tree.lemma[i]:
        return Category.NOUN  # "a response to pressure": the tagger errs, the tree does not
    if pos == "VERB" and dep != "amod":
        return Category.VERB if dep != "advmod" else None
    if pos == "VERB" and tree.head[i] < i and tree.form[i] in ("Part", "Ger"):
        return Category.VERB  # before its noun a participle describes ("the UN-backed government"), it tells no event
    if pos == "AUX" and dep in CLAUSAL:
        return Category.VERB
    if pos == "NOUN" and is_event:
        return Category.NOUN
    if pos in ("NOUN", "PROPN") and tree.lemma[i] in nominals and (pos == "NOUN" or not tree.entity[i]):
        return Category.NOUN
    copular = tree.child(i, "cop") is not None
    with_subject = copular or tree.child(i, "nsubj", "csubj") is not None
    if dep in CLAUSAL and with_subject:
        return Category.ADJECTIVE
    if pos == "ADJ" and (dep == "xcomp" or tree.child(i, "xcomp", "ccomp") is not None):
        return Category.ADJECTIVE
    return None


def _draft(tree: Tree, i: int, category: Category) -> Draft:
    """A verb, a noun that denotes an event or what a copula predicates; a particle belongs to its verb's lemma."""
    lemma, particle = tree.lemma[i], None
    if category is Category.VERB:
        particle = tree.child(i, "compound:prt")
        if particle is None and i + 1 < len(tree) and tree.lower[i + 1] in PARTICLES and tree.head[i + 1] == i:
            particle = i + 1 if tree.dep[i + 1] == "advmod" else None
        if particle is not None:
            lemma = f"{lemma} {tree.lower[particle]}"
    return Draft(token=i, category=category, lemma=lemma, particle=particle, rules=[f"{category} predicate"])


def _govern(tree: Tree, i: int, draft: Draft, drafts: dict[int, Draft]) -> None:
    """The nearest predicate above, and the relation by which the path from it leaves it."""
    below, above = i, tree.head[i]
    while above != below:
        if above in drafts:
            draft.governor = above
            break
        below, above = above, tree.head[above]
    draft.relation = tree.dep[below]
    draft.marker = tree.marker(i)
    if not draft.marker and tree.dep[i] == "conj":
        cc = tree.child(i, "cc")
        draft.marker = tree.lower[cc] if cc is not None else ""


def told_with_as(tree: Tree, i: int) -> bool:
    """Whether a participle after "as" is told of an object: "quoted the minister as saying so".

    A marked predicative complement (Huddleston & Pullum 2002, 4 §5): "as having said so" is one, too.
    """
    having = any(tree.lower[c] == "having" for c in tree.each(i, "aux"))
    plain = tree.lower[i].endswith("ing") and tree.child(i, "aux", "cop") is None
    return tree.marker(i) == "as" and (having or plain) and tree.child(i, "nsubj") is None
