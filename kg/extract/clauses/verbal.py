"""Arguments of verbal and copular predicates: voice, control, relatives, participles and coordination resolved."""

from __future__ import annotations

from kg.extract.clauses.predicates import Draft, told_with_as
from kg.extract.clauses.voice import JOINING, find_voice, shared_agent
from kg.extract.syntax.repairs import takes_infinitive
from kg.extract.syntax.signatures import embedding
from kg.extract.syntax.tree import Tree
from kg.model import Adnominal, Category

RELATIVES = frozenset({"who", "which", "that", "whom"})
PLACE_RELATIVES = frozenset({"where", "when", "why", "how"})
GERUND_PREPOSITIONS = frozenset({"of", "for", "from", "against", "about", "over", "into", "on"})
ALLOWANCES = frozenset("hour day week month minute year time deadline chance".split())
GIVING = frozenset({"give", "grant", "allow", "lend", "leave"})
"""Verbs whose indirect object does what the infinitive beside them says ("gave them until Friday to leave")."""
SUBJECT_CONTROL = frozenset({"promise", "threaten", "vow", "pledge", "agree", "offer", "refuse", "decline", "propose"})
"""Verbs whose infinitive is done by their subject even where an object stands between (promise somebody to go)."""


def attach_arguments(tree: Tree, drafts: dict[int, Draft]) -> None:
    """Fill the slots of every verbal and copular draft; drafts come governors first."""
    for draft in drafts.values():
        if draft.category is Category.NOUN and not _is_clausal(tree, draft.token):
            continue
        find_voice(tree, draft, drafts)
        _own_arguments(tree, draft)
        _somebody_to_do(tree, draft, drafts)
        _time_to_do(tree, draft, drafts)
        _relative(tree, draft)
        _participle(tree, draft, drafts)
        if not draft.surface:
            _inherit(tree, draft, drafts)
        _settle_subject(tree, draft)
    for draft in drafts.values():
        if draft.shares_voice:
            shared_agent(tree, draft, drafts)


def _is_clausal(tree: Tree, i: int) -> bool:
    return tree.child(i, "cop") is not None


def _own_arguments(tree: Tree, draft: Draft) -> None:
    """Collect the dependents that UD calls core arguments and obliques, by relation."""
    for c in tree.children[draft.token]:
        dep = tree.dep[c]
        if dep.startswith("csubj") and tree.child(draft.token, "expl") is not None and c > draft.token:
            draft.complement.append((c, _complement_marker(tree, c), "clausal complement"))  # "it was reported that"
        elif dep == "nsubj:outer" and tree.child(draft.token, "nsubj", "nsubj:pass") is not None:
            continue  # "the charge is that he asked": what the whole clause is said of does nothing in it
        elif dep == "nsubj:outer" and draft.category is Category.VERB:
            draft.surface += _done_by(tree, c)
        elif dep in ("nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass"):
            draft.surface.append(c)
        elif dep == "obj":
            draft.object.append((c, "", "object"))
        elif dep == "iobj":
            draft.indirect.append((c, "", "indirect object"))
        elif dep in ("ccomp", "xcomp") or (dep == "advcl" and (_for_to(tree, c) or _of_doing(tree, c))):
            draft.complement.append((c, _complement_marker(tree, c), "clausal complement"))
        elif _is_agent(tree, draft, c):
            draft.subject.append((c, "by", "by-agent"))
        elif dep.startswith(("obl", "nmod")) and dep != "nmod:poss":
            case = tree.case(c)
            (draft.oblique if case else draft.modifier).append((c, case, f"oblique {case}".strip()))
        elif dep == "advmod" and tree.child(c, "obl", "fixed") is not None:
            for o in tree.each(c, "obl"):
                draft.oblique.append((o, tree.case(o), "oblique of an adverb"))
    if len(draft.object) == 2 and not draft.indirect and not draft.passive and draft.object[0][0] > draft.token:
        token, marker, _ = draft.object.pop(0)  # of two objects the first receives the second
        draft.indirect.append((token, marker, "first of two objects"))
    if draft.category is Category.VERB and not draft.object and not draft.passive:
        _shared_object(tree, draft)


def _is_agent(tree: Tree, draft: Draft, i: int) -> bool:
    """Whether a phrase names with "by" who does it: of an active verb with a subject that does it, it never does."""
    if tree.dep[i] == "obl:agent":
        return draft.passive or tree.child(draft.token, "nsubj") is None
    return tree.dep[i] == "obl" and draft.passive and tree.case(i) == "by" and tree.entity[i] != "DATE"


def _done_by(tree: Tree, i: int) -> list[int]:
    """Who does what a copula equates with a phrase: "all we need to do is ask her", "what they did was leave".

    The phrase itself does nothing: "the aim is to sign".
    """
    return [s for c in tree.each(i, "acl:relcl", "acl") for s in tree.each(c, "nsubj")]


