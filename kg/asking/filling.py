"""What stands in a sentence where a question has its wh-word."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from kg.asking.pages import Page
from kg.asking.records import Reading
from kg.asking.roles import Parts, parts_of, phrasal
from kg.asking.words import NUMBERS, alike, in_digits, spellings, words
from kg.extract.times import resolve
from kg.model import TimeSpan

_PLACED = {"in", "at", "near", "outside", "inside", "off", "on"}
_CLAUSES = ("acl:relcl", "acl", "parataxis", "appos", "conj", "cc", "advcl")
_SORTS = {
    "Person": {"PERSON"},
    "GeopoliticalEntity": {"GPE", "NORP"},
    "Organization": {"ORG"},
    "Place": {"GPE", "LOC", "FAC"},
}
_REASONS = (
    ("because of", "because", "due to", "owing to", "on the grounds that", "citing"),
    ("in response to", "over", "after", "for", "in protest at", "to protest against", "since", "amid"),
)
_MONEY = re.compile(r"\b(?:\d[\d,.]*|" + "|".join(reversed(NUMBERS)) + r")\b", re.I)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def fill(reading: Reading, page: Page, parts: Parts, asked: Collection[int]) -> list[str]:
    """Give the answers that one predicate gives; `asked` are heads that the question itself names."""
    match reading.wanted:
        case "truth":
            return [_truth(reading, page, parts)]
        case "time":
            return _time(reading, page, parts)
        case "place":
            return _place(page, parts, asked)
        case "cause":
            return _cause(page, parts)
        case "number":
            return _number(reading, page, parts)
        case _:
            return _named(reading, page, parts, asked)


def _truth(reading: Reading, page: Page, parts: Parts) -> str:
    lemma, [meant] = page.tree.lemma[parts.at], reading.lemmas
    opposed = {*words().opposites(meant), *words().contraries(meant)}
    whole = phrasal(page.tree, parts.at)  # "turned the offer down"
    same = words().lemmas(meant)
    against = (whole in opposed or lemma in opposed) and whole not in same and lemma not in same
    turned = (parts.status == "denied") + against + reading.negated
    return "no" if turned % 2 else "yes"


def _time(reading: Reading, page: Page, parts: Parts) -> list[str]:
    tree = page.tree
    first, last = page.bounds(parts.at)
    for low, high in ((tree.left[parts.at], tree.right[parts.at]), (first, last)):
        inside = [one for one in page.times if tree.begin[low] <= one.span.begin < tree.end[high]]
        if inside:
            near = min(inside, key=lambda one: abs(one.span.begin - tree.begin[parts.at]))
            return [coming(near, page).begin if reading.future else near.begin]
    year = _YEAR.search(page.sentence(parts.at))
    return [year[0]] if year else []


def coming(day: TimeSpan, page: Page) -> TimeSpan:
    """Give the next such day for one that a text has no date for and that a question knows to come."""
    if page.published is None or day.begin >= page.published.isoformat():
        return day
    return resolve(page.text, day.span, published=page.published, direction="future") or day


def _place(page: Page, parts: Parts, asked: Collection[int]) -> list[str]:
    tree = page.tree
    dated = [(one.span.begin, one.span.end) for one in page.times]
    near = [head for marker, head in parts.rest if marker in _PLACED]
    near += [at for at in tree.under(parts.at) if parts.nominal and tree.case(at) in _PLACED]
    found = [
        head
        for head in near
        if head not in asked
        and tree.entity[head] not in ("DATE", "TIME")
        and not any(low <= tree.begin[head] < high for low, high in dated)
    ]
    named = [head for head in found if tree.pos[head] == "PROPN"]
    if parts.nominal and not found:  # "an earthquake damaged houses on Crete"
        first, last = page.bounds(parts.at)
        whole = [at for at in range(first, last + 1) if tree.case(at) in _PLACED]
        named = [at for at in whole if tree.entity[at] in ("GPE", "LOC", "FAC") and at not in asked]
    return [text for head in (named or found)[:1] if (text := phrase_text(page, head))]


def _cause(page: Page, parts: Parts) -> list[str]:
    sentence = page.sentence(parts.at)
    begin = page.tree.begin[parts.at] - page.tree.begin[page.bounds(parts.at)[0]]
    for group in _REASONS:
        found = [
            (hit.start(), sentence[hit.end() :].strip(" .,"))
            for word in group
            for hit in re.finditer(rf"\b{word} ", sentence, re.I)
            if hit.start() > begin
            and not re.match(r"(?:the )?[\d-]|more than|less than", sentence[hit.end() :])
            and (group is _REASONS[0] or _hangs(page, parts, hit.start()))
        ]
        if found:
            return [min(found)[1]]
    return []


def _hangs(page: Page, parts: Parts, at: int) -> bool:
    """Whether a preposition that may tell a reason belongs to the deed: not so "a protest planned for Sunday"."""
    tree = page.tree
    first, last = page.bounds(parts.at)
    mark = next((one for one in range(first, last + 1) if tree.begin[one] - tree.begin[first] >= at), None)
    if mark is None:
        return False
    head = tree.head[mark]
    if tree.entity[head] in ("DATE", "TIME") or any(
        one.span.begin <= tree.begin[head] < one.span.end for one in page.times
    ):
        return False
    return tree.head[head] == parts.at or (parts.nominal and tree.head[head] == tree.head[parts.at])


def _number(reading: Reading, page: Page, parts: Parts) -> list[str]:
    tree = page.tree
    heads = (*parts.object, *parts.subject, *(head for _, head in parts.rest))
    for head in heads:
        text = phrase_text(page, head, whole=True)
        figure = _MONEY.search(text)
        people = reading.noun in ("people", "")
        if figure and (people or any(re.search(rf"\b{form}", text, re.I) for form in alike(reading.noun))):
            if reading.noun == "" and tree.entity[head] in ("DATE", "TIME"):
                continue
            return [text if reading.noun == "" else in_digits(figure[0])]
    return []


def _named(reading: Reading, page: Page, parts: Parts, asked: Collection[int]) -> list[str]:
    inner = next((one for one in reading.phrases if one.side == "inside" and one.marker == "to" and one.words), None)
    if inner is not None and reading.wanted == "object":  # "what did it agree to postpone?"
        return _inner(inner.words[0], page, parts, asked)
    heads = [head for head in _asked(reading, parts) if head not in asked and not _ruled_out(page, head)]
    texts = [phrase_text(page, head) for head in heads if _sort(reading, page, head)]
    if not texts and reading.wanted == "object" and reading.side in ("object", "for", ""):
        texts = [_clause_text(page, head) for head in parts.clause if head not in asked]
    own = {
        form
        for phrase in reading.phrases
        for word in (*phrase.words, *phrase.names)
        for form in alike(word.split()[-1])
    }
    return [text for text in texts if text and not _says_nothing(text, own)]


def _ruled_out(page: Page, head: int) -> bool:
    """Whether a part is named as not the one: "though not to the editors"."""
    return any(page.tree.lower[at] == "not" for at in (*page.tree.children[head], page.tree.left[head]))


def _says_nothing(text: str, own: Collection[str]) -> bool:
    """Whether all words of an answer are the question's own."""
    told = [
        word for word in re.findall(r"[\w-]+", text) if word.lower() not in ("the", "a", "an", "of", "its", "their")
    ]
    return all(any(form in own for form in spellings(word)) for word in told)


