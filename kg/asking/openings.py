"""Openings of questions that ask in more words for what one wh-word asks: "on what grounds" is "why"."""

from __future__ import annotations

import re

from kg.asking.words import words

AUXILIARY = r"(?:did|do|does|has|have|had|was|were|is|are|will|would)"
_WHY = re.compile(
    r"^(?:on (?:what|which) (?:grounds?|basis)|for (?:what|which) (?:reasons?|purpose)|with what (?:justification|aim)"
    r"|under what pretext|in (?:response|reaction|answer|reply) to what|in (?:return|exchange|protest|retaliation"
    rf"|revenge) (?:for|at|against) what|because of what|to what end|how come)\s+(?={AUXILIARY}\b)",
    re.I,
)
_FAR = re.compile(rf"^how far\s+(?={AUXILIARY}\b)", re.I)
_WHERE = re.compile(r"^(?:in|at) (?:what|which) (?:place|location|venue|spot)s?\s+(?=[a-z])", re.I)
_WHEN = re.compile(r"^(?:since|from) when\s+(?=[a-z])", re.I)
_FOR = re.compile(rf"^what (?P<rest>{AUXILIARY} .+?) for\s*\?*$", re.I)
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


_IDEA = re.compile(r"^whose (?:idea|proposal|plan|suggestion|initiative) (?:is|was|were) (?P<what>.+?)\s*\??$", re.I)
_BY_WHOM = (
    (r"(?:at|on|upon) whose (?:request|behest|urging|insistence)", "asked for"),
    (r"(?:on|at|by) whose (?:orders?|command|instructions?)", "ordered"),
)
"""Openings that ask who wanted what was done."""
_VIEW = re.compile(r"^in whose (?:view|opinion|eyes|judge?ment) (?:is|are|was|were) (?P<what>.+?)\s*\??$", re.I)
_IDIOMS = (
    (
        r"\b(?:come|came) up with (?=(?:the|an?|this|that) (?:\w+ )?(?:plan|idea|proposal|scheme|compromise)\b)",
        "propose ",
    ),
    (r"\b(?:stick|stuck|stand|stood|side|sided) (?:with|by) (?=[A-Z]|the\b|his\b|her\b|their\b)", "support "),
    (r"\blost? (?:their|his|her|its) li(?:fe|ves)\b", "died"),
    (r"\b(?:take|took|taken) (?P<whom>.+?) to court\b", r"sue \g<whom>"),
    (r"\b(?:take|took|taken) to the streets?\b", "protest"),
    (r"\b(?:say|said) no to\b", "reject"),
    (r"\b(?:say|said) yes to\b", "accept"),
    (r"\b(?:be|is|was|are|were) behind (?=the\b)", "carried out "),
    (r"\b(?:get|got) rid of\b", "abolish"),
)
"""Turns of phrase that say in several words what one verb says."""


_TRUE = re.compile(
    r"^is it (?:really |actually )?(?:true|correct|right|so|the case|a fact) that (?P<told>[^?]+?)\s*\?*$", re.I
)
_CLEFT = re.compile(
    r"^(?:is|was) it (?P<who>(?=[A-Z]|(?:the|an?|in|on|at|by|with)\b)(?!.* or )[^,?]+?) (?:that|who|which) "
    r"(?P<told>(?!the\b|an?\b)[a-z][^?]+?)\s*\?*$"
)
_TAG = re.compile(
    rf"^(?P<told>[^?]+?),\s*(?:(?:{AUXILIARY}|wo|ca)(?:n['’]t)?\s+(?:it|he|she|they|there)|right|correct)\s*\?+$", re.I
)


def statement(text: str) -> str:
    """Give what a question asks the truth of where it says that whole, "" where it turns it round or asks else.

    >>> statement("Is it true that Chad agreed?"), statement("Was it Chad that agreed?")
    ('Chad agreed', 'Chad agreed')
    >>> statement("Chad agreed, didn't it?"), statement("Did Chad agree?")
    ('Chad agreed', '')
    """
    cleft = _CLEFT.match(text[:1].lower() + text[1:])
    if cleft:
        return f"{cleft['who']} {cleft['told']}"
    found = _TRUE.match(text) or _TAG.match(text)
    begun = found and not re.match(rf"(?:{AUXILIARY}|who|whom|what|which|when|where|why|how)\b", found["told"], re.I)
    return found["told"] if found and begun else ""


def is_tagged(text: str) -> bool:
    """Whether a question says the contrary of what it asks: "Chad did not agree, did it?", "didn't Chad agree?".

    It is answered as if it did not: by yes where it happened.
    """
    return bool(_TAG.match(text) or re.match(rf"(?:{AUXILIARY}|wo|ca|could|should|must)n['’]t\b", text, re.I))


def otherwise(text: str) -> str:
    """Give a question with one verb in place of a turn of phrase, any other as it is.

    >>> otherwise("Whose idea was the joint study?"), otherwise("How many people lost their lives?")
    ('Who proposed the joint study?', 'How many people died?')
    >>> otherwise("At whose request was the hall closed?"), otherwise("In whose view is the plan an insult?")
    ('Who asked for the hall to be closed?', 'Who called the plan an insult?')
    """
    idea = _IDEA.match(text)
    if idea:
        return f"Who proposed {idea['what']}?"
    view = _VIEW.match(text)
    if view:
        return f"Who called {view['what']}?"
    for opening, verb in _BY_WHOM:
        done = re.match(rf"^{opening} (?:was|were) (?P<what>.+) (?P<done>[a-z]+)\s*\??$", text, re.I)
        if done:
            return f"Who {verb} {done['what']} to be {done['done']}?"
        did = re.match(rf"^{opening} did (?P<who>.+?)\s*\??$", text, re.I)
        if did:
            return f"Who {verb.removesuffix(' for')} {did['who']}?"
    for pattern, word in _IDIOMS:
        text = re.sub(pattern, word, text, flags=re.I)
    return text


def plainly(text: str) -> str:
    """Give a question with a plain wh-word in place of a longer opening, else as it is.

    >>> plainly("On what grounds did the court free him?")
    'Why did the court free him?'
    >>> plainly("What did the minister travel to Oslo for?"), plainly("What did he ask for?")
    ('Why did the minister travel to Oslo?', 'What did he ask for?')
    >>> plainly("How far did the price of rice fall?")
    'How much did the price of rice fall?'
    >>> plainly("What made Chad to leave the pact?")
    'Why did Chad leave the pact?'
    """
    for pattern, word in ((_WHY, "Why "), (_WHERE, "Where "), (_WHEN, "When "), (_FAR, "How much ")):
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
