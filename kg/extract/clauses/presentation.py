"""How a clause is presented: polarity, modality and tense, read off its own words and its governor's."""

from __future__ import annotations

from kg.extract.clauses.predicates import Draft
from kg.extract.tree import Tree
from kg.model import Category, Modality

FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo", "gon"})
POSSIBLE = frozenset({"may", "might", "could", "can", "ca"})
WANTED = frozenset({"should", "must", "ought", "need"})
CONDITIONS = frozenset({"if", "unless", "provided", "in case", "should", "whether"})
NOT_DONE = frozenset({"fail", "neglect", "decline", "refuse", "omit", "forget", "cease"})
"""Verbs whose infinitive did not happen."""
AHEAD = frozenset(
    "due set expect schedule likely slate poise anticipate ready bind prepare plan intend hope want aim wish "
    "be promise vow pledge threaten offer agree continue go willing decide".split()
)
"""What an infinitive under these tells is still to come: "is due to meet", "plans to resign"."""
INTENDED = frozenset(
    "hope want wish seek need ready willing offer threaten propose ask urge demand call press "
    "invite request order beg consider suggest recommend encourage persuade push appeal advise require allow "
    "refuse reluctant unwilling able direct instruct tell oblige".split()
)
"""What an infinitive under these tells is wanted or possible, not told as done."""


def present(tree: Tree, draft: Draft, drafts: dict[int, Draft]) -> None:
    """Set `negated`, `modality` and `tense` of one draft; its governor must have been presented before."""
    if draft.category is Category.NOUN and tree.child(draft.token, "cop") is None:
        _present_noun(tree, draft)
        return
    _polarity(tree, draft, drafts)
    _tense(tree, draft)
    _modality(tree, draft, drafts)


def _present_noun(tree: Tree, draft: Draft) -> None:
    """Nouns: only denied by their own determiner here; a light verb adds its own presentation later."""
    if tree.has_no(draft.token) or tree.case(draft.token) == "without" or tree.negated(draft.token):
        draft.negated = True
        draft.rules.append("denied noun")
    lemmas = {tree.lemma[c] for c in tree.each(draft.token, "amod", "advmod")}
    if lemmas & {
        "possible",
        "potential",
        "future",
        "planned",
        "proposed",
        "further",
        "threatened",
        "upcoming",
        "plan",
        "prospective",
        "would-be",
        "alleged",
    }:
        draft.modality = Modality.POSSIBLE
        draft.rules.append("noun presented as possible")


def _polarity(tree: Tree, draft: Draft, drafts: dict[int, Draft]) -> None:
    i = draft.token
    words = [i, *tree.each(i, "aux", "cop", "aux:pass")]
    direct = any(tree.negated(w) for w in words)
    no_longer = any(tree.lower[c] == "longer" and tree.has_no(c) for c in tree.each(i, "advmod"))
    nothing = any(tree.has_no(t) for t in draft.surface) or any(tree.has_no(t) for t, _, _ in draft.object)
    if direct != nothing or no_longer or tree.marker(i) == "without":
        draft.negated = True
        draft.rules.append("negation")
    above = drafts.get(tree.head[i])
    if above is not None and tree.dep[i] == "xcomp" and tree.lemma[above.token] in NOT_DONE and not above.negated:
        draft.negated = not draft.negated
        draft.rules.append(f"not done: {tree.lemma[above.token]} to")
    elif above is not None and tree.dep[i] == "conj" and above.negated and _scopes_over(tree, i, above.token):
        draft.negated = True
        draft.rules.append("negation shared")


def _scopes_over(tree: Tree, i: int, first: int) -> bool:
    """ "did not sign or ratify": negation reaches a conjunct joined by or/nor without a subject or auxiliary."""
    cc = tree.child(i, "cc")
    return cc is not None and tree.lower[cc] in ("or", "nor") and tree.child(i, "nsubj", "aux") is None and first < i


def _tense(tree: Tree, draft: Draft) -> None:
    i = draft.token
    auxiliaries = list(tree.each(i, "aux", "cop", "aux:pass"))
    if any(tree.lower[a] in FUTURE for a in auxiliaries):
        draft.tense = "future"
    elif any(tree.lemma[a] == "have" for a in auxiliaries) or any(tree.tense[w] == "Past" for w in [*auxiliaries, i]):
        draft.tense = "past"
    elif tree.tense[i] == "Pres" or auxiliaries:
        draft.tense = "present"


def _modality(tree: Tree, draft: Draft, drafts: dict[int, Draft]) -> None:
    i = draft.token
    above = drafts.get(draft.governor) if draft.governor is not None else None
    rule = _own_modality(tree, i, draft, above)
    if rule is None:
        rule = _governed_modality(tree, i, draft, above)
    shares = tree.dep[i] == "conj" and above is not None and tree.child(i, "nsubj", "aux") is None
    if rule is None and shares and above is not None and above.category is not Category.NOUN:
        draft.modality = above.modality
        rule = "modality shared" if above.modality is not Modality.REAL else None
    if rule is not None:
        draft.rules.append(rule)


def _own_modality(tree: Tree, i: int, draft: Draft, above: Draft | None) -> str | None:
    conditional = any(tree.marker(c) in CONDITIONS for c in tree.each(i, "advcl"))
    if tree.marker(i) in CONDITIONS and tree.dep[i] in ("advcl", "ccomp", "conj"):
        draft.modality = Modality.CONDITIONAL
        return f"condition: {tree.marker(i)}"
    for a in tree.each(i, "aux"):
        word = tree.lower[a]
        if word in FUTURE:
            draft.modality = Modality.CONDITIONAL if conditional else Modality.FUTURE
        elif word in POSSIBLE:
            draft.modality = Modality.CONDITIONAL if conditional else Modality.POSSIBLE
        elif word in ("would", "'d", "’d"):
            perfect = any(tree.lemma[x] == "have" for x in tree.each(i, "aux"))
            reported = tree.dep[i] in ("ccomp", "parataxis", "conj") and above is not None and above.tense == "past"
            plain = reported and not conditional and not perfect
            draft.modality = Modality.FUTURE if plain else Modality.CONDITIONAL
        elif word in WANTED:
            draft.modality = Modality.WANTED
        else:
            continue
        return f"modal: {word}"
    return None


def _governed_modality(tree: Tree, i: int, draft: Draft, above: Draft | None) -> str | None:
    to = any(tree.lower[c] == "to" and tree.pos[c] == "PART" for c in tree.children[i]) or tree.marker(i) == "to"
    if to and any(tree.lemma[a] == "be" for a in tree.each(i, "aux", "cop")):
        draft.modality, draft.tense = Modality.FUTURE, "future"
        return "is to"
    if not to or above is None:
        return None
    base = tree.lemma[above.token]
    dep = tree.dep[i]
    if dep == "xcomp" or (dep == "ccomp"):
        if base in NOT_DONE:
            return None
        if base in INTENDED:
            draft.modality = Modality.WANTED
            return f"wanted: {base} to"
        if base in AHEAD:
            draft.modality = Modality.FUTURE
            return f"ahead: {base} to"
        return None
    if dep in ("advcl", "acl"):
        draft.modality = Modality.WANTED
        return "purpose infinitive"
    return None
