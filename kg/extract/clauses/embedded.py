"""What a word above a clause says about the truth of the clause: the table of signatures applied to the tree."""

from __future__ import annotations

from kg.extract.clauses.predicates import Draft
from kg.extract.syntax.signatures import Entailment, Signature, embedding
from kg.extract.syntax.tree import Tree
from kg.model import Category, Modality

COMPLEMENTS = ("xcomp", "ccomp", "csubj", "csubj:pass", "acl", "advcl")
SINGULAR = frozenset({"he", "she", "it", "this", "that", "everyone", "everybody", "nobody", "each"})
INVARIANT = frozenset("put set cut hit let shut cost hurt split spread quit rid beat cast burst bid read".split())
"""Verbs whose past is their bare form; of all others, what taggers call a past of this form is none."""
RANKS = frozenset({"first", "second", "third", "last", "latest", "only", "youngest", "oldest"})
DENYING = frozenset({"deny", "disclaim", "disavow", "lack"})
"""Verbs that say that their object is not there: "denied any intention of leaving", "lacks the means to fight"."""
_ADJECTIVAL = frozenset({"ADJ", "ADV"})


def embed(tree: Tree, draft: Draft, drafts: dict[int, Draft], *, told: bool) -> str | None:
    """Set polarity and modality of a complement by what embeds it, and return the rule.

    `told` says that its own words have settled its modality; an infinitive has none.
    """
    i = draft.token
    to = _is_infinitive(tree, i)
    if to and any(tree.lemma[a] == "be" for a in tree.each(i, "aux", "cop")) and not told:
        draft.modality, draft.tense = Modality.FUTURE, "future"
        draft.modal = draft.modal or "is to"
        return "is to"
    if not told and not to and _is_equated(tree, i):
        draft.modality = Modality.WANTED
        return "equated with what is to be done"
    head = tree.head[i]
    above = drafts.get(head)
    if tree.dep[i] not in COMPLEMENTS or head == i:
        return None
    if to and tree.dep[i] == "xcomp" and tree.lemma[head] == "come" and _closely(tree, head):
        draft.modality = Modality.POSSIBLE
        return "came close to"
    kinds = _kinds(tree, draft, above, to=to)
    finite = "that" in kinds
    signature = _signature(tree, draft, head, above, kinds)
    if signature is not None:
        negated = above_negated(tree, head, above)
        apply(draft, signature.under(negated=negated), above.modality if above is not None else Modality.REAL)
        return f"{signature.name}: {tree.lemma[head]}{', denied' if negated else ''}"
    if told or finite:
        return None
    if to and tree.dep[i] in ("advcl", "acl") and not _is_ranked(tree, head):
        draft.modality = Modality.WANTED
        draft.purpose = True
        return "purpose infinitive"
    if above is None:
        return None
    inherits = tree.dep[i] == "xcomp" or (to and tree.dep[i] == "ccomp")
    if inherits and above.modality is not Modality.REAL and (to or above.token == head):
        draft.modality = above.modality
        return f"modality of {tree.lemma[head]}"
    return None


def apply(draft: Draft, value: Entailment, above: Modality) -> None:
    """Set what follows for a complement under a word of this modality."""
    untold = above in (Modality.POSSIBLE, Modality.CONDITIONAL, Modality.WANTED)
    if value is Entailment.WANTED:
        draft.modality = Modality.WANTED
    elif value is Entailment.OPEN:
        draft.modality = Modality.POSSIBLE
    elif value is Entailment.FUTURE:
        draft.modality = above if untold else Modality.FUTURE
    elif value is Entailment.TRUE and above is not Modality.REAL:
        draft.modality = above
    elif value is Entailment.FALSE:
        if untold:
            draft.modality = above  # "may refuse to sign" leaves the signing open
        else:
            draft.negated = not draft.negated
            draft.modality = above if draft.modality is Modality.REAL else draft.modality


def above_negated(tree: Tree, head: int, above: Draft | None) -> bool:
    """Whether the embedding word is denied, be it by its determiner or by the verb whose object it is."""
    if tree.pos[head] != "NOUN":
        return above.negated if above is not None else tree.negated(head)
    verb = tree.head[head]
    lent = tree.dep[head] == "obj" and (tree.negated(verb) or tree.lemma[verb] in DENYING)
    return tree.has_no(head) or tree.negated(head) or lent or tree.case(head) == "without"


