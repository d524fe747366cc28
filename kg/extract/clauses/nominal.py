"""Arguments of event nouns: possessors, prepositions, nationality words, and what a light verb lends them."""

from __future__ import annotations

from kg.extract.clauses.embedded import apply
from kg.extract.clauses.predicates import ROUNDS, Draft
from kg.extract.syntax.signatures import Entailment, embedding
from kg.extract.syntax.tree import Tree
from kg.model import Category, Modality, Support

LIGHT = frozenset(
    "make hold take give issue launch conduct reach strike stage mount have submit lodge extend sign conclude "
    "impose begin start resume continue open initiate undertake pursue enter join attend voice express deliver "
    "present file bring renew repeat reiterate send table announce declare wage commence complete carry "
    "perform pay arrange schedule prolong tighten enforce widen escalate intensify level direct provide host maintain "
    "orchestrate organise organize lead spearhead convene inflict put form draft".split()
) | frozenset({"carry out", "put forward", "put out", "set out", "call off", "kick off", "work out", "hammer out"})
"""Verbs that say little more than that the event their object names is done by their subject."""

RECEIVING = frozenset({"receive", "get", "face", "win", "secure", "obtain"})
MAKING = frozenset("propose offer suggest publish unveil".split())
"""Further verbs whose subject is whose the plan, offer or demand is that a relative clause with them describes."""
OWNING = frozenset(
    "introduce withdraw retract rescind drop abandon shelve soften unveil outline publish detail float push press "
    "promote".split()
) | frozenset({"take back", "lay out", "spell out", "tone down", "water down"})
"""Verbs that only whose word it is can do with it: he puts it forward, stands by it, or takes it back."""
OCCURRING = frozenset(
    "take occur happen begin start commence end collapse fail resume continue follow proceed materialise "
    "materialize unfold break erupt last stall conclude remain open go".split()
)
LIGHT_OBLIQUES = frozenset(
    tuple(pair.split("_"))
    for pair in "engage_in enter_into participate_in take_in go_on be_in go_into join_in sit_for meet_for embark_on "
    "come_under remain_under stay_under respond_with host_for receive_for join_for".split()
)
"""Verbs that are light with one preposition: engage in talks, go on strike, come under attack."""
MEETING_FOR = frozenset({("meet", "for"), ("sit", "for"), ("host", "for"), ("receive", "for"), ("join", "for")})
LENT = frozenset({"with", "to", "against", "on", "for", "from", "between", "in", "at", "of", "by", "over", "after"})


def attach_nominal_arguments(tree: Tree, drafts: dict[int, Draft]) -> None:
    """Fill the slots of every noun draft, then let infinitives that complement it share its participants."""
    for draft in drafts.values():
        if draft.category is Category.NOUN:
            _own(tree, draft, drafts)
            _light_verb(tree, draft, drafts)
            _made(tree, draft, drafts)
            _shared_determiner(tree, draft, drafts)
    for draft in drafts.values():
        if not draft.surface and draft.category is not Category.NOUN and tree.dep[draft.token] == "acl":
            _infinitive_of_noun(tree, draft, drafts)


def _own(tree: Tree, draft: Draft, drafts: dict[int, Draft]) -> None:
    """A noun's participants stand around it: its possessor, its "of" and "by" phrases, a nationality before it."""
    for c in tree.children[draft.token]:
        dep = tree.dep[c]
        if dep in ("nmod:poss", "det:poss"):
            whose = _whose(tree, c) if tree.lower[c] == "whose" else None
            rule = "possessor" if whose is None else "possessor, relative"
            draft.possessor.append((c if whose is None else whose, "", rule))
        elif dep in ("nmod", "obl", "nmod:tmod", "nmod:unmarked", "nmod:npmod", "nmod:desc"):
            case = tree.case(c)
            (draft.oblique if case else draft.modifier).append(
                (c, case, f"noun with {case}" if case else "apposed noun")
            )
        elif dep in ("compound", "amod"):
            draft.modifier.append((c, "", "modifier"))
        elif dep in ("acl", "ccomp", "xcomp") and not (tree.form[c] == "Part" and tree.marker(c) == ""):
            marker = tree.marker(c) or ("to" if any(tree.lower[k] == "to" for k in tree.children[c]) else "")
            if marker:
                draft.complement.append((c, marker, "complement of a noun"))
        elif dep == "acl" and tree.tense[c] == "Past":
            for o in tree.each(c, "obl", "obl:agent"):
                if tree.case(o) == "by":
                    draft.subject.append((o, "by", "agent of the noun's participle"))
            if tree.lemma[c] in LIGHT and c in drafts:
                drafts[c].support = Support.VERB
            if tree.lemma[c] in LIGHT and not draft.complement:
                for x in tree.each(c, "xcomp", "advcl", "ccomp"):
                    if tree.marker(x) in ("to", "that") and x > c:
                        draft.complement.append((x, tree.marker(x), "complement after the noun's participle"))


