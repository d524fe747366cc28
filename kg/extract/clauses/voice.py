"""Voice: which predicates are passive, spoken so, or by the participle alone, or as the verb they are joined to."""

from __future__ import annotations

from kg.extract.clauses.predicates import Draft
from kg.extract.syntax.tree import Tree
from kg.model import Category

JOINING = frozenset({"CCONJ", "ADV", "PUNCT"})
CAUSATIVE = frozenset({"have", "get", "keep"})
RESULTING = CAUSATIVE | {"see", "want", "need", "leave", "find", "hear", "like", "order"}
"""Verbs whose object is followed by what is done to it: "had them freed", "wants it closed"."""


def find_voice(tree: Tree, draft: Draft, drafts: dict[int, Draft]) -> None:
    """A passive auxiliary or subject, a participle that describes a noun, or a verb joined to a passive one."""
    i = draft.token
    auxiliaries = [tree.lemma[a] for a in tree.each(i, "aux", "aux:pass", "cop")]
    active = bool(auxiliaries) and not {"be", "get"} & set(auxiliaries)
    if tree.child(i, "nsubj:pass", "aux:pass", "csubj:pass") is not None and not active:
        draft.passive = True  # parsers confuse "had called" with a passive; without be or get there is none
        draft.rules.append("passive")
    elif _describes(tree, draft) or _is_result(tree, draft, drafts) or _is_absolute(tree, draft):
        draft.passive = True
        draft.rules.append("past participle as passive")
    elif _joined_to_passive(tree, draft, drafts):
        draft.passive = True
        draft.shares_voice = True
        draft.rules.append("passive shared")


def _describes(tree: Tree, draft: Draft) -> bool:
    """ "the bridge destroyed in May", "Asked about it, …": a past participle with neither subject nor object."""
    i = draft.token
    past = draft.category is Category.VERB and tree.form[i] == "Part" and tree.tense[i] == "Past"
    alone = tree.child(i, "nsubj", "aux", "obj") is None
    return past and alone and tree.dep[i] in ("acl", "advcl", "amod", "acl:relcl")


def _bare_participle(tree: Tree, draft: Draft) -> bool:
    i = draft.token
    past = draft.category is Category.VERB and tree.form[i] == "Part" and tree.tense[i] == "Past"
    return past and tree.child(i, "aux", "aux:pass", "mark", "obj", "ccomp", "cop") is None


def _is_result(tree: Tree, draft: Draft, drafts: dict[int, Draft]) -> bool:
    """ "had the prisoners freed", "keeps the border closed": what is done to the object of the verb above."""
    above = drafts.get(tree.head[draft.token])
    if above is None or tree.dep[draft.token] != "xcomp" or not above.object or above.lemma not in RESULTING:
        return False
    own = any(tree.child(t, "nmod:poss") is not None for t, _, _ in above.object)
    if above.lemma in CAUSATIVE and not own and _bare_participle(tree, draft):  # "had his leg broken" he did not do
        draft.subject += [(t, "", "causer") for t in above.surface]
    return _bare_participle(tree, draft)


def _is_absolute(tree: Tree, draft: Draft) -> bool:
    """ "The hostages released, the army left": a participle with a subject of its own beside the main clause."""
    subject = tree.child(draft.token, "nsubj")
    i = draft.token  # taggers take it for finite, but without a conjunction before its main clause it cannot be
    beside = tree.dep[i] == "advcl" and tree.head[i] > i and tree.tense[i] == "Past"
    alone = tree.child(i, "aux", "aux:pass", "mark", "obj", "ccomp", "cop", "advmod", "obl") is None
    return beside and subject is not None and subject < i and alone


def _joined_to_passive(tree: Tree, draft: Draft, drafts: dict[int, Draft]) -> bool:
    """ "was welcomed by Oman but rejected by Iran": the auxiliary is said once and the second participle shares it."""
    i = draft.token
    above = drafts.get(tree.head[i])
    if above is None or not above.passive or tree.dep[i] != "conj" or draft.category is not Category.VERB:
        return False
    if tree.tense[i] != "Past" or tree.child(i, "nsubj", "nsubj:pass", "aux", "aux:pass", "obj", "ccomp") is not None:
        return False
    by = any(tree.dep[c] == "obl:agent" for c in tree.children[i])
    return tree.form[i] == "Part" or by


def shared_agent(tree: Tree, draft: Draft, drafts: dict[int, Draft]) -> None:
    """ "was shelled and burned by the militia": the agent after the last of adjacent passives is that of each."""
    above = drafts[tree.head[draft.token]]
    between = range(above.token + 1, draft.token)
    if above.passive and not above.subject and len(between) < 4 and all(tree.pos[t] in JOINING for t in between):
        above.subject = [(t, m, "agent shared") for t, m, _ in draft.subject if m == "by"]
