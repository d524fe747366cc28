"""Questions in English: taken apart by the same stations that read news, put into SPARQL, and answered with quotes.

What cannot be compiled is never guessed at: it is told why, with the questions of the library that come nearest. An
answer is certain only where an event tells it as a fact, in the part that the question asks for; what merely stands
in a sentence about it is given as likely. Where there is no answer, the passages that may tell are shown as such.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from kg.asking.agreeing import agreed
from kg.asking.certainty import doubted, is_certain, of_nobody, others, whole_places
from kg.asking.compiling import Compiled, compile_question
from kg.asking.differing import differences
from kg.asking.documents import documents_naming
from kg.asking.naming import Naming
from kg.asking.openings import otherwise
from kg.asking.passages import early
from kg.asking.patterns import Called, Uncompilable
from kg.asking.reading import read_question
from kg.asking.records import Reading
from kg.asking.replies import Answer, Passage, Quote, Reply, Suggestion
from kg.asking.several import apart, completed, is_firm, naming, of_each, standing_apiece, together, told_apiece
from kg.asking.standing import standing
from kg.asking.stated import as_stated, is_of_which
from kg.asking.suggesting import nearest, teller
from kg.asking.texts import Texts, latest_day
from kg.questions import names_of
from kg.store import Reader, Term

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = [
    "Answer",
    "Passage",
    "Quote",
    "Reading",
    "Reply",
    "Suggestion",
    "Texts",
    "ask_in_english",
    "compile_question",
    "latest_day",
    "read_question",
]

_ONE = ("agent", "object", "instrument", "time", "place", "number", "cause")

Rows = list[dict[str, str]]
Read = Callable[[], tuple[tuple[Answer, ...], str]]


def ask_in_english(reader: Reader, question: str, *, nlp: Language | None = None, today: date | None = None) -> Reply:
    """Answer one English question from a graph.

    `today` is the day from which "last week" counts; by default that of the latest document. `nlp` is the pipeline that
    takes the question apart, by default the shipped one. Never raises for what a question says; `QueryError` comes only
    of a graph that cannot be asked.
    """
    if nlp is None:
        from kg.language import load_nlp

        nlp = load_nlp()
    question = question.encode("utf-8", "replace").decode()  # half a character, of a command line in another encoding
    today = today or latest_day(reader)
    parts = of_each(question, nlp) or apart(question)
    named = naming(parts, nlp) if len(parts) > 1 else ()
    each = [_answered_whole(reader, part, nlp, today)[0] for part in named]
    firm = is_firm(question, named)
    if each and all(one.certain for one in each):
        return together(question, each, firm=firm)
    whole, texts = _answered_whole(reader, question, nlp, today)
    if each and (all(one.answers for one in each) or not whole.certain):
        each = told_apiece(each, texts.apiece(parts, standing_apiece(each)), texts.query)
        if all(one.answers for one in each):
            return together(question, each, firm=firm)
        if any(one.answers for one in each):
            return together(question, completed(each, whole, texts.beside), firm=False)
    return whole if whole.outcome == "answered" else replace(whole, passages=texts.passages())


def _answered_whole(reader: Reader, question: str, nlp: Language, today: date | None) -> tuple[Reply, Texts]:
    """Answer what is asked as one question, else in plainer words; with the texts that may tell it."""
    reply, texts = _reply(reader, question, nlp, today)
    plain = otherwise(question)
    if not reply.answers and plain != question:
        again, _ = _reply(reader, plain, nlp, today)
        reply = again if again.answers else reply
    return replace(reply, question=question), texts


def _reply(reader: Reader, question: str, nlp: Language, today: date | None) -> tuple[Reply, Texts]:
    """Answer a question in just these words; with the texts that may tell it, where there is no answer."""
    reading = read_question(question, nlp, today=today)
    called = Naming(names_of(reader))
    texts = Texts(reader, reading, called, nlp)
    reply = _told(reader, question, reading, called, texts)
    if reading.wanted in ("number", "time"):
        reply = replace(reply, answers=tuple(map(as_stated, reply.answers)))
    return reply, texts


def _told(reader: Reader, question: str, reading: Reading, called: Naming, texts: Texts) -> Reply:
    named: dict[str, tuple[str, ...]] = {}
    for phrase in reading.phrases:
        if phrase.side in ("subject", "source") and (whole := called(f"={phrase.whole}")):
            named[phrase.whole] = whole
            continue
        named |= {name: found for name in phrase.names if (found := called(name))}
    try:
        reply = _asked(reader, reading, called, named, texts)
    except Uncompilable as error:
        told = _told_anyway(reading, texts)
        near = () if told else nearest(reading, named, teller(reader))
        return told or Reply(question, "not understood", reason=str(error), suggestions=near)
    if reply.answers and not any(answer.certain for answer in reply.answers):
        reply = _weighed(reader, reading, reply, named, texts)
    if reading.wanted not in ("document", "difference") and not reading.problem:
        reply = standing(agreed(reply, reading, called, reader, texts.nlp), reading, called, texts.wide)
        reply = doubted(whole_places(others(reply, reading), reading), called.guessed)
    return reply


def _asked(reader: Reader, reading: Reading, called: Naming, named: dict[str, tuple[str, ...]], texts: Texts) -> Reply:
    """Answer by the way that a question asks for. Raises `Uncompilable` for what cannot be put into a query."""
    if early(reading) and (answered := _passed(reading, texts.last)):
        return answered
    if reading.problem:
        raise Uncompilable(reading.problem)
    if reading.wanted == "document":
        return documents_naming(reader, reading, named)
    if reading.wanted == "difference":
        reply = _answered(reader, reading, (differences(named),), named)
        return reply if reply.answers else _passed(reading, texts.rest, taken=reply.taken) or reply
    if reading.wanted == "truth":
        reply = _truth(reader, reading, called, named, texts.read, texts.match)
        return reply if reply.answers else _first(reading, (texts.open, texts.rest), taken=reply.taken) or reply
    asked = [compile_question(reading, called, strict=strict) for strict in (True, False)]
    if reading.lemmas and reading.wanted in _ONE:  # what is told by the same verb comes before what a like one tells
        asked.insert(0, compile_question(reading, called, strict=True, exact=True))
    reply = _answered(reader, reading, asked, named, texts.read, texts.match)
    sources = reading.wanted == "number" and any(phrase.side == "source" for phrase in reading.phrases)
    if not reply.answers or (sources and not reply.certain):
        return _passed(reading, texts.rest, taken=reply.taken) or reply
    return reply


def _told_anyway(reading: Reading, texts: Texts) -> Reply | None:
    """Answer from the sentences alone what cannot be put into a query: the graph may know nobody whom a text names."""
    ways: tuple[Read, ...] = (texts.rest,) if reading.problem else (texts.read, texts.match, texts.rest)
    return _first(reading, ways)


def _weighed(reader: Reader, reading: Reading, reply: Reply, named: dict[str, tuple[str, ...]], texts: Texts) -> Reply:
    """Let the network that reads the texts say what stands of likely answers."""
    answers, sparql = texts.weighed(reply.answers)
    if answers == reply.answers:
        return reply
    if not answers:
        return _not_told(reader, reading, reply.sparql, named, reply.taken)
    return Reply(reading.text, "answered", answers, sparql, taken=reply.taken)


def _first(
    reading: Reading, ways: Iterable[Read], *, taken: Mapping[str, tuple[str, ...]] | None = None
) -> Reply | None:
    """Answer by the first way that finds something."""
    return next((told for way in ways if (told := _passed(reading, way, taken=taken)) is not None), None)


def _passed(reading: Reading, last: Read, *, taken: Mapping[str, tuple[str, ...]] | None = None) -> Reply | None:
    """Answer with what a text says in other words, None where no sentence says enough."""
    answers, sparql = last()
    return Reply(reading.text, "answered", answers, sparql, taken=taken or {}) if answers else None


def _answered(
    reader: Reader,
    reading: Reading,
    asked: Sequence[Compiled],
    named: dict[str, tuple[str, ...]],
    read: Read | None = None,
    match: Read | None = None,
) -> Reply:
    """Ask the strict queries; where they find nothing read the sentences, and only then ask the loose one."""
    taken = asked[0].taken
    for compiled in asked:
        if not compiled.strict and read is not None:
            answers, sparql = read()
            if answers:
                return Reply(reading.text, "answered", answers, sparql, taken=taken)
        answers = _answers(reading, _rows(reader, compiled.sparql), certain=compiled.strict)
        if answers:
            return Reply(reading.text, "answered", answers, compiled.sparql, taken=compiled.taken)
    if match is not None:
        answers, sparql = match()
        if answers:
            return Reply(reading.text, "answered", answers, sparql, taken=taken)
    return _not_told(reader, reading, asked[0].sparql, named, taken)


def _not_told(
    reader: Reader,
    reading: Reading,
    sparql: str,
    named: dict[str, tuple[str, ...]],
    taken: Mapping[str, tuple[str, ...]],
) -> Reply:
    near = nearest(reading, named, teller(reader))
    reason = "nothing in this graph was read as telling it"
    return Reply(reading.text, "not told", sparql=sparql, reason=reason, suggestions=near, taken=taken)


def _answers(reading: Reading, rows: Rows, *, certain: bool) -> tuple[Answer, ...]:
    if reading.order and rows:
        rows = [row for row in rows if row["event"] == rows[0]["event"]]
    verbal = [row for row in rows if row.get("nominal") != "true"]
    if reading.wanted == "happening" and verbal:  # "the release" says less than the sentence that tells of it
        rows = verbal
    if reading.wanted == "number":
        rows = [row for row in rows if not is_of_which(row["answer"], row.get("quote", ""))]
    groups: dict[str, Rows] = {}
    for row in rows:
        groups.setdefault(_shown(row["answer"], reading), []).append(row)
    if reading.wanted == "count" and rows:
        number = len({row["value"] for row in rows})
        return (Answer(str(number), _quotes(rows), False),)
    differ = reading.wanted in ("number", "time") and len(groups) > 1
    return tuple(
        Answer(
            text,
            _quotes(found),
            certain and not differ and is_certain(reading, text, found),
            found[0].get("date", ""),
        )
        for text, found in groups.items()
    )


def _shown(text: str, reading: Reading) -> str:
    text = text.strip().removesuffix("?")
    if reading.wanted == "number" and text.endswith(".0"):
        return text[:-2]
    return text[:1].upper() + text[1:] if reading.wanted in ("agent",) and text.islower() else text


def _quotes(rows: Rows) -> tuple[Quote, ...]:
    return tuple(dict.fromkeys(Quote(row["quote"], row["source"]) for row in rows if row.get("quote")))


def _truth(
    reader: Reader, reading: Reading, called: Called, named: dict[str, tuple[str, ...]], read: Read, match: Read
) -> Reply:
    """Yes where it is told as done, no where its opposite is; both, and neither surely, where accounts differ."""
    for strict, exact in ((True, True), (True, False), (False, False)):
        yes = compile_question(reading, called, strict=strict, exact=exact and bool(reading.lemmas))
        no = compile_question(reading, called, strict=strict, opposite=True, exact=exact)
        if not strict:
            answers, sparql = read()
            if answers:
                return Reply(reading.text, "answered", answers, sparql, taken=yes.taken)
        found = {"yes": _rows(reader, yes.sparql), "no": of_nobody(reading, _rows(reader, no.sparql))}
        if exact and found["no"] and not found["yes"]:  # what one rejected another may have turned down
            yes = compile_question(reading, called, strict=True)
            found["yes"] = _rows(reader, yes.sparql)
        if any(found.values()):
            break
    else:
        return _answered(reader, reading, (compile_question(reading, called, strict=True),), named, match=match)
    one = strict and not all(found.values())
    answers = tuple(
        Answer(word, _quotes(rows), one and is_certain(reading, word, rows)) for word, rows in found.items() if rows
    )
    told = [compiled.sparql for word, compiled in (("yes", yes), ("no", no)) if found[word]]
    return Reply(reading.text, "answered", answers, "\n\n".join(told), taken=yes.taken)


def _rows(reader: Reader, sparql: str) -> Rows:
    answer = reader.query(sparql, where="the question")
    rows = (_texts(answer.columns, row) for row in answer.rows)
    return [row for row in rows if row.get("answer", "").strip()]


def _texts(columns: Sequence[str], row: Iterable[Term | None]) -> dict[str, str]:
    return {name: term.value for name, term in zip(columns, row, strict=True) if term is not None}