def _whose(tree: Tree, i: int) -> int | None:
    """ "the party, whose demand …": what the relative clause belongs to; None if no relative clause is above."""
    clause = tree.head[i]
    while tree.dep[clause] not in ("acl:relcl", "acl", "root"):
        clause = tree.head[clause]
    return tree.head[clause] if tree.dep[clause] != "root" and tree.head[clause] < i else None


def _light_verb(tree: Tree, draft: Draft, drafts: dict[int, Draft]) -> None:
    """ "held talks with", "no agreement was reached", "talks took place": the verb lends its dependents to the noun."""
    top = draft.token
    while tree.dep[top] == "conj" and tree.pos[tree.head[top]] == "NOUN":
        top = tree.head[top]
    if tree.dep[top] == "nmod" and tree.case(top) == "of" and tree.lemma[tree.head[top]] in ROUNDS:
        top = tree.head[top]
    performed = tree.head[top]
    if tree.dep[top] == "nmod" and tree.case(top) == "of" and tree.lemma[performed] in embedding().performing:
        held = drafts.get(tree.head[performed])
        if held is not None and tree.dep[performed] in ("obj", "nsubj:pass"):
            _embedded(draft, held, "event", said=held.lemma)
        return
    above = drafts.get(tree.head[top])
    if above is None or above.category is not Category.VERB:
        return
    dep, verb, base = tree.dep[top], above.lemma, tree.lemma[above.token]
    as_object = dep in ("obj", "nsubj:pass") or (dep in ("nsubj", "conj") and above.passive)
    if as_object and (verb in LIGHT or (base in LIGHT and above.particle is None)):
        _lend(draft, above, Support.OBJECT, agents=above.subject)
        told = (top == draft.token or tree.lemma[top] in ROUNDS) and verb in LIGHT
        above.support = Support.VERB if told else None
    elif as_object and verb in RECEIVING:
        draft.oblique += [(t, "to", "receiver") for t, _, _ in above.subject]
        draft.oblique += [o for o in above.oblique if o[1] == "from"]
        draft.rules.append("noun is received")
    elif as_object and verb in OWNING:
        if not draft.possessor and not draft.subject:
            draft.subject = [(t, m, Support.OWNER.value) for t, m, _ in above.subject]
            draft.support = Support.OWNER
    elif dep == "obl" and (verb, tree.case(top)) in LIGHT_OBLIQUES:
        under = tree.case(top) == "under"  # "came under attack": the subject suffers it
        _lend(draft, above, Support.OBLIQUE, agents=[] if under else above.subject)
        if under:
            draft.oblique += [(t, "on", "target of the light verb") for t, _, _ in above.subject]
        if (verb, tree.case(top)) in MEETING_FOR:  # "met the envoy for talks"
            draft.oblique += [(t, "with", "object of the light verb") for t, _, _ in above.object]
        above.support = Support.VERB
    elif dep == "nsubj" and base in OCCURRING:
        _lend(draft, above, Support.OCCURRENCE, agents=[])
    _begun(tree, draft, drafts)
    if as_object:
        _embedded(draft, above, "event", said=verb)
    elif dep == "obl":
        _embedded(draft, above, tree.case(top), said=verb)


