"""The forms of English quantities, as regular expressions, and the words around them that say what they are."""

from __future__ import annotations

import re

from kg.extract.numerals import DIGITS, WORDS
from kg.extract.words import lines, listed

QUALIFIERS: dict[str, str] = {
    "about": r"about|around|some|roughly|approximately|nearly|almost|close\sto|(?:an\s)?estimated|circa",
    "at least": r"at\sleast|over|more\sthan|(?:no\sfewer|no\sless|not\sless)\sthan|upwards\sof|in\sexcess\sof",
    "at most": r"at\smost|up\sto|as\smany\sas|(?:no\smore|not\smore|fewer|less)\sthan|(?:just\s)?under",
}
"""Qualifier to the words before a number that give it, lower case."""

PLURALS: dict[str, float] = {
    "dozens": 24,
    "scores": 40,
    "tens": 20,
    "hundreds": 200,
    "thousands": 2_000,
    "millions": 2_000_000,
    "billions": 2_000_000_000,
}
"""A plural of a number word means at least two of it, "hundreds of thousands" at least 200 times 1,000."""

FRACTIONS: dict[str, float] = {"half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fifth": 1 / 5, "tenth": 1 / 10}

CURRENCIES: dict[str, str] = {
    "$": "dollars", "€": "euros", "£": "pounds", "¥": "yen", "₴": "hryvnias", "₽": "roubles", "₹": "rupees",
    "₺": "liras", "₪": "shekels", "₩": "won", "₦": "naira",
}  # fmt: skip
CODES: dict[str, str] = {code: noun for noun, *codes in lines("currencies") for code in codes}
"""Codes of ISO 4217, and what news write beside them, to their plural nouns."""

