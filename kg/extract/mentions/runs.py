"""What holds the parts of one name together beside capitals: particles, hyphens, nicknames, numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from kg.extract.syntax.tree import Tree
from kg.extract.words import (
    NAMED_EVENT_HEADS,
    ORG_HEADS,
    PLACE_NOUNS,
    REGION_NOUNS,
    TITLE_HEADS,
    TITLES,
    WEAK_ORG_HEADS,
    listed,
    word_set,
)
from kg.model import EntityType, Known

PARTICLES = listed("particles")
NEWSPAPER_WORDS = listed("newspapers")
OFFICES = word_set(
    "leader whip minister secretary ambassador mp senator speaker president premier chancellor chairman chairwoman"
    " governor mayor spokesman spokeswoman spokesperson representative congressman congresswoman commissioner"
)
"""Words that end the name of an office, and hardly ever that of a body."""
HONOURS = word_set("king queen prince princess pope emir sultan mr mr. mrs mrs. ms ms.")
"""Titles that stand before nobody but people, whatever an entity recogniser says."""
ARABIC_ARTICLES = word_set("al el ul as ash an ar")
PARTICLES_AT_MOST = 3  # "von und zu", "de la", "bin al"
NICKNAME_AT_MOST = 3  # words between quotation marks
QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»", "‘": "’", "'": "'"}
NUMBERS = word_set("two three four five six seven eight nine ten twelve fifteen twenty thirty")
PREFIXES = frozenset({"pro", "anti", "non", "ex", "trans", "post", "pre"})
SUFFIXES = frozenset({"language", "speaking", "style", "era", "born", "themed", "like", "made", "type"})
SYLLABLE = re.compile(
    r"(?:kk|pp|tt|ss|ts'?|tz|ch'?|sh?|hs|zh|kh|kw|gw|hw|hy|ky|gy|my|py|by|ry|ng|[bcdfghjklmnprstvwxyz])?"
    r"(?:yeo|yae|iao|uai|iu|eui|ae|ai|ao|au|ah|eo|eu|ee|ei|ew|ia|ie|io|oe|oi|oo|ou|oh|ui|ua|ue|uo|uh|wa|we|wi|wo"
    r"|ya|ye|yi|yo|yu|[aeiouyü])"
    r"(?:ng|ck|hn|rh|[bghkmlnprtw])?"
)
"""One syllable of a Korean or Chinese given name as usually romanised."""


def beyond_particles(tree: Tree, i: int, capital: Sequence[bool]) -> int | None:
    """The capital that one to three particles from `i` on lead to: "van der Berg", "bin al-Saud", "de la Cruz"."""
    at = i
    while at < len(tree) and at - i < PARTICLES_AT_MOST and tree.lower[at] in PARTICLES and tree.word[at].islower():
        at += 1
        if at < len(tree) and tree.word[at] == "-" and tree.begin[at] == tree.end[at - 1]:
            at += 1  # the treebanks part "al-Harbi"
    if at == i or at >= len(tree) or tree.sentence[at] != tree.sentence[i]:
        return None
    return at if capital[at] else None


def article_before(tree: Tree, first: int) -> int:
    """Where a name begins that has an article with a hyphen before it: "al-Qaida", parted by the tokenizer."""
    begin = first - 2
    if begin < 0 or tree.word[first - 1] != "-" or tree.word[begin] not in ARABIC_ARTICLES:
        return first
    tight = tree.end[begin] == tree.begin[first - 1] and tree.end[first - 1] == tree.begin[first]
    return begin if tight else first


def numbered(tree: Tree, last: int) -> bool:
    """Whether a letter goes on with a hyphen and a number: "G-8", "M-23"."""
    after = last + 2
    if after >= len(tree) or len(tree.word[last]) != 1 or tree.word[last + 1] not in ("-", "–"):
        return False
    tight = tree.end[last] == tree.begin[last + 1] and tree.end[last + 1] == tree.begin[after]
    return tight and tree.word[after].isdigit()


def portfolio(
    tree: Tree,
    first: int,
    last: int,
    label: Callable[[int], str],
    known: Callable[[int, int], Sequence[Known]],
) -> int:
    """Where the person begins after a portfolio in capitals: "Mike Pompeo" in "Secretary of State Mike Pompeo".

    A state or body that the office is of is a name of its own: "First Minister of Scotland Nicola Sturgeon".
    """
    if first < 2 or tree.lower[first - 1] not in ("of", "for") or tree.lower[first - 2] not in OFFICES:
        return first
    for k in range(first + 1, last):
        begins = label(k) == "PERSON" and label(k - 1) != "PERSON"
        if begins or any(one.type is EntityType.PERSON for one in known(k, last)):
            return first if known(first, k - 1) else k
    return first


def second_syllable(tree: Tree, last: int) -> int | None:
    """The lower-case second half of a given name with a hyphen: "Jong-un", "Ing-wen", "Jae-in"."""
    end = last + 2
    if end >= len(tree) or tree.word[last + 1] != "-" or not tree.word[end].islower():
        return None
    tight = tree.end[last] == tree.begin[last + 1] and tree.end[last + 1] == tree.begin[end]
    fits = SYLLABLE.fullmatch(tree.lower[last]) and SYLLABLE.fullmatch(tree.lower[end])
    return end if tight and fits else None


def is_syllabic(tree: Tree, first: int, last: int) -> bool:
    """Whether a run holds a given name of two syllables with a hyphen."""
    return any(second_syllable(tree, k) is not None for k in range(first, last - 1))


def is_honoured(tree: Tree, first: int, last: int) -> bool:
    """Whether a run begins with the Burmese honorific, which unlike an initial has no full stop: "U Thant"."""
    return first < last and tree.word[first] == "U" and tree.word[first + 1].istitle() and last - first <= 3


def beyond_nickname(tree: Tree, last: int, capital: Sequence[bool]) -> int | None:
    """The surname after a nickname in quotation marks: "Joseph “Ace” Okoro"."""
    opening = last + 1
    if opening >= len(tree) or tree.word[opening] not in QUOTES:
        return None
    at = opening + 1
    while at < len(tree) and capital[at] and at - opening <= NICKNAME_AT_MOST:
        at += 1
    closed = opening + 1 < at < len(tree) - 1 and tree.word[at] == QUOTES[tree.word[opening]]
    if not closed or not capital[at + 1] or tree.sentence[at + 1] != tree.sentence[last]:
        return None
    return at + 1


def counted_body(tree: Tree, last: int) -> int | None:
    """The number that completes a body's name: "Group of 77", "Group of Eight", "Committee of 24"."""
    number = last + 2
    if number >= len(tree) or tree.lower[last + 1] != "of" or tree.lower[last] not in ("group", "committee", "council"):
        return None
    told = tree.word[number].isdigit() or (tree.lower[number] in NUMBERS and tree.word[number][0].isupper())
    followed = number + 1 < len(tree) and tree.pos[number + 1] in ("NOUN", "ADJ", "NUM")
    return number if told and not followed else None


