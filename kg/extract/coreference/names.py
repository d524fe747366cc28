"""Names of one thing: the same name, what the gazetteer knows by several, short forms, acronyms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from kg.extract.coreference.clusters import Clusters
from kg.extract.coreference.words import families, name_of, plain, relatives, words_of
from kg.extract.lookup import at_home, given_gender, is_state, lookup, state_of
from kg.extract.words import PLACE_NOUNS, STATE_BODIES, word_set
from kg.model import EntityType, Gazetteer, Known, Mention, MentionKind
from kg.textnorm import without_legal_form

LOCATIVE = word_set(
    "in to from near at around outside inside into through via toward towards across over within beyond off"
)
BESIDE = word_set("past along outside near around inside toward towards opposite beside behind")
STRONG = ("nsubj", "nsubj:pass", "obl:agent", "nmod:poss", "obj", "iobj")
ACTING = ("nsubj", "nsubj:pass", "nsubj:outer", "obl:agent", "nmod:poss", "obj", "iobj", "conj", "obl", "nmod")
MUNICIPAL = PLACE_NOUNS | word_set("mayor resident street suburb outskirt centre center inhabitant people")


def identify(clusters: Clusters, gazetteer: Gazetteer, deciding: Collection[int] = ()) -> dict[int, Known]:
    """Give every name its reading and join names of one reading. Rules: gazetteer identity, exact name.

    `deciding` are the mentions that stand as sides of what governments do.
    """
    mentions = clusters.mentions
    readings = _readings(mentions, gazetteer, deciding)
    first: dict[str, int] = {}
    for m in mentions:
        if m.kind is not MentionKind.NAME:
            continue
        known = readings.get(m.index)
        if m.type is EntityType.PERSON:
            clusters.set_gender(m.index, given_gender(gazetteer, name_of(m)))
        if m.type is EntityType.ORG:
            _note_state(clusters, m, gazetteer)
        if known is None and (kept := lookup(gazetteer, name_of(m))) and all(k.sense == "seat" for k in kept):
            clusters.set_type(m.index, EntityType.LOC)
        if known is not None:
            people = m.type is EntityType.NORP and m.number == "plur" and known.sense == "demonym"
            kind = "people" if people else "state" if is_state(gazetteer, known) else "known"
            key = f"{kind} {known.id or known.label}"
            clusters.key[m.index] = key
            rule = f"gazetteer {known.sense}"
        else:
            group = m.type if m.type in (EntityType.EVENT, EntityType.NORP) else ""
            name = plain(name_of(m))
            key, rule = f"name {group}{without_legal_form(name) if m.type is EntityType.ORG else name}", "exact name"
        if key in first:
            clusters.join(first[key], m.index, rule)
        else:
            first[key] = m.index
            clusters.note(m.index, rule)
    return readings


def homes(readings: dict[int, Known], gazetteer: Gazetteer) -> dict[int, str]:
    """The key of the state of each known person who is named: of Macron, that of France."""
    out = {}
    for i, known in readings.items():
        state = state_of(gazetteer, known.country) if known.type is EntityType.PERSON else None
        if state is not None:
            out[i] = f"state {state.id or state.label}"
    return out


def _note_state(clusters: Clusters, m: Mention, gazetteer: Gazetteer) -> None:
    """Remember the state that a body's name tells: "Russian Defence Ministry", "High Court of Kenya"."""
    words = name_of(m).split()
    parts = [words[:1], words[:2], words[len(words) - words[::-1].index("of") :] if "of" in words else []]
    for part in parts:
        surface = " ".join(part).removeprefix("the ")
        known = lookup(gazetteer, surface) if part and part != words else ()
        if known and known[0].sense != "seat" and is_state(gazetteer, known[0]):
            clusters.name_state[m.index] = (f"state {known[0].id or known[0].label}", surface.lower())


def _readings(mentions: Sequence[Mention], gazetteer: Gazetteer, deciding: Collection[int]) -> dict[int, Known]:
    """What each name stands for here. A seat or a bare surname needs its state to be spoken of in the text."""
    named = [m for m in mentions if m.kind is MentionKind.NAME and m.name and m.type is not None]  # a ship has no type
    found = {m.index: lookup(gazetteer, name_of(m)) for m in named}
    for i in families(named, STRONG):
        found[i] = tuple(k for k in found[i] if is_state(gazetteer, k) and k.sense != "seat")
    for m in mentions:
        if m.index in found and not found[m.index] and m.type is EntityType.NORP and m.text.endswith("s"):
            found[m.index] = tuple(k for k in lookup(gazetteer, name_of(m)[:-1]) if k.sense == "demonym")
    told = _told_acronyms(mentions)
    for i, known in found.items():
        acronym = plain(name_of(mentions[i])) if len(known) and name_of(mentions[i]).isupper() else ""
        if acronym in told:  # a text says itself what its acronyms mean
            found[i] = tuple(k for k in known if plain(k.label) in told[acronym])
        elif acronym and len({k.label for k in known if k.type is EntityType.ORG}) > 1:
            found[i] = at_home(known, (other for k, other in found.items() if k != i))
    read = [known[0] for known in found.values() if known and (known[0].sense != "seat" or len(known) == 1)]
    spoken = {k.label for k in read if is_state(gazetteer, k)}  # the Kremlin is nothing but Russia's seat
    spoken |= {k.label for k in read if k.type is EntityType.ORG} & _seated(found.values())
    groups = {i: m for m in mentions for i in m.members}
    owned = {m.possessor: m for m in mentions if m.possessor is not None}
    out: dict[int, Known] = {}
    deciders = {plain(name_of(mentions[i])) for i in deciding if i in found}  # and so in the whole text
    for m in mentions:
        decides = m.index in found and plain(name_of(m)) in deciders
        chosen = _choose(m, found.get(m.index, ()), spoken, (groups, owned), mentions, gazetteer, decides)
        if chosen is not None:
            out[m.index] = chosen
    return out


