"""How a clause is presented: polarity, modality and tense, read off its own words and its governor's."""

from __future__ import annotations

from kg.extract.clauses.predicates import ROUNDS, TIMETABLED, Draft
from kg.extract.tree import Tree
from kg.model import Category, Modality

FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo", "gon"})
POSSIBLE = frozenset({"may", "might", "could", "can", "ca"})
WANTED = frozenset({"should", "must", "ought", "need"})
CONDITIONS = frozenset({"if", "unless", "provided", "in case", "should", "whether"})
INVERTED = frozenset({"had", "should", "were"})
"""Auxiliaries that make a condition by standing before their subject: "had they attacked, …"."""
IN_CASE = frozenset({"in case of", "in the event of", "in event of"})
NOT_BUT = frozenset({"without", "instead of", "rather than"})
"""Subordinators of what was not done."""
PREVENTING = frozenset(
    "prevent stop keep bar ban block deter prohibit dissuade discourage hinder restrain forbid preclude".split()
)
"""Verbs with "from doing" for what somebody could not do."""
LACKING = frozenset({"lack", "absence"})
PROSPECTS = frozenset("hope fear prospect risk possibility chance likelihood danger".split())
"""Nouns whose "of" or "for" phrase tells what may come."""
PERHAPS = frozenset({"perhaps", "maybe", "possibly", "conceivably"})
QUESTIONING = frozenset({"who", "whom", "what", "when", "where", "why", "how", "which", "whose"})
INDEFINITE = frozenset({"a", "an", "any", "another", "such"})
OPEN_ADJECTIVES = frozenset(
    "possible likely unlikely probable improbable conceivable impossible feasible desirable necessary".split()
)
WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
COMING = frozenset({"next", "coming", "upcoming", "forthcoming"})
ADVERBIAL = ("obl", "obl:unmarked", "obl:tmod", "advmod", "nmod:unmarked", "obl:npmod")
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
    "try attempt endeavour endeavor strive "
    "refuse reluctant unwilling able direct instruct tell oblige".split()
)
"""What an infinitive under these tells is wanted or possible, not told as done."""


def present(tree: Tree, draft: Draft, drafts: dict[int, Draft]) -> None:
    """Set `negated`, `modality` and `tense` of one draft; its governor must have been presented before."""
    if draft.category is Category.NOUN and tree.child(draft.token, "cop") is None:
        _present_noun(tree, draft, drafts)
        return
    _polarity(tree, draft, drafts)
    _tense(tree, draft)
    _modality(tree, draft, drafts)


def _present_noun(tree: Tree, draft: Draft, drafts: dict[int, Draft]) -> None:
    """Nouns: denied, possible or to come by the words around them; a light verb adds its own presentation later."""
    i, above, case = draft.token, tree.head[draft.token], tree.case(draft.token)
    lacking = tree.dep[i] == "nmod" and case == "of" and tree.lemma[above] in LACKING
    if tree.has_no(i) or case in NOT_BUT or tree.negated(i) or lacking:
        draft.negated = True
        draft.rules.append("denied noun")
    if any(tree.lower[c] == "tomorrow" or _is_coming(tree, c) for c in tree.each(i, "nmod:poss")) or _is_coming(
        tree, i
    ):
        draft.modality, draft.tense = Modality.FUTURE, "future"
        draft.rules.append("noun of a time to come")
    event = tree.dep[i] == "nmod" and case == "of" and tree.lower[above] == "event" and tree.case(above) == "in"
    prospect = tree.dep[i] == "nmod" and case in ("of", "for") and tree.lemma[above] in PROSPECTS
    counted = above if tree.dep[i] == "nmod" and case == "of" and tree.lemma[above] in ROUNDS else i
    if case in IN_CASE or event or prospect or _is_open(tree, counted, drafts.get(tree.head[counted])):
        draft.modality = Modality.CONDITIONAL if case in IN_CASE or event else Modality.POSSIBLE
        draft.rules.append("noun of what may be")
    lemmas = {tree.lemma[c] for c in tree.each(i, "amod", "advmod")}
    if lemmas & {
        "possible",
        "potential",
        "future",
        "planned",
        "proposed",
        "further",
        "threatened",
        "plan",
        "prospective",
        "would-be",
        "alleged",
    }:
        draft.modality = Modality.POSSIBLE
        draft.rules.append("noun presented as possible")


def _is_coming(tree: Tree, i: int) -> bool:
    """ "next week's summit", "the upcoming talks"; "the next summit" alone may be one of a story told."""
    time = tree.lemma[i] in ("week", "month", "year", "weekend") or tree.lower[i] in WEEKDAYS
    return any(
        tree.lower[c] in COMING and (time or tree.lower[c] in ("upcoming", "forthcoming"))
        for c in tree.each(i, "amod", "advmod")
    )


def _is_open(tree: Tree, i: int, above: Draft | None) -> bool:
    """ "A meeting is possible", "an attack would be a mistake": a subject whose existence the sentence leaves open."""
    if above is None or tree.dep[i] not in ("nsubj", "nsubj:pass"):
        return False
    if tree.lower[above.token] in OPEN_ADJECTIVES:
        return True
    determiners = [tree.lower[c] for c in tree.each(i, "det")]
    if "any" in determiners and above.modality is not Modality.REAL:
        return True
    may_be = above.modality in (Modality.CONDITIONAL, Modality.POSSIBLE)
    return may_be and any(d in INDEFINITE for d in determiners)


