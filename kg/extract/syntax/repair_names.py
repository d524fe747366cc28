"""Given names and surnames spelt like English function words: "To Lam", "An Dung", "Do Van Chien", "He Lifeng".

Parsers take the first word for the preposition, article, auxiliary or pronoun that it looks like. Facts of English tell
the name: inside a sentence function words have no capital; a subject has no preposition, "an" stands before vowels, and
an auxiliary before no finite verb; who is called so once is called so elsewhere in the text, and who is never called
otherwise bears both words. Such words become part of the name in the tree, so that
every rule profits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.extract.words import CALENDAR, TITLES

if TYPE_CHECKING:
    from kg.extract.syntax.tree import Tree

GIVEN = frozenset("to an do in on so no he".split())
"""English function words that are also names of one syllable in Vietnam, China, Korea, Burma and Cambodia."""
ENGLISH = frozenset({"will", "may"})
"""Auxiliaries that are also given names of English: "Will Smith", "May Thet"."""
OPENING = frozenset({"ADP", "AUX", "SCONJ", "CCONJ", "ADV"})
"""Words that may begin a sentence before a name: "With To Lam", "Did Do Muoi"."""
WORKS = frozenset(
    "film movie book novel song album single play musical opera series show episode drama comedy documentary poem "
    "essay magazine game campaign slogan movement hymn anthem programme program".split()
)
"""What comes before a title that stands without quotation marks: "the film To Rome With Love"."""
TIMED = frozenset({"in", "since", "until", "during"})
NAME_AT_MOST = 5  # words between such a word and the verb
SUBJECTS = ("nsubj", "nsubj:pass")
_MARKS = frozenset({"'s", "’s", "'", "’"})


def join_given_names(
    head: list[int],
    dep: list[str],
    words: Sequence[str],
    pos: list[str],
    starts: Sequence[int],
    finite: Sequence[bool],
) -> None:
    """Join such words to the name they begin, in place.

    `starts` are the first tokens of the sentences; `finite` says which tokens are verbs with tense or person.
    """
    initial = set(starts)
    places = [i for i, word in enumerate(words[:-1]) if _may_begin(words, i)]
    sure = [i for i in places if i not in initial and i + 1 not in initial and _is_inside(words, pos, i, initial)]
    called = {(words[i], words[i + 1]) for i in sure} | _always(words, pos, places)
    for i in places:
        told = i in initial and i + 1 not in initial
        if i in sure or (told and (_is_told(head, dep, words, pos, i, called) or _is_no_helper(dep, pos, i, finite))):
            _join(head, dep, words, pos, i)


def part_months(head: list[int], dep: list[str], words: Sequence[str]) -> None:
    """Take a month from the name right after it, in place: "In May Peru proposed" names no "May Peru"."""
    for i in range(1, len(words) - 1):
        name = head[i]
        timed = words[i - 1].lower() in TIMED and words[i].istitle() and words[i].lower() in CALENDAR
        if timed and dep[i] in ("compound", "flat") and name == i + 1 and dep[name] in SUBJECTS:
            head[i], dep[i] = head[name], "obl"
            head[i - 1], dep[i - 1] = i, "case"


def is_given(tree: Tree, i: int) -> bool:
    """Whether a token looks like a function word and begins a name of several words."""
    if tree.lower[i] not in GIVEN | ENGLISH or tree.pos[i] != "PROPN" or i + 1 >= len(tree):
        return False
    return (tree.head[i] == i + 1 and tree.dep[i] == "compound") or (
        tree.head[i + 1] == i and tree.dep[i + 1] == "flat"
    )


def _may_begin(words: Sequence[str], i: int) -> bool:
    following = words[i + 1]
    return words[i].istitle() and words[i].lower() in GIVEN | ENGLISH and following.istitle() and following.isalpha()


def _always(words: Sequence[str], pos: Sequence[str], places: Sequence[int]) -> set[tuple[str, str]]:
    """Names told at least twice, and never without the adverb before them: "So Phim" each time, "Phim" never."""
    pairs = Counter((words[i], words[i + 1]) for i in places if words[i] == "So" and pos[i + 1] == "PROPN")
    often = {pair for pair, n in pairs.items() if n > 1}
    names = Counter(word for word in words if word in {name for _, name in often}) if often else Counter[str]()
    return {pair for pair in often if names[pair[1]] == pairs[pair]}


def _is_no_helper(dep: Sequence[str], pos: Sequence[str], i: int, finite: Sequence[bool]) -> bool:
    """Whether what looks like an auxiliary has a finite verb after its name: "Do Muoi met", "May Thet was"."""
    if not dep[i].startswith("aux") or pos[i + 1] != "PROPN":
        return False
    at = i + 1
    while at < len(pos) and pos[at] in ("PROPN", "ADV") and at - i <= NAME_AT_MOST:
        at += 1
    return at < len(pos) and finite[at] and pos[at] in ("VERB", "AUX")


def _is_no_article(words: Sequence[str], pos: Sequence[str], i: int) -> bool:
    """Whether "An" stands before a consonant, or is told for a name: "An Dung", and not "An Israeli"."""
    return pos[i] == "PROPN" or words[i + 1][0] not in "AEIOUH"


def _is_inside(words: Sequence[str], pos: Sequence[str], i: int, initial: set[int]) -> bool:
    """Whether the word stands within running text, where only names have capitals, before a name."""
    before = words[i - 1]
    low = before.lower().rstrip(".")
    plain = before.islower() or before in _MARKS or before == "," or low in CALENDAR or low in TITLES
    opened = i - 1 in initial and pos[i - 1] in OPENING
    if not (plain or opened) or low in WORKS or pos[i + 1] != "PROPN" or words[i + 1].lower() in GIVEN:
        return False
    if words[i] == "An" and not _is_no_article(words, pos, i):
        return False
    return any(words[k].islower() and len(words[k]) > 2 for k in _sentence(i, initial, len(words)))


def _sentence(i: int, initial: set[int], size: int) -> range:
    first = i
    while first not in initial and first:
        first -= 1
    end = i + 1
    while end < size and end not in initial:
        end += 1
    return range(first, end)


def _is_told(
    head: Sequence[int],
    dep: Sequence[str],
    words: Sequence[str],
    pos: Sequence[str],
    i: int,
    called: set[tuple[str, str]],
) -> bool:
    """Whether the first word of a sentence begins a name: by the tree, or since somebody is called so elsewhere."""
    name = i + 1
    if (words[i], words[name]) in called:
        return True
    if pos[name] != "PROPN":
        return False
    if words[i] == "An":
        return _is_no_article(words, pos, i)
    if words[i] == "No" and words[name + 1 : name + 2] == ["-"]:  # "No Yong-hui": no pronoun before a given name
        return pos[name + 2 : name + 3] == ["PROPN"] or words[name + 2 : name + 3] == [words[name + 2].lower()]
    if _lacks_subject(head, dep, i):
        return True
    subject = name if dep[name] in (*SUBJECTS, "nmod:poss") else head[name]
    # "In Chad's capital stands a statue": places are often told before the verb, and parsers take them for its subject
    owned = dep[name] == "nmod:poss" and dep[head[name]] in SUBJECTS and words[i] not in ("In", "On")
    if dep[i] == "case" and (head[i] == name or (owned and head[i] == head[name])):  # a subject has no preposition
        return dep[name] in SUBJECTS or owned
    both = dep[i] in SUBJECTS and dep[subject] in SUBJECTS and head[i] == head[subject]
    return both or (dep[i] in SUBJECTS and head[name] == i and dep[name] in ("flat", "appos", "compound"))


def _join(head: list[int], dep: list[str], words: Sequence[str], pos: list[str], i: int) -> None:
    """Make the word a part of the name that follows it; the name keeps or takes over the place in the clause."""
    name = i + 1
    pos[i] = "PROPN"
    if _is_under(head, name, i):
        head[name], dep[name] = i, "flat"
        return
    place, relation = head[i], dep[i]
    if relation in SUBJECTS and head[name] != place and not _is_under(head, place, name):
        head[name], dep[name] = place, relation
    head[i], dep[i] = name, "compound"
    owner = head[name]
    owned = dep[name] == "nmod" and i > 1 and words[i - 1] in _MARKS and head[i - 1] == owner
    if owned and owner != name:  # "Vietnam's To Lam visited": not Vietnam visits
        head[name], dep[name] = (head[owner] if head[owner] != owner else name), dep[owner]
        head[owner], dep[owner] = name, "nmod:poss"
    if dep[name] == "obl" and not any(head[k] == name and dep[k] == "case" for k in range(max(0, i - 4), i)):
        if _lacks_subject(head, dep, i):
            passive = any(head[k] == head[name] and dep[k] == "aux:pass" for k in range(name, head[name]))
            dep[name] = "nsubj:pass" if passive else "nsubj"
        elif head[name] == i - 1:
            dep[name] = "obj"


def _lacks_subject(head: Sequence[int], dep: Sequence[str], i: int) -> bool:
    """Whether a verb right after the name has no subject but it: "To Huu wrote poems"."""
    verb = head[i + 1]
    if dep[i + 1] != "obl" or not i + 1 < verb <= i + 5:
        return False
    between = all(head[k] in (i + 1, verb) and not dep[k].startswith("punct") for k in range(i + 2, verb))
    near = range(i + 2, min(len(head), verb + 12))
    return between and not any(head[k] == verb and dep[k].startswith(("nsubj", "csubj", "expl")) for k in near)


def _is_under(head: Sequence[int], below: int, above: int) -> bool:
    """Whether a token depends on another, through others or not, or is it."""
    while below != above and head[below] != below:
        below = head[below]
    return below == above
