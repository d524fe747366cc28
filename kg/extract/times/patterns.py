"""The forms of English expressions of time, as regular expressions: what they look like, not what they mean.

`POINTS` lists the forms of a single time, each with the name of the rule in `time_points` that reads it; `FIND` is one
expression over all of them that also asks for the words that must stand before an ambiguous form: a bare year needs
"in", a bare "March" too, so that "1990 prisoners", "may" and "march" are left alone.
"""

from __future__ import annotations

import re

from kg.extract.numerals import DIGITS, WORDS

_MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
MONTHS: dict[str, int] = {name: n for n, name in enumerate(_MONTH_NAMES, 1)}
_WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEKDAYS: dict[str, int] = {name: n for n, name in enumerate(_WEEKDAY_NAMES)}
SEASONS: dict[str, int] = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""Season to its first month: meteorological seasons of the northern hemisphere."""

UNIT = r"(?:hours?|days?|nights?|weeks?|fortnights?|months?|years?|decades?)"
_FULL = "|".join(MONTHS)
_SHORT = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
_MONTH = rf"(?:{_FULL}|(?:{_SHORT})\b\.?)"
_ANY_MONTH = rf"(?:{_FULL}|{_SHORT})"
_END = r"(?![\d/-]|\.\d)"
_LAST_YEAR = rf"(?:(?:1[5-9]|20)\d\d|\d\d){_END}"
_DAY_FIGURES = r"\d{1,2}"
_SURE_MONTH = "(?:January|February|April|June|July|August|September|October|November|December)"
_WD = rf"(?:{'|'.join(WEEKDAYS)})"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d%]|[.,:]\d)"
_YEAR = r"(?:1[5-9]|20)\d\d(?![\d%]|[.,:]\d)"
_DASH = r"\s?[-\u2013\u2014]\s?"
_TO = r"(?:\s(?:to|until|till|through|and|or)\s|" + _DASH + ")"
COUNT = rf"(?:{DIGITS}|(?i:{WORDS}|an?\b|a\scouple\sof|a\sdozen|half\sa\sdozen))"
_PART = r"(?i:(?:early|mid|late)(?:\s(?:in|on))?[\s-]|(?:the\s)?(?:start|beginning|middle|end|close)\sof\s)"
_TIME_OF_DAY = r"(?:\s(?:early\s)?(?:morning|afternoon|evening|night|lunchtime|midnight))?"
_OF_YEAR = r"(?:\sof)?\s(?i:this|last|next)\syear\b"
_DEMONSTRATIVE = r"(?i:this\spast|this|last|next|the\s(?:past|last|previous|next|coming|following)|the\ssame|that)"
_HALF = r"(?i:(?:the\s)?(?:first|second)\shalf\sof|(?:the\s)?(?:first|second|third|fourth|last)\squarter\sof)"
_COUNTED = r"(?:people|men|women|children|civilians|soldiers|troops|prisoners|per\scent|percent|million|billion)\b"

_EVENT_NOUN = (
    "elections?|protests|talks|sanctions|games|polls?|agreements?|accords?|riots|attacks|floods|bombings|wars?|deal|"
    "treaty|invasion|annexation|coup|uprising|revolution|crisis|summit|ceasefire|truce|vote|referendum|report|budget|"
    "campaign|offensive|earthquake|constitution|law|act|season|census|massacre|genocide|pact|memorandum|exchange"
)
_AFTER_YEAR = (
    rf"(?!\s{_COUNTED})(?!-[a-z])(?!['\u2019]\d)"
    rf"(?!\s(?!was\b|is\b|has\b|as\b|this\b|its\b|his\b|(?:{_EVENT_NOUN})\b)[a-z]+s\b)"
)
POINTS: tuple[tuple[str, str], ...] = (
    ("iso", r"\d{4}-\d{2}-\d{2}(?!\d)"),
    ("figures", rf"{_DAY_FIGURES}/{_DAY_FIGURES}/\d{{4}}{_END}|\d{{4}}/{_DAY_FIGURES}/{_DAY_FIGURES}{_END}"),
    ("figures", rf"{_DAY_FIGURES}\.{_DAY_FIGURES}\.(?:1[5-9]|20)\d\d{_END}"),
    ("between_years", rf"(?i:from|between)\s{_YEAR}\s(?:to|until|till|through|and)\s{_YEAR}{_AFTER_YEAR}"),
    (
        "week_of",
        rf"(?i:the\sweek\s(?:of|beginning|starting|commencing|ending))\s(?:{_WD},?\s)?(?:(?:the\s)?{_DAY}(?:\sof)?\s{_MONTH}"
        rf"|{_MONTH}\s{_DAY})(?:,?\s{_YEAR})?",
    ),
    (
        "months_to",
        rf"(?i:the\s){COUNT}\s(?i:months)\s(?i:to|ended|ending)\s(?i:the\send\sof\s)?{_MONTH}(?:,?\s{_YEAR})?",
    ),
    ("day_mon_year", rf"(?:3[01]|[12]\d|0?[1-9])(?:{'|'.join(rf'{m}{_ANY_MONTH}{m}{_LAST_YEAR}' for m in '-/')})"),
    (
        "day_range",
        rf"(?:(?:between|from)\s(?:the\s)?)?{_DAY}{_TO}(?:the\s)?{_DAY}(?:\sof)?\s{_MONTH}(?:,?\s{_YEAR})?"
        rf"|(?:(?:between|from)\s)?{_MONTH}\s{_DAY}{_TO}{_DAY}(?:,?\s{_YEAR})?",
    ),
    (
        "of_year",
        rf"(?:{_WD},?\s)?(?:(?:the\s)?{_DAY}(?:\sof)?\s{_MONTH}|{_MONTH}\s{_DAY}),?{_OF_YEAR}|{_PART}?{_MONTH}{_OF_YEAR}",
    ),
    (
        "day_month",
        rf"(?:{_WD},?\s)?(?:the\s)?{_DAY}(?:\sof)?\s{_MONTH}(?:,?\s{_YEAR})?"
        rf"|(?:{_WD},?\s)?{_MONTH}\s{_DAY}(?:,?\s{_YEAR})?(?!\s{_COUNTED})",
    ),
    ("month_year", rf"{_PART}?{_MONTH}(?:\sof|,)?\s{_YEAR}"),
    ("decade", r"(?i:the\s)?(?i:(?:early|mid|late)[\s-])?(?:1[5-9]|20)\d0s\b"),
    ("half", rf"{_HALF}\s(?:{_YEAR}|(?i:this|last|next|the)\syear)"),
    ("part_of_year", rf"(?i:early|mid|late)(?:\sin|-)?\s?{_YEAR}|{_PART}{_YEAR}"),
    ("season", rf"(?i:(?:the\s)?(?:early\s|late\s)?(?:spring|summer|autumn|fall|winter)(?:\sof|,)?)\s{_YEAR}"),
    ("season", r"(?i:(?:early|late)\s)?(?i:this\spast|this|last|next)\s(?i:spring|summer|autumn|fall|winter)\b"),
    ("weekend", r"(?i:(?:this\spast|this|last|next|the(?:\s(?:past|last|coming|following))?)\sweekend)\b"),
    ("week_after", rf"{_WD}\sweek\b|(?<![Ff]or\s)(?i:an?|one)\s(?i:week\s(?:from|on))\s{_WD}\b"),
    ("weekday_of_week", rf"{_WD}(?:\sof)?\s(?i:this|last|next)\sweek\b"),
    ("weekday_beside", rf"(?i:the\s(?:next|following|previous))\s{_WD}\b{_TIME_OF_DAY}"),
    ("weekday", rf"(?i:(?:this|last|next|early|late|this\scoming|this\spast)\s(?:on\s)?)?{_WD}\b{_TIME_OF_DAY}"),
    ("month", rf"(?i:this\spast|this|last|next)\s(?:{_FULL})\b"),
    ("month", rf"{_PART}(?:{_FULL})\b"),
    ("today", r"(?i:(?:earlier\s|later\s)?(?<!USA\s)today|tonight|this\s(?:morning|afternoon|evening))\b"),
    ("day_before", r"(?i:(?:the\sday\sbefore\s)yesterday)\b"),
    ("day_after", r"(?i:(?:the\sday\safter\s)tomorrow)\b"),
    ("yesterday", r"(?i:yesterday(?:\s(?:morning|afternoon|evening))?|last\snight)\b"),
    ("tomorrow", r"(?i:tomorrow(?:\s(?:morning|afternoon|evening|night))?)\b"),
    ("overnight", r"(?i:overnight)\b"),
    ("midnight", r"(?i:(?:shortly|just|soon)\safter\smidnight)\b(?!\son)"),
    (
        "period",
        rf"(?i:(?:earlier|later|early|late)\s(?:in\s)?|(?:the\s)?(?:start|beginning|middle|end)\sof\s)?{_DEMONSTRATIVE}"
        r"\s(?i:day|week|month|year|decade|century)\b",
    ),
    ("period", r"(?i:(?:the\s)?(?:start|beginning|middle|end)\sof\sthe\s(?:week|month|year|decade|century))\b"),
    ("ago_on", rf"{COUNT}\s(?i:weeks?|months?|years?)\sago\s(?i:today|tomorrow|yesterday|this\s(?:week|month))\b"),
    (
        "counted",
        rf"(?<!more\sthan\s)(?<!less\sthan\s)(?<!over\s){COUNT}\s?{UNIT}\s"
        r"(?i:ago|from\snow|later|earlier|afterwards?|before)\b",
    ),
    ("last_units", rf"(?i:the\s)?(?i:past|last|next|coming|previous|following)\s{COUNT}\s{UNIT}\b"),
    ("in_units", rf"(?i:with)?(?i:in)\s(?:another\s)?{COUNT}\s{UNIT}\b(?:['\u2019]s?\stime)?(?!\sof\b)"),
    (
        "relative",
        r"(?i:the\s(?:(?:day|night)\s(?:after|before)|(?:next|following|previous)\s(?:day|morning|afternoon|evening|night)))\b"
        r"|(?i:that\s(?:morning|afternoon|evening|night))\b(?!\s[a-z]+s\b)",
    ),
    ("period_beside", r"(?i:the\s(?:week|month|year)\s(?:before|after))\b(?!\s(?:the|an?|last|its|his|her|their)\b)"),
    (
        "lasting",
        rf"(?i:for)\s(?i:(?:the\s(?:past|last)|almost|nearly|some|about)\s)?{COUNT}\s{UNIT}\b"
        r"(?!\s(?:in|before|after|until|when|from|between|during|at|of|on|by)\b)",
    ),
)
"""Name of the reading rule and form, most specific first. Forms hold no capturing group."""

_YEARS = r"(?:1[5-9]|20)\d\d[-\u2013](?:(?:1[5-9]|20)\d\d|\d\d)(?!\d)"
_BARE_SEASON = r"the\s(?:early\s|late\s)?(?:spring|summer|autumn|winter)\b(?!(?:\sof|,)?\s\d{4})"
BARE: tuple[tuple[str, str], ...] = (
    ("years", _YEARS),
    ("year", _YEAR),
    ("month", rf"(?:{_FULL})\b"),
    ("season", _BARE_SEASON),
)
"""Forms that are a time only in context; `time_points` reads them when they are handed over as one."""

_PREPOSITION = r"(?i:in|since|during|until|till|before|after|through|throughout|around|around\sthe)"

_SURE_FORMS = "|".join(pattern for _, pattern in POINTS)
POINT = "|".join(pattern for _, pattern in (*POINTS, *BARE))
_CONTEXT = (
    rf"{_PREPOSITION}\s({_YEARS}|{_BARE_SEASON}|(?:{_YEAR}){_AFTER_YEAR}|(?:{_FULL})\b(?!\s\d|{_OF_YEAR})(?!\s[A-Z][a-z]))",
    rf"[Ii]n\s((?:{_FULL})\b(?!\s(?:Day|Days|Madness|Revolution|Uprising|Crisis|Movement|War)\b))(?=\s[A-Z][a-z])",
    rf"(?:[Bb]y|[Oo]f|[Ff]rom|the\syear)\s((?:{_YEAR}){_AFTER_YEAR}|{_SURE_MONTH}\b(?!\s\d|{_OF_YEAR})(?!\s[A-Z][a-z]))",
    r"(?:[Bb]y|[Ff]rom)\s((?:March|May)\b)(?=[.,;)]|\s(?:to|until|this|next|and|or)\b)",
    rf"(?i:the|an?|its|his|her|their|as\searly\sas|as\slate\sas)\s((?:{_FULL})\b)(?=[.,;)]|\s[a-z])(?!{_OF_YEAR})"
    r"(?!\s(?:government|administration))",
    rf"(?i:the|a|its|his|her|their)\s({_YEAR})(?=\s(?:[a-z]+\s)?(?:{_EVENT_NOUN})\b)",
    rf"({_SURE_MONTH})\b(?!\s[A-Z][a-z])(?!\s\d|{_OF_YEAR})",
)
_FIRST_WORD = (
    r"(?=\d|[A-Z]|the\s|last\s|next\s|this\s|that\s|earl|late|mid|start|beginning|end\s|close\s|first|second|third|"
    r"fourth|spring|summer|autumn|fall|winter|to(?:day|night|morrow)|yesterday|overnight|shortly|just|soon|past|coming|"
    r"previous|following|within|in\s|for\s|since|during|until|till|before|after|through|around|by\s|of\s|from|an?\s|its|"
    r"his|her|their|as\s|between|half|ever|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|"
    r"\w+ty[\s-])"
)
# Without this test of the first word, every form would be tried at every word: a third of the speed.
FIND = re.compile(rf"\b{_FIRST_WORD}(?:(?:{_SURE_FORMS})(?!\w)|{'|'.join(_CONTEXT)})")
"""Single times in running text. If a group took part, the group is the expression, else the whole match."""

ANCHOR = re.compile(
    rf"\d{{4}}|{_WD}|{_MONTH}|(?i:today|night|midnight|yesterday|tomorrow|day|week|hours?|month|year|decade|century"
    r"|spring|summer|autumn|fall|winter|morning|afternoon|evening)"
)
"""A cheap test for a sentence that may hold a time at all."""

LINK = re.compile(rf"(?:,(?=\s(?:to|until|till|through)\s))?{_TO}(?:on\s)?")
"""What may stand between the two ends of a range."""

LEAD = re.compile(
    r"(?i:\b(ever\ssince|since|between|from|by|until|till|before)\s(?:the\s|about\s|midnight\son\s|on\s)?)$"
)
"""The preposition before a time that changes what it bounds."""