def _embedded(draft: Draft, above: Draft, complement: str, *, said: str) -> None:
    """An event as the object of a verb that tells it as wanted, open or averted: "sought talks", "averted a war"."""
    signature = embedding().of(Category.VERB, said, complement)
    if signature is None or draft.modality is not Modality.REAL:
        return
    value = signature.under(negated=above.negated)
    apply(draft, value, above.modality)
    draft.rules.append(f"{signature.name}: {said}")
    if not draft.subject and complement == "event" and said in embedding().seeking and value is not Entailment.FALSE:
        draft.subject = [(t, m, "seeker") for t, m, _ in above.subject]


def _begun(tree: Tree, draft: Draft, drafts: dict[int, Draft]) -> None:
    """ "protests, which began on Monday, …": the relative clause tells when the event was."""
    for c in tree.each(draft.token, "acl:relcl", "acl"):
        below = drafts.get(c)
        if below is not None and tree.lemma[c] in OCCURRING and draft.token in [t for t, _, _ in below.subject]:
            draft.oblique += [o for o in below.oblique if o[1] in LENT and o[1] not in [m for _, m, _ in draft.oblique]]
            draft.modifier += below.modifier
            draft.rules.append("noun occurs in a relative clause")


def _made(tree: Tree, draft: Draft, drafts: dict[int, Draft]) -> None:
    """ "Accepted the offer that Oman made": it is Oman's, not theirs who do something with it."""
    for c in tree.each(draft.token, "acl:relcl", "acl"):
        below = drafts.get(c)
        if below is None or below.negated or below.passive or below.lemma not in LIGHT | MAKING:
            continue
        makers = [(t, m, "maker in a relative clause") for t, m, _ in below.subject if t != draft.token]
        if makers and draft.token in [t for t, _, _ in below.object]:
            draft.subject = makers


def _lend(draft: Draft, verb: Draft, support: Support, *, agents: list[tuple[int, str, str]]) -> None:
    """A light verb says little: its subject, phrases, negation and modality are those of the event its noun names."""
    rule, own = support.value, {m for _, m, _ in draft.oblique}
    if not draft.subject:
        draft.subject = [(t, m, f"subject of the {rule}") for t, m, _ in agents]
    draft.oblique += [
        (t, m, f"{rule}: {m}") for t, m, _ in verb.oblique if m in LENT and m not in own and t != draft.token
    ]
    draft.indirect += [(t, m, f"{rule}: indirect object") for t, m, _ in verb.indirect]
    draft.modifier += [(t, m, f"{rule}: adverbial") for t, m, _ in verb.modifier]
    draft.negated |= verb.negated
    if verb.modality is not Modality.REAL:
        draft.modality = verb.modality
    draft.tense, draft.support = verb.tense, support
    draft.rules.append(rule)


def _shared_determiner(tree: Tree, draft: Draft, drafts: dict[int, Draft]) -> None:
    """ "the release and return of prisoners": a coordinated event noun shares the first one's possessor and verb."""
    if tree.dep[draft.token] != "conj":
        return
    first = drafts.get(tree.head[draft.token])
    if first is not None and first.category is Category.NOUN:
        if not draft.possessor:
            draft.possessor = list(first.possessor)
        if not draft.subject:
            draft.subject = list(first.subject)


def _infinitive_of_noun(tree: Tree, draft: Draft, drafts: dict[int, Draft]) -> None:
    """ "Kyiv's refusal to sign", "an offer to mediate": the one who refuses or offers is the one who would do it."""
    noun = drafts.get(tree.head[draft.token])
    if noun is None or noun.category is not Category.NOUN:
        return
    doers = noun.subject or noun.possessor or [o for o in noun.oblique if o[1] in ("by", "from", "between")]
    doers = doers or [m for m in noun.modifier if tree.pos[m[0]] in ("ADJ", "PROPN") and tree.entity[m[0]]]
    if not doers:
        return
    entry = [(t, "", "control by a noun") for t, _, _ in doers]
    if draft.passive:
        draft.object += entry
    else:
        draft.subject = entry + draft.subject
    draft.rules.append("control by a noun")
