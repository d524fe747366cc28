"""Descriptions of what is named or described elsewhere: appositions, offices, repeated descriptions, happenings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kg.extract.coreference.clusters import Clusters
from kg.extract.coreference.names import head_of_name
from kg.extract.coreference.words import name_of, plain
from kg.extract.words import MEETING_NOUNS, STATE_BODIES, WAR_NOUNS
from kg.model import EntityType, Mention, MentionKind

WARS = frozenset({"war", "invasion", "conflict"})
NEAR = 12  # sentences back to which a repeated description may point
DEFINITE = ("definite", "demonstrative", "possessive")
SAME_OFFICE = {
    "justice": "judge",
    "premier": "prime minister",
    "pm": "prime minister",
    "mp": "lawmaker",
    "chairwoman": "chairman",
    "chairperson": "chairman",
    "chair": "chairman",
    "gov.": "governor",
    "sen.": "senator",
    "gen.": "general",
    "col.": "colonel",
    "prof.": "professor",
    "congresswoman": "congressman",
}
RULERS = ("president", "prime minister", "chancellor", "king", "queen", "emir", "sultan")
LAST = 50  # bearers of one office that are looked at, so that long texts stay linear
LATELY = 2  # sentences after a name in which an office may stand for who holds it
STATELESS = frozenset({"prime", "former", "new", "deputy"})
BELOW = frozenset({"deputy", "vice", "shadow", "assistant", "junior"})
"""Words of an office that make it another one: the deputy foreign minister is not "the foreign minister"."""
HIDDEN = ("last", "previous", "next", "first", "second", "third", "new", "other", "another", "own", "same", "such")


def title_words(m: Mention) -> str:
    """The words of a titled name before the name, lower case: "ukrainian president"."""
    return m.text[: m.name.begin - m.span.begin].lower().strip(" ,") if m.name else ""


def office(text: str) -> str:
    """The office in a title or description: its last words that matter, in one usual form."""
    text = re.sub(r"^(the|an?|his|her|its|their|former|acting|then|deputy)\s+", "", text.lower())
    words = text.split()
    if len(words) >= 2 and words[-2:] == ["prime", "minister"]:
        return "prime minister"
    if len(words) >= 2 and words[-2] == "vice":
        return f"vice {words[-1]}"  # no president
    return SAME_OFFICE.get(words[-1], words[-1]) if words else ""


Bearer = tuple[int, frozenset[str], frozenset[str]]  # mention, its states, the words of its title


def roles(clusters: Clusters, homes: Mapping[int, str]) -> None:
    """ "The minister" is the person called minister last, of the same state where both tell one. Rule: role.

    `homes` gives the state of known persons: right after "Macron", "the French president" is he.
    """
    bearers: dict[str, list[Bearer]] = defaultdict(list)
    untitled: dict[str, int] = {}
    for m in clusters.mentions:
        if m.type is not EntityType.PERSON or m.members:
            continue
        states = frozenset(state_keys(clusters, m))
        if m.kind is MentionKind.NAME:
            states = states or frozenset(homes[i] for i in (m.index,) if i in homes)
            title = title_words(m)
            if title:
                bearers[office(title)].append((m.index, states, frozenset(title.split())))
            elif m.index in homes:
                untitled[homes[m.index]] = m.index
        elif m.kind is MentionKind.NOMINAL and m.number != "plur":
            key = office(" ".join([*m.modifiers, m.head_lemma]))
            if clusters.named(m.index):
                bearers[key].append((m.index, states, frozenset(m.modifiers)))
            elif m.determiner in DEFINITE:
                _role(clusters, m, states, _called(bearers, key), untitled)


def _called(bearers: Mapping[str, list[Bearer]], key: str) -> list[Bearer]:
    """Who was called by an office, the last first; a leader may be any ruler."""
    found = bearers.get(key, [])
    if key == "leader":
        found = sorted([*found, *(b for k in RULERS for b in bearers.get(k, [])[-LAST:])])
    return found[-LAST:][::-1]


def _role(
    clusters: Clusters, m: Mention, states: frozenset[str], called: list[Bearer], untitled: Mapping[str, int]
) -> None:
    new = frozenset(m.modifiers) - STATELESS
    if states:  # "the German leader" is the chancellor before a president of no told state
        called = sorted(called, key=lambda bearer: bearer[1] != states)
    for i, theirs, words in called:
        apart = (states and theirs and states != theirs) or (new and other_office(m, words))
        if not apart and (new <= words or states) and clusters.join(i, m.index, "role"):
            return
    for state in sorted(states):
        i = untitled.get(state, -1)
        lately = i >= 0 and m.sentence - clusters.mentions[i].sentence <= LATELY
        titled = lately and any(clusters.root(b[0]) == clusters.root(i) for b in called)
        ruler = office(" ".join([*m.modifiers, m.head_lemma])) in (*RULERS, "leader")
        if lately and ruler and not titled and clusters.join(i, m.index, "role"):
            return


def state_keys(clusters: Clusters, m: Mention) -> Iterator[str]:
    """The states that modify a mention, as keys of their clusters."""
    if m.index in clusters.name_state:
        yield clusters.name_state[m.index][0]
    for i in state_mentions(clusters, m):
        yield clusters.key[clusters.root(i)]


def state_mentions(clusters: Clusters, m: Mention) -> Iterator[int]:
    """The states that modify a mention: its possessor, or names inside its span right before or after the head."""
    near = range(max(0, m.index - 2), min(len(clusters.mentions), m.index + 5))
    for i in near:
        inner = clusters.mentions[i]
        inside = inner.span.begin >= m.span.begin and inner.span.end <= m.span.end
        if i != m.index and inside and clusters.key.get(clusters.root(i), "").startswith("state "):
            yield i
    p = m.possessor
    if p is not None and p not in near and clusters.key.get(clusters.root(p), "").startswith("state "):
        yield p


def _state_key(clusters: Clusters, i: int) -> Iterator[str]:
    key = clusters.key.get(clusters.root(i), "")
    if key.startswith("state "):
        yield key


def bodies(clusters: Clusters) -> None:
    """ "The defence ministry in Moscow" is the "Russian Defence Ministry": same words, no other state. Rule: body."""
    found: dict[str, list[tuple[int, frozenset[str], frozenset[str]]]] = defaultdict(list)
    named: dict[str, int] = {}
    for m in clusters.mentions:
        if m.type is not EntityType.ORG or m.members or (m.number == "plur" and m.head_lemma != "police"):
            continue
        head = plain(m.text[m.head.begin - m.span.begin : m.head.end - m.span.begin])
        head = m.head_lemma if m.kind is MentionKind.NOMINAL else head
        if m.head_lemma not in STATE_BODIES and head not in STATE_BODIES:
            _short_body(clusters, m, named)
            continue
        states = frozenset(state_keys(clusters, m))
        words = frozenset(w for w in _body_words(clusters, m) if w != head)
        if m.determiner in DEFINITE or m.kind is MentionKind.NAME or states:
            for i, theirs, their_words in reversed(found.get(head, ())):
                kept = words <= their_words if m.determiner in DEFINITE else words == their_words
                apart = bool(states) and states != theirs and (bool(theirs) or words != their_words)
                if kept and not apart and clusters.join(i, m.index, "body"):
                    break
        found[head].append((m.index, states, words))


def _short_body(clusters: Clusters, m: Mention, named: dict[str, int]) -> None:
    """ "The bank" is the body called so last whose name has that for its head: "the World Bank"."""
    if m.kind is MentionKind.NAME:
        named[head_of_name(m)] = m.index
    elif m.determiner == "definite" and not m.modifiers and m.span.end == m.head.end:
        i = named.get(m.head_lemma)
        if i is not None and m.sentence - clusters.mentions[i].sentence <= NEAR:
            clusters.join(i, m.index, "body")


def _body_words(clusters: Clusters, m: Mention) -> Iterator[str]:
    """What tells a ministry from another: its modifiers without states."""
    source = m.modifiers if m.kind is MentionKind.NOMINAL else re.split(r"\W+", plain(name_of(m)))
    states = [clusters.mentions[i].text.lower() for i in state_mentions(clusters, m)]
    states.append(clusters.name_state.get(m.index, ("", ""))[1])
    skipped = {"of", "the", "for", "and", "in", "royal", "national", *HIDDEN, *(w for s in states for w in s.split())}
    return (w for w in source if w and w not in skipped)


def repeated(clusters: Clusters) -> None:
    """A definite description with the head of an earlier one and nothing new. Rule: same description."""
    last: dict[tuple[str, str], list[int]] = defaultdict(list)
    for m in clusters.mentions:
        if m.kind is not MentionKind.NOMINAL or m.members or not m.head_lemma.isalpha():
            continue
        key = (m.head_lemma, m.number)
        if m.determiner in ("definite", "demonstrative") and not set(m.modifiers) & set(HIDDEN):
            for i in reversed(last[key][-4:]):
                other = clusters.mentions[i]
                if m.sentence - other.sentence > NEAR:
                    break
                if set(m.modifiers) <= set(other.modifiers) and not _other_thing(clusters, m, other):
                    clusters.join(i, m.index, "same description")
                    break
        last[key].append(m.index)


def other_office(m: Mention, words: Iterable[str]) -> bool:
    """Whether an office of these words stands below the one that is described: "deputy foreign" and "foreign"."""
    return bool(m.modifiers) and not BELOW.isdisjoint(set(words) - set(m.modifiers))


def _other_thing(clusters: Clusters, m: Mention, other: Mention) -> bool:
    """Whether a state, an ordinal or what follows the head tells two descriptions apart."""
    mine, theirs = set(state_keys(clusters, m)), set(state_keys(clusters, other))
    tails = [x.text[x.head.end - x.span.begin :] for x in (m, other)]
    apart = bool(tails[0]) and tails[0] != tails[1]
    apart = apart or other_office(m, other.modifiers)
    return apart or bool(mine and mine != theirs) or bool(set(other.modifiers) & set(HIDDEN))


def happenings(clusters: Clusters) -> None:
    """Talks told by their place, and wars told by their states, are one each. Rules: by place, by states."""
    met: dict[str, int] = {}
    wars: list[tuple[int, frozenset[str]]] = []
    for m in clusters.mentions:
        if m.type is not EntityType.EVENT or m.kind is not MentionKind.NOMINAL:
            continue
        if m.head_lemma in MEETING_NOUNS:
            for i in _within(clusters, m):
                inner = clusters.mentions[i]
                if inner.kind is MentionKind.NAME and (inner.marker in ("in", "at") or inner.relation == "compound"):
                    place = str(clusters.root(i))
                    if place in met:
                        clusters.join(met[place], m.index, "meeting by place")
                    met.setdefault(place, m.index)
                    break
        elif m.head_lemma in WAR_NOUNS:
            states = frozenset(k for i in _within(clusters, m) for k in _state_key(clusters, i))
            for i, theirs in wars:
                if clusters.mentions[i].head_lemma == m.head_lemma and (states <= theirs or theirs <= states):
                    clusters.join(i, m.index, "war by states")
                    break
            wars.append((m.index, states))
    _the_war(clusters, {clusters.root(i) for i, _ in wars}, WARS, "the war")
    _the_war(clusters, {clusters.root(i) for i in met.values()}, MEETING_NOUNS, "the talks")


def _the_war(clusters: Clusters, found: set[int], nouns: frozenset[str], rule: str) -> None:
    """ "The war" and "the talks" without more are the only war or talks that the text tells apart."""
    if len(found) != 1:
        return
    [event] = found
    for m in clusters.mentions:
        bare = m.kind is MentionKind.NOMINAL and not m.modifiers and not m.members and m.type is None
        if bare and m.determiner == "definite" and m.head_lemma in nouns and m.span.end == m.head.end:
            clusters.join(event, m.index, rule)


def _within(clusters: Clusters, m: Mention) -> Iterator[int]:
    """The mentions inside another that come right before or after it."""
    for i in range(max(0, m.index - 2), min(len(clusters.mentions), m.index + 9)):
        inner = clusters.mentions[i]
        if i != m.index and inner.span.begin >= m.span.begin and inner.span.end <= m.span.end:
            yield i
