"""Attachments that parsers get wrong in ways grammar can tell: mended in the tree, so that every rule profits.

Each repair names the fact of English it rests on. `head` and `dep` are changed in place; a token is only ever attached
to an ancestor of its head, so no cycle can arise.
"""

from __future__ import annotations

from kg.extract.repair_conditions import mend_conditions
from kg.extract.repair_verbs import mend_verbs

COMPLEMENT_TO = frozenset(
    "ask invite urge order tell persuade press request require force allow push encourage direct instruct call advise "
    "implore beg compel command exhort lobby pressure oblige appeal enable permit beseech petition agree refuse "
    "decline offer threaten promise pledge vow plan want hope intend decide seek fail try attempt manage undertake "
    "consent volunteer propose expect prepare continue begin start".split()
)
"""Verbs whose "to" infinitive says what is asked, agreed, tried or refused; it is no purpose beside them."""


CHARGING = frozenset(
    "accuse suspect convict warn blame criticise criticize praise thank condemn fault charge fine "
    "punish applaud commend denounce berate prosecute arrest jail".split()
)
"""Verbs that take what somebody did with a preposition."""
COMPLEMENT_ING = frozenset(
    "propose suggest recommend consider advocate oppose deny admit avoid discuss mention regret acknowledge".split()
)
"""Verbs whose "-ing" form right after them says what is proposed or denied."""


ASKING = frozenset("request demand appeal plea call bid petition application".split())
"""Nouns that take what is asked for with "for"."""
SOURCED = frozenset("request demand seek solicit require extract exact borrow buy purchase obtain".split())
"""Verbs that take the one asked or bought from with "from"."""
LEAVING = ("al", "ion", "ment", "ure", "ing", "exit", "return", "retreat", "aid", "help")
"""Endings of nouns that have a "from" of their own: "demanded a withdrawal from the valley"."""
DURATIONS = frozenset("second minute hour day night week month year decade century time moment while reason".split())
"""Nouns that say with "for" how long or why: "ignored the request for years"."""
GOALS = frozenset({"to", "from", "into"})
NO_GOALS = frozenset("subject expose link relate attribute tie compare limit bind lose".split())
"""Passive verbs whose "to" or "from" phrase may be somebody's deed ("subjected to an attack by rebels")."""
TENDERS = frozenset("offer promise proposal pledge demand request vow threat bid plan attempt invitation".split())
"""Nouns that take what is offered or asked as an infinitive."""


def repair(head: list[int], dep: list[str], lower: list[str], pos: list[str], lemma: list[str]) -> None:
    """Mend the tree given by heads and relations, in place."""
    _free_verbs(head, dep, lower, pos)
    mend_verbs(head, dep, lower, pos)
    _join_requests(head, dep, lower, lemma)
    _join_offers(head, dep, lower, lemma)
    _free_agents(head, dep, lower, lemma)
    _free_sources(head, dep, lower, lemma, pos)
    _raise_contrasts(head, dep, lower)
    _raise_whereas(head, dep, lower)
    _free_names(head, dep, lower, pos)
    _complete_infinitives(head, dep, lower, lemma)
    _free_charges(head, dep, lower, lemma)
    _part_at_semicolons(head, dep, lower, pos)
    mend_conditions(head, dep, lower)


def _free_verbs(head: list[int], dep: list[str], lower: list[str], pos: list[str]) -> None:
    """ "Chad suspended talks": a name right before a participle is its subject; compounds stand after adjectives."""
    for verb in range(1, len(head)):
        noun, name = head[verb], verb - 1
        if (
            dep[verb] != "amod"
            or pos[verb] != "VERB"
            or not lower[verb].endswith("ed")
            or not (dep[noun] == "root" and noun > verb)
            or not (pos[name] == "PROPN" and head[name] == noun and dep[name] in ("compound", "nmod", "nmod:unmarked"))
        ):
            continue
        for k in range(name):
            if head[k] == noun and dep[k] in ("det", "compound", "amod", "nmod:poss", "nmod:desc", "flat"):
                head[k] = name
        head[verb], dep[verb] = verb, "root"
        head[noun], dep[noun] = verb, "obj"
        head[name], dep[name] = verb, "nsubj"


