"""Several questions that are asked as one: taken apart, and their answers given together."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.asking.openings import AUXILIARY
from kg.asking.replies import Answer, Quote, Reply
from kg.asking.words import words
from kg.language import analyse as parse

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Token

_ASKING = r"(?:how|what|who|whom|whose|when|where|why|which)\b"
_BOTH = re.compile(rf",? and (?={_ASKING})", re.I)
_BEGINNING = re.compile(rf"(?:(?:by|for|to|in|at|on|from|with|since|until) )?{_ASKING}", re.I)
_LEAST_WORDS, _LONGEST = 4, 400
"""Words that a part has at least, and characters of a question that is taken apart."""
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
    >>> apart("By how many days did Oslo prolong the truce, and how many had Chad wanted?")
    ('By how many days did Oslo prolong the truce?', 'How many days had Chad wanted?')
    """
    if len(text) > _LONGEST:
        return (text,)
    sources = _SOURCES.match(text)
    if sources:
        return tuple(f"{sources['what']} according to {sources[who]}?" for who in ("one", "other"))
    short = _SHORT.match(text)
    if short:
        return f"{short['one']}?", f"{short['other'].capitalize()} {short['aux']} {_again(short)}?"
    parts = [part.strip(" ?") for part in _BOTH.split(text)]
    whole = all(_BEGINNING.match(part) and len(part.split()) >= _LEAST_WORDS for part in parts)
    if not whole or not parts[1:]:
        return (text,)
    counted = _COUNTED.search(parts[0])
    if counted:
        how = f"how {counted['how']}"
        parts = [re.sub(rf"\b{how} (?={AUXILIARY}\b)", f"{how} {counted['noun']} ", one, flags=re.I) for one in parts]
    return tuple(f"{part[:1].upper()}{part[1:]}?" for part in parts)


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

    "Who met the man who left and who sang?" may be one.
    """
    told = all(part.rstrip("?").lower() in question.lower() for part in parts)
    return told and not any(re.search(rf" (?:that|{_ASKING})", part, re.I) for part in parts[:-1])


def _again(short: re.Match[str]) -> str:
    """What the second question says behind its auxiliary: the same, with a word for what the first one asked for."""
    asked, rest = short["wh"].lower().split(), short["rest"]
    noun = f"the {asked[1]}" if asked[0] == "which" and asked[1:] else asked[2] if asked[2:] else ""
    if re.match(r"how (?:many|much) [a-z]", short["other"], re.I):  # it counts something else
        return rest
    if short["aux"].lower() in ("did", "do", "does") or _OTHERS.match(rest) or not _SUBJECT.match(short["wh"]):
        return f"{rest} {noun}".strip()
    return f"{noun or ('somebody' if asked[0] == 'who' else 'something')} {rest}"


def completed(
    each: Sequence[Reply], whole: Reply, beside: Callable[[Sequence[Quote]], tuple[tuple[Answer, ...], str]]
) -> list[Reply]:
    """Give the replies to questions that were asked as one, in place of one that has no answer what else tells it.

    That is the answer to the whole, or the likeliest sentence for it `beside` those that the others rest on. All of it
    is likely only: what was taken apart may have been one question.
    """
    told = [likely(one) for one in each if one.answers]
    quoted = [quote for one in told for answer in one.answers for quote in answer.quotes]
    if not any(quote not in quoted for answer in whole.answers for quote in answer.quotes):
        answers, sparql = beside(quoted)
        whole = replace(whole, answers=answers, sparql=sparql)
    other = [likely(whole)] if whole.answers else []
    return [*other, *told] if not each[0].answers else [*told, *other]


def likely(reply: Reply) -> Reply:
    """Give a reply whose answers are likely only."""
    return replace(reply, answers=tuple(replace(answer, certain=False) for answer in reply.answers))


def together(question: str, replies: Sequence[Reply]) -> Reply:
    """Give the answers of several questions that were asked as one."""
    return Reply(
        question,
        "answered",
        tuple(dict.fromkeys(answer for reply in replies for answer in reply.answers)),
        "\n\n".join(reply.sparql for reply in replies),
        taken={name: labels for reply in replies for name, labels in reply.taken.items()},
    )
