"""Which articles mention those whom a question names, by the question of the library."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kg.asking.bounds import shifted
from kg.asking.patterns import Uncompilable
from kg.asking.records import Reading, Window
from kg.asking.replies import Answer, Quote, Reply
from kg.questions import ask, load
from kg.questions.parameters import with_values
from kg.store import Reader

_WITHOUT = re.compile(r"\b(?:not|never|without|except|but)\b|n['\u2019]t\b", re.I)
_EITHER = re.compile(r"\bor\b", re.I)


def documents_naming(reader: Reader, reading: Reading, named: Mapping[str, Sequence[str]]) -> Reply:
    """Give the articles that mention all whom a question names, or with "or" any, those that do so most often first.

    Certain where the question says nothing besides. Raises `Uncompilable` where it asks for articles that do not
    mention somebody, or names nobody whom the graph knows.
    """
    if reading.negated or _WITHOUT.search(reading.text):
        raise Uncompilable("it asks for what articles do not mention")
    unknown = [
        name
        for phrase in reading.phrases
        if phrase.whole not in named
        for name in phrase.names
        if name not in named and not _EITHER.search(reading.text)
    ]
    if unknown or not named:
        raise Uncompilable(
            f'nobody in this graph is called "{unknown[0]}"'
            if unknown
            else "nobody whom this graph knows is named in it"
        )
    groups = [list(labels) for labels in named.values()]
    if _EITHER.search(reading.text):
        groups = [[label for labels in groups for label in labels]]
    question = load("documents-about")
    begin, end = _days(reading.window or Window())
    asked = [{"name": labels, "from": begin, "until": end} for labels in groups]
    rows = [[*ask(reader, question, name=labels, from_=begin, until=end)] for labels in groups]
    found = [{str(row["source"]): row for row in reversed(each)} for each in rows]
    certain = not (reading.window or reading.vague or reading.words or any(one.words for one in reading.phrases))
    answers = tuple(
        Answer(source, (Quote(str(row["title"]), source),) if row["title"] else (), certain, str(row["date"] or ""))
        for source, row in reversed(found[0].items())
        if all(source in other for other in found)
    )
    sparql = "\n\n".join(with_values(question, params) for params in asked)
    taken = {name: tuple(labels) for name, labels in named.items()}
    return Reply(reading.text, "answered" if answers else "not told", answers, sparql, taken=taken)


def _days(window: Window) -> tuple[list[str], list[str]]:
    """The first and the last whole day of a window, as the library's questions take them; none where it has none."""
    if window.open:
        begin, end = window.begin and shifted(window.begin, 1), window.end and shifted(window.end, -1)
        window = Window(begin, end)
    first, last = window.days
    return [first] if first else [], [last] if last else []