def _join_requests(head: list[int], dep: list[str], lower: list[str], lemma: list[str]) -> None:
    """ "accepted a request from Oman for tents": what follows a request with "for" is what is asked, not why."""
    for case, word in enumerate(lower):
        noun = head[case]
        if word != "for" or dep[case] != "case" or dep[noun] != "obl" or lemma[noun] in DURATIONS:
            continue
        verb = head[noun]
        asked = next((k for k in range(verb + 1, case) if lemma[k] in ASKING and head[k] == verb), None)
        if asked is None or dep[asked] != "obj" or not _unbroken(head, asked, case):
            continue
        if not any(lower[k] == "for" and head[head[k]] == asked for k in range(asked, case)):
            head[noun], dep[noun] = asked, "nmod"


def _unbroken(head: list[int], noun: int, end: int) -> bool:
    """Whether every token between a noun and `end` belongs to the noun."""
    for k in range(noun + 1, end):
        above, steps = head[k], 0
        while above > noun and head[above] != above and steps < 20:
            above, steps = head[above], steps + 1
        if above != noun:
            return False
    return True


def _join_offers(head: list[int], dep: list[str], lower: list[str], lemma: list[str]) -> None:
    """ "an offer, made in May, to mediate": an infinitive after such an aside says what the noun before it offers."""
    for to, word in enumerate(lower):
        verb = head[to]
        if word != "to" or dep[to] != "mark" or dep[verb] not in ("advcl", "acl") or to < 3 or lower[to - 1] != ",":
            continue
        commas = [k for k in range(max(0, to - 12), to - 1) if lower[k] == ","]
        if not commas or commas[-1] == 0:
            continue
        noun, participle = commas[-1] - 1, commas[-1] + 1
        aside = head[participle] == noun and dep[participle] == "acl"
        if lemma[noun] in TENDERS and aside and head[verb] < to:
            head[verb], dep[verb] = noun, "acl"


def _free_agents(head: list[int], dep: list[str], lower: list[str], lemma: list[str]) -> None:
    """ "were invited to a dinner by the mayor": a "by" phrase after a goal is the passive verb's."""
    passive = {head[k] for k, relation in enumerate(dep) if relation in ("aux:pass", "nsubj:pass")}
    agents = {head[k] for k, relation in enumerate(dep) if relation == "obl:agent"}
    goals = {head[k] for k, relation in enumerate(dep) if relation == "case" and lower[k] in GOALS}
    for case, word in enumerate(lower):
        noun = head[case]
        goal = head[noun]
        verb = head[goal]
        if (
            word == "by"
            and dep[case] == "case"
            and dep[noun] == "nmod"
            and dep[goal] in ("obl", "obj")
            and goal in goals
            and verb in passive
            and verb not in agents
            and lemma[verb] not in NO_GOALS
        ):
            head[noun], dep[noun] = verb, "obl:agent"


def _free_sources(head: list[int], dep: list[str], lower: list[str], lemma: list[str], pos: list[str]) -> None:
    """ "requested tents from Kenya": the name after "from" is who is asked, not where the tents are from."""
    for case, word in enumerate(lower):
        name = head[case]
        asked = head[name]
        plain = word == "from" and dep[case] == "case" and dep[name] == "nmod" and pos[name] == "PROPN"
        if plain and dep[asked] == "obj" and lemma[head[asked]] in SOURCED and not lemma[asked].endswith(LEAVING):
            head[name], dep[name] = head[asked], "obl"


def _free_charges(head: list[int], dep: list[str], lower: list[str], lemma: list[str]) -> None:
    """ "accused them of planting": what somebody is accused of or praised for belongs to the verb, not to "them"."""
    for mark, word in enumerate(lower):
        verb = head[mark]
        noun = head[verb]
        if (
            word in ("of", "for", "against")
            and dep[mark] == "mark"
            and dep[verb] == "acl"
            and dep[noun] in ("obj", "nsubj:pass")
            and lemma[head[noun]] in CHARGING
        ):
            head[verb], dep[verb] = head[noun], "advcl"


