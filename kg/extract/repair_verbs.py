"""Which verb is the main one and whose subject is whose: what parsers get wrong and grammar can tell.

As in `repairs.py` each repair names the fact of English it rests on and changes `head` and `dep` in place.
"""

from __future__ import annotations

FINITE = frozenset("was were is are has had will would".split())
REACH = 80  # tokens beside a verb among which its own are looked for


def mend_verbs(head: list[int], dep: list[str], lower: list[str], pos: list[str]) -> None:
    """Mend main verbs, absolutes, relative clauses with "whose" and causatives, in place."""
    _free_main_verbs(head, dep, lower, pos)
    _free_absolutes(head, dep, lower)
    _free_whose(head, dep, lower)
    _raise_causatives(head, dep, lower)
    _give_subjects(head, dep, lower)
    _free_reduced(head, dep, lower, pos)
    _appose_subjects(head, dep, lower)
    _free_stranded(head, dep, lower)


def _free_main_verbs(head: list[int], dep: list[str], lower: list[str], pos: list[str]) -> None:
    """ "The threat to shut the port alarmed owners": a participle after its noun has no object, so this one is finite.

    Only where the parser found no verb at all to be the main one, and so made the subject the root.
    """
    objects = [i for i, relation in enumerate(dep) if relation == "obj"]
    first_object: dict[int, int] = {}
    for noun in objects:
        first_object.setdefault(head[noun], noun)
    for noun in objects:
        verb = head[noun]
        if dep[verb] == "acl" and lower[verb].endswith("ed") and verb < noun:
            first = verb
        else:  # "shut the port alarmed owners": two objects of one verb, the second after what looks like an adjective
            first = next((v for v in range(noun - 1, max(verb, noun - 4), -1) if head[v] == noun), noun)
            if dep[first] != "amod" or first_object[verb] >= first:
                continue
        top, steps = head[verb], 0
        while head[top] != top and steps < 20:
            top, steps = head[top], steps + 1
        if pos[first] != "VERB" or not lower[first].endswith("ed") or pos[top] != "NOUN" or top > first:
            continue
        if any(head[k] == first and dep[k] in ("mark", "aux", "aux:pass", "nsubj", "case") for k in range(top, noun)):
            continue
        if any(head[k] == top and dep[k] in ("cop", "nsubj", "nsubj:pass", "punct") for k in range(top, first)):
            continue
        head[first], dep[first] = first, "root"
        head[noun], dep[noun] = first, "obj"
        head[top], dep[top] = first, "nsubj"
        for k in range(first + 1, min(len(head), first + REACH)):
            if head[k] == top and dep[k] == "punct":
                head[k] = first


def _free_absolutes(head: list[int], dep: list[str], lower: list[str]) -> None:
    """ "The mayor visiting Rome, the council met": of two subjects, the one before a bare "-ing" clause is its own."""
    subject_of: dict[int, int] = {}
    for noun, relation in enumerate(dep):
        if relation != "nsubj":
            continue
        verb = head[noun]
        first = subject_of.setdefault(verb, noun)
        clause = next((k for k in range(first + 1, noun) if head[k] == verb and dep[k] == "advcl"), None)
        if first < noun < verb and clause is not None and lower[clause].endswith("ing"):
            head[first] = clause


def _free_whose(head: list[int], dep: list[str], lower: list[str]) -> None:
    """ "Japan, whose offer was accepted, will host them": the noun before is the subject of the main verb."""
    for whose, word in enumerate(lower):
        owned = head[whose]
        verb = head[owned]
        if word != "whose" or whose < 2 or lower[whose - 1] != "," or dep[verb] not in ("advcl", "ccomp"):
            continue
        owner, steps = whose - 2, 0
        while head[owner] != verb and head[owner] != owner and steps < 6:
            owner, steps = head[owner], steps + 1
        if owner < whose and head[owner] == verb and dep[owner].startswith("nsubj") and owner != owned < head[verb]:
            head[owner], dep[owner] = head[verb], "nsubj"
            head[verb], dep[verb] = owner, "acl:relcl"


