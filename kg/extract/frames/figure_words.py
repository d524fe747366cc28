"""Words of figures: who gives them, what takes one up, and which nouns count things of one kind."""

from __future__ import annotations

import re

TELLING = frozenset(
    "say tell report announce state declare claim confirm add insist maintain acknowledge admit suggest show find "
    "indicate reveal believe allege assert note write".split()
)
"""Verbs whose subject gives a figure that stands in what they tell."""

COUNTING: dict[str, bool] = {
    **dict.fromkeys("count put tally estimate record register document verify list reckon speak talk".split(), True),
    **dict.fromkeys("give cite see observe report say find claim confirm".split(), False),
}
"""Verbs whose subject gives the figure itself, and whether a bare number after them takes one up."""

ANAPHORS = frozenset("number figure total toll count tally share proportion estimate percentage".split())
"""What a verb of counting sets anew: "put the figure at", "gave a lower toll"."""

PUBLICATIONS = frozenset(
    "poll survey report study research tally count figure statistic datum census estimate investigation inquiry audit "
    "record list document paper analysis assessment".split()
)
"""What gives figures in the name of somebody else."""

STATES = frozenset("injured wounded dead killed missing hurt displaced detained arrested homeless infected".split())
"""What is counted where people are meant."""

HAPPENINGS = {
    **dict.fromkeys(("death", "deaths", "fatality", "fatalities", "killing", "killings"), "dead"),
    **dict.fromkeys(("injury", "injuries"), "injured"),
    **dict.fromkeys(("arrest", "arrests"), "arrested"),
    **dict.fromkeys(("detention", "detentions"), "detained"),
}
"""What is counted where what happened to people is meant: "twelve deaths" are twelve people who died."""

NOBODY = re.compile(
    r"\b(?P<none>no[ -]one|nobody|none(?:\s+of\s+them)?|no\s+(?:people|civilians|residents|one)|"
    r"no\s+(?P<noun>deaths|fatalities|injuries|arrests))\b(?:\s+(?:else|was|were|had|has|have|been|is|are|being)){0,3}"
    r"(?:\s+(?P<verb>\w+))?",
    re.IGNORECASE,
)
"""A figure of nought in words, with what did not happen to anybody."""

GENERIC = frozenset("people persons individuals".split())
"""Nouns that count anybody: standing side by side does not make two of them one count."""

CONTRAST = re.compile(r";|,\s+(?:whereas|while|but|though|although)\b|\b(?:whereas|however)\b", re.IGNORECASE)
OF_THEM = re.compile(r"\s+of\s+(?:them|these|those)\b", re.IGNORECASE)

_KINDS = (
    "home house hut building dwelling property shelter residence",
    "vehicle car truck lorry tank convoy van",
    "people person individual civilian resident victim",
    "soldier troop serviceman servicewoman fighter combatant recruit",
    "prisoner captive detainee inmate hostage",
    "body corpse remains coffin",
    "protester demonstrator marcher supporter activist participant",
    "migrant refugee asylum-seeker evacuee",
    "attack strike raid assault airstrike bombardment",
    "rocket missile projectile shell drone",
    "ship vessel boat",
    "family household",
    "child minor youngster",
    "vote ballot",
    "worker employee staff",
)
_KIND = {noun: kinds.split()[0] for kinds in _KINDS for noun in kinds.split()}
_IRREGULAR = {"people": "people", "men": "man", "servicemen": "serviceman", "children": "child", "bodies": "body"}
_SAME = (
    "die died dies dead death drown drowned perish perished kill killed slay slain",
    "wound wounded hurt injure injured",
    "free freed release released",
    "detain detained arrest arrested",
)
_GROUP = {word: words.split()[0] for words in _SAME for word in words.split()}
PASSIVE = re.compile(
    r"(?:\s+[\w-]+){1,4}?\s+(?:(?:was|were|is|are|been)\s+(?P<participle>\w+)|(?P<past>\w+ed)\b)", re.I
)
"""What stands after a number whose verb the parser did not find."""
_ENDINGS = re.compile(r"(?:ed|ing|en|es|e|s|d|y|i)$")


def kind_of(noun: str) -> str:
    """Give the kind of things a noun counts: "huts" and "homes" are dwellings; "" for nouns of no such kind.

    >>> kind_of("huts") == kind_of("homes") != ""
    True
    """
    lowered = noun.lower()
    for form in (lowered, _IRREGULAR.get(lowered, ""), lowered.removesuffix("s"), lowered.removesuffix("es")):
        if form in _KIND:
            return _KIND[form]
    return ""


def happened(word: str) -> bool:
    """Whether a word says of people what figures are given of: that they died, were hurt, freed or arrested."""
    return word.lower() in _GROUP


def said_of(word: str) -> str:
    """Give what forms of one verb share, as far as endings go; dying is one thing in all its words.

    >>> said_of("injure") == said_of("injured")
    True
    >>> said_of("drowned") == said_of("die") == said_of("dead")
    True
    """
    first = word.lower().split(" ")[0]
    return _GROUP.get(first) or _ENDINGS.sub("", _ENDINGS.sub("", first))
