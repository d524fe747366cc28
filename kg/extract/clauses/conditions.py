"""Conditions: which clauses are only supposed, and which clauses hold only if another one does."""

from __future__ import annotations

from kg.extract.clauses.predicates import Draft
from kg.extract.syntax.signatures import embedding
from kg.extract.syntax.tree import Tree

INVERTED = frozenset({"had", "should", "were"})
"""Auxiliaries that make a condition by standing before their subject: "had they attacked, …"."""
_LINKING = frozenset({"the", "that"})
"""Words of an expression that may be left out: "on (the) condition (that)"."""
UNMISTAKABLE = frozenset({"if", "unless"})
CONCESSIVE = frozenset({"even if", "whether"})
"""What follows these holds either way: "even if they leave, …" is no condition of the main clause."""


def subordinator(tree: Tree, i: int) -> str:
    """Return the conditional subordinator that introduces a clause, "" where there is none."""
    words = " ".join(w for w in tree.marker(i).split(" ") if w not in _LINKING)
    if words not in embedding().conditions["subordinators"]:
        return ""
    mark = tree.child(i, "mark", "case")
    before = [c for c in tree.each(i, "advmod") if mark is not None and c < mark]
    concessive = any(tree.lower[c] in embedding().conditions["concessive"] for c in before)
    return f"even {words}" if concessive else words


def condition_of(tree: Tree, i: int) -> str:
    """Return the subordinator of an adverbial clause that is only supposed, "inverted" where word order says so."""
    words = subordinator(tree, i)
    if tree.dep[i] not in ("advcl", "conj"):
        return words if words in UNMISTAKABLE and tree.dep[i] in ("csubj", "nsubj") else ""
    if not words and tree.dep[i] == "advcl" and tree.lower[tree.left[i]] in UNMISTAKABLE:
        return tree.lower[tree.left[i]]  # of "if the envoys leave and rebels attack" parsers mark the first verb alone
    if words == "as long as" and _in_the_past(tree, i):
        return ""  # "as long as the war lasted" says how long
    if words or tree.dep[i] == "conj":
        return words
    return "inverted" if is_inverted(tree, i) else ""


def _in_the_past(tree: Tree, i: int) -> bool:
    return any(tree.tense[w] == "Past" for w in (i, *tree.each(i, "aux", "cop", "aux:pass")))


def joined_to_condition(tree: Tree, i: int, above: Draft | None) -> str:
    """Return the subordinator that a coordinated clause shares: "if Chad attacks and Mali responds, …"."""
    if above is None or not above.condition or tree.dep[i] != "conj" or tree.head[i] != above.token:
        return ""
    main = tree.head[above.token]
    return above.condition if above.token > main or i < main else ""


def is_counterfactual(tree: Tree, i: int) -> bool:
    """Whether "as if" or "as though" introduces a clause: it compares and tells nothing."""
    marks = [tree.lower[c] for c in tree.each(i, "mark")]
    return marks[:1] == ["as"] and marks[1:2] in (["if"], ["though"])


def depends_on_condition(tree: Tree, i: int) -> bool:
    """Whether a clause holds only if an adverbial clause of it does, or if what stands before it does not come true."""
    conditions = [condition_of(tree, c) for c in tree.each(i, "advcl")]
    if any(c and c not in CONCESSIVE for c in conditions):
        return True
    joined = tree.dep[i] in ("conj", "parataxis", "root")
    return joined and any(tree.lower[c] in embedding().conditions["alternatives"] for c in tree.each(i, "advmod"))


def is_stated_first(tree: Tree, i: int) -> bool:
    """Whether a condition of a clause stands before it."""
    return any(c < i and condition_of(tree, c) not in ("", *CONCESSIVE) for c in tree.each(i, "advcl"))


def is_inverted(tree: Tree, i: int) -> bool:
    """Whether a clause opens with its auxiliary, then the subject, and no conjunction: "Had the rebels attacked, …"."""
    first, subject = tree.left[i], tree.child(i, "nsubj", "nsubj:pass")
    return tree.lower[first] in INVERTED and tree.head[first] == i and subject is not None and first < subject < i
