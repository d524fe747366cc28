"""How a clause is presented: polarity, modality, tense and aspect, read off its own words and its governor's."""

from __future__ import annotations

from kg.extract.clauses.conditions import (
    condition_of,
    depends_on_condition,
    is_counterfactual,
    is_stated_first,
    joined_to_condition,
    subordinator,
)
from kg.extract.clauses.embedded import embed
from kg.extract.clauses.predicates import Draft
from kg.extract.clauses.presented_nouns import is_coming, present_noun
from kg.extract.syntax.signatures import embedding
from kg.extract.syntax.tree import Tree
from kg.model import Category, Modality

FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo", "gon"})
POSSIBLE = frozenset({"may", "might", "could", "can", "ca"})
WANTED = frozenset({"should", "must", "ought", "need"})
NOT_BUT = frozenset({"without", "instead of", "rather than"})
"""Subordinators of what was not done."""
QUESTIONING = frozenset({"who", "whom", "what", "when", "where", "why", "how", "which", "whose"})
WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
ADVERBIAL = ("obl", "obl:unmarked", "obl:tmod", "advmod", "nmod:unmarked", "obl:npmod")


def present(tree: Tree, draft: Draft, drafts: dict[int, Draft]) -> None:
    """Set polarity, modality, tense and aspect of one draft; its governor must have been presented before."""
    if draft.category is Category.NOUN and tree.child(draft.token, "cop") is None:
        present_noun(tree, draft, drafts)
        return
    _polarity(tree, draft, drafts)
    _tense(tree, draft)
    _modality(tree, draft, drafts)


def _polarity(tree: Tree, draft: Draft, drafts: dict[int, Draft]) -> None:
    """Set the polarity by negation words of the clause and of its arguments."""
    i = draft.token
    words = [i, *tree.each(i, "aux", "cop", "aux:pass")]
    direct = any(tree.negated(w) for w in words)
    no_longer = any(tree.lower[c] == "longer" and tree.has_no(c) for c in tree.each(i, "advmod"))
    nothing = any(tree.has_no(t) for t in draft.surface) or any(tree.has_no(t) for t, _, _ in draft.object)
    if direct != nothing or no_longer or tree.marker(i) in NOT_BUT:
        draft.negated = True
        draft.rules.append("negation")
    above, mark = drafts.get(tree.head[i]), tree.child(i, "mark")
    if mark is not None and mark > 0 and tree.lower[mark] == "to" and tree.lower[mark - 1] == "yet":
        draft.negated = True
        draft.rules.append("not done: yet to")
    elif above is not None and tree.dep[i] == "conj" and above.negated and _scopes_over(tree, i, above.token):
        draft.negated = True
        draft.rules.append("negation shared")


def _scopes_over(tree: Tree, i: int, first: int) -> bool:
    """Whether negation reaches a conjunct, joined without a subject or auxiliary: "did not sign or ratify"."""
    cc = tree.child(i, "cc")
    return cc is not None and tree.lower[cc] in ("or", "nor") and tree.child(i, "nsubj", "aux") is None and first < i


def _tense(tree: Tree, draft: Draft) -> None:
    i = draft.token
    auxiliaries = list(tree.each(i, "aux", "cop", "aux:pass"))
    have = next((a for a in auxiliaries if tree.lemma[a] == "have"), None)
    if any(tree.lower[a] in FUTURE for a in auxiliaries):
        draft.tense = "future"
    elif have is not None or any(tree.tense[w] == "Past" for w in [*auxiliaries, i]):
        draft.tense = "past"
    elif tree.tense[i] == "Pres" or auxiliaries:
        draft.tense = "present"
    if tree.lower[i].endswith("ing") and any(tree.lemma[a] == "be" for a in tree.each(i, "aux")):
        draft.aspect = "progressive"
    elif have is not None:
        draft.aspect = "pluperfect" if tree.tense[have] == "Past" or tree.lower[have] in ("had", "'d") else "perfect"
    elif draft.category is Category.VERB:
        draft.aspect = "simple"


def _modality(tree: Tree, draft: Draft, drafts: dict[int, Draft]) -> None:
    """Set how real it is told: by its own words, then by what embeds it, else as the verb it is joined to."""
    i = draft.token
    above = drafts.get(draft.governor) if draft.governor is not None else None
    rule = _supposed(tree, i, draft, above) or _own_modality(tree, i, draft, above)
    embedded = embed(tree, draft, drafts, told=rule is not None)
    shares = tree.dep[i] == "conj" and above is not None and tree.child(i, "nsubj", "aux") is None
    if rule is None and embedded is None and shares and above is not None and above.category is not Category.NOUN:
        draft.modality = above.modality
        rule = "modality shared" if above.modality is not Modality.REAL else None
    draft.rules.extend(r for r in (rule, embedded) if r is not None)