def of_members(tree: Tree, last: int, mark: int) -> bool:
    """Whether a plural has its possessive mark, as in names of bodies ("Dockers' Union", "Women's League")."""
    before, marked = tree.lower[last], tree.lower[mark]
    plain = marked in ("'", "’") and before.endswith("s")
    return plain or (marked in ("'s", "’s") and before.endswith(("men", "people", "children")))


def body_ahead(tree: Tree, i: int, capital: Sequence[bool]) -> bool:
    """Whether the run from i ends in a word for an organisation or event ("Dockers' Union", "Women's Day")."""
    last = i
    while last + 1 < len(tree) and capital[last + 1] and tree.sentence[last + 1] == tree.sentence[i]:
        last += 1
    return tree.lower[last] in ORG_HEADS | NAMED_EVENT_HEADS


def heads_body(tree: Tree, last: int) -> bool:
    """Whether the last word of a run is one that an "of" continues: Ministry of, Gulf of, Battle of."""
    lower = tree.lower[last]
    if lower in TITLE_HEADS and lower not in ORG_HEADS:
        return False
    if lower in WEAK_ORG_HEADS and lower not in PLACE_NOUNS and lower != "house":
        return False
    return lower in ORG_HEADS | PLACE_NOUNS | REGION_NOUNS | {"battle", "house", "republic"}