def _asked(reading: Reading, parts: Parts) -> list[int]:
    if reading.mutual:
        return [*parts.subject, *parts.object, *(head for marker, head in parts.rest if marker == "with")]
    if reading.side in ("subject", "by"):
        return list(parts.subject)
    if reading.side in ("object", ""):
        return list(parts.object)
    return [head for marker, head in parts.rest if marker == reading.side]  # "whom did it warn about?"


def _inner(verb: str, page: Page, parts: Parts, asked: Collection[int]) -> list[str]:
    same = words().lemmas(verb.lower(), loose=True)
    for clause in parts.clause:
        if page.tree.lemma[clause] in same:
            inside = parts_of(page.tree, clause)
            return [text for head in inside.object if head not in asked and (text := phrase_text(page, head))]
    return []


def is_sort(reading: Reading, page: Page, inside: Sequence[int]) -> bool:
    """Whether somebody among these tokens is of the class that "which country" asks for; true of any other noun."""
    if reading.noun not in words().sorts:
        return True
    classes = set().union(*(_SORTS.get(sort, set()) for sort in words().sorts[reading.noun]))
    return any(page.tree.entity[at] in classes for at in inside)


def _sort(reading: Reading, page: Page, head: int) -> bool:
    """Whether a part is of the kind that "which country" and "which minister" ask for."""
    if reading.noun in words().sorts:
        return is_sort(reading, page, (head,))
    if not reading.chosen:
        return True
    about = f"{phrase_text(page, head, whole=True)} {page.told.get(page.label(head), '')}"
    return any(re.search(rf"\b{re.escape(form)}", about, re.I) for form in alike(reading.noun))


def phrase_text(page: Page, head: int, *, whole: bool = False) -> str:
    """The words of a part: up to the first clause that hangs on it; the name where a name stands beside a noun.

    A pronoun gives whom it means, "" where nothing tells.
    """
    tree = page.tree
    if tree.pos[head] == "PRON":
        label = page.label(head)
        return label if label.lower() != tree.lower[head] else ""
    if whole:
        return page.text[tree.begin[tree.left[head]] : tree.end[tree.right[head]]]
    name = next(
        (child for child in tree.each(head, "appos", "nmod:desc") if tree.pos[child] == "PROPN" and child > head), None
    )
    if name is not None and tree.pos[head] != "PROPN":
        head = name
    ends = [tree.left[child] for child in tree.children[head] if child > head and tree.dep[child] in _CLAUSES]
    last = min([tree.right[head], *(end - 1 for end in ends if end > head)])
    first = tree.left[head]
    while first < head and (tree.dep[first] in ("case", "cc", "mark") or tree.pos[first] in ("PUNCT", "ADP", "CCONJ")):
        first += 1
    while last > head and tree.pos[last] in ("PUNCT", "CCONJ"):
        last -= 1
    return re.sub(r"^(?:the|an?) ", "", page.text[tree.begin[first] : tree.end[last]], flags=re.I).strip()


def _clause_text(page: Page, head: int) -> str:
    tree = page.tree
    text = page.text[tree.begin[tree.left[head]] : tree.end[tree.right[head]]]
    return re.sub(r"^(?:that|to) ", "", text.strip(" ,."), flags=re.I)
