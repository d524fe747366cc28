"""From dependency trees to clauses: who does what to whom, how it is presented, and who says so.

The method follows PredPatt (White et al. 2016) in reading predicate-argument structure off Universal Dependencies with
named rules, and extends it to nominal predicates, light verbs, control and attribution. Every clause and argument
carries the names of the rules that made it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from kg.extract.clauses.assemble import assemble
from kg.extract.clauses.attribution import find_attributions
from kg.extract.clauses.nominal import attach_nominal_arguments
from kg.extract.clauses.predicates import find_predicates
from kg.extract.clauses.presentation import present
from kg.extract.clauses.verbal import attach_arguments
from kg.extract.syntax.quotes import find_quotations
from kg.extract.syntax.tree import Tree, read_tree
from kg.model import Attribution, Category, Clause, Mention

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["find_clauses"]


def find_clauses(
    doc: Doc,
    mentions: Sequence[Mention],
    *,
    nominals: AbstractSet[str],
    cues: Mapping[str, tuple[str, ...]],
    tree: Tree | None = None,
    events: AbstractSet[int] = frozenset(),
) -> tuple[tuple[Clause, ...], tuple[Attribution, ...]]:
    """Find the clauses and attributions of a parsed text, in text order.

    `nominals` are the lemmas of nouns that denote events, `cues` the verbs and nouns that attribute, each with the
    slots its content may stand in ("complement", "object", "quote", or a preposition);
    `events` are the characters at which words begin that were read as telling events;
    `tree` is the tree of `doc`, if it has been read already.
    """
    tree = tree or read_tree(doc)
    drafts = find_predicates(tree, nominals, events)
    attach_arguments(tree, drafts)
    for draft in drafts.values():
        if draft.category is not Category.NOUN:
            present(tree, draft, drafts)
    for draft in drafts.values():
        if draft.category is Category.NOUN:
            present(tree, draft, drafts)
    attach_nominal_arguments(tree, drafts)
    quotations = find_quotations(doc.text)
    clauses, order = assemble(tree, drafts, mentions, quotations)
    attributions = find_attributions(tree, clauses, order, mentions, quotations, doc.text, cues=cues)
    return clauses, attributions
