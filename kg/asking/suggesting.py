"""The questions of the library that come nearest to one that could not be answered, with their parameters filled."""

from __future__ import annotations

from collections.abc import Callable

from kg.asking.records import Phrase, Reading
from kg.asking.replies import Suggestion
from kg.asking.words import stem, words
from kg.questions import Question, questions
from kg.store import Reader, sparql_term

NUMBER = 5

Told = Callable[[str], bool]
"""Whether a text of the graph has a word in what it tells."""

_FIRST = ("proposer", "sourceActor", "speaker", "actor", "name")
_SECOND = ("addressee", "targetActor", "recipient", "other")
_TOPICS = ("topic", "about", "contains", "effect")


def nearest(reading: Reading, named: dict[str, tuple[str, ...]], told: Told | None = None) -> tuple[Suggestion, ...]:
    """Give the nearest questions, the most useful first.

    What a question asks about by its verb comes first, then what it wants to know, then what can be asked about
    whoever it names; among these, those first whose own words are most alike. `named` are those whom the question
    names, by their labels; a topic is filled in only where `told` says that a text has it.
    """
    asked = {stem(word) for word in _words(reading)}
    library = {one.name: one for one in questions()}
    worth = {name: 2.0 * _likeness(one, asked) for name, one in library.items()}
    for weight, names in _lists(reading, sum(1 for found in named.values() if found)):
        for at, name in enumerate(names):
            worth[name] += weight - 0.3 * at
    ranked = sorted(library.values(), key=lambda one: (-worth[one.name], one.name))[:NUMBER]
    topic = next((word for word in _topics(reading) if told is not None and told(word)), "")
    return tuple(Suggestion(one.name, one.question, _filled(one, reading, named, topic)) for one in ranked)


def _lists(reading: Reading, names: int) -> list[tuple[float, tuple[str, ...]]]:
    """Weights and lists of questions: by the verbs, by what is wanted, by how many are named."""
    said = {*reading.lemmas, *(word.strip("?!.,'’").lower() for word in reading.text.split())}
    near = words().near
    found = [(4.0, tuple(questions)) for key, questions in near["verbs"].items() if said & set(key.split("|"))]
    if not reading.problem:
        found.append((3.0, near["wanted"].get(reading.wanted, ())))
    return [*found, (2.5, near["named"][str(min(names, 2))])]


def _words(reading: Reading) -> list[str]:
    found = [word for phrase in reading.phrases for word in phrase.words]
    found += [reading.noun, *reading.words, *(form for lemma in reading.lemmas for form in words().lemmas(lemma))]
    parts = [part for word in found for part in word.split()] + reading.text.strip("?!. ").lower().split()
    return [part for part in parts if part.lower() not in _EMPTY]


_EMPTY = {
    "who",
    "whom",
    "what",
    "which",
    "when",
    "where",
    "why",
    "how",
    "the",
    "a",
    "an",
    "of",
    "and",
    "to",
    "in",
    "on",
}
_EMPTY |= {"did", "do", "does", "is", "was", "were", "has", "have", "had", "for", "with", "by", "from", "many", "much"}


def _likeness(question: Question, asked: set[str]) -> float:
    title = {stem(word.strip("?,.:;")) for word in question.question.split() if word.lower() not in _EMPTY}
    tags = {stem(tag) for tag in question.tags}
    score: float = len(asked & title) / (1 + len(title) ** 0.5) + 0.3 * len(asked & tags)
    return score


def _topics(reading: Reading) -> list[str]:
    """Words of what it was done to or what was said, that might be a topic: the last of a phrase says most."""
    inside = [phrase for phrase in reading.phrases if phrase.side in ("object", "inside", "oblique")]
    found = [word for phrase in inside for word in reversed(phrase.words)]
    return [
        word.lower().removesuffix("s") for word in found if len(word) > 3 and word.lower() not in words().initiatives
    ]


def _filled(
    question: Question, reading: Reading, named: dict[str, tuple[str, ...]], topic: str
) -> dict[str, str | tuple[str, ...]]:
    """Parameters: who acts to those who act, who it was done to to the others, days, and a topic."""
    first, second = _sides(reading, named)
    params: dict[str, str | tuple[str, ...]] = {}
    own = [param.name for param in question.params]
    one = next((name for name in _FIRST if name in own), "")
    other = next((name for name in _SECOND if name in own), "")
    left = [*first, *second]
    if question.name == "compare-actors" and len(left) > 1:
        params["actor"] = (left[0], left[1])
    elif other and not first and second:
        params[other] = second[0]
    elif one and left:
        params[one] = left[0]
        if other and len(left) > 1:
            params[other] = left[1]
    about = next((name for name in _TOPICS if name in own), "")
    if about and topic:
        params[about] = topic
    window = reading.window
    if window is not None:
        days = dict(zip(("from", "until"), window.days, strict=True))
        params.update({name: day for name, day in days.items() if day and name in own})
    return params


def _sides(reading: Reading, named: dict[str, tuple[str, ...]]) -> tuple[list[str], list[str]]:
    """Names as the question has them: those who act, and all others."""
    acting = {name for phrase in reading.phrases if _acts(phrase) for name in (phrase.whole, *phrase.names)}
    known = [name for name, found in named.items() if found]
    return [name for name in known if name in acting], [name for name in known if name not in acting]


def _acts(phrase: Phrase) -> bool:
    return phrase.side in ("subject", "source", "inside") and phrase.marker not in ("to", "with", "against")


def teller(reader: Reader) -> Told:
    """Give whether a word stands in anything that somebody in a graph says, proposes or asks for."""

    def told(word: str) -> bool:
        test = f"FILTER(CONTAINS(LCASE(?text), {sparql_term(word.lower(), datatype='string')}))"
        found = reader.query(f"SELECT ?event WHERE {{ GRAPH ?d {{ ?event nkg:contentText ?text {test} }} }} LIMIT 1")
        return bool(found.rows)

    return told