def _shared_object(tree: Tree, draft: Draft) -> None:
    """ "did not release or exchange the hostages": the object after the last of adjacent verbs is that of each."""
    for verb in tree.each(draft.token, "conj"):
        between = range(draft.token + 1, verb)
        if tree.pos[verb] == "VERB" and len(between) < 4 and all(tree.pos[t] in JOINING for t in between):
            draft.object += [(o, "", "object shared") for o in tree.each(verb, "obj") if o > verb]


def _of_doing(tree: Tree, i: int) -> bool:
    """ "accused them of planting", "blamed it for failing": what the preposition's gerund says is no circumstance."""
    return tree.marker(i) in GERUND_PREPOSITIONS and tree.lower[i].endswith("ing")


def _for_to(tree: Tree, i: int) -> bool:
    """ "for Russia to agree": an infinitive with a subject of its own is what is wanted, not a purpose."""
    return tree.marker(i) == "for" and tree.child(i, "nsubj", "nsubj:pass") is not None


def _somebody_to_do(tree: Tree, draft: Draft, drafts: dict[int, Draft]) -> None:
    """ "called for Peru to agree" parsed as a phrase "for Peru" beside "to agree": put together again."""
    for k, (t, marker, _) in enumerate(draft.oblique):
        to = tree.right[t] + 1
        if marker != "for" and (marker not in ("on", "upon") or not takes_infinitive(draft.lemma)):
            continue
        if to >= len(tree) or tree.lower[to] != "to" or tree.pos[to] != "PART":
            continue
        verb = tree.head[to]
        if verb in drafts and tree.head[verb] in (draft.token, t):
            draft.complement = [c for c in draft.complement if c[0] != verb]
            draft.complement.append((verb, "for" if marker == "for" else "to", f"{marker} somebody to do"))
            drafts[verb].surface = [t]
            if marker == "for":
                del draft.oblique[k]
            return
    if draft.complement or draft.passive or not takes_infinitive(tree.lemma[draft.token]):
        return
    for t, _, _ in draft.object[-1:]:
        to = max(tree.right[c] for c in [t, *tree.each(t, "conj")] if tree.dep[c] != "acl") + 1
        to = min((c for c in range(t + 1, min(to + 1, len(tree))) if _starts_infinitive(tree, c)), default=to)
        if to < len(tree) and _starts_infinitive(tree, to) and tree.head[to] in drafts:
            verb = tree.head[to]
            if tree.head[verb] in (draft.token, t):
                draft.complement.append((verb, "to", "object is to do"))
                drafts[verb].surface = [t]


def _time_to_do(tree: Tree, draft: Draft, drafts: dict[int, Draft]) -> None:
    """ "gave its partners two days to withdraw": who is given the time is to do it."""
    for t, _, _ in draft.object:
        if tree.lemma[t] not in ALLOWANCES or not draft.indirect or draft.complement:
            continue
        verb = tree.child(t, "acl") or tree.child(draft.token, "advcl")
        if verb is not None and verb in drafts and verb > t and tree.marker(verb) == "to":
            draft.complement.append((verb, "to", "time to do"))
            drafts[verb].surface = [i for i, _, _ in draft.indirect]


def _starts_infinitive(tree: Tree, i: int) -> bool:
    return tree.lower[i] == "to" and tree.pos[i] == "PART"


def _complement_marker(tree: Tree, i: int) -> str:
    marker = tree.marker(i)
    if marker:
        return marker
    if any(tree.lower[c] == "to" and tree.pos[c] == "PART" for c in tree.children[i]):
        return "to"
    if tree.lower[i].endswith("ing") and tree.child(i, "aux", "nsubj") is None:
        return "ing"
    return ""


def _relative(tree: Tree, draft: Draft) -> None:
    """A relative pronoun stands for its antecedent; where none is spoken, the gap is the missing object."""
    clause = draft.token
    while tree.dep[clause] in ("conj", "xcomp", "ccomp") and tree.dep[clause] != "acl:relcl":
        clause = tree.head[clause]
        if clause == tree.head[clause]:
            return
    if tree.dep[clause] != "acl:relcl":
        return
    antecedent = tree.head[clause]
    found = False

    def stands(t: int) -> bool:
        return tree.lower[t] in RELATIVES and tree.pos[t] in ("PRON", "SCONJ", "DET") and t < draft.token

    if any(stands(s) for s in draft.surface):
        draft.surface = [antecedent if stands(s) else s for s in draft.surface]
        found = True
    for slot in (draft.object, draft.indirect, draft.oblique, draft.subject):
        for k, (t, marker, rule) in enumerate(slot):
            if stands(t):
                slot[k] = (antecedent, marker, f"{rule}, relative")
                found = True
    if any(tree.lower[c] == "where" for c in tree.each(draft.token, "advmod")) and clause == draft.token:
        draft.oblique.append((antecedent, "in", "relative where"))
    if found:
        draft.adnominal = Adnominal.RELATIVE
        draft.rules.append("relative clause")
    elif (
        clause == draft.token
        and draft.category is Category.VERB
        and draft.surface
        and not draft.object
        and not draft.passive
        and not draft.complement
        and not any(tree.lower[c] in PLACE_RELATIVES for c in tree.children[clause])
    ):
        stranded = _stranded(tree, draft.token)
        (draft.oblique if stranded else draft.object).append((antecedent, stranded, "relative gap"))
        draft.rules.append("reduced relative clause")


