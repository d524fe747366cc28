"""Which bodies a name may stand for: parties, ministries, firms, papers, by name, state and the words around.

A kind of body ("the National Assembly") is one of many states', and stands for that of the state of which it is told,
or of the state that its document is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.entities.knowledge.tables import candidates_of
from kg.entities.linking_candidates import Around, Candidate, score_of, surfaces
from kg.entities.linking_homes import leads, owner
from kg.entities.names import normalised
from kg.entities.names_bodies import GENERIC, body_name, states_in
from kg.model import EntityType, Gazetteer, Known

_GOVERNMENT = frozenset({"government", "administration", "authorities"})
_CENTRAL = frozenset("the of central federal national mainland current".split())
_SWAPS = tuple(
    (re.compile(one), other)
    for one, other in (
        (r"^(?:u\.n\.?|un) ", "united nations "),
        (r"\bprogram\b", "programme"),
        (r"\bprogramme\b", "program"),
        (r"is(?=ations?\b)", "iz"),
        (r"iz(?=ations?\b)", "is"),
        (r"\blabor\b", "labour"),
        (r"\bdefense\b", "defence"),
        (r"\bcenter\b", "centre"),
        (r"\bco-operation\b", "cooperation"),
        (r"\bof (?!the\b)", "of the "),
        (r"\bof the\b", "of"),
        (r"(?<=\w) party$", ""),
    )
)
"""What names of bodies are spelled in two ways; a table has one of them."""
_WORLD = "united nations "


def spellings(label: str) -> tuple[str, ...]:
    """Other keys under which the name of a body may stand.

    >>> "united nations world food programme" in spellings("U.N. World Food Program")
    True
    """
    forms = [surfaces(label)[1 if label[:4].lower() == "the " else 0]]
    for pattern, other in _SWAPS:
        forms += [new for form in forms if (new := pattern.sub(other, form)) != form]
    return tuple(dict.fromkeys(forms[1:]))


def bodies(label: str, told: Sequence[str], around: Around, gazetteer: Gazetteer) -> Iterator[Candidate]:
    """What a body of this name may be; `told` are the words of its mentions.

    An abbreviation of a state's body needs that state, another state's possessive speaks against it, and so does a
    second body of the same name.
    """
    found = [k for key in surfaces(label) for k in candidates_of(gazetteer, key) if k.type is EntityType.ORG]
    found += [k for key in surfaces(label) for k in gazetteer.get(key, ()) if k.type is not EntityType.ORG]
    read = {k for key in surfaces(label) for k in gazetteer.get(key, ())}
    name = body_name(label, gazetteer)
    kind = name.is_generic
    some: list[Known] = []
    wide = kind and not name.country
    for senses in (("name",), ("name", "alias"), ("name", "alias", "seat"))[1 if wide else 0 :]:
        some = some or [k for k in found if k.sense in senses and _fits_body(k)]
    some = some or list(_spelt_otherwise(label, gazetteer)) or list(_of_a_state(label, gazetteer))
    world = [] if some else list(_of_the_world(label, around, gazetteer))
    some = some or world
    some = [k for k in some if not _is_word(k, label, told, gazetteer)] or list(_party(label, around, gazetteer))
    codes = {code for text in (label, *told) for code in states_in(text, gazetteer).codes}
    alone = len({k.id or k.label for k in some}) == 1
    home = owner(around.states, around.homes)
    for known in dict.fromkeys(some):
        if known.type is not EntityType.ORG:
            yield Candidate(known, 0.6, ("the place acts",))
            continue
        score, why = _named_body(known, label, gazetteer, own=known in read, alone=alone)
        if label.isupper() and known.sense == "alias" and _is_told(known, around, gazetteer):
            score, why = 0.6, ["the abbreviation of a name in the document"]
        if known in world:
            score, why = 0.6, ["the document has the United Nations"]
        if known.country and codes and known.country not in codes:
            score, why = 0.2, ["belongs to another state"]
        elif kind and not codes and not _is_at_home(known, around, home):
            score, why = 0.3, ["a kind of body, without its state"]
        elif known.country and (known.country in around.states or known.country in codes):
            score, why = score + 0.2, [*why, f"the document names {known.country}"]
        elif known.country and around.homes.get(known.country, 0) > (" " not in label):
            score, why = score + 0.1, [*why, f"the document has names from {known.country}"]
        longer = normalised(known.label).removeprefix(f"{normalised(label)} ")
        short = known.sense == "alias" or longer not in (normalised(known.label), "party")
        if short and known not in read and normalised(known.label) not in spellings(label):
            known = replace(known, label=label)  # the BBC is called so
        yield Candidate(known, score_of(score), tuple(why))


def _is_told(known: Known, around: Around, gazetteer: Gazetteer) -> bool:
    """Whether the document has the full name of a body, too."""
    name = body_name(known.label, gazetteer)
    return bool(around.bodies & {f"2 {name.country} {name.key}", f"2 {known.country} {name.key}", f"2  {name.key}"})


def _is_at_home(known: Known, around: Around, home: str) -> bool:
    """Whether a kind of body is that of the state a document is about, or has most of."""
    if not known.country or known.weight > 1 or home == known.country:
        return True
    return leads(known.country, around.states, around.homes)


def _party(label: str, around: Around, gazetteer: Gazetteer) -> Iterator[Known]:
    """The party of a state around that is told short: "Labour" of the Labour Party, "Social Democrats", "Tories"."""
    key = surfaces(label)[-1]
    stems = dict.fromkeys((key, key.removesuffix("s"), re.sub(r"crats?$", "cratic", key)))
    found = [k for stem in stems for k in candidates_of(gazetteer, f"{stem} party") if k.type is EntityType.ORG]
    yield from (k for k in found if k.sense == "name" and k.country and k.country in around.states)


def government_of(label: str, gazetteer: Gazetteer) -> Known | None:
    """The state of which "the Chinese government" or "the government of China" is told, None if that is not all."""
    told = states_in(label, gazetteer, seats=False)
    if len(told.codes) != 1 or not set(told.rest) & _GOVERNMENT or set(told.rest) - _GOVERNMENT - _CENTRAL:
        return None
    return next(iter(gazetteer.get(f"iso:{told.codes[0].lower()}", ())), None)


def _fits_body(known: Known) -> bool:
    # a body that has the very name of a state is its team
    return known.type is EntityType.ORG or known.sense == "seat"


def _is_word(known: Known, label: str, told: Sequence[str], gazetteer: Gazetteer) -> bool:
    """Whether a name of one word after "The" is only that word in this text: Hindus read no "The Hindu"."""
    word = known.label.removeprefix("The ")
    if word == known.label or " " in word or label.startswith("The "):
        return False
    people = any(k.sense == "demonym" for k in gazetteer.get(word.lower().removesuffix("s"), ()))
    return people or not any(text.casefold().startswith("the ") for text in told)


def _spelt_otherwise(label: str, gazetteer: Gazetteer) -> Iterator[Known]:
    """Bodies of many states in another usual spelling; what the United Nations own may be told without them."""
    keys = spellings(label)
    keys += tuple(key.removeprefix(_WORLD) for key in keys if key.startswith(_WORLD))
    every = [k for key in keys for k in candidates_of(gazetteer, key) if k.type is EntityType.ORG and " " in key]
    found = [k for k in every if k.sense == "name"] or every
    yield from (k for k in found if not k.country or len({one.id for one in found}) == 1)


def _of_the_world(label: str, around: Around, gazetteer: Gazetteer) -> Iterator[Known]:
    """ "The Security Council" in a text that has the United Nations."""
    if f"2  {body_name(_WORLD.strip(), gazetteer).key}" in around.bodies:
        yield from (k for k in candidates_of(gazetteer, _WORLD + surfaces(label)[-1]) if k.type is EntityType.ORG)


def _of_a_state(label: str, gazetteer: Gazetteer) -> Iterator[Known]:
    """ "The Chinese Communist Party" is the one of that state that is called "Communist Party"."""
    told = states_in(label, gazetteer, seats=False)
    if len(told.codes) == 1 and (len(told.rest) > 1 or set(told.rest) & GENERIC):
        for known in candidates_of(gazetteer, " ".join(told.rest)):
            if known.type is EntityType.ORG and known.country == told.codes[0]:
                yield known


def _named_body(known: Known, label: str, gazetteer: Gazetteer, *, own: bool, alone: bool) -> tuple[float, list[str]]:
    """What the name of a body is worth by itself."""
    if label.isupper() and len(label) < 6 and known.sense == "alias":
        if own and not known.country and alone:
            return 0.6, ["the abbreviation"]
        score = 0.4 if own or known.weight > 1 else 0.3 if known.weight else 0.2
        return score, ["an abbreviation without its country"]
    if own:
        return 0.6, [f"the {known.sense}"]
    if not alone:
        return 0.4, ["a name of several bodies"]
    if body_name(label, gazetteer).is_generic:
        return 0.4, ["a kind of body"]
    score = 0.55 if " " in label or known.weight > 1 else 0.5  # one word is often something else
    longer = known.label == f"The {label}" or known.label.startswith(f"{label} ")
    if known.country and known.weight < 2 and longer and " " not in label:
        score = 0.45  # the Right, the Greens, Freedom Holding
    return score + (0.05 if known.weight > 1 else 0), [f"the {known.sense}"]
