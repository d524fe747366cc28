"""Several questions that are asked as one: taken apart, and their answers given together."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.asking.openings import AUXILIARY
from kg.asking.replies import Answer, Quote, Reply, is_quoted
from kg.asking.words import words
from kg.language import analyse as parse

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Token

_ASKING = r"(?:how|what|who|whom|whose|when|where|why|which)\b"
_BEHIND = r"(?:about|against|at|before|by|for|from|in|on|over|since|to|under|until|with)"
_WHICH = rf"(?:{_ASKING}|{_BEHIND} {_ASKING}(?: [a-z]+){{0,3}}? {AUXILIARY}\b)"
_THEY = r"(?:he|her|his|it|its|she|that|their|there|they|this)\b"
_SAYS = rf"{AUXILIARY} (?:{_THEY}|(?:an?|any|the)\b|[A-Z])"
_BOTH = re.compile(rf",? and (?={_WHICH})|, and (?={_SAYS})")
_BEGINNING = re.compile(rf"{_BEHIND} {_ASKING}|{_ASKING}|{AUXILIARY}\b", re.I)
_CLOSED = re.compile(rf"{AUXILIARY}\b", re.I)
_INNER = re.compile(rf"\b(?:if|whether|{_ASKING})", re.I)
"""What a question for yes or no has within it that may go on: "did she say who came and who left?"."""
_PARTY = re.compile(r"(?:who|whom|what|which|whose|how (?:many|much))\b", re.I)
_OF_OTHERS = re.compile(r" (?:did|do|does) ", re.I)
_GOES_ON = re.compile(rf"(?:has|have|had|is|are|was|were) (?!{_THEY}|any\b)", re.I)
"""How a second thing may begin that is said of whom the first asks for, if nobody else acts in that: "who led it, and
is the president?"."""
_LEAST_WORDS, _LONGEST, _MOST = 3, 400, 4
"""Words that a part has at least, characters of a question that is taken apart, and its parts."""
_SOURCES = re.compile(
    r"^(?P<what>.+?),? according to (?P<one>.+?),? and (?:how (?:many|much) )?(?:according )?to "
    r"(?P<other>[^,]+?)\s*\?*$",
    re.I,
)
_HOW = r"how (?:many|much|long|often)"
_SHORT = re.compile(
    rf"^(?P<one>(?P<wh>(?:{_HOW}|which|what|whose)(?: [a-z]+)?|who|whom|when|where|why|how) "
    rf"(?P<aux>{AUXILIARY}|should|must) (?P<rest>.+?)),? and "
    rf"(?P<other>(?:[a-z]+ )?(?:{_HOW}|what|which|who|whom|when|where|why)(?: [a-z]+)?)\s*\?*$",
    re.I,
)
_SHORT_CLOSED = re.compile(
    rf"^(?P<one>(?P<aux>{AUXILIARY}) (?P<rest>[^?]+?)),? and "
    rf"(?P<other>(?:[a-z]+ )?(?:{_HOW}|what|which|whom|when|where|why|how)(?: [a-z]+)?)\s*\?*$",
    re.I,
)
_EACH = re.compile(
    rf"^(?P<wh>(?:{_BEHIND} )?{_ASKING}[^?]*?) (?P<aux>{AUXILIARY}|should|must) (?P<all>[^?]+?),? and "
    r"(?P<last>[^?,]+?) (?P<each>each) (?P<rest>[^?]+?)\s*\?*$",
    re.I,
)
_OF_ONE = {"do": "does", "have": "has", "are": "is", "were": "was"}
"""Auxiliaries of several, and of one."""
_SUBJECT = re.compile(r"(?:who|what|which|how many)\b", re.I)
_COUNTED = re.compile(
    rf"\bhow (?P<how>many|much) (?P<noun>(?!{AUXILIARY}\b)[a-z]+(?: [a-z]+)?) (?={AUXILIARY}\b)", re.I
)
_HE = re.compile(
    rf"^(?P<wh>(?:[a-z]+ )?(?:{_HOW}|{_ASKING})(?: [a-z]+){{0,2}}) (?P<aux>{AUXILIARY}) (?:he|she)\b", re.I
)
_ANY_HE = re.compile(r"\b(?:he|she|him|her|his|hers|they|them|their)\b", re.I)
_OTHERS = re.compile(r"(?:the|an?|his|her|its|their|this|that|these|those|he|she|it|they)\b|[A-Z]")


