"""Openings of questions that ask in more words for what one wh-word asks: "on what grounds" is "why"."""

from __future__ import annotations

import re

from kg.asking.words import words

_AUXILIARY = r"(?:did|do|does|has|have|had|was|were|is|are|will|would)"
_WHY = re.compile(
    r"^(?:on (?:what|which) (?:grounds?|basis)|for (?:what|which) (?:reasons?|purpose)|with what (?:justification|aim)"
    r"|under what pretext|in (?:response|reaction|answer|reply) to what|in (?:return|exchange|protest|retaliation"
    rf"|revenge) (?:for|at|against) what|because of what|to what end|how come)\s+(?={_AUXILIARY}\b)",
    re.I,
)
_WHERE = re.compile(r"^(?:in|at) (?:what|which) (?:place|location|venue|spot)s?\s+(?=[a-z])", re.I)
_WHEN = re.compile(r"^(?:since|from) when\s+(?=[a-z])", re.I)
_FOR = re.compile(rf"^what (?P<rest>{_AUXILIARY} .+?) for\s*\?*$", re.I)
_MADE = re.compile(
    r"^what (?:made|forced|drove|led|prompted|persuaded|caused|moved|pushed|induced|compelled) (?P<who>.+?)"
    r" to (?P<rest>.+)$",
    re.I,
)
_BLAME = re.compile(r"^(?P<wh>who|whom|what) (?P<aux>do|does|did) (?P<who>.+?) (?:hold|see as) responsible\b", re.I)
_GOING = re.compile(
    r"^(?P<wh>(?:who|when|where|why|what|which \w+|how (?:many|much)(?: \w+)?)) (?:is|are) (?P<who>.+?) going to"
    r" (?P<rest>(?!do\b)[a-z]+\b)",
    re.I,
)
_TO_COME = re.compile(
    r"^(?P<wh>(?:when|where|who|whom|what|which \w+|why|with whom|at what time)) (?:is|are) "
    r"(?P<who>(?:the|an?|both|these|his|her|its|their|[A-Z])\S* ?.*?) "
    r"(?:(?:going|due|set|expected|likely|scheduled|planned|about|meant|supposed) )?to "
    r"(?P<rest>(?!the\b|an?\b)[a-z]+.*)$"
)


def plainly(text: str) -> str:
    """Give a question with a plain wh-word in place of a longer opening, else as it is.

    >>> plainly("On what grounds did the court free him?")
    'Why did the court free him?'
    >>> plainly("What did the minister travel to Oslo for?"), plainly("What did he ask for?")
    ('Why did the minister travel to Oslo?', 'What did he ask for?')
    >>> plainly("What made Chad to leave the pact?")
    'Why did Chad leave the pact?'
    """
    for pattern, word in ((_WHY, "Why "), (_WHERE, "Where "), (_WHEN, "When ")):
        if pattern.match(text):
            return pattern.sub(word, text)
    made = _MADE.match(text)
    if made:
        return f"Why did {made['who']} {made['rest']}"
    purpose = _FOR.match(text)
    if purpose and any(
        word.lower() in words().motion | {"meet", "visit", "gather"} for word in purpose["rest"].split()
    ):
        return f"Why {purpose['rest']}?"
    text = _BLAME.sub(r"\g<wh> \g<aux> \g<who> blame", text)
    return _GOING.sub(r"\g<wh> will \g<who> \g<rest>", text)


def to_come(text: str) -> str:
    """Give "when are they to meet?" as "when will they meet?", any other question as it is.

    >>> to_come("When are the two generals due to meet?")
    'When will the two generals meet?'
    """
    found = _TO_COME.match(text[:1].lower() + text[1:])
    if found is None:
        return text
    told = f"{found['wh']} will {found['who']} {found['rest']}"
    return told[:1].upper() + told[1:]
