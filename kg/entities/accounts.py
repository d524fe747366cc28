"""Which accounts tell of one event: decisions about two records, without RDF.

Decisions look at two records, or at the records of one document, and use no counts over the corpus. They are grouped in
`kg.entities.account_groups`. So the order in which documents arrive changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from itertools import combinations

from kg.entities.account_words import FAMILIES, INITIATIVES, ORDINAL, SLACK, SYMMETRIC, manner, takes_up, words
from kg.model import Days, days_of, is_day

PAST_DAYS = 14
"""How many days after an event articles still tell of it without a date."""
SAME_NEWS_DAYS = 3
"""How many days lie between articles on one event if neither gives its date."""
_MOST = 8  # names of a sentence that are looked up in pairs
MONTH = 31
PRECISE_DAYS = 4
"""A time of at most so many days tells an event from the next of its kind."""


@dataclass(frozen=True, slots=True)
class Account:
    """An event of one document as one source tells it.

    `source` is the canonical key of who says so, "" the narrator. `value` is the number told as the text has it,
    `counted` what it counts; `time` to `until` are ISO dates of any precision and `published` the day of the article,
    each "" where there is none. `agents`, `targets` and `places` are canonical keys of named actors, `context` of those
    that its sentence names besides. `at` orders the accounts of a document, `quote` is the IRI of its sentence,
    `content` what is proposed or asked for; `origin` is the document of which its own is a copy.
    """

    iri: str
    document: str
    cls: str
    label: str
    lemma: str = ""
    factuality: str = ""
    source: str = ""
    value: str = ""
    counted: str = ""
    time: str = ""
    until: str = ""
    published: str = ""
    agents: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    context: frozenset[str] = frozenset()
    content: str = ""
    quote: str = ""
    at: int = 0
    origin: str = ""

    @property
    def home(self) -> str:
        """The document whose text this is: the original where it stands in a copy."""
        return self.origin or self.document

    @property
    def involved(self) -> frozenset[str]:
        """Everybody and every place named."""
        return self.agents | self.targets | self.places

    @property
    def around(self) -> frozenset[str]:
        """Everybody and every place that may be meant: where each side takes part alike, the sentence counts too."""
        return self.involved | (self.context if FAMILIES.get(self.cls) in SYMMETRIC else frozenset())


@dataclass(frozen=True, slots=True)
class Link:
    """Two accounts (IRIs in order) that tell of one event, why, and how sure that is (0 to 1)."""

    one: str
    other: str
    reason: str
    confidence: float


def blocking_keys(account: Account) -> tuple[str, ...]:
    """Give the keys under which an account is found; only accounts that share one are ever compared.

    A key names the family of the class, a week, and two named actors, or the place, or what is counted. An account
    without a date stands in the weeks of which its article may tell.
    """
    family = FAMILIES.get(account.cls)
    weeks = _weeks(account)
    if family is None and not account.value:
        return ()
    out = []
    involved = sorted(account.involved)
    if account.value and account.time:
        counted = f"{account.cls}|{account.counted.casefold()}"
        out += [f"{counted}|{week}|{key}" for week in weeks for key in involved]
    if family is not None and weeks:
        # whatever is one event by the rules below shares a place, two names, or all the names there are
        around = sorted(account.around)[:_MOST]
        names = [f"{one}+{other}" for one, other in combinations(around, 2)] + [*involved, *around]
        if family in INITIATIVES:
            names = sorted(account.agents)
        out += [f"{family}|{week}|{name}" for week in weeks for name in names]
    return tuple(dict.fromkeys(out))


def _weeks(account: Account) -> range:
    told = days(account.time, account.until)
    if told is None:
        issued = days(account.published, "")
        if issued is None:
            return range(0)
        told = Days(issued.first - timedelta(days=PAST_DAYS), issued.last)
    slack = SLACK.get(FAMILIES.get(account.cls, ""), 0)
    if told.length > MONTH + 1:
        return range(0)
    return range((told.first.toordinal() - slack) // 7, (told.last.toordinal() + slack) // 7 + 1)


@lru_cache(maxsize=4096)
def days(begin: str, end: str) -> Days | None:
    """Give the days of a time of any precision, None if there is none; remembered, for accounts are compared often."""
    return days_of(begin, end)


def apart(one: Account, other: Account) -> bool:
    """Whether nothing can make two accounts one event: they contradict each other in more than a source may.

    Different figures for the same things are of two events unless it is clear that they count one (`same_count`). A
    source that tells of something both as done and as not done speaks of two events; so do accounts of two times, of
    different doers or of different rounds.
    """
    if one.cls != other.cls and FAMILIES.get(one.cls, one.cls) != FAMILIES.get(other.cls, other.cls):
        return True
    if teller(one) == teller(other) and one.factuality != other.factuality:
        return True
    same_things = bool(one.value and other.value) and one.counted.casefold() == other.counted.casefold()
    if same_things and one.value != other.value and not same_count(one, other):
        return True
    if not {one.factuality, other.factuality} <= {"Happened", "Denied"} and one.factuality != other.factuality:
        return True
    return _times_differ(one, other) or _actors_differ(one, other) or _rounds_differ(one, other)


def teller(account: Account) -> str:
    """Who tells it: somebody quoted, or the article."""
    return account.source or account.home


def _times_differ(one: Account, other: Account) -> bool:
    left, right = days(one.time, one.until), days(other.time, other.until)
    slack = SLACK.get(FAMILIES.get(one.cls, ""), 0)
    return left is not None and right is not None and not left.overlaps(right, slack=slack)


def _actors_differ(one: Account, other: Account) -> bool:
    if one.places and other.places and not (one.places & other.involved or other.places & one.involved):
        return True
    if FAMILIES.get(one.cls, "") in SYMMETRIC:
        left, right = ((account.agents | account.targets) - account.places for account in (one, other))
        return len(left & right) < min(len(left), len(right), 2)
    return any(a and b and not a & b for a, b in ((one.agents, other.agents), (one.targets, other.targets)))


def _rounds_differ(one: Account, other: Account) -> bool:
    """Whether labels number different rounds ("the second round", "the first talks") or name other kinds of deeds."""
    left, right = ORDINAL.search(one.label), ORDINAL.search(other.label)
    if left and right and left.group().casefold() != right.group().casefold():
        return True
    mine, yours = manner(one.lemma), manner(other.lemma)
    return bool(mine and yours and mine != yours)


def told_of_one(one: Account, other: Account) -> Link | None:
    """Decide on two accounts of different documents; None if they are not, or not surely, of one event."""
    if one.home == other.home or apart(one, other):
        return None
    found: tuple[str, float] | None
    if same_count(one, other):
        found = ("same-count-same-day", 0.8)
    else:
        found = _same_wish(one, other) if FAMILIES.get(one.cls) in INITIATIVES else _same_deed(one, other)
    if found is None:
        return None
    first, second = sorted((one.iri, other.iri))
    return Link(first, second, *found)


def same_count(one: Account, other: Account) -> bool:
    """Whether two sources count the same things in the same kind of event.

    Within a document the narrator and somebody quoted have to use the same verb or noun, for articles give totals
    beside parts; across documents the day has to be the same and somebody or some place be named in both.
    """
    if not (one.value and other.value and one.counted) or one.counted.casefold() != other.counted.casefold():
        return False
    if one.cls != other.cls or teller(one) == teller(other) or {one.factuality, other.factuality} != {"Happened"}:
        return False
    if one.home == other.home:
        return bool(one.source and other.source) or one.lemma == other.lemma
    return _same_day(one, other) and bool(one.involved & other.involved)


def _same_day(one: Account, other: Account) -> bool:
    """Whether both tell of one day; one that says only the month means any of its days where the number is the same."""
    left, right = days(one.time, one.until), days(other.time, other.until)
    if left is None or right is None:
        return False
    if is_day(one.time) and is_day(other.time):
        return one.time == other.time
    return one.value == other.value and max(left.length, right.length) <= MONTH and left.overlaps(right)


def _same_deed(one: Account, other: Account) -> tuple[str, float] | None:
    """The same kind of deed with a place or two names in common, at one time, or told while it was news."""
    if FAMILIES.get(one.cls) is None or one.factuality not in ("Happened", "Denied", "Future"):
        return None
    shared = one.around & other.around
    place = bool(one.places & other.around or other.places & one.around)
    named = one.involved & other.involved
    everybody = bool(named) and named in (one.involved, other.involved) and FAMILIES[one.cls] in SYMMETRIC
    left, right = days(one.time, one.until), days(other.time, other.until)
    if left and right:
        if max(left.length, right.length) > PRECISE_DAYS:
            return ("same-time-and-names", 0.6) if place and len(shared) > 1 else None
        if place:
            return "same-day-and-place", 0.9
        return ("same-day-and-names", 0.8) if len(shared) > 1 or everybody else None
    if bool(ORDINAL.search(one.label)) != bool(ORDINAL.search(other.label)):
        return None  # "the second round" and talks of any day
    if left or right:
        told, later = left or right, other if left else one
        issued = days(later.published, "")
        if told is None or issued is None or not 0 <= (issued.first - told.last).days <= PAST_DAYS:
            return None
        taken_up = place and takes_up(later.label, later.lemma)
        return ("told-after-with-place", 0.7) if taken_up or len(shared) > 1 else None
    near = _days_between(one, other)
    if near is None or near > SAME_NEWS_DAYS:
        return None
    return ("same-news-and-names", 0.6) if len(shared) > 1 or (place and everybody) else None


def _same_wish(one: Account, other: Account) -> tuple[str, float] | None:
    """A proposal or request of the same, by the same, told within two weeks."""
    if one.factuality != other.factuality or not one.agents & other.agents:
        return None
    near = _days_between(one, other)
    same_day = is_day(one.time) and one.time == other.time
    if not same_day and (near is None or near > PAST_DAYS):
        return None
    mine, yours = words(one.content or one.label), words(other.content or other.label)
    common = len(mine & yours)
    if common and common >= 0.6 * min(len(mine), len(yours)) and common >= 0.4 * max(len(mine), len(yours)):
        return "same-wish-of-the-same", 0.75
    return None


def _days_between(one: Account, other: Account) -> int | None:
    left, right = days(one.published, ""), days(other.published, "")
    return abs((left.first - right.first).days) if left and right else None