def _complete_infinitives(head: list[int], dep: list[str], lower: list[str], lemma: list[str]) -> None:
    """ "agreed to impose", "was asked to form", "proposed replacing": what follows such a verb is its complement."""
    for verb, above in enumerate(head):
        perfect = above + 2 == verb and lower[above + 1] in ("having", "being")
        adjacent = dep[verb] == "advcl" and (perfect or (above + 1 == verb and lower[verb].endswith("ing")))
        if adjacent and lemma[above] in COMPLEMENT_ING:
            dep[verb] = "xcomp"
    for mark, word in enumerate(lower):
        verb = head[mark]
        above = head[verb]
        adverbial = word == "to" and dep[mark] == "mark" and dep[verb] == "advcl" and above < mark < verb
        purpose = mark > 0 and lower[mark - 1] in (",", "order")  # ", to …" and "in order to …" say what for
        if adverbial and lemma[above] in COMPLEMENT_TO and not purpose:
            dep[verb] = "xcomp"


def _raise_contrasts(head: list[int], dep: list[str], lower: list[str]) -> None:
    """ "X proposed that Y meet Z, but this did not happen": the contrast is the narrator's, not part of the proposal.

    A bare demonstrative takes up the whole of what was said before, so its clause cannot stand inside it; parsers
    attach it to the nearest verb all the same.
    """
    for subject, word in enumerate(lower):
        if word not in ("this", "that") or not dep[subject].startswith("nsubj"):
            continue
        verb = head[subject]
        if dep[verb] not in ("conj", "parataxis") or not any(
            lower[k] == "but" for k in range(max(0, subject - 3), subject)
        ):
            continue
        above = head[verb]
        steps = 0
        while dep[above] not in ("ccomp", "xcomp") and head[above] != above and steps < 10:
            above, steps = head[above], steps + 1
        if dep[above] in ("ccomp", "xcomp"):
            head[verb] = head[above]
            dep[verb] = "conj"


def _raise_whereas(head: list[int], dep: list[str], lower: list[str]) -> None:
    """ "A says X, whereas B says Y": the contrast is with A's saying, not part of what A says."""
    for mark, word in enumerate(lower):
        verb = head[mark]
        if word != "whereas" or dep[mark] != "mark" or dep[verb] != "advcl" or verb < mark:
            continue
        above = head[verb]
        if dep[above] == "ccomp" and head[above] != above:
            head[verb] = head[above]


def _free_names(head: list[int], dep: list[str], lower: list[str], pos: list[str]) -> None:
    """ "asked Jordan for supplies": a name or pronoun as object takes no "for" phrase of its own, its verb does."""
    for case, word in enumerate(lower):
        if word not in ("for", "over") or dep[case] != "case":
            continue
        noun = head[case]
        above = head[noun]
        if lower[case] == "for" and dep[noun] == "nmod" and dep[above] == "nmod" and pos[above] == "PROPN":
            if pos[noun] != "PROPN":
                head[noun] = head[above]  # "a request from the UN for help"
        elif (
            dep[noun] == "nmod"
            and pos[noun] != "PROPN"
            and pos[above] in ("PROPN", "PRON")
            and dep[above] in ("obj", "iobj", "obl")
            and head[above] != above
        ):
            head[noun], dep[noun] = head[above], "obl"


def _part_at_semicolons(head: list[int], dep: list[str], lower: list[str], pos: list[str]) -> None:
    """ "A says X; B says Y": what follows a semicolon is beside the sentence before it, not part of what A says."""
    marks = [i for i, word in enumerate(lower) if word == ";"]
    if not marks:
        return
    subjects = {head[i] for i, relation in enumerate(dep) if relation.startswith("nsubj")}
    k = 0
    for verb, above in enumerate(head):
        while k < len(marks) and marks[k] < verb:
            k += 1
        if k == 0 or not above < marks[k - 1] < verb or verb not in subjects or pos[verb] not in ("VERB", "AUX", "ADJ"):
            continue
        top = above
        while head[top] != top:
            top = head[top]
        head[verb], dep[verb] = top, "parataxis"