def apart(text: str) -> tuple[str, ...]:
    """Give the questions that one asks together, by itself where it is only one. None of them is taken apart further.

    >>> apart("What did Oslo ask of Chad, and how did Chad respond?")
    ('What did Oslo ask of Chad?', 'How did Chad respond?')
    >>> apart("Who said what, and when?")
    ('Who said what, and when?',)
    >>> apart("How many fled according to Oslo and according to the police?")
    ('How many fled according to Oslo?', 'How many fled according to the police?')
    >>> apart("Who is buying the mill, and for how much?")
    ('Who is buying the mill?', 'For how much is somebody buying the mill?')
    >>> apart("Which ship did Oslo sell, and why?")
    ('Which ship did Oslo sell?', 'Why did Oslo sell the ship?')
    >>> apart("On what terms would Oslo pay, and did Chad agree?")
    ('On what terms would Oslo pay?', 'Did Chad agree?')
    >>> apart("By how many days did Oslo prolong the truce, and how many had Chad wanted?")
    ('By how many days did Oslo prolong the truce?', 'How many days had Chad wanted?')
    """
    if len(text) > _LONGEST:
        return (text,)
    sources = _SOURCES.match(text)
    if sources:
        return tuple(f"{sources['what']} according to {sources[who]}?" for who in ("one", "other"))
    short = _SHORT.match(text)
    if short and "WHO" not in short["other"]:
        return f"{short['one']}?", f"{short['other'].capitalize()} {short['aux']} {_again(short)}?"
    short = _SHORT_CLOSED.match(text)
    if short and not _INNER.search(short["rest"]):
        return f"{short['one']}?", f"{short['other'].capitalize()} {short['aux'].lower()} {short['rest']}?"
    parts = [part.strip(" ?") for part in _BOTH.split(text)]
    whole = all(_BEGINNING.match(part) and len(part.split()) >= _LEAST_WORDS for part in parts)
    if not whole or not 1 < len(parts) <= _MOST or _is_one(parts):
        return (text,)
    counted = _COUNTED.search(parts[0])
    if counted:
        how = f"how {counted['how']}"
        parts = [re.sub(rf"\b{how} (?={AUXILIARY}\b)", f"{how} {counted['noun']} ", one, flags=re.I) for one in parts]
    return tuple(f"{part[:1].upper()}{part[1:]}?" for part in parts)


def of_each(text: str, nlp: Language) -> tuple[str, ...]:
    """Give the questions that one asks of each of several, none where it asks of no more than one.

    "Where do the king and Chad each want it to go?" gives "Where does the king want it to go?" and the same of Chad;
    in "what did Oslo and Chad offer each worker?" the word belongs to the worker.
    """
    each = _EACH.match(text) if len(text) <= _LONGEST else None
    parties = [*each["all"].split(", "), each["last"]] if each else []
    if each is None or len(parties) > _MOST:
        return ()
    [doc] = parse(nlp, [text])
    if any(token.idx == each.start("each") and token.dep_ == "det" for token in doc):
        return ()
    return tuple(f"{each['wh']} {_of_one(each['aux'], party)} {party} {each['rest']}?" for party in parties)


def _of_one(auxiliary: str, party: str) -> str:
    """An auxiliary of several as it stands with one of them, if that is one."""
    return auxiliary if party.endswith("s") and party[:1].islower() else _OF_ONE.get(auxiliary.lower(), auxiliary)


def _is_one(parts: Sequence[str]) -> bool:
    """Whether what seem to be several questions may well be one that goes on."""
    if any(part.count('"') % 2 or part.count("“") != part.count("”") for part in parts):
        return True
    if _CLOSED.match(parts[0]):
        return bool(_INNER.search(parts[0]))
    of_whom = _PARTY.match(parts[0]) and not _OF_OTHERS.search(parts[0])
    return bool(of_whom) and any(map(_GOES_ON.match, parts[1:]))


def beside(parts: Sequence[str]) -> tuple[str, ...]:
    """Give each of several questions with the others behind it, which tell of whom and of what it asks.

    >>> beside(("What did Oslo offer?", "What was the answer?"))
    ('What did Oslo offer? What was the answer?', 'What was the answer? What did Oslo offer?')
    """
    return tuple(" ".join((part, *parts[:at], *parts[at + 1 :])) for at, part in enumerate(parts))


def naming(parts: Sequence[str], nlp: Language) -> tuple[str, ...]:
    """Give questions that one asks together with whom the first is about for "he" and "she" in later ones.

    "How much did the mayor ask for?" and "How much was she offered?" give "How much was the mayor offered?": the only
    person who is named in the first, else whoever acts in it by a title, where it tells of nobody else by one.
    """
    if not any(map(_HE.match, parts[1:])):
        return tuple(parts)
    [doc] = parse(nlp, [parts[0]])
    persons = {one.text for one in doc.ents if one.label_ == "PERSON"}
    titled = [token for token in doc if token.pos_ == "NOUN" and token.lemma_.lower() in words().titles]
    apart_from = [token for token in titled if not any(one.start <= token.i < one.end for one in doc.ents)]
    who = next(iter(persons)) if len(persons) == 1 and not apart_from else ""
    if not persons and len(apart_from) == 1:
        who = _actor(apart_from[0])
    return (parts[0], *(_named(part, who) if who else part for part in parts[1:]))


