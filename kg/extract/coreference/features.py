"""What speaks for an antecedent of a pronoun: grammar, distance, agreement and quotation as named features."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.extract.coreference.clusters import Clusters
from kg.extract.syntax.signatures import COMPLEMENTS, Entailment, embedding
from kg.extract.words import BODY_NOUNS, GROUP_NOUNS, PERSON_NOUNS, listed
from kg.model import Attribution, Category, Clause, Mention, MentionKind, Slot, Span

PEOPLE = PERSON_NOUNS | GROUP_NOUNS | BODY_NOUNS
ANSWERING = listed("answering")
CLASSES = {"masc": "he", "fem": "he", "neut": "it"}
RELATIONS = {
    "nsubj": "subject",
    "nsubj:pass": "subject",
    "nsubj:outer": "subject",
    "obl:agent": "agent",
    "obj": "object",
    "iobj": "object",
    "nmod:poss": "owner",
    "obl": "oblique",
    "nmod": "oblique",
    "compound": "part",
    "amod": "part",
}
FOLLOWING = frozenset({"ccomp", "xcomp", "csubj", "csubj:pass", "advcl", "acl", "acl:relcl", "advcl:relcl"})
SEEMING = frozenset({"seem", "appear", "happen", "turn out", "remain", "take", "rain", "snow", "matter"})
FAR = 3  # sentences; beyond, all distances are one
SIZES = (1, 2, 3, 5, 9)
RANKS = (0, 1, 2, 4, 8)


@dataclass(frozen=True, slots=True)
class Scene:
    """What the clauses of a text tell of its mentions, worked out once.

    `clause` gives the verb that a mention belongs to, `subject` the subject of each verb, `governor` the verb above it.
    `owned` is what a possessor owns, `said` the speaker of each mention within an attribution's content, `fellows` the
    other arguments of a mention's verb, `empty` what is said of subjects that may stand for nothing ("it is likely
    that"), `sources` are those who say something, `within` gives the complement of a noun, by where the noun begins,
    `answered` who accepts or refuses what a possessor wants.
    """

    clause: dict[int, int] = field(default_factory=dict)
    subject: dict[int, int] = field(default_factory=dict)
    governor: dict[int, int] = field(default_factory=dict)
    owned: dict[int, int] = field(default_factory=dict)
    said: dict[int, int] = field(default_factory=dict)
    fellows: dict[int, set[int]] = field(default_factory=dict)
    empty: dict[int, str] = field(default_factory=dict)
    sources: frozenset[int] = frozenset()
    within: dict[int, Span] = field(default_factory=dict)
    answered: dict[int, int] = field(default_factory=dict)


def scene(
    mentions: Sequence[Mention],
    clauses: Sequence[Clause],
    attributions: Sequence[Attribution],
    said: dict[int, int],
) -> Scene:
    """Read the clauses and attributions; linear in their number. `said` gives the speaker of what is quoted."""
    sources = frozenset(a.source.mention for a in attributions if a.source and a.source.mention is not None)
    out = Scene(said=said, fellows=defaultdict(set), empty=_empty(clauses), sources=sources)
    for clause in clauses:
        if clause.governor is not None:
            out.governor[clause.index] = clause.governor
        if clause.category is not Category.VERB:
            told = (a.span for a in clause.arguments if a.slot is Slot.COMPLEMENT)
            out.within.update((clause.trigger.begin, span) for span in told)
            continue
        these = {a.mention for a in clause.arguments if a.mention is not None}
        for a in clause.arguments:
            if a.mention is None:
                continue
            out.fellows[a.mention] |= these - {a.mention}
            out.clause.setdefault(a.mention, clause.index)
            if a.slot is Slot.SUBJECT:
                out.fellows[a.mention] |= _in_predicates(clause, mentions)
            surface = a.slot is Slot.OBJECT if clause.passive else a.slot is Slot.SUBJECT
            if surface:
                out.subject.setdefault(clause.index, a.mention)
    out.owned.update((m.possessor, m.index) for m in mentions if m.possessor is not None)
    for possessor, owned in out.owned.items():
        verb = out.clause.get(owned)
        if verb is not None and clauses[verb].lemma in ANSWERING and _is_wish(mentions[owned]):
            answerer = out.subject.get(verb, owned)
            out.answered.update({possessor: answerer} if answerer != owned else {})
    return out


def _is_wish(mention: Mention) -> bool:
    """Whether a noun tells what somebody wants of another: a demand, a request, an offer."""
    found = embedding().of(Category.NOUN, mention.head_lemma, *sorted(COMPLEMENTS))
    return found is not None and found.affirmed in (Entailment.WANTED, Entailment.FUTURE)


def is_among_fellows(clusters: Clusters, scene: Scene, i: int, c: int) -> bool:
    """Whether c is one of a group beside whom i stands at one verb: "Chad and Peru said they would oppose it".

    As two arguments of a verb are different things, so are one of them and a part of the other; reflexives apart.
    """
    if clusters.mentions[i].text.lower().endswith(("self", "selves")):
        return False
    groups = (clusters.mentions[k] for f in scene.fellows.get(i, ()) for k in clusters.members(f)[:GROUPS])
    return any(clusters.root(k) == clusters.root(c) for m in groups for k in m.members)


GROUPS = 12
"""Mentions of a chain that are asked for the members of its group, so that long texts stay linear."""


def _in_predicates(clause: Clause, mentions: Sequence[Mention]) -> set[int]:
    """Who is named in what a subject is said to be: "as deputy to the mayor, he asked …" is not the mayor."""
    out: set[int] = set()
    for a in clause.arguments:
        if a.slot is Slot.OBLIQUE and a.marker == "as" and a.mention is not None:
            k = a.mention + 1
            while k < len(mentions) and mentions[k].span.begin < a.span.end:
                out.add(k)
                k += 1
    return out


def _empty(clauses: Sequence[Clause]) -> dict[int, str]:
    """Subjects of seeming and of predicates without a verb, and whether a clause follows there."""
    above = {c.governor for c in clauses if c.governor is not None and c.relation in FOLLOWING}
    out: dict[int, str] = {}
    for clause in clauses:
        if clause.category is Category.VERB and clause.lemma not in SEEMING:
            continue
        for a in clause.arguments:
            if a.mention is not None and a.slot is Slot.SUBJECT:
                out[a.mention] = f"{clause.category.value} {clause.index in above}"
    return out


def pronoun_class(m: Mention) -> str:
    """ "he" for persons, "it" for things and bodies, "they" for many."""
    return "they" if m.number == "plur" else CLASSES.get(m.gender, "it")


def nobody(m: Mention, scene: Scene) -> Iterator[str]:
    """What speaks for a pronoun that points to nothing before it."""
    p = pronoun_class(m)
    yield f"{p} nobody"
    yield f"{p} nobody {_relation(m)}"
    yield f"{p} nobody quoted {m.quoted}"
    if p == "it" and m.index in scene.empty:
        yield f"it nobody {scene.empty[m.index]}"
    if p == "it" and m.text[0].isupper():
        yield "it nobody begins"


def features(clusters: Clusters, scene: Scene, m: Mention, c: Mention, rank: int) -> Iterator[str]:
    """What speaks for or against c as what m points to; `rank` counts the candidates nearer to m."""
    p = pronoun_class(m)
    head = clusters.mentions[c.apposition_of] if c.apposition_of is not None else c  # both stand where the first does
    relation = _relation(head)
    distance = min(m.sentence - c.sentence, FAR)
    kind = clusters.type(c.index)
    yield f"{p} sentences {distance}"
    yield f"{p} is {relation}"
    yield f"{p} is {relation} {distance}"
    yield f"{p} type {kind.value if kind else None} {c.kind is MentionKind.NOMINAL}"
    yield f"{p} number {c.number}"
    yield f"{p} size {_bucket(clusters.size(c.index), SIZES)}"
    yield f"{p} rank {_bucket(rank, RANKS)}"
    yield f"{p} quoted {m.quoted} {c.quoted}"
    if c.kind is MentionKind.PRONOUN:
        yield f"{p} pronoun {pronoun_class(c) == p}"
    if m.gender in ("masc", "fem") and clusters.gender(c.index) == m.gender:
        yield f"{p} gender"
    if c.members:
        yield f"{p} group"
    if c.head_lemma in PEOPLE:
        yield f"{p} people"
    yield from _syntax(clusters, scene, m, c, p)


def _syntax(clusters: Clusters, scene: Scene, m: Mention, c: Mention, p: str) -> Iterator[str]:
    """ "Her" of a verb's object is often its subject; "he" in what somebody says is often who says it."""
    reflexive = m.text.lower().endswith(("self", "selves"))
    owned = scene.owned.get(m.index)
    verb = scene.clause.get(m.index if owned is None else owned)
    if c.index in scene.fellows.get(m.index, ()):
        yield f"{p} fellow {reflexive} {_relation(c)}"
    if verb is not None:
        above = scene.governor.get(verb, -1)
        if owned is not None and scene.subject.get(verb) == c.index:
            yield f"{p} owner subject"
        if scene.subject.get(above) == c.index:
            yield f"{p} subject above"
        elif scene.subject.get(scene.governor.get(above, -1)) == c.index:
            yield f"{p} subject above that"
    if m.index in scene.sources and c.index in scene.sources:
        yield f"{p} both speak {min(m.sentence - c.sentence, FAR)}"
    speaker = scene.said.get(m.index)
    if speaker is not None and clusters.root(speaker) == clusters.root(c.index):
        yield f"{p} speaker {m.quoted}"


def _relation(m: Mention) -> str:
    return RELATIONS.get(m.relation, "other")


def _bucket(value: int, edges: tuple[int, ...]) -> int:
    """The greatest edge that the value reaches."""
    return max((e for e in edges if value >= e), default=edges[0])