MODIFIERS = frozenset({"more", "other", "further", "additional", "new", "such", "fresh"})
"""Lower-case words that may stand between a number and its noun but are never the noun."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PLURAL_NOUNS = _words(
    "people men women children police personnel staff aircraft servicemen servicewomen policemen policewomen "
    "fishermen dead wounded injured killed missing dollars yen crew migrants clergy cattle livestock infantry"
)
NATIONALS = listed("plurals_in_is")
"""Plurals that look like the singular of "crisis"."""
STOP_WORDS = _words(
    "of and or in on at to for from by with as than that which who whom whose when where while were was are is "
    "be been being had has have having will would could can may might should must did do does done but because "
    "if after before since until during into over under between among against per a an the this these those "
    "its his her their our my your it he she they we i you them him us not no nor so also then there here "
    "later ago earlier away each both all about out off up down only just too yet still now apiece altogether "
    "overall respectively alone said says via across around near inside outside within without through "
    "throughout despite like elsewhere abroad together worldwide nationwide"
)
"""Words that end the noun phrase after a number."""

_MANY = "|".join(word for word in PLURALS if word not in ("tens", "dozens", "scores"))
_MANY_OF = "hundred|thousand|lakh|million|crore|billion|dozen"
_SOME = rf"(?:a\sfew|several|many|a\scouple(?:\sof)?)\s(?:{_MANY_OF})(?:\s(?:{_MANY_OF}))?"
_PLURAL = rf"{_SOME}|(?:tens|dozens|hundreds|thousands)\sof\s(?:{_MANY})|(?:dozens|scores|{_MANY})"
_PARTS = (
    r"(?:an?|one)[\s-](?:third|quarter|fifth|tenth)|(?:two|three|four|five|six|seven|eight|nine)[\s-]"
    r"(?:thirds|quarters|fifths|tenths)"
)
_FRACTION = rf"(?:{_PARTS})(?=\sof\b)|half(?=\s(?:of|the)\b)"
"""Not "third" alone: "the third of May", "the third quarter of its fiscal year" are no parts."""
_LETTER = r"(?:\s?(?:bn|mn|mln|tn)|[mk])\b"
_LARGE = r"(?:hundred|thousand|lakh|million|crore|billion|trillion)\b"
_SCALE = rf"(?:[\s-]{_LARGE}|{_LETTER})"
_DOZEN = (
    rf"half\sa\sdozen|(?:a|(?!zero|0\b)(?:{DIGITS}|{WORDS}))\sdozen\b|a\scouple(?=\sof\b)(?!\sof\s(?:{_MANY_OF})\b)"
)
_PART_OF = rf"(?:half|(?:{_PARTS})\sof)\sa\s{_LARGE}|(?:{DIGITS}|{WORDS})\sand\sa\shalf\s{_LARGE}"
_NUMBER = rf"(?:{_DOZEN}|{_PART_OF}|(?:{DIGITS})(?:{_SCALE})?|{WORDS})"
_CURRENCY = rf"(?:(?:\b(?:US|A|C|NZ|HK|S))?[{''.join(CURRENCIES)}]\s?|\b(?:{'|'.join(CODES)})\.?\s?)"
_END = r"(?![\w/:]|[.,]\d|-(?!an?-)[A-Za-z]|['\u2019](?:s\b|\d))"
_UNIT = r"(?P<unit>(?:(?<=\d)|\s)km/h|km|kg|mm|cm|mph|kph|MW|GW|GB)\b"
CURRENCY = re.compile(rf"(?P<code>{'|'.join(CODES)})|[{''.join(CURRENCIES)}]")

QUANTITY = re.compile(
    rf"(?:\b(?P<qualifier>(?i:{'|'.join(QUALIFIERS.values())}))\s)?(?P<start>(?<![\w.,/#+:@-])(?<!\d[\u2013\u2014'\u2019]))"
    rf"(?:(?P<range>(?i:(?:(?P<between>between)|from)\s)?{_CURRENCY}?(?P<low>(?i:{_NUMBER}))"
    rf"(?P<to>(?(between)\sand\s|\s(?:to|or)\s)|(?<=[\dmnk])\s?[-\u2013]\s?(?=[\d{''.join(CURRENCIES)}]))"
    rf"{_CURRENCY}?(?P<high>(?i:{_NUMBER})){_END})"
    rf"|(?!(?i:{_PART_OF}))(?i:(?P<fraction>{_FRACTION}))"
    rf"|(?P<currency>{_CURRENCY})?(?P<one>(?i:{_NUMBER}))(?:{_UNIT}|(?=pc\b)|{_END})"
    rf"|(?i:(?P<plural>{_PLURAL})\b))"
    r"(?P<percent>\s?%|\s?pc\b|\s(?i:percent|per\scent)\b)?"
)
"""A number with the qualifier before it, and what follows without a space or as part of it."""

ANCHOR = re.compile(
    r"\d|\b(?i:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty"
    r"|dozens?|scores|hundreds?|thousands?|millions?|billions?|trillions?|half|thirds?|quarters?|fifths?|tenths?|couple|lakhs?|crores?)\b"
)
"""A cheap test for a sentence that may hold a quantity."""

PARTICLE_VERB = re.compile(r"\b(?:hand|turn|tak|took|pass|carr|giv|gave|bring|brought|sign)\w*\s(?i:over)$")
"""What before a number makes "over" a part of the verb: "handed over 195 captives"."""

OR_MORE = re.compile(r"\s(?:or\s(?P<more>more)|or\s(?P<so>so))\b")

NOT_A_COUNT_BEFORE = re.compile(
    r"(?:\b(?:Article|Section|Chapter|Resolution|Figure|Table|Page|Room|Order|Law|Bill|Act|Protocol|Annex|Paragraph|Boeing|"
    r"Airbus|Flight|Route|Channel|Unit|Camp|Gate|Line|Pier|Zone|Phase|Level|Grade|Group\sof|[Nn]umber|Nos?\.?|[Aa]rticles?|"
    r"[Ss]ections?|[Pp]ages?|[Cc]lauses?|[Cc]hapters?|[Pp]aragraphs?|[Mm]agnitude(?:\sof)?|aged?|aged\s\d+\sand|"
    r"under\sthe\sage\sof)\s?|[A-Z][\w'\u2019-]*,\s|[A-Z][\w'\u2019-]*\s\()$"
)
"""What before a bare number makes it a name, a number of a series or an age."""

FIGURE_BEFORE = re.compile(
    r"\b(?:(?:spoke|speak|speaks|speaking|told|tells|talk\w*|knew|knows)\sof|(?:put|puts|estimated|gave|given|set)\b[^.;:]{0,40}\s(?:at|as)"
    r"|count(?:ed|s)?|report(?:ed|s)?|record(?:ed|s)?|registered|confirmed|cited|found|(?:rose|risen|fell|fallen|climbed)\sto"
    r"|figure\sof|toll\sof)(?:\s(?:only|just))?\s$",
    re.IGNORECASE,
)
"""What before a bare number word makes it a figure where things were counted before: "the company spoke of nine"."""
FIGURE_AFTER = re.compile(r"\s(?:were|are|ha(?:d|ve)\sbeen|of\s(?:them|those|these))\b")
DEFINITE = re.compile(r"(?i)\b(?:the|these|those|all|both|other|its|his|her|their|our|my|your)\s$")

AGE_BEFORE = re.compile(r"\b(?i:she|he)\s(?:is|was|turn(?:s|ed)|will\sbe)\s(?:now\s|just\s|only\s)?$")
"""What before a number that ends its clause makes it an age: "She is 43."."""
AN_EDITION = re.compile(r"(?:\b(?i:the|its|his|her|their|this|that|a)|['\u2019]s)\s$")
"""What before a year and a name says which one is meant: "the 2024 Olympic Games"."""
SERIES_BEFORE = re.compile(r"[a-z\u2019',]\s[A-Z][\w\u2019'-]*\s$")
"""A name within a sentence, whose number a bare one right behind is where it counts nothing: "Apollo 11"."""

TIME_OF_DAY = re.compile(r"\s?(?:[ap]\.?m\b|o['\u2019]clock|GMT\b|hrs\b|hours?\s(?:GMT|local))")
AGE_AFTER = re.compile(r"\syears?[\s-]old\b")
UNIT_OF_TIME = re.compile(r"(?:minute|hour|day|week|month|year)s?")
NUMBERING = re.compile(r"[.)]\s")
WORD = re.compile(
    r"\s+(?:(?P<word>[^\W\d_]\w*(?:-\w+)*)(?P<owner>['\u2019](?:s\b|(?!\w)))?|(?P<digits>\d[\d,.]*\d|\d))"
)
OF_THE = re.compile(r"\sof(?=\s(?:the|its|his|her|their|these|those|our)\b)(?:\s\w+)")
