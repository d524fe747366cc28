"""Who does what in a sentence, read off its tree alone: the parts that one verb or noun of action has.

A second, plain look at the grammar (Universal Dependencies), beside the clauses from which the graph is made: it knows
no frames and no senses. What both find is firm; what only this one finds is told as likely.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extract.syntax.tree import Tree

_SUBJECT = ("nsubj", "nsubj:outer", "csubj")
_PASSIVE = ("nsubj:pass", "csubj:pass")
_RELATIVE = {"who", "which", "that", "whom"}
_REFUSING = {"refuse", "decline", "fail", "deny", "stop", "cancel", "reject", "avoid", "cease", "forget"}
_PLANNING = {
    *("plan", "want", "hope", "intend", "threaten", "expect", "ask", "urge", "demand", "propose", "offer", "promise"),
    *("agree", "try", "consider", "suggest", "pledge", "vow", "seek", "aim", "tell", "request", "call", "order", "bid"),
    *("attempt", "prepare", "need", "schedule", "decide", "proposal", "plan", "offer", "threat", "promise"),
}
_UNREAL = {"would", "could", "may", "might", "should", "must", "can", "shall", "will", "'ll", "to"}
_LIGHT = {
    "go",
    "hold",
    "have",
    "make",
    "take",
    "give",
    "launch",
    "stage",
    "carry",
    "conduct",
    "reach",
    "do",
    "be",
    "lead",
}


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of one predicate as token indices: heads of what fills them. `rest` are (preposition, head).

    `status` is "told", "denied" or "open" (wanted, planned, possible).
    """

    at: int
    subject: tuple[int, ...]
    object: tuple[int, ...]
    clause: tuple[int, ...]
    rest: tuple[tuple[str, int], ...]
    status: str = "told"
    nominal: bool = False


def phrasal(tree: Tree, at: int) -> str:
    """The lemma of a word, with its particle if it has one: "turn down"."""
    particle = tree.child(at, "compound:prt")
    return tree.lemma[at] if particle is None else f"{tree.lemma[at]} {tree.lower[particle]}"


def doers(tree: Tree, parts: Parts) -> list[int]:
    """The tokens of whoever does it, without the clauses that hang on them."""
    return [at for head in parts.subject for at in tree.under(head, "acl", "parataxis")]


@dataclass(slots=True)
class _Filling:
    subject: list[int] = field(default_factory=list)
    object: list[int] = field(default_factory=list)
    clause: list[int] = field(default_factory=list)
    rest: list[tuple[str, int]] = field(default_factory=list)


def parts_of(tree: Tree, at: int) -> Parts:
    """Give the parts of the predicate at a token: a verb, or a noun that tells a deed."""
    found = _Filling()
    nominal = tree.pos[at] not in ("VERB", "AUX")
    if nominal and tree.child(at, "cop") is None:
        _noun(tree, at, found)
    else:
        _verb(tree, at, found)
    return Parts(
        at,
        tuple(dict.fromkeys(found.subject)),
        tuple(dict.fromkeys(found.object)),
        tuple(dict.fromkeys(found.clause)),
        tuple(dict.fromkeys(found.rest)),
        _status(tree, _bearer(tree, at) if nominal else at),
        nominal,
    )


def passive(tree: Tree, at: int) -> bool:
    """Whether a verb stands in the passive: by its auxiliary, or as a participle behind a noun."""
    if any(tree.child(at, dep) is not None for dep in (*_PASSIVE, "aux:pass", "obl:agent")):
        return True
    return tree.dep[at] == "acl" and tree.form[at] == "Part" and tree.tense[at] == "Past"


def members(tree: Tree, head: int) -> list[int]:
    """Give a head and what is coordinated with it; not where a comma shows that another clause begins.

    "Mali, Niger and Chad" are three, but in "sent Medinsky, and the Ukrainians" the comma is no list's.
    """
    joined = tree.conjuncts(head)
    if len(joined) == 2 and comma_joined(tree, joined[1]):
        return joined[:1]
    return joined


def comma_joined(tree: Tree, member: int) -> bool:
    """Whether a second and last member of a list stands behind ", and"."""
    cc = tree.child(member, "cc")
    return cc is not None and cc > 0 and tree.lower[cc - 1] == ","