def _signature(tree: Tree, draft: Draft, head: int, above: Draft | None, kinds: tuple[str, ...]) -> Signature | None:
    lemma = above.lemma if above is not None else tree.lemma[head]
    if tree.pos[head] in ("NOUN", "PROPN"):
        return embedding().of(Category.NOUN, tree.lemma[head], *kinds)
    if tree.pos[head] not in _ADJECTIVAL:
        plain = tree.dep[draft.token] != "advcl" or not {"to", "that"} & set(kinds)
        return embedding().of(Category.VERB, lemma, *kinds) if plain else None
    if "to" in kinds and any(tree.lower[c] == "too" for c in tree.each(head, "advmod")):
        return TOO
    found = embedding().of(Category.ADJECTIVE, tree.lower[head], *kinds)
    return found or embedding().of(Category.VERB, tree.lemma[head], *kinds)


TOO = Signature("too much so to", Entailment.FALSE, Entailment.OPEN)
"""The signature of any adjective after "too": "too weak to resist"."""


def _kinds(tree: Tree, draft: Draft, above: Draft | None, *, to: bool) -> tuple[str, ...]:
    """Return which kinds of complement a clause is, the most particular first."""
    i, marker = draft.token, tree.marker(draft.token)
    if to:
        return ("to",)
    alone = tree.child(i, "nsubj") is None or marker == "of"  # "the risk of rebels taking the town"
    if tree.lower[i].endswith("ing") and alone and tree.child(i, "aux") is None:
        return (marker,) if marker else ("ing",)
    if tree.dep[i] == "xcomp":
        if draft.category is not Category.VERB:
            return ()
        return ("done",) if draft.passive else ("bare",) if tree.lower[i] == tree.lemma[i] else ()
    finite = tree.dep[i] in ("ccomp", "csubj", "csubj:pass") or (tree.dep[i] == "acl" and marker == "that")
    if not finite or marker not in ("that", ""):
        return ()
    if _is_mandative(tree, draft.token):
        return ("mandative", "that")
    bare = tree.pos[i] == "VERB" and tree.lower[i] == tree.lemma[i] and tree.tense[i] != "Past"
    bare = bare and tree.child(i, "aux", "aux:pass") is None
    return ("present", "that") if bare and above is not None and above.tense == "past" else ("that",)


def _is_mandative(tree: Tree, i: int) -> bool:
    """Whether a finite clause is in the subjunctive or has "should": "that he leave", "that they be released".

    The subjunctive is the bare form where the indicative would have an ending for its singular subject.
    """
    auxiliaries = list(tree.each(i, "aux", "aux:pass", "cop"))
    if any(tree.lower[a] == "should" for a in auxiliaries):
        return True
    if auxiliaries:
        return tree.lower[auxiliaries[0]] == "be"
    if tree.pos[i] != "VERB" or tree.lower[i] != tree.lemma[i] or tree.lower[i] in INVARIANT:
        return False
    subject = tree.child(i, "nsubj")
    if subject is None:
        return False
    name = tree.pos[subject] == "PROPN" and not tree.lower[subject].endswith("s")
    noun = tree.pos[subject] == "NOUN" and tree.child(subject, "det") is not None
    noun = noun and tree.lower[subject] == tree.lemma[subject]
    return tree.child(subject, "conj") is None and (name or noun or tree.lower[subject] in SINGULAR)


def _is_infinitive(tree: Tree, i: int) -> bool:
    return any(tree.lower[c] == "to" and tree.pos[c] == "PART" for c in tree.children[i]) or tree.marker(i) == "to"


def _is_equated(tree: Tree, i: int) -> bool:
    """Whether a bare infinitive is equated with what is yet to be done: "all we need to do is ask"."""
    outer = tree.child(i, "nsubj:outer")
    if outer is None or tree.pos[i] != "VERB" or tree.lower[i] != tree.lemma[i]:
        return False
    return not any(tree.lemma[c] == "do" for c in tree.each(outer, "acl:relcl", "acl"))


def _is_ranked(tree: Tree, head: int) -> bool:
    """Whether an infinitive says which one a noun means: "the first state to recognise it" did."""
    return tree.pos[head] == "NOUN" and any(tree.lower[c] in RANKS for c in tree.each(head, "amod"))


def _closely(tree: Tree, head: int) -> bool:
    return any(tree.lower[c] == "close" for c in tree.each(head, "advmod"))
