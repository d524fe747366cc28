"""The word lists of the mention rules: kinds of head noun, titles, time words. Lower-case lemmas throughout."""

from __future__ import annotations

from importlib.resources import files


def listed(name: str) -> frozenset[str]:
    """The words of a list kept as data in `kg/extract/lists`; a line that begins with "#" is a comment."""
    return frozenset(word for line in lines(name) for word in line)


def lines(name: str) -> list[list[str]]:
    """The words of each line of a list kept as data, comments left out."""
    text = files("kg.extract").joinpath("lists", f"{name}.txt").read_text(encoding="utf-8")
    return [line.split() for line in text.splitlines() if not line.startswith("#")]


def word_set(text: str) -> frozenset[str]:
    """The words of a list, written as text."""
    return frozenset(text.split())


TITLES = word_set(
    "foreign prime defence defense interior finance health education minority majority supreme mr. ms. mx. dr. gen."
    " col. mrs. lt. maj. capt. sgt. adm. prof. sen. rep. gov. hon. rev. st. cpl. insp. supt. brig. cmdr. det."
) | listed("titles")
"""Words that may stand before a person's name as a title; only nouns of office end a title (see `TITLE_HEADS`)."""

TITLE_HEADS = TITLES - word_set(
    "foreign prime defence defense interior finance health education deputy st. st minority majority supreme"
)

FEMALE_TITLES = word_set(
    "mrs mrs. ms ms. miss queen princess lady dame baroness chairwoman spokeswoman congresswoman actress sister mother"
)
MALE_TITLES = word_set(
    "mr mr. king prince sir lord baron sheikh pope father imam chairman spokesman congressman emir sultan bishop actor"
)
FEMALE_NOUNS = word_set("woman girl mother daughter sister wife widow aunt grandmother niece businesswoman policewoman")
MALE_NOUNS = word_set("man boy father son brother husband uncle grandfather nephew businessman policeman fisherman")

PERSON_NOUNS = (TITLE_HEADS - word_set("whip executive")) | FEMALE_NOUNS | MALE_NOUNS | listed("persons")
"""Nouns for people: singular ones are persons, plural ones groups of persons."""

GROUP_NOUNS = word_set(
    "ally people public nation community tribe clan minority population opposition faction militia rebel militant"
    " separatist insurgent guerrilla fighter settler protester demonstrator voter villager islander refugee"
)
"""Plural or collective nouns that make a named group when a name or a nationality stands before them."""

BODY_NOUNS = listed("bodies")
"""Nouns for bodies that act: ministries, courts, forces, parties, firms."""

TEXTS = listed("texts")
"""Heads of names of laws, treaties and prizes, which are of no type."""

STATE_BODIES = word_set(
    "ministry government court parliament army navy police military force authority cabinet senate department"
    " administration state embassy troop regime leadership"
)
"""Bodies of which a state has one: "the ministry in Moscow", "the Thai army"."""

ORG_HEADS = (BODY_NOUNS - word_set("house group front force mission service exchange trust lab")) | word_set(
    "forces services airways industries holdings inc inc. ltd ltd. plc corp corp. co. co llc gmbh ag media news times"
    " post press herald tribune gazette guardian telegraph journal observer group front house mission service states"
    " cross crescent watch international nations emirates parliament force exchange trust lab united rangers city"
    " democrats republicans greens conservatives socialists progressives liberals farmers brotherhood tv radio"
)
"""Last words of capitalised names that are organisations."""

WEAK_ORG_HEADS = word_set("states nations emirates city united house international group co times post farmers rangers")

PLACE_NOUNS = listed("kinds_of_place")
GEOGRAPHY = listed("geography")
"""Places that nobody could take for a body, whatever an entity recogniser says."""
REGION_NOUNS = word_set(
    "region province oblast state district county prefecture governorate territory republic krai canton emirate"
    " municipality department city town village"
)

COLLECTIVES = word_set("force troop military police guard army navy personnel")
"""Bodies that are spoken of in the plural."""

MEETING_NOUNS = word_set(
    "talk talks meeting gathering summit negotiation negotiations discussion discussions conference consultation"
    " consultations congress convention forum parley session round"
)
WAR_NOUNS = listed("war_nouns")
NAMED_EVENT_HEADS = listed("named_event_heads")
"""Last words of capitalised names that are events."""

HOLIDAYS = listed("holidays")

TIME_NOUNS = word_set(
    "second minute hour day week fortnight month year decade century morning afternoon evening night noon midday"
    " midnight dusk dawn weekend today yesterday tomorrow tonight weekday weekdays moment time period quarter era"
    " monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec. summer winter"
    " autumn spring season date a.m. p.m. am pm 1980s 1990s"
)
CALENDAR = word_set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun"
    " gmt utc est edt cet bst pst pdt jr jr. sr sr."
)
UNITS = listed("units")

ORG_LINKS = word_set("of for")
NOT_INITIAL = listed("not_initial")
"""Words whose capital at the beginning of a sentence says nothing."""

PRONOUNS: dict[str, tuple[int, str, str]] = {
    "i": (1, "sing", ""),
    "me": (1, "sing", ""),
    "my": (1, "sing", ""),
    "mine": (1, "sing", ""),
    "myself": (1, "sing", ""),
    "we": (1, "plur", ""),
    "us": (1, "plur", ""),
    "our": (1, "plur", ""),
    "ours": (1, "plur", ""),
    "ourselves": (1, "plur", ""),
    "you": (2, "", ""),
    "your": (2, "", ""),
    "yours": (2, "", ""),
    "yourself": (2, "sing", ""),
    "he": (3, "sing", "masc"),
    "him": (3, "sing", "masc"),
    "his": (3, "sing", "masc"),
    "himself": (3, "sing", "masc"),
    "she": (3, "sing", "fem"),
    "her": (3, "sing", "fem"),
    "hers": (3, "sing", "fem"),
    "herself": (3, "sing", "fem"),
    "it": (3, "sing", "neut"),
    "its": (3, "sing", "neut"),
    "itself": (3, "sing", "neut"),
    "they": (3, "plur", ""),
    "them": (3, "plur", ""),
    "their": (3, "plur", ""),
    "theirs": (3, "plur", ""),
    "themselves": (3, "plur", ""),
}
"""Personal pronouns: person, number, gender. The rest of the pronouns are third person and unmarked."""

RECIPROCALS = (["each", "other"], ["one", "another"])
NO_MENTION_PRONOUNS = word_set("there who which whom whose what whatever whoever that-rel when where why how")
POSSESSIVE_ENDINGS = word_set("'s ’s ' ’")
DETERMINERS = {
    "the": "definite",
    "a": "indefinite",
    "an": "indefinite",
    "this": "demonstrative",
    "that": "demonstrative",
    "these": "demonstrative",
    "those": "demonstrative",
    "some": "indefinite",
    "another": "indefinite",
    "no": "indefinite",
    "any": "indefinite",
    "such": "demonstrative",
}