def _actor(title: Token) -> str:
    """The words of whoever acts in a question by a title, "" where several do or he is asked for."""
    inside = list(title.subtree)
    if not title.dep_.startswith("nsubj") or title.head.dep_ != "ROOT" or "Number=Plur" in title.morph:
        return ""
    if any(token.dep_ == "conj" or re.fullmatch(_ASKING, token.text, re.I) for token in inside):
        return ""
    return str(title.doc.text[inside[0].idx : inside[-1].idx + len(inside[-1])])


def _named(part: str, who: str) -> str:
    """A question with a name for the "he" or "she" behind its auxiliary, if it has no other such word."""
    return part if len(_ANY_HE.findall(part)) > 1 else _HE.sub(lambda hit: f"{hit['wh']} {hit['aux']} {who}", part)


def is_firm(question: str, parts: Sequence[str]) -> bool:
    """Whether the questions that one was taken apart into are all of it, word for word, and surely several.

    "Who met the man who left and who sang?" may be one; a question for yes or no may be a part of the other.
    """
    told = all(part.rstrip("?").lower() in question.lower() for part in parts)
    inner = any(re.search(rf" (?:that|{_ASKING})", part, re.I) for part in parts[:-1])
    return told and not inner and not any(map(_CLOSED.match, parts))


def _again(short: re.Match[str]) -> str:
    """What the second question says behind its auxiliary: the same, with a word for what the first one asked for."""
    asked, rest = short["wh"].lower().split(), short["rest"]
    noun = f"the {asked[1]}" if asked[0] == "which" and asked[1:] else asked[2] if asked[2:] else ""
    if re.match(r"how (?:many|much) [a-z]", short["other"], re.I):  # it counts something else
        return rest
    if short["aux"].lower() in ("did", "do", "does") or _OTHERS.match(rest) or not _SUBJECT.match(short["wh"]):
        return f"{rest} {noun}".strip()
    return f"{noun or ('somebody' if asked[0] == 'who' else 'something')} {rest}"


def told_apiece(
    each: Sequence[Reply], found: Sequence[Answer | None], query: Callable[[Sequence[Answer]], str]
) -> list[Reply]:
    """Give the replies to questions that were asked as one, with the sentences that were found in place of likely ones.

    What rests on the same sentence stays: it may be a name or a day read off it.
    """
    return [
        reply
        if answer is None or _stands(reply, answer)
        else replace(reply, outcome="answered", answers=(answer,), sparql=query((answer,)))
        for reply, answer in zip(each, found, strict=True)
    ]


def _stands(reply: Reply, answer: Answer) -> bool:
    quotes = [quote for one in reply.answers for quote in one.quotes]
    return any(is_quoted((one for one in quotes if one.source == told.source), told.text) for told in answer.quotes)


def standing_apiece(each: Sequence[Reply]) -> list[Sequence[Quote] | None]:
    """Give of each reply to questions that were asked as one what it quotes where it stands, None where it may not.

    What is certain stands, and "yes" and "no" do; of these nothing is quoted, for their sentence may tell more.
    """
    return [_standing(reply) for reply in each]


def _standing(reply: Reply) -> Sequence[Quote] | None:
    if reply.certain:
        return [quote for one in reply.answers for quote in one.quotes]
    return [] if any(one.text in ("yes", "no") for one in reply.answers) else None


def completed(
    each: Sequence[Reply], whole: Reply, beside: Callable[[Sequence[Quote]], tuple[tuple[Answer, ...], str]]
) -> list[Reply]:
    """Give the replies to questions that were asked as one, in place of one that has no answer what else tells it.

    That is the answer to the whole, or the likeliest sentence for it `beside` those that the others rest on.
    """
    told = [one for one in each if one.answers]
    quoted = [quote for one in told for answer in one.answers for quote in answer.quotes]
    if not any(quote not in quoted for answer in whole.answers for quote in answer.quotes):
        answers, sparql = beside(quoted)
        whole = replace(whole, answers=answers, sparql=sparql)
    other = [whole] if whole.answers else []
    return [*other, *told] if not each[0].answers else [*told, *other]


def together(question: str, replies: Sequence[Reply], *, firm: bool) -> Reply:
    """Give the answers of several questions that were asked as one, only as likely ones where these are not `firm`."""
    told = replies if firm else list(map(_likely, replies))
    return Reply(
        question,
        "answered",
        tuple(dict.fromkeys(answer for reply in told for answer in reply.answers)),
        "\n\n".join(reply.sparql for reply in told),
        taken={name: labels for reply in told for name, labels in reply.taken.items()},
    )


def _likely(reply: Reply) -> Reply:
    return replace(reply, answers=tuple(replace(answer, certain=False) for answer in reply.answers))
