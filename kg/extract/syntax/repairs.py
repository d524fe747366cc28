"""Attachments that parsers get wrong and English grammar can tell, mended in the tree, so that every rule profits.

`head` and `dep` are changed in place; a token is only ever attached to an ancestor of its head, so no cycle can arise.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.syntax.repair_conditions import mend_conditions
from kg.extract.syntax.repair_contents import mend_between, mend_contents, mend_noun_contents
from kg.extract.syntax.repair_dates import mend_dated_subjects
from kg.extract.syntax.repair_doers import mend_agents, mend_quoted_speakers
from kg.extract.syntax.repair_ranks import mend_ranks
from kg.extract.syntax.repair_shares import mend_shares
from kg.extract.syntax.signatures import embedding
from kg.extract.words import listed
from kg.model import Category

MODALS = frozenset("will would shall should can could may might must 'll ’ll 'd ’d".split())
PRESENT = frozenset({"is", "are", "am", "'re", "’re"})
UPWARDS = 12  # heads that are climbed from a conjunct to the verb it belongs to
STEPS = 6  # heads that are climbed from what is within a phrase or clause to where that hangs
DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday today yesterday tonight".split())
SPEECH = listed("speech")
"""Verbs of what only somebody does who speaks."""


def mend(
    head: list[int],
    dep: list[str],
    lower: list[str],
    pos: list[str],
    lemma: Sequence[str],
    finite: Sequence[bool],
) -> None:
    """Mend the tree given by heads and relations, in place; `finite` tells which words are finite verbs."""
    mend_shares(head, dep, lower, pos)
    mend_appositions(head, dep, lower)
    mend_close_names(head, dep, pos)
    mend_clefts(head, dep, lower, pos)
    mend_complements(dep, head, lower, lemma)
    mend_conditions(head, dep, lower)
    mend_conjuncts(head, dep, lower, pos, lemma, finite)
    mend_contents(head, dep, lower, pos, lemma)
    mend_noun_contents(head, dep, lower, pos, lemma)
    mend_between(head, dep, lower)
    mend_days(head, dep, lower)
    mend_dated_subjects(head, dep, lower, pos, finite)
    mend_speakers(head, dep, lower, pos, lemma)
    mend_quoted_speakers(head, dep, lower, lemma)
    mend_agents(head, dep, lower, pos)
    mend_ranks(head, dep, pos)


def mend_complements(dep: list[str], head: Sequence[int], lower: Sequence[str], lemma: Sequence[str]) -> None:
    """ "agreed to impose", "was asked to form", "denied having attacked": no circumstance, but what the verb is about.

    It is where the table of signatures says what follows from the verb for such a complement; a gerund in the perfect
    or passive right after a verb is no circumstance of any ("denied having attacked").
    """
    for verb, above in enumerate(head):
        perfect = above + 2 == verb and lower[above + 1] in ("having", "being")
        adjacent = above + 1 == verb and lower[verb].endswith("ing")
        if dep[verb] == "advcl" and (perfect or (adjacent and _takes_gerund(lemma[above]))):
            dep[verb] = "xcomp"
    for mark, word in enumerate(lower):
        verb = head[mark]
        above = head[verb]
        adverbial = word == "to" and dep[mark] == "mark" and dep[verb] == "advcl" and above < mark < verb
        purpose = mark > 0 and lower[mark - 1] in (",", "order")  # ", to …" and "in order to …" say what for
        if adverbial and takes_infinitive(lemma[above]) and not purpose:
            dep[verb] = "xcomp"


def takes_infinitive(verb: str) -> bool:
    """Whether something follows from a verb for its infinitive, which is then no purpose; "have to" is a modal."""
    return verb != "have" and embedding().of(Category.VERB, verb, "to") is not None


def _takes_gerund(verb: str) -> bool:
    return embedding().of(Category.VERB, verb, "ing", "mandative", "that", "event") is not None


def mend_conjuncts(
    head: list[int],
    dep: Sequence[str],
    lower: Sequence[str],
    pos: Sequence[str],
    lemma: Sequence[str],
    finite: Sequence[bool],
) -> None:
    """Join finite verbs to finite ones; `finite` tells which they are."""
    below: dict[int, list[int]] = {}
    for i, above in enumerate(head):
        if above != i:
            below.setdefault(above, []).append(i)
    for verb in range(len(head)):
        if dep[verb] == "conj" and finite[verb] and lower[verb] != lemma[verb] and pos[verb] == "VERB":
            top = _matrix(verb, head, dep, lower, finite, below)
            if top is not None:
                head[verb] = top


def _matrix(
    verb: int,
    head: Sequence[int],
    dep: Sequence[str],
    lower: Sequence[str],
    finite: Sequence[bool],
    below: dict[int, list[int]],
) -> int | None:
    """The verb above to which a finite verb without a subject is joined, where the one it hangs on is not its like.

    An infinitive, a participle or a verb with a modal is joined to its like: "urged Rome to think and spoke" is not to
    spoke, "said it would wait and left" not would left, "said the road is open, and called on" not is called. What
    tells something ("and suggested that …") is not joined to a passive whose subject is a thing that was done.
    """
    own = below.get(verb, [])
    if any(dep[k].startswith(("nsubj", "csubj", "aux", "expl", "cop")) for k in own):
        return None
    first = head[verb]
    beside = below.get(first, [])
    auxiliaries = [k for k in beside if dep[k] in ("aux", "aux:pass", "cop")]
    is_finite = finite[first] or any(finite[k] for k in auxiliaries)
    modal = any(lower[k] in MODALS for k in auxiliaries)
    past = not lower[verb].endswith(("s", "ing"))
    going_on = lower[first].endswith("ing")  # a participle of its own may be joined: "is sealed, and closed"
    now = any(lower[k] in PRESENT and (dep[k] == "cop" or going_on) for k in auxiliaries)
    apart = dep[first] == "ccomp" and now and past and any(dep[k] == "punct" and lower[k] == "," for k in own)
    tells = any(dep[k] == "ccomp" for k in own) and any(dep[k] == "nsubj:pass" for k in beside)
    if is_finite and not modal and not tells and not apart:
        return None
    above, steps = first, 0
    while head[above] != above and steps < UPWARDS:
        if dep[above] not in ("xcomp", "ccomp", "advcl", "acl", "conj"):
            return None
        above, steps = head[above], steps + 1
        if finite[above] and above < verb:
            return above
    return None


def mend_days(head: list[int], dep: Sequence[str], lower: Sequence[str]) -> None:
    """ "Said on Monday it had left": a day right after the verb, before what is said, is the day of the saying."""
    for day, clause in enumerate(head):
        verb = head[clause]
        told = dep[clause] == "ccomp" and verb < day < clause and dep[day].startswith(("obl", "nmod"))
        if told and lower[day] in DAYS and all(_is_below(k, day, head) for k in range(verb + 1, day)):
            head[day] = verb


def _is_below(word: int, top: int, head: Sequence[int]) -> bool:
    for _ in range(STEPS):
        if word == top:
            return True
        word = head[word]
    return False


def mend_speakers(
    head: list[int], dep: Sequence[str], lower: Sequence[str], pos: Sequence[str], lemma: Sequence[str]
) -> None:
    """ "Rejected a plan to freeze pay, calling it unfair": who says something after a comma is who rejected it.

    It hangs on what is told as done, not on what is wanted of somebody ("asked him to go, saying …") nor on a relative
    clause that tells of a thing ("a bill that would require …, saying …").
    """
    infinitive = {above for k, above in enumerate(head) if lower[k] == "to" and dep[k] == "mark"}
    of_things = {above for k, above in enumerate(head) if lower[k] in ("that", "which") and dep[k].startswith("nsubj")}
    for verb, above in enumerate(head):
        apart = dep[verb] == "advcl" and lower[verb].endswith("ing") and lower[verb - 1] == ","
        if not apart or lemma[verb] not in SPEECH:
            continue
        top = above
        for _ in range(STEPS):
            lower_down = top in infinitive or (dep[top] == "acl:relcl" and top in of_things)
            if head[top] == top or not (lower_down or pos[top] not in ("VERB", "AUX")):
                break
            top = head[top]
        if top != above and pos[top] == "VERB" and top < verb:
            head[verb] = top


def mend_appositions(head: list[int], dep: list[str], lower: list[str]) -> None:
    """ "Open River, a group that counts boats, said": a verb has one subject, so the second says what the first is."""
    first_of: dict[int, int] = {}
    for noun, relation in enumerate(dep):
        if relation != "nsubj":
            continue
        first = first_of.setdefault(head[noun], noun)
        begin = next((k for k in range(first + 1, noun) if head[k] == noun and dep[k] == "det"), noun)
        if first == noun or noun > head[noun] or lower[begin] not in ("a", "an") or lower[begin - 1] != ",":
            continue
        before, steps = begin - 2, 0
        while before > first and head[before] != before and steps < 6:
            before, steps = head[before], steps + 1
        if before == first:
            head[noun], dep[noun] = first, "appos"


def mend_clefts(head: Sequence[int], dep: list[str], lower: Sequence[str], pos: Sequence[str]) -> None:
    """ "It was the union who said so": the clause behind tells what the noun did, as a relative clause does."""
    for it, word in enumerate(lower):
        who = head[it]
        if word != "it" or dep[it] not in ("expl", "nsubj") or pos[who] not in ("NOUN", "PROPN") or who < it:
            continue
        for clause in range(who + 1, min(len(head), who + UPWARDS)):
            if head[clause] == who and dep[clause] == "advcl:relcl":
                dep[clause] = "acl:relcl"


def mend_close_names(head: list[int], dep: list[str], pos: Sequence[str]) -> None:
    """ "Dairy group Veldhoek offered": of a noun and a name right behind it, both of one verb, it says what that is.

    The name hangs on the noun, as in "pension fund Laurentia Capital" where the parser sees it.
    """
    for name in range(1, len(head)):
        noun = name - 1
        while noun > 0 and head[noun] == name and pos[noun] == "PROPN":
            noun -= 1  # "private equity group Harlan Peak"
        alike = dep[noun] == dep[name] and dep[name] in ("nsubj", "nsubj:pass", "obj", "obl:agent")
        if alike and head[noun] == head[name] and pos[noun] == "NOUN" and pos[name] == "PROPN":
            head[name], dep[name] = noun, "appos"
