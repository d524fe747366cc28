"""Questions whose noun or turn of phrase stands for a deed: "X's reaction to Y", "what led to Y", "what will X do".

Their deed has no verb that could be looked up; what may be it is told in `passages.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.asking.records import Reading, Said

_OF = r"(?:of|from|by)"
_REACTION = r"(?:reaction|response|answer|reply|comment|verdict|view|opinion|stance|position|attitude)s?"
_TO = r"(?:to|on|about|of|over|after|towards?|regarding|for)"
_PATTERNS = {
    "reaction": (
        rf"what (?:was|were|is|are|has been) (?P<x>.+?)(?:['’]s|s['’]) (?:\w+ )?{_REACTION}(?: {_TO} (?P<y>.+))?$",
        rf"what (?:was|were|is|are|has been) the {_REACTION} {_OF} (?P<x>.+?)(?: {_TO} (?P<y>.+))?$",
        r"how (?:did|has|have|do|does|will) (?P<x>.+?) (?:react(?:ed)?|respond(?:ed)?|retaliated?|hit back"
        r"|repl(?:y|ied)|answer(?:ed)?|receive|take|see|judge|assess|view|comment)\b(?: on| to)?(?P<y>.*)$",
        rf"(?:has|have|was|were|is) there (?:been )?(?:an?y?|some) (?:\w+ )?{_REACTION}(?: {_OF} (?P<x>.+?))?"
        rf"(?: {_TO} (?P<y>.+))?$",
        r"what (?:did|does|do) (?P<x>.+?) (?:think|make) (?:of|about) (?P<y>.+)$",
    ),
    "intention": (
        r"what (?:will|would|might|may|could|can) (?P<x>.+?) do\b(?P<y>.*)$",
        r"what (?:is|are) (?P<x>.+?) (?:going|planning|intending|threatening|preparing|expected) to do\b(?P<y>.*)$",
        r"what (?:does|do|did) (?P<x>.+?) (?:intend|plan|hope|mean|aim|want(?= to do))(?: to do)?\b(?P<y>.*)$",
        r"what (?:is|are) (?P<x>.+?)(?:['’]s|s['’]) (?:next )?(?:plans?|steps?|intentions?|aims?|next)(?P<y>.*)$",
        r"what(?:['’]s| is| comes) next for (?P<x>.+)$",
    ),
    "matter": (
        r"what (?:was|were|is|are) (?P<y>.+?) (?:all )?about$",
        r"what (?:did|does|do|would|will) (?P<y>.+?) (?:say|contain|provide for|consist of|involve|entail|mean|envisage"
        r"|foresee|call for|include|concern)$",
        r"what (?:was|were|is|are) (?P<x>.+?)(?:['’]s|s['’]) (?P<y>(?:\w+ )?(?:proposal|plan|idea|offer|suggestion"
        r"|demand|ultimatum|condition|argument|claim|objection"
        r"|complaint|message|promise|threat|warning|goal)s?(?: .+)?)$",
        r"what (?:was|were|is|are) the (?:terms|details|contents?|substance) of (?P<y>.+)$",
    ),
    "decision": (
        r"(?:what|how) (?:did|has|have|do|does|will) (?P<x>.+?) (?:decided?|ruled?|voted?|find|found|conclude)\b"
        r"(?P<y>.*)$",
    ),
    "identity": (
        r"who (?:is|was|are|were) (?P<y>(?:the |an? )?.+)$",
        r"what (?:is|was) the name of (?P<y>.+)$",
    ),
    "age": (r"(?:how old|what age) (?:is|was|are|were) (?P<y>.+)$", r"at what age (?:did|does|do|was|were) (?P<y>.+)$"),
    "duration": (r"how long (?:did|does|do|has|have|had|will|was|were|is|are) (?P<y>.+)$",),
    "difference": (
        r"(?:what|on what|where|how|why|about what|over what) (?:do|did|does) (?P<x>.+?) "
        r"(?:disagree|differ|quarrel|clash|argue|dispute|contradict)\b(?P<y>.*)$",
    ),
    "outcome": (
        r"what (?:did|does|do|has|have) (?P<y>.+?) (?:lead|led|amount|come) to$",
        r"what (?:did|has|have) (?P<y>.+?) (?:achieve|produce|bring|yield|result in|achieved|produced|brought)d?$",
        rf"what (?:was|were|is|are) the (?:\w+ )?(?:results?|outcomes?|consequences?|effects?|fate|upshot) "
        rf"{_OF} (?P<y>.+)$",
        r"what (?:came|has come|will come|became|has become) (?:out )?of (?P<y>.+)$",
        r"what (?:happened|has happened) (?:to|with) (?P<y>.+)$",
        r"how did (?P<y>.+?) (?:end|go|turn out|finish|fare)$",
        r"(?:was|were|is|are) (?P<y>.+?) (?:successful|a success|in vain|unsuccessful|granted)$",
        r"did (?P<y>.+?) (?:succeed|fail|work|go through)$",
    ),
    "cause": (
        r"what (?:has )?(?:led to|caused|triggered|sparked|prompted|brought about|provoked|set off|ended|stopped) "
        r"(?P<y>.+)$",
        r"what (?:was|were|is|are) (?:the|(?P<x>.+?)(?:['’]s|s['’])) (?:\w+ )?(?:causes?|reasons?|grounds?|motives?) "
        r"(?:of|for|behind) (?P<y>.+)$",
        r"what (?:reasons?|grounds?|explanation) (?:did|does|has) (?P<x>.+?) (?:give|name|offer|cite|given)s?"
        r"(?: for (?P<y>.+))?$",
        r"why (?:did|does|do|has|have|was|were|is|are) (?P<y>.+)$",
    ),
    "condition": (
        r"(?:on|under|with) (?:what|which) (?:conditions?|terms|circumstances) (?:did|does|do|would|will|has|have|was"
        r"|were|is|are|can|could|may) (?P<y>.+)$",
        r"what (?:conditions?|terms) (?:did|does|do|has|have|would) (?P<x>.+?) (?:set|attach|name|make|have|put"
        r"|lay down)s?(?: (?:for|to|on) (?P<y>.+))?$",
        r"what (?:was|were|is|are) (?P<x>.+?)(?:['’]s|s['’]) (?:conditions?|terms) (?:for|of) (?P<y>.+)$",
    ),
    "manner": (r"(?:how|in what way|with what) (?:did|does|do|has|have|was|were|is|are|will) (?P<y>.+)$",),
}


@dataclass(frozen=True, slots=True)
class Form:
    """Which form a question has, with what it says of who acts (`actor`) and of what the deed is about (`topic`)."""

    name: str
    actor: tuple[Said, ...]
    topic: tuple[Said, ...]


def form_of(reading: Reading) -> Form | None:
    """Give the form of a question, None where it has none of these.

    >>> said = (Said("Oslo", "Oslo", "NAME", 9), Said("plan", "plan", "NOUN", 31))
    >>> form = form_of(Reading("What was Oslo's reaction to the plan?", "object", said=said))
    >>> form.name, [one.text for one in form.actor], [one.text for one in form.topic]
    ('reaction', ['Oslo'], ['plan'])
    """
    text = reading.text.rstrip("?!. ")
    for name, patterns in _PATTERNS.items():
        for pattern in patterns:
            found = re.match(pattern, text, re.I)
            if found is None:
                continue
            actor, topic = (_inside(reading, found, group) for group in ("x", "y"))
            if name == "identity" and reading.lemmas:  # "who was arrested?"
                continue
            if actor or topic:
                return Form(name, actor, topic)
    return None


def _inside(reading: Reading, found: re.Match[str], group: str) -> tuple[Said, ...]:
    """The words of one group of a pattern."""
    if group not in found.re.groupindex or found[group] is None:
        return ()
    low, high = found.span(group)
    return tuple(one for one in reading.said if low <= one.begin < high)