def _supposed(tree: Tree, i: int, draft: Draft, above: Draft | None) -> str | None:
    """A condition, what is joined to one, an indirect question, a comparison with what is not."""
    condition = condition_of(tree, i) or joined_to_condition(tree, i, above)
    if condition:
        draft.condition, draft.modality = condition, Modality.CONDITIONAL
        return f"condition: {condition}"
    if tree.dep[i] == "ccomp" and (words := subordinator(tree, i)):
        draft.modality = Modality.CONDITIONAL
        return f"condition: {words}"
    if is_counterfactual(tree, i):
        draft.modality = Modality.POSSIBLE
        return "as if"
    return None


def _own_modality(tree: Tree, i: int, draft: Draft, above: Draft | None) -> str | None:
    """Its own words: a question, an order, "perhaps", a modal verb, a condition it depends on, a time to come."""
    conditional = depends_on_condition(tree, i)
    doubtful = [tree.lower[c] for c in tree.each(i, "advmod") if tree.lower[c] in embedding().beside["adverbs"]]
    if _is_asked(tree, i) or doubtful:
        draft.modality = Modality.POSSIBLE
        return "question" if _is_asked(tree, i) else f"adverb: {doubtful[0]}"
    if _is_order(tree, i):
        draft.modality = Modality.WANTED
        return "imperative"
    modal = _modal(tree, i, draft, above, conditional=conditional)
    if modal is not None:
        draft.modal = modal
        return f"modal: {modal}"
    embeds = tree.child(i, "ccomp", "xcomp") is not None or any(tree.lower[t] == "i" for t in draft.surface)
    if conditional and not embeds and (draft.tense != "past" or is_stated_first(tree, i)):
        # a condition after a verb in the past, or beside a complement, belongs to that ("asked them to leave if
        # needed"), and who says "I urge you" does so, whatever he supposes
        draft.modality = Modality.CONDITIONAL
        return "consequence of a condition"
    if _is_scheduled(tree, i, draft):
        draft.modality, draft.tense, draft.scheduled = Modality.FUTURE, "future", True
        return "present of a time to come"
    return None


def _modal(tree: Tree, i: int, draft: Draft, above: Draft | None, *, conditional: bool) -> str | None:
    """Set the modality by the first modal auxiliary, and return it."""
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
        return word
    return None


def _is_asked(tree: Tree, i: int) -> bool:
    """ "Will they attack?": a question for yes or no; "who attacked?" takes for granted that somebody did."""
    if not any(tree.lower[c] == "?" and c > i for c in tree.each(i, "punct")):
        return False
    first, subject = tree.child(i, "aux", "aux:pass", "cop"), tree.child(i, "nsubj", "nsubj:pass", "expl")
    if first is None or subject is None or first > subject:
        return False
    return not any(tree.lower[t] in QUESTIONING for t in range(tree.left[i], first))


def _is_order(tree: Tree, i: int) -> bool:
    """ "Release the hostages!": a bare verb at the start of its sentence or quotation, and no subject."""
    if tree.pos[i] != "VERB" or tree.lower[i] != tree.lemma[i] or tree.tense[i] or tree.form[i] in ("Part", "Ger"):
        return False
    if tree.dep[i] not in ("root", "ccomp", "parataxis") or tree.child(i, "nsubj", "nsubj:pass", "csubj") is not None:
        return False
    words = [c for c in tree.each(i, "aux", "mark", "advmod", "discourse", "obl") if c < i]
    if any(tree.lower[c] not in ("do", "please", "not", "n't", "n’t", "never") for c in words):
        return False
    k = min([i, *words]) - 1
    return k < 0 or tree.sentence[k] != tree.sentence[i] or tree.lower[k] in ('"', "“", "'", "‘", "«", "„", ":")


def _is_scheduled(tree: Tree, i: int, draft: Draft) -> bool:
    """Whether the present with a time to come tells a plan: "are meeting on Monday", "attack next week".

    With a mere weekday the simple present tells one only of what stands in timetables ("the court meets on Monday");
    elsewhere it is that of headlines and captions ("police storm camp on Monday").
    """
    if draft.category is not Category.VERB or draft.tense != "present" or tree.child(i, "ccomp") is not None:
        return False
    going = draft.aspect == "progressive"
    if not going and not (tree.form[i] == "Fin" and tree.tense[i] == "Pres"):
        return False
    planned = going or draft.lemma in embedding().timetable
    return any(
        tree.lower[t] == "tomorrow"
        or is_coming(tree, t)
        or (planned and tree.lower[t] in WEEKDAYS and tree.case(t) in ("on", "") and tree.child(t, "det") is None)
        for t in tree.each(i, *ADVERBIAL)
    )