def _verb(tree: Tree, at: int, found: _Filling) -> None:
    done = passive(tree, at)
    for child in tree.children[at]:
        dep = tree.dep[child]
        if dep in _PASSIVE or (dep in _SUBJECT and done):
            found.object += _relative(tree, at, child)
        elif dep in _SUBJECT:
            found.subject += _relative(tree, at, child)
        elif dep in ("obj", "iobj"):
            found.object += _relative(tree, at, child)
        elif dep == "obl:agent" or (
            dep.startswith("obl") and done and tree.case(child) == "by" and not _dated(tree, child)
        ):
            found.subject += members(tree, child)
        elif dep in ("xcomp", "ccomp"):
            found.clause.append(child)
        elif dep.startswith("obl"):
            found.rest += [(tree.case(child), one) for one in members(tree, child)]
    _shared(tree, at, done, found)


def _relative(tree: Tree, at: int, child: int) -> list[int]:
    """The noun for which a relative pronoun stands, else the child and what is coordinated with it."""
    if tree.lower[child] in _RELATIVE and tree.dep[at] == "acl:relcl":
        return members(tree, tree.head[at])[:1]
    return members(tree, child)


def _shared(tree: Tree, at: int, done: bool, found: _Filling) -> None:
    """What stands with another verb and is this one's too: of coordination, control, participles, relative clauses."""
    dep, head = tree.dep[at], tree.head[at]
    if dep == "acl":
        (found.object if done else found.subject).extend(members(tree, head)[:1])
        return
    adverbial = any(tree.lower[one] in ("where", "when", "why") for one in tree.children[at])
    free = not found.object and not done and found.subject and head not in found.subject
    if dep == "acl:relcl" and free and not adverbial:
        found.object.append(head)
    if found.subject or (done and found.object) or head == at:
        return
    other = parts_of(tree, head) if tree.pos[head] in ("VERB", "AUX") else None
    if other is None:
        return
    if dep in ("conj", "parataxis"):
        theirs = other.object if passive(tree, head) else other.subject
        for one in other.object:  # "sent Medinsky, and the Ukrainians, after some hesitation, sent Umerov"
            last = tree.conjuncts(one)[-1]
            if one < last < at and comma_joined(tree, last):
                theirs = (last,)
    elif dep in ("xcomp", "advcl"):
        theirs = (other.object if dep == "xcomp" else ()) or other.subject
    else:
        return
    (found.object if done else found.subject).extend(theirs)


def _noun(tree: Tree, at: int, found: _Filling) -> None:
    """A noun of action: whose it is, what it is of, and who carries it out where a light verb stands beside it."""
    for child in tree.children[at]:
        case = tree.case(child)
        if tree.dep[child] == "nmod:poss" or case == "by":
            found.subject += members(tree, child)
        elif case == "of" or tree.dep[child] == "compound":
            found.object += members(tree, child)
        elif tree.dep[child].startswith("nmod"):
            found.rest += [(case, one) for one in members(tree, child)]
    verb = _bearer(tree, at)
    if verb != at:
        inner = _Filling()
        _verb(tree, verb, inner)
        if tree.lemma[verb] in _LIGHT:
            found.subject += inner.subject
        found.rest += [one for one in inner.rest if one[1] != at]


def _bearer(tree: Tree, at: int) -> int:
    """The verb that a noun of action stands with, itself where there is none."""
    head = tree.head[at]
    return head if tree.pos[head] in ("VERB", "AUX") else at


def _status(tree: Tree, at: int) -> str:
    """Whether a deed is told as done, as not done, or left open."""
    if tree.negated(at) or any(
        tree.has_no(one) for one in tree.children[at] if tree.dep[one] in ("nsubj", "nsubj:pass", "obj")
    ):
        return "denied"
    dep, head = tree.dep[at], tree.head[at]
    lower = {tree.lower[one] for one in tree.children[at] if tree.dep[one] in ("aux", "aux:pass", "mark")}
    if dep in ("xcomp", "ccomp", "acl", "advcl") and "to" in lower:
        governor = tree.lemma[head]
        if governor in _REFUSING:
            return "denied"
        if governor in _PLANNING or dep in ("acl", "advcl"):
            return "open"
    if (lower & _UNREAL and "to" not in lower) or lower & {"if", "unless", "whether"}:
        return "open"
    if dep == "ccomp" and tree.lemma[head] in ("demand", "propose", "ask", "deny"):
        return "denied" if tree.lemma[head] == "deny" else "open"
    if dep == "xcomp" and tree.lemma[head] in _REFUSING:
        return "denied"
    return "told"


def _dated(tree: Tree, at: int) -> bool:
    return tree.entity[at] in ("DATE", "TIME")