def _raise_causatives(head: list[int], dep: list[str], lower: list[str]) -> None:
    """ "had the journalist arrested": no object stands between an auxiliary and its verb, so "had" is no auxiliary."""
    for have, word in enumerate(lower):
        verb = head[have]
        if word not in ("had", "has", "have", "having") or dep[have] != "aux" or verb < have + 2:
            continue
        objects = [k for k in range(have + 1, verb) if dep[k] == "obj" and head[k] in (have, verb)]
        if not objects:
            continue
        for k in range(max(0, have - REACH), have):
            if head[k] == verb:
                head[k] = have
                dep[k] = "nsubj" if dep[k] == "nsubj:pass" else dep[k]
        for k in objects:
            head[k] = have
        head[have], dep[have] = have if head[verb] == verb else head[verb], dep[verb]
        head[verb], dep[verb] = have, "xcomp"


def _give_subjects(head: list[int], dep: list[str], lower: list[str]) -> None:
    """ "Saying the bridge was unsafe, …": a finite verb needs a subject, so the noun before it is no object."""
    for auxiliary, word in enumerate(lower):
        verb, noun = head[auxiliary], auxiliary - 1
        if word not in FINITE or dep[auxiliary] not in ("cop", "aux", "aux:pass") or dep[verb] != "ccomp" or noun < 0:
            continue
        first = min(k for k in range(max(0, verb - REACH), auxiliary + 1) if head[k] == verb)
        if dep[noun] == "obj" and head[noun] == head[verb] and first == auxiliary:
            head[noun], dep[noun] = verb, "nsubj:pass" if dep[auxiliary] == "aux:pass" else "nsubj"


def _free_reduced(head: list[int], dep: list[str], lower: list[str], pos: list[str]) -> None:
    """ "That the deal reached in Rome had been kept": of two verbs that nothing joins, the first is a participle."""
    for second, relation in enumerate(dep):
        if relation not in ("conj", "parataxis") or pos[second] != "VERB":
            continue
        own = [k for k in range(max(0, second - REACH), second) if head[k] == second]
        if not own or lower[own[0]] not in FINITE or not all(dep[k].startswith(("aux", "advmod")) for k in own):
            continue
        auxiliary = own[0]
        first = next((k for k in range(auxiliary - 1, max(0, auxiliary - 12), -1) if pos[k] == "VERB"), 0)
        subject = next((k for k in range(max(0, first - 12), first) if head[k] == first and dep[k] == "nsubj"), None)
        between = range(first + 1, auxiliary)
        if subject is None or pos[subject] != "NOUN" or not lower[first].endswith(("ed", "d", "t", "n")):
            continue
        if any(pos[k] in ("PUNCT", "CCONJ", "SCONJ") or dep[k] in ("obj", "xcomp", "ccomp") for k in between):
            continue
        if head[first] == second or any(head[k] == first and dep[k].startswith("aux") for k in range(subject, first)):
            continue
        head[second], dep[second] = (second if head[first] == first else head[first]), dep[first]
        for k in range(len(head)):
            if head[k] == first and k not in between and k != first:
                head[k] = second
        dep[subject] = "nsubj:pass" if any(dep[k] == "aux:pass" for k in own) else "nsubj"
        head[first], dep[first] = subject, "acl"


def _appose_subjects(head: list[int], dep: list[str], lower: list[str]) -> None:
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


def _free_stranded(head: list[int], dep: list[str], lower: list[str]) -> None:
    """ "Little that was asked for there has been granted": nobody grants a place, so "for" ends the relative clause."""
    for there, word in enumerate(lower):
        verb = head[there]
        if word not in ("there", "here") or dep[there] != "nsubj:pass" or not 3 < there < verb:
            continue
        relative, preposition = there - 2, there - 1
        noun = head[relative]
        if dep[relative] != "acl:relcl" or head[preposition] != verb or head[verb] != relative or noun > relative:
            continue
        head[preposition], dep[preposition] = relative, "obl"
        head[there], dep[there] = relative, "advmod"
        head[verb], dep[verb] = (verb if head[noun] == noun else head[noun]), dep[noun]
        for k in range(len(head)):
            if head[k] == noun and k > verb:
                head[k] = verb
        head[noun], dep[noun] = verb, "nsubj:pass"