def _seated(found: Iterable[Sequence[Known]]) -> set[str]:
    """The bodies, by their labels, that a city which the text names may stand for: "Brussels" for the union."""
    return {k.label for known in found for k in known if k.sense == "seat" and k.type is EntityType.ORG}


def _told_acronyms(mentions: Sequence[Mention]) -> dict[str, set[str]]:
    """Acronyms to the longer names of the text that they may abbreviate, all folded."""
    out: dict[str, set[str]] = defaultdict(set)
    for m in mentions:
        words = words_of(m) if m.kind is MentionKind.NAME and m.type in (EntityType.ORG, EntityType.NORP, None) else ()
        if len(words) > 1:
            out["".join(w[:1] for w in words)].add(plain(name_of(m)))
    return out


def _choose(
    m: Mention,
    known: tuple[Known, ...],
    spoken: set[str],
    around: tuple[dict[int, Mention], dict[int, Mention]],
    mentions: Sequence[Mention],
    gazetteer: Gazetteer,
    decides: bool,
) -> Known | None:
    if not known:
        return None
    if m.type is EntityType.PERSON:
        person = next((k for k in known if k.type is EntityType.PERSON), None)
        state = state_of(gazetteer, person.country) if person else None
        nearby = state is not None and state.label in spoken
        return person if person is not None and (person.sense == "name" or nearby) else None
    places = [k for k in known if k.type is not EntityType.PERSON]
    if m.type is EntityType.ORG and m.text.isupper() and len({k.label for k in places}) > 1:
        # an acronym of several bodies
        places = [k for k in places if (home := state_of(gazetteer, k.country)) is not None and home.label in spoken]
    elif m.type in (EntityType.ORG, EntityType.GPE, EntityType.LOC):
        places.sort(key=lambda k: k.type != m.type and EntityType.ORG in (k.type, m.type))
    seats = [k for k in places if k.sense == "seat"]
    if m.type is EntityType.ORG and known[0].sense in ("name", "alias") and is_state(gazetteer, known[0]):
        return None  # a team
    if seats and len(seats) == len(places) and m.marker.split(" ")[0] in BESIDE:
        return None  # protesters outside the White House
    others = [k for k in places if k.sense != "seat"]
    if m.type is EntityType.ORG and not any(k.type is EntityType.ORG for k in places):
        places = others = [k for k in others if is_state(gazetteer, k)]
    if seats and (not others or _acts(m, around[0].get(m.index), around[1].get(m.index), mentions)):
        acting = [k for k in seats if k.label in spoken] or ([] if others else seats)
        if not acting and (decides or (spoken and m.relation in STRONG)):
            # a text about the city itself would name its country, and so would one about that of a union's seat
            acting = sorted(seats, key=lambda k: k.type is not EntityType.ORG)[:1]
        if acting:
            return acting[-1]
    return others[0] if others else None


def _acts(m: Mention, group: Mention | None, owned: Mention | None, mentions: Sequence[Mention]) -> bool:
    """Whether a city stands for its government here: an actor, not a place where something is or goes."""
    marker, relation = m.marker, m.relation
    if relation == "conj" and group is not None:
        marker, relation = marker or group.marker, group.relation
    if relation not in ACTING:
        return False
    if owned is not None and (owned.kind is MentionKind.NAME or owned.head_lemma in MUNICIPAL):
        return False
    if marker.split(" ")[0] in LOCATIVE:
        return marker == "in" and _in_a_body(m, mentions)
    if marker == "for" and relation == "obl":
        return False  # "left for Cairo", but "support for Cairo"
    return bool(marker) or relation not in ("obl", "nmod")


def _in_a_body(m: Mention, mentions: Sequence[Mention]) -> bool:
    """ "The ministry in Moscow" is the state's; looks at the few mentions before this one."""
    for other in mentions[max(0, m.index - 4) : m.index]:
        if other.span.end >= m.span.end and other.head.end <= m.span.begin and other.head_lemma in STATE_BODIES:
            return m.span.begin - other.head.end <= len(" in the ")
    return False