def is_newspaper(tree: Tree, first: int, last: int) -> bool:
    """Whether a name of several words begins or ends with a word for a newspaper: "Gazeta Polska"."""
    return first < last and bool({tree.lower[first], tree.lower[last]} & NEWSPAPER_WORDS)


def is_part_of_person(tree: Tree, title: int, entity: tuple[int, int, str] | None) -> bool:
    """Whether a word that may be a title is a name here: "bin Sultan al-Harbi", "Mary King Smith"."""
    if title and tree.lower[title - 1] in PARTICLES and tree.word[title - 1].islower():
        return True
    return entity is not None and entity[2] == "PERSON" and entity[0] < title < entity[1] and _untitled(tree, entity[0])


def _untitled(tree: Tree, first: int) -> bool:
    """Whether a person's entity begins with the given name and with no office or nationality."""
    return tree.pos[first] == "PROPN" and tree.dep[first + 1] == "flat"


def is_affix(tree: Tree, first: int, last: int) -> bool:
    """A name that only colours a word: "pro-Russian", "Russian-language"."""
    after = last + 1
    if after + 1 < len(tree) and tree.word[after] == "-" and tree.begin[after] == tree.end[last]:
        return tree.lower[last + 2] in SUFFIXES
    if first >= 2 and tree.word[first - 1] == "-" and tree.end[first - 1] == tree.begin[first]:
        return tree.lower[first - 2] in PREFIXES
    return False


def is_torn_person(tree: Tree, known: Sequence[Known], last: int, entity: Mapping[int, int]) -> bool:
    """Whether a known person's name goes on in the text: "Hwang Hee" is nobody in "Hwang Hee-chan"."""
    after = last + 1
    if not known or known[0].type is not EntityType.PERSON or after >= len(tree):
        return False
    tight = tree.word[after] in ("-", "–") and tree.begin[after] == tree.end[last]
    return tight or (last in entity and entity.get(last) == entity.get(after))


def is_linked_on(tree: Tree, last: int, end: int) -> bool:
    """Whether a person's name that the recogniser ends at `end` goes on after `last` by particles and hyphens alone."""
    between = range(last + 1, end)
    return (
        last < end
        and tree.word[end][-1:].isalnum()
        and all(
            tree.lower[k] in PARTICLES or tree.word[k] in ("-", "–", "'", "’") or tree.word[k][:1].isupper()
            for k in between
        )
    )


def is_pair(tree: Tree, first: int, second: int, capital: Sequence[bool]) -> bool:
    """Whether one word after "and" is a name of its own: "the Senate and House", if no table has both as one name."""
    after = second + 1
    alone = after >= len(tree) or not capital[after]
    headed = tree.lower[second] in ORG_HEADS and tree.lower[first] not in ORG_HEADS  # "Women and Youth Ministry"
    return alone and not headed and tree.dep[second] == "conj"


def office_start(tree: Tree, first: int, last: int, label: str) -> int | None:
    """Where an office begins that ends a run of capitals and names nobody: "Leader" in "Senate Minority Leader"."""
    if first == last or label == "PERSON" or tree.lower[last] not in OFFICES:
        return None
    start = last
    while start > first and tree.lower[start - 1] in TITLES:
        start -= 1
    return start


def is_office(tree: Tree, first: int, last: int, label: str) -> bool:
    """Whether a run names an office and nobody in it: "the Prime Minister", "the President"."""
    words = tree.lower[first : last + 1]
    if not all(word in TITLES for word in words):
        return False
    if first == last and f"{words[0]}." in TITLES:
        return True  # "Cpl." parted from its name
    if first < last and words[-1] in ("executive", "officer"):
        return True  # "Chief Executive Officer"
    return label in ("", "DATE") or (first < last and words[-1] in TITLE_HEADS and label == "PERSON")
