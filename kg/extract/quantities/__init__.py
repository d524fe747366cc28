"""Numbers of things in a text: their value, how exact they are meant, and the noun that is counted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.numerals import SCALES, number
from kg.extract.quantities.patterns import (
    AGE_AFTER,
    AGE_BEFORE,
    AN_EDITION,
    ANCHOR,
    CODES,
    CURRENCIES,
    CURRENCY,
    DEFINITE,
    FIGURE_AFTER,
    FIGURE_BEFORE,
    FRACTIONS,
    MODIFIERS,
    NATIONALS,
    NOT_A_COUNT_BEFORE,
    NUMBERING,
    OF_THE,
    OR_MORE,
    PARTICLE_VERB,
    PLURAL_NOUNS,
    PLURALS,
    QUALIFIERS,
    QUANTITY,
    SERIES_BEFORE,
    STOP_WORDS,
    TIME_OF_DAY,
    UNIT_OF_TIME,
    WORD,
)
from kg.extract.times import time_words
from kg.model import Quantity, Sentence, Span

_QUALIFIER = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in QUALIFIERS.items())
_SCALE_WORD = re.compile(r"(hundred|thousand|lakh|million|crore|billion|trillion|bn|mn|mln|tn|m|k)$", re.IGNORECASE)
_FEW = re.compile(r"(?i)\b(?:no|any|every|each|this|that|another|some|number)\s$")
NEAR = 2  # sentences back to what was counted before
DASHES = ("-", "\u2013")
_MINUS = re.compile(r"(?:\bminus\s|\u2212|(?<![\w)\]])-)$", re.IGNORECASE)
_IN_UNITS = re.compile(r"\b[Ii]n\s$")
_REACH = 4  # words after a number in which its noun is looked for


def find_quantities(text: str, sentences: Sequence[Sentence]) -> tuple[Quantity, ...]:
    """The quantities of a text, in text order, never across a sentence boundary.

    `span` holds the number with its qualifier, currency or per cent sign, not the noun. `noun` is the head of the
    phrase after it as written ("270 Russian servicemen" gives "servicemen"), "percent", "fraction", a currency, or "".
    "between 30 and 40" and "30-40" have value and lower 30, upper 40; "over 200" has lower 200, "up to 200" upper 200.
    A plural of a number word is at least two of it ("dozens": at least 24). Dates, times of day, ages, ordinals,
    years, numbers of articles, models and list items are left out, and so are small number words that count no noun
    ("the three") unless things were counted before ("the company spoke of nine"). Linear in the text.
    """
    out: list[Quantity] = []
    counted = -NEAR - 1
    for sentence in sentences:
        begin, end = sentence.span
        if not ANCHOR.search(text, begin, end):
            continue
        times = iter(time_words(text, sentence.span))
        time = next(times, None)
        for match in QUANTITY.finditer(text, begin, end):
            while time is not None and time.end <= match.start("start"):
                time = next(times, None)
            if time is not None and time.begin < match.end():
                continue
            found = _read(text, match, sentence.span, counted=sentence.index - counted <= NEAR)
            if found is not None:
                out.append(found)
                if match["range"] and found.span.end < match.end("high"):  # "fell from 40 to 30" tells two numbers
                    second = Span(match.end("to"), match.end())
                    out.append(_bounded(_value(match["high"]), second, "exact", found.noun))
                counted = sentence.index if _is_plural(found.noun) else counted
    return tuple(out)


def _read(text: str, match: re.Match[str], sentence: Span, *, counted: bool) -> Quantity | None:
    if _is_no_count(text, match, sentence):
        return None
    words = match["qualifier"]
    if words and PARTICLE_VERB.search(text, sentence.begin, match.end("qualifier")):
        words = None
    span = Span(match.start("qualifier") if words else match.start("start"), match.end())
    qualifier = _qualifier(words)
    noun = "percent" if match["percent"] else _noun(text, match.end(), sentence.end)
    if match["plural"]:
        if noun == "" and _IN_UNITS.search(text[max(sentence.begin, match.start() - 4) : match.start()]):
            return None  # "in millions of euros" says what a table counts in
        value = _plural_value(match["plural"])
        noun = noun or _noun_of(text, match.end(), sentence.end)
        if match["plural"].lower().startswith("a couple"):
            return Quantity(value, span, qualifier="about", noun=noun)
        return Quantity(value, span, lower=value, qualifier="at least", noun=noun)
    if match["fraction"]:
        return _bounded(_fraction(match["fraction"]), span, qualifier, "fraction")
    if match["range"]:
        return _range(match, span, noun)
    if match["currency"]:
        noun = _currency(match["currency"])
    noun = (match["unit"] or "").strip() or noun
    if "couple" in match["one"].lower():
        noun = _noun_of(text, match.end(), sentence.end)
    value = _value(match["one"])
    suffix = OR_MORE.match(text, match.end(), sentence.end)
    if suffix:
        qualifier = "at least" if suffix["more"] else "about"
        if not (match["currency"] or match["percent"] or match["unit"]):
            noun = _noun(text, suffix.end(), sentence.end)
        span = Span(span.begin, suffix.end())
    if not match["one"][0].isdigit() and value < 100 and not (noun if value == 1 else _is_plural(noun)):
        if value < 2 or not counted or not _is_figure(text, span, sentence):
            return None  # "the three hold"
        noun = ""
    if match["one"][-1:] == "m" and not (
        match["currency"] or noun in PLURAL_NOUNS or noun in CODES.values() or noun.endswith("s")
    ):
        return None  # "the 100m final": metres, which count nothing
    if below := _MINUS.search(text[max(sentence.begin, span.begin - 7) : span.begin]):
        value, span = -value, Span(span.begin - len(below.group()), span.end)
    return _bounded(value, span, qualifier, noun)


def _currency(words: str) -> str:
    """The plural noun of the currency that a sign or code names, "" where none does."""
    found = CURRENCY.search(words)
    return "" if found is None else CODES[found["code"]] if found["code"] else CURRENCIES[found.group()]


def _is_figure(text: str, span: Span, sentence: Span) -> bool:
    """Whether a number word without a noun gives a figure for what was counted before: "spoke of nine", "nine were"."""
    before = text[max(sentence.begin, span.begin - 60) : span.begin]
    if FIGURE_BEFORE.search(before):
        return True
    return FIGURE_AFTER.match(text, span.end, sentence.end) is not None and not DEFINITE.search(before)


def _plural_value(words: str) -> float:
    """Give 24 for "dozens", 20 times 1,000 for "tens of thousands"."""
    first, *rest = words.lower().split()
    if first not in PLURALS:
        return 2 * (12 if rest[-1] == "dozen" else number(" ".join(w for w in rest if w in SCALES)))
    return PLURALS[first] * (PLURALS[rest[-1]] / 2 if rest else 1)


def _bounded(value: float, span: Span, qualifier: str, noun: str) -> Quantity:
    lower = value if qualifier == "at least" else None
    upper = value if qualifier == "at most" else None
    return Quantity(value, span, lower=lower, upper=upper, qualifier=qualifier, noun=noun)


def _range(match: re.Match[str], span: Span, noun: str) -> Quantity | None:
    """Two bounds; a scale word or "dozen" at the second holds for both ("1 to 2 million")."""
    low, high = _value(match["low"]), _value(match["high"])
    if _shares_scale(match, low, high):
        low *= SCALES[_scale(match["high"])]
    elif "dozen" in match["high"].lower() and "dozen" not in match["low"].lower() and low < high / 12:
        low *= 12
    elif match["to"].strip() in DASHES and _shares_thousands(match["low"], match["high"]):
        low *= 1_000
    noun = _currency(match["range"]) or noun
    dash = match["to"].strip() in DASHES
    if dash and (low >= high or not noun):
        return None  # a score, or a code
    if low >= high:
        return _bounded(low, Span(span.begin, match.end("low")), _qualifier(match["qualifier"]), noun)
    return Quantity(low, span, lower=low, upper=high, qualifier="between", noun=noun)


def _shares_scale(match: re.Match[str], low: float, high: float) -> bool:
    """ "1 to 2 million", "two or three hundred", "from 4 to 3 million": the scale of the second number holds for both.

    Not so in "one to a hundred", nor where what falls would fall by more than half: "from 50 to 2 thousand".
    """
    scale = _scale(match["high"])
    if not scale or _scale(match["low"]) or "dozen" in match["low"].lower():
        return False
    whole = high / SCALES[scale]
    return low < whole or (match["range"].lower().startswith("from") and low < 2 * whole)


def _scale(words: str) -> str:
    """The scale word or letter that a number ends in, "" where it has none."""
    found = _SCALE_WORD.search(words)
    return found.group(1).lower() if found else ""


def _shares_thousands(low: str, high: str) -> bool:
    """ "5-8,000" and "10-12 000": the thousands of the second hold for the first, too."""
    whole = re.fullmatch(r"(\d{1,3})\D000", high)
    return whole is not None and low.isdigit() and int(low) < int(whole[1])


def _value(words: str) -> float:
    lowered = " ".join(words.lower().split())  # a line may end within
    if "couple" in lowered:
        return 2
    if "dozen" in lowered:
        return 6 if "half" in lowered else 12 * (number(lowered) or 1)
    if any(name in lowered for name in FRACTIONS):
        return round(_part_of(lowered), 6)
    return round(number(lowered), 6)


def _part_of(words: str) -> float:
    """Give 500,000 for "half a million", 250,000 for "a quarter of a million", 2,500,000 for "two and a half million".

    Takes lower case.
    """
    whole, _, scale = words.rpartition(" a ")
    if whole.endswith(" and"):
        return (number(whole) + 0.5) * number(scale.removeprefix("half"))
    return _fraction(whole) * number(scale)


def _fraction(words: str) -> float:
    lowered = words.lower().replace("-", " ")
    name = next(name for name in FRACTIONS if name in lowered)
    return (number(lowered.split()[0]) or 1) * FRACTIONS[name]


def _qualifier(words: str | None) -> str:
    return next((name for name, pattern in _QUALIFIER if words and pattern.fullmatch(words)), "exact")


def _is_no_count(text: str, match: re.Match[str], sentence: Span) -> bool:
    """Whether the number is an age, a time of day, a number in a series, a year, or the "one" of "no one"."""
    if match["one"] is None:
        return False
    begin, end = match.start("one"), match.end()
    before = text[max(sentence.begin, begin - 24) : begin]
    if TIME_OF_DAY.match(text, end, sentence.end) or AGE_AFTER.match(text, end, sentence.end):
        return True
    if not match["one"][0].isdigit():
        return match["one"].lower() == "one" and bool(_FEW.search(before) or text.startswith((" of", " another"), end))
    if match["qualifier"] or match["currency"] or match["percent"]:
        return False
    named = NOT_A_COUNT_BEFORE.search(before)
    if named and (
        not named.group().endswith((", ", "(")) or text[end : end + 1] in tuple(",.;:)") or end >= sentence.end
    ):
        return True
    if begin == sentence.begin and NUMBERING.match(text, end, sentence.end):
        return True
    if AGE_BEFORE.search(before) and (end >= sentence.end or text[end] in ".,;)"):
        return True
    noun = match["unit"] or _noun(text, end, sentence.end)
    if not noun and SERIES_BEFORE.search(before):
        return True
    plain = re.fullmatch(r"(?:19|20)\d\d", match["one"])
    if not plain or not _is_plural(noun):
        return bool(plain)
    # "the 2024 elections", as "the 2024 Olympic Games", are those of that year; "the 2000 dead" may be so many
    return AN_EDITION.search(before) is not None and (noun[0].isupper() or not match["one"].endswith("00"))


def _is_plural(word: str) -> bool:
    return (
        word in PLURAL_NOUNS
        or word in NATIONALS
        or (len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")))
    )


def _noun(text: str, begin: int, end: int) -> str:
    """The noun counted by the number that ends at `begin`: the first plural in reach, else the first plain word."""
    partitive = OF_THE.match(text, begin, end)
    position, first = (partitive.end() if partitive else begin), ""
    for _ in range(_REACH):
        match = WORD.match(text, position, end)
        if match is None:
            break
        position = match.end()
        word = match["word"]
        if word in CODES and not first:
            return CODES[word]
        if match["digits"] or (match["owner"] and not UNIT_OF_TIME.fullmatch(word)):
            continue
        if word.lower() in STOP_WORDS:
            break
        if _is_plural(word):
            return word
        if not first and word.islower() and word not in MODIFIERS and not word.endswith("ly"):
            first = word
    return first


def _noun_of(text: str, begin: int, end: int) -> str:
    """The noun after "dozens of"."""
    return _noun(text, begin + 3, end) if text.startswith(" of", begin) else ""