def _polarity(tree: Tree, draft: Draft, drafts: dict[int, Draft]) -> None:
    """Negation words of the clause and of its arguments, and verbs above it that say it was not done."""
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
    elif above is not None and tree.dep[i] == "xcomp" and tree.lemma[above.token] in NOT_DONE and not above.negated:
        draft.negated = not draft.negated
        draft.rules.append(f"not done: {tree.lemma[above.token]} to")
    elif above is not None and tree.marker(i) == "from" and tree.lemma[above.token] in PREVENTING:
        draft.negated = above.negated is False and above.modality is Modality.REAL
        draft.rules.append(f"prevented: {tree.lemma[above.token]} from")
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
    """How real it is told: by its own words, else by the verb that governs it, else as the verb it is joined to."""
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
    """Its own words: a condition, a question, an order, "perhaps", a modal verb, a time to come."""
    conditional = any(tree.marker(c) in CONDITIONS or _is_inverted(tree, c) for c in tree.each(i, "advcl"))
    if tree.marker(i) in CONDITIONS and tree.dep[i] in ("advcl", "ccomp", "conj"):
        draft.modality = Modality.CONDITIONAL
        return f"condition: {tree.marker(i)}"
    if tree.dep[i] == "advcl" and _is_inverted(tree, i):
        draft.modality = Modality.CONDITIONAL
        return "condition: inverted"
    if _is_asked(tree, i) or any(tree.lower[c] in PERHAPS for c in tree.each(i, "advmod")):
        draft.modality = Modality.POSSIBLE
        return "question" if _is_asked(tree, i) else "perhaps"
    if i > 0 and tree.lower[i - 1] in ("nearly", "almost") and tree.head[i - 1] == i:
        draft.modality = Modality.POSSIBLE
        return "nearly"
    if _is_order(tree, i):
        draft.modality = Modality.WANTED
        return "imperative"
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
    if _is_scheduled(tree, i, draft):
        draft.modality, draft.tense = Modality.FUTURE, "future"
        return "present of a time to come"
    return None


def _is_inverted(tree: Tree, i: int) -> bool:
    """ "Had the rebels attacked, …": the auxiliary first, then the subject, and no conjunction."""
    first, subject = tree.left[i], tree.child(i, "nsubj", "nsubj:pass")
    return tree.lower[first] in INVERTED and tree.head[first] == i and subject is not None and first < subject < i


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
    """ "are meeting on Monday", "meets next week": the present with a time to come tells a plan."""
    if draft.category is not Category.VERB or draft.tense != "present" or tree.child(i, "ccomp") is not None:
        return False
    going = tree.lower[i].endswith("ing") and any(tree.lemma[a] == "be" for a in tree.each(i, "aux"))
    if not going and not (tree.form[i] == "Fin" and tree.tense[i] == "Pres"):
        return False
    weekdays = WEEKDAYS if going or tree.lemma[i] in TIMETABLED else frozenset()
    return any(
        tree.lower[t] == "tomorrow"
        or _is_coming(tree, t)
        or (tree.lower[t] in weekdays and tree.case(t) in ("on", "") and tree.child(t, "det") is None)
        for t in tree.each(i, *ADVERBIAL)
    )


def _governed_modality(tree: Tree, i: int, draft: Draft, above: Draft | None) -> str | None:
    """What the verb above makes of an infinitive: wanted ("urged to"), ahead ("is due to"), a purpose, or nothing."""
    to = any(tree.lower[c] == "to" and tree.pos[c] == "PART" for c in tree.children[i]) or tree.marker(i) == "to"
    if to and any(tree.lemma[a] == "be" for a in tree.each(i, "aux", "cop")):
        draft.modality, draft.tense = Modality.FUTURE, "future"
        return "is to"
    if above is None:
        return None
    base, dep = tree.lemma[above.token], tree.dep[i]
    if not to and dep == "xcomp" and base in INTENDED and draft.passive:
        draft.modality = Modality.WANTED
        return f"wanted: {base} it done"
    if not to:
        if dep != "xcomp" or above.modality is Modality.REAL or above.token != tree.head[i]:
            return None
        draft.modality = above.modality
        return f"modality of {base}"
    if dep == "xcomp" and base == "come" and any(tree.lower[c] == "close" for c in tree.each(above.token, "advmod")):
        draft.modality = Modality.POSSIBLE
        return "came close to"
    if dep == "xcomp" or (dep == "ccomp"):
        if base in NOT_DONE:
            return None
        if base in INTENDED:
            draft.modality = Modality.WANTED
            return f"wanted: {base} to"
        if base in AHEAD:
            draft.modality = Modality.FUTURE
            return f"ahead: {base} to"
        if above.modality is not Modality.REAL:
            draft.modality = above.modality
            return f"modality of {base}"
        return None
    if dep in ("advcl", "acl"):
        draft.modality = Modality.WANTED
        return "purpose infinitive"
    return None