def short_forms(clusters: Clusters) -> None:
    """Join short forms of persons' names to the long ones. Rules: surname, first name, parts of a name."""
    mentions = clusters.mentions
    by_last: dict[str, list[int]] = defaultdict(list)
    by_first: dict[str, list[int]] = defaultdict(list)
    by_middle: dict[str, list[int]] = defaultdict(list)
    by_pair: dict[tuple[str, str], int] = {}
    _retype(clusters)
    for m in mentions:
        person = m.kind is MentionKind.NAME and clusters.type(m.index) is EntityType.PERSON
        words = words_of(m) if person else ()
        if len(words) > 2:
            by_middle[words[-2]].append(m.index)  # the father's surname: "Ibáñez" of Jorge Ibáñez Salcedo
        if len(words) > 1:
            by_last[words[-1]].append(m.index)
            by_first[words[0]].append(m.index)
            for pair in dict.fromkeys(((words[0], words[-1]), (words[-2], words[-1]))):  # a set has no order
                clusters.join(by_pair.setdefault(pair, m.index), m.index, "parts of a name")
    kin = relatives(mentions)
    lasts, firsts, middles = (_first_of_each(clusters, index) for index in (by_last, by_first, by_middle))
    for m in mentions:
        if m.kind is not MentionKind.NAME or m.type is EntityType.EVENT or m.determiner:
            continue
        words = words_of(m)
        if len(words) != 1 or (clusters.key.get(clusters.root(m.index)) and m.type is not EntityType.PERSON):
            continue
        if m.type is not EntityType.PERSON and (m.text.isupper() or m.type is EntityType.NORP):
            continue
        for index, rule in ((lasts, "surname"), (firsts, "first name"), (middles, "first surname")):
            candidates = [i for i in index.get(words[0], ()) if i not in kin and _agree(clusters, i, m.index)]
            before = [i for i in candidates if i < m.index] or candidates[:1]
            best = max(before, key=lambda i: (clusters.size(i), i), default=None)  # the protagonist, else the nearest
            if best is not None and clusters.join(best, m.index, rule):
                clusters.set_type(m.index, EntityType.PERSON)
                break


def _retype(clusters: Clusters) -> None:
    """A longer unknown name that ends in a person's is a person's: "Aung San Suu Kyi", later "Suu Kyi"."""
    names = [m for m in clusters.mentions if m.kind is MentionKind.NAME]
    people = {words_of(m) for m in names if m.type is EntityType.PERSON}
    for m in names:
        words = words_of(m)
        unknown = m.type in (EntityType.GPE, EntityType.LOC, None) and not clusters.key.get(clusters.root(m.index))
        if unknown and any(words[k:] in people for k in range(1, len(words) - 1)):
            clusters.set_type(m.index, EntityType.PERSON)


def _first_of_each(clusters: Clusters, index: Mapping[str, Sequence[int]]) -> dict[str, list[int]]:
    """The first mention of each person, by the word: a text repeats its names, and people are few."""
    out = {}
    for word, found in index.items():
        first: dict[int, int] = {}
        for i in found:
            first.setdefault(clusters.root(i), i)
        out[word] = list(first.values())
    return out


def _agree(clusters: Clusters, i: int, j: int) -> bool:
    a, b = clusters.gender(i), clusters.gender(j)
    return not (a and b and a != b and "neut" not in (a, b))


def organisation_forms(clusters: Clusters) -> None:
    """Join acronyms, reordered words and shortened names of organisations to the nearest fuller name before them."""
    mentions = clusters.mentions
    initials: dict[str, int] = {}
    bags: dict[frozenset[str], int] = {}
    ends: dict[str, list[int]] = defaultdict(list)
    for m in mentions:
        if m.kind is not MentionKind.NAME or m.type not in (EntityType.ORG, EntityType.NORP, EntityType.EVENT, None):
            continue
        words = words_of(m)
        short = plain(name_of(m))
        if len(words) == 1 and name_of(m).isupper() and short in initials:
            clusters.join(initials[short], m.index, "acronym")
        if m.type not in (EntityType.ORG, None):
            continue
        bag = frozenset(words)
        if len(bag) > 1 and bag in bags:
            clusters.join(bags[bag], m.index, "words of a name")
        else:
            _shortened(clusters, m, words, ends)
        if len(words) > 1:
            bags.setdefault(bag, m.index)
            initials.setdefault("".join(w[0] for w in words), m.index)
            ends[words[-1]].append(m.index)


def _shortened(clusters: Clusters, m: Mention, words: tuple[str, ...], ends: dict[str, list[int]]) -> None:
    """ "The Court of Appeal" is no "High Court": all words of the short form end the long one, in order."""
    for i in reversed(ends.get(words[-1], ()) if words else ()):
        longer = words_of(clusters.mentions[i])
        if len(longer) > len(words) and longer[-len(words) :] == words and clusters.join(i, m.index, "short name"):
            return


def head_of_name(m: Mention) -> str:
    """The word that says what a named body is, folded: before "of" or "for", else the last."""
    words = plain(name_of(m)).split()
    return next((words[k - 1] for k in range(1, len(words)) if words[k] in ("of", "for")), words[-1] if words else "")