def _stranded(tree: Tree, i: int) -> str:
    """The preposition that a gap leaves behind its verb: "the raise they had asked for"."""
    alone = (c for c in tree.children[i] if c > i and tree.pos[c] == "ADP" and not tree.children[c])
    return next((tree.lower[c] for c in alone if tree.lower[c] in GERUND_PREPOSITIONS), "")


def _participle(tree: Tree, draft: Draft, drafts: dict[int, Draft]) -> None:
    """A participle after a noun has that noun as its subject ("buses carrying …") or object ("the order issued …")."""
    i = draft.token
    if draft.surface or tree.dep[i] not in ("acl", "amod") or draft.category is not Category.VERB:
        return
    if tree.form[i] not in ("Part", "Ger") and not (draft.passive or tree.lower[i].endswith("ing")):
        return
    if tree.marker(i):
        return
    noun = tree.head[i]
    carrier = drafts.get(tree.head[noun]) if tree.dep[noun] == "obj" else None
    sent = carrier is not None and carrier.lemma in embedding().sending and tree.lemma[noun] in embedding().messages
    if sent and carrier is not None and carrier.surface and not draft.passive:
        draft.surface = list(carrier.surface)
        draft.rules.append("participle of a message")
        return
    draft.surface = [noun]
    draft.adnominal = Adnominal.PARTICIPLE
    draft.rules.append("participle of a noun")


def _inherit(tree: Tree, draft: Draft, drafts: dict[int, Draft]) -> None:
    """Control, raising and shared subjects: whose subject an unspoken subject is."""
    i, dep = draft.token, tree.dep[draft.token]
    above = drafts.get(tree.head[i])
    if above is None and dep.startswith("acl") and draft.governor is not None:
        above = drafts[draft.governor]
    if above is None:
        return
    if dep == "conj":
        draft.surface, rule = list(above.surface), "shared subject"
        if above.category is Category.NOUN:
            return
        draft.shares_subject = bool(draft.surface)
    elif dep in ("xcomp", "ccomp") or (dep == "advcl" and tree.marker(i) in ("to", "")):
        controllers = [t for t, _, _ in above.indirect] or [t for t, _, _ in above.object]
        complement = dep != "advcl" or any(t == i for t, _, _ in above.complement)
        given = bool(above.indirect) or any(m == "until" for _, m, _ in above.oblique)
        complement |= given and above.lemma in GIVING and not above.passive
        if complement and controllers and not above.passive and above.lemma not in SUBJECT_CONTROL:
            draft.surface, rule = controllers, "object control"
        else:
            draft.surface, rule = list(above.surface), "subject control"
            draft.shares_subject = bool(draft.surface)
    elif dep == "advcl" and (
        told_with_as(tree, i) or (_of_doing(tree, i) and any(t == i for t, _, _ in above.complement))
    ):
        towards = [] if above.passive else [t for t, _, _ in above.indirect or above.object]
        draft.surface, rule = towards or list(above.surface), "object control" if towards else "subject control"
        draft.shares_subject = not towards and bool(draft.surface)
    elif dep == "acl" and above.category is Category.NOUN:
        draft.governor = above.token
        return  # settled once the noun's own participants are known, see nominal.py
    elif dep in ("advcl", "acl", "parataxis", "advcl:relcl"):
        if any(tree.form[c] == "Fin" for c in [i, *tree.each(i, "aux", "cop", "aux:pass")]):
            return
        draft.surface, rule = list(above.surface), "subject of the main clause"
    else:
        return
    if draft.surface:
        draft.rules.append(rule)


def _settle_subject(tree: Tree, draft: Draft) -> None:
    """Turn the grammatical subject into the slot its voice gives it; "under attack" is as good as a passive."""
    if draft.category is Category.NOUN and tree.case(draft.token) == "under":
        draft.oblique += [(t, "on", "subject of what it is under") for t in draft.surface]
    elif draft.passive:
        entry = [(t, "", "subject of the passive") for t in draft.surface]
        if draft.object:
            draft.indirect = entry + draft.indirect
        else:
            draft.object = entry + draft.object
    else:
        draft.subject = [(t, "", "subject") for t in draft.surface] + draft.subject
