"""How event nouns are presented: denied, possible, supposed or to come, by the words around them."""

from __future__ import annotations

from kg.extract.clauses.embedded import above_negated, apply
from kg.extract.clauses.predicates import ROUNDS, Draft
from kg.extract.syntax.signatures import embedding
from kg.extract.syntax.tree import Tree
from kg.model import Category, Modality

NOT_BUT = frozenset({"without", "instead of", "rather than"})
"""Prepositions of what was not done."""
INDEFINITE = frozenset({"a", "an", "any", "another", "such"})
DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday week month year weekend".split())
COMING = frozenset({"next", "coming", "upcoming", "forthcoming"})


def present_noun(tree: Tree, draft: Draft, drafts: dict[int, Draft]) -> None:
    """Set polarity and modality of a noun; a light verb adds its own presentation later."""
    i, case = draft.token, tree.case(draft.token)
    if tree.has_no(i) or case in NOT_BUT or tree.negated(i):
        draft.negated = True
        draft.rules.append("denied noun")
    if any(tree.lower[c] == "tomorrow" or is_coming(tree, c) for c in tree.each(i, "nmod:poss")) or is_coming(tree, i):
        draft.modality, draft.tense = Modality.FUTURE, "future"
        draft.rules.append("noun of a time to come")
    _embedded(tree, draft)
    _supposed(tree, draft, drafts)
    if {tree.lemma[c] for c in tree.each(i, "amod", "advmod")} & embedding().beside["adjectives"]:
        draft.modality = Modality.POSSIBLE
        draft.rules.append("noun presented as possible")


def _embedded(tree: Tree, draft: Draft) -> None:
    """A phrase of another noun or adjective: "a lack of agreement", "no prospect of talks"."""
    top = _counting(tree, draft.token)
    above = tree.head[top]
    if tree.dep[top] not in ("nmod", "obl") or tree.pos[above] not in ("NOUN", "ADJ"):
        return
    category = Category.NOUN if tree.pos[above] == "NOUN" else Category.ADJECTIVE
    signature = embedding().of(category, tree.lemma[above], tree.case(top))
    if signature is not None:
        value = signature.under(negated=above_negated(tree, above, None))
        apply(draft, value, Modality.REAL)
        draft.rules.append(f"{signature.name}: {tree.lemma[above]} {tree.case(top)}")


def _supposed(tree: Tree, draft: Draft, drafts: dict[int, Draft]) -> None:
    """A condition ("in case of war") or a subject whose existence the sentence leaves open ("a war is possible")."""
    i, above, case = draft.token, tree.head[draft.token], tree.case(draft.token)
    event = tree.dep[i] == "nmod" and case == "of" and tree.lower[above] == "event" and tree.case(above) == "in"
    if case in embedding().conditions["prepositions"] or event:
        draft.modality = Modality.CONDITIONAL
        draft.rules.append("noun of a condition")
    elif case in embedding().conditions["subordinators"]:
        draft.modality, draft.condition = Modality.CONDITIONAL, case
        draft.rules.append(f"condition: {case}")
    else:
        top = _counting(tree, i)
        _left_open(tree, draft, top, drafts.get(tree.head[top]))


def _left_open(tree: Tree, draft: Draft, top: int, above: Draft | None) -> None:
    if above is None or tree.dep[top] not in ("nsubj", "nsubj:pass"):
        return
    signature = embedding().of(Category.ADJECTIVE, tree.lower[above.token], "subject")
    if signature is not None:
        apply(draft, signature.under(negated=above.negated), Modality.REAL)
        draft.rules.append(f"{signature.name}: {tree.lower[above.token]}")
        return
    determiners = [tree.lower[c] for c in tree.each(top, "det")]
    free = "any" in determiners and above.modality is not Modality.REAL
    may_be = above.modality in (Modality.CONDITIONAL, Modality.POSSIBLE)
    if free or (may_be and any(d in INDEFINITE for d in determiners)):
        draft.modality = Modality.POSSIBLE
        draft.rules.append("noun of what may be")


def _counting(tree: Tree, i: int) -> int:
    """Return the noun that only counts the events of its "of" phrase ("a round of talks"), else the noun itself."""
    above = tree.head[i]
    return above if tree.dep[i] == "nmod" and tree.case(i) == "of" and tree.lemma[above] in ROUNDS else i


def is_coming(tree: Tree, i: int) -> bool:
    """Whether it is to come: "next week's summit", "the upcoming talks"; "the next summit" may be long past."""
    time = tree.lemma[i] in DAYS or tree.lower[i] in DAYS
    return any(
        tree.lower[c] in COMING and (time or tree.lower[c] in ("upcoming", "forthcoming"))
        for c in tree.each(i, "amod", "advmod")
    )
