"""The lexicon: its format, its errors, and its agreement with the ontology."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib

from kg.errors import FrameError
from kg.extract.frames import load_lexicon
from kg.model import Category
from kg.resources import ontology_dir
from kg.vocab import NKG
from tests.extract.conftest import Extract

SHIPPED = ontology_dir() / "frames"


def ontology() -> rdflib.Graph:
    return rdflib.Graph().parse(ontology_dir() / "news.ttl")


def event_classes(graph: rdflib.Graph) -> set[str]:
    event = rdflib.URIRef(NKG + "Event")
    return {str(c).removeprefix(NKG) for c in graph.transitive_subjects(rdflib.RDFS.subClassOf, event)}


def test_every_frame_names_an_event_class_of_the_ontology() -> None:
    known = event_classes(ontology())
    frames = load_lexicon([SHIPPED]).frames
    named = {f.cls for f in frames} | {f.negated.cls for f in frames if f.negated is not None}
    assert named - known == set()


def test_every_event_class_is_evoked_or_has_subclasses_that_are() -> None:
    graph = ontology()
    frames = load_lexicon([SHIPPED]).frames
    evoked = {f.cls for f in frames} | {f.negated.cls for f in frames if f.negated is not None}
    parents = {str(o).removeprefix(NKG) for o in graph.objects(None, rdflib.RDFS.subClassOf)}
    assert event_classes(graph) - evoked - parents == set()


def test_no_word_evokes_two_frames_under_the_same_conditions() -> None:
    for (category, word), entries in load_lexicon([SHIPPED]).entries.items():
        plain = [e.frame.name for e in entries if not e.frame.when and not e.frame.unless and not e.second]
        plain = [n for n in plain if n not in STATEMENTS]
        assert len(plain) <= 1, f"{category} {word!r} evokes {plain} alike"


STATEMENTS = {f.name for f in load_lexicon([SHIPPED]).frames if f.cls == "Statement"}
"""They only tell the clause layer which words attribute; they match no event."""


def test_a_users_folder_adds_and_replaces_frames(tmp_path: Path) -> None:
    (tmp_path / "football.toml").write_text(
        '[[frame]]\nname = "score"\nclass = "Happening"\nverbs = ["score"]\n[frame.roles]\nagent = ["subject"]\n'
        '[[frame]]\nname = "meet"\nclass = "Happening"\nverbs = ["meet"]\n',
        encoding="utf-8",
    )
    lexicon = load_lexicon([SHIPPED, tmp_path])
    assert [e.frame.name for e in lexicon.entries[Category.VERB, "score"]] == ["score"]
    assert next(f for f in lexicon.frames if f.name == "meet").cls == "Happening"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[[frame]\nname = "x"', "cannot be read as TOML"),
        ('[[frame]]\nclass = "Meeting"', "no name"),
        ('[[frame]]\nname = "x"', "no ontology class"),
        ('[[frame]]\nname = "x"\nclass = "Meeting"\nverb = ["a"]', "unknown key 'verb'"),
        ('[[frame]]\nname = "x"\nclass = "Meeting"\nplover = "TALK"', "no PLOVER root code"),
        ('[[frame]]\nname = "x"\nclass = "Offer"\nkind = "bid"', "no kind of initiative"),
        ('[[frame]]\nname = "x"\nclass = "Meeting"\nstatus = "fine"', "no status"),
        ('[[frame]]\nname = "x"\nclass = "Meeting"\n[frame.roles]\nhost = ["subject"]', "unknown role"),
        ('[[frame]]\nname = "x"\nclass = "Meeting"\nwhen = [{ object = ["@nobody"] }]', "unknown word class"),
    ],
)
def test_a_malformed_frame_is_refused_with_its_place(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "broken.toml").write_text(text, encoding="utf-8")
    with pytest.raises(FrameError, match=r"broken\.toml") as raised:
        load_lexicon([tmp_path])
    assert says in str(raised.value)


HEAD = '[[frame]]\nname = "goal"\nclass = "Happening"\n'


@pytest.mark.parametrize(
    ("text", "line", "says", "remedy"),
    [
        (HEAD + 'verbs = "score"', 4, "verbs is a text ('score')", 'write a list, as in verbs = ["score"]'),
        (HEAD + 'nouns = ["goal", 3]', 4, "nouns is a number (3)", "words in quotation marks"),
        (HEAD + 'said = "yes"', 4, "said is a text", "true or false, without quotation marks"),
        (HEAD + 'verbs = [""]', 4, "verbs is a text ('')", "at least one letter"),
        (HEAD + 'verbs = ["score  twice"]', 4, "verbs is a text", "single spaces"),
        (HEAD + 'roles = ["subject"]', 4, "roles is a list", "a table, as in [frame.roles]"),
        (HEAD + '[frame.roles]\nagent = "subject"', 5, "agent is a text", "a list"),
        (HEAD + '[frame.roles]\nagent = ["the subject!"]', 5, "'the subject!' is no slot", "a preposition"),
        (HEAD + '# the scorer\n[frame.roles]\nplayer = ["subject"]', 6, "'player' is an unknown role", "agent"),
        (HEAD + 'when = { object = ["goal"] }', 4, "when is a table", "a list"),
        (HEAD + 'when = [{ object = "goal" }]', 4, "object is a text", "a list"),
        (HEAD + 'link = "sideways"', 4, "'sideways' is no link", "'forward' or 'backward'"),
        (HEAD + '[frame.negated]\nstatus = "lost"', 5, "'lost' is no status", "rejected"),
        (
            '[[frame]]\nname = "goal"\nclass = "Happenings"',
            3,
            "'Happenings' is no event class",
            "did you mean 'Happening'?",
        ),
        ('[[frame]]\nname = "goal"\nclass = "Foot ball"', 3, "'Foot ball' is no event class", "Happening"),
        ('[[frame]]\nname = 7\nclass = "Happening"', 2, "name is a number (7)", "quotation marks"),
        (HEAD + '\n[[frame]]\nname = "foul"\nclass = "Happening"\nverb = ["foul"]', 8, "unknown key 'verb'", "'verbs'"),
        (HEAD + '\n[[frame]]\nclass = "Happening"', 5, "no name", 'name = "…"'),
        ('[words]\nplayers = "striker"\n' + HEAD, 2, "players is a text", "a list"),
        ('[word]\nplayers = ["striker"]\n' + HEAD, 1, "unknown key 'word'", "did you mean 'words'?"),
        ('frame = ["score"]', 1, "frame is a text", "a table, as in [[frame]]"),
    ],
)
def test_what_is_wrong_in_a_frame_file_is_told_with_its_line(
    tmp_path: Path, text: str, line: int, says: str, remedy: str
) -> None:
    path = tmp_path / "football.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FrameError) as raised:
        load_lexicon([tmp_path])
    where, told = raised.value.where.split(", frame ")[0], str(raised.value)
    assert where == f"{path}, line {line}", told
    assert says in raised.value.what and remedy in raised.value.remedy, told


@pytest.mark.parametrize(
    ("name", "says"), [("nowhere", "no such folder"), ("empty", "no frame file"), ("a.toml", "a file")]
)
def test_a_folder_of_frames_that_holds_none_is_refused(tmp_path: Path, name: str, says: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.toml").write_text(HEAD, encoding="utf-8")
    with pytest.raises(FrameError, match=says):
        load_lexicon([tmp_path / name])


SENSES = [
    ("Jets struck a fuel depot near Basra.", "ASSAULT"),
    ("Train drivers struck over pay on Monday.", "PROTEST"),
    ("Nurses went on strike for higher wages.", "PROTEST"),
    ("An air strike on the port killed a guard.", "ASSAULT"),
    ("The rebels released four hostages.", "CONCEDE"),
    ("The ministry released a report on inflation.", None),
    ("Chile proposed direct talks with Bolivia.", "CONSULT"),
    ("He proposed marriage to his partner.", None),
    ("The prime minister fired the finance minister.", "SANCTION"),
    ("Militants fired a rocket at the base.", "ASSAULT"),
    ("The prosecutor charged the mayor with fraud.", "ACCUSE"),
    ("The museum charged a fee of ten euros.", None),
    ("Brazil backed the new government.", "SUPPORT"),
    ("The driver backed the lorry into a wall.", None),
    ("The president addressed the assembly.", None),
    ("The envoy met the foreign minister in Lima.", "CONSULT"),
    ("The company met the union's demands.", "CONCEDE"),
    ("Peru called for a ceasefire.", "REQUEST"),
    ("Peru called on Chile to withdraw.", "REQUEST"),
    ("The president called the king on Tuesday.", "CONSULT"),
    ("The mother called her son a hero.", None),
    ("Spain sent troops to Mali.", "MOBILIZE"),
    ("Spain sent doctors to Mali.", "AID"),
    ("Spain sent two million dollars to Mali.", "AID"),
    ("The two states exchanged prisoners.", "CONCEDE"),
    ("The two states exchanged fire.", "ASSAULT"),
    ("The two states exchanged intelligence.", "COOPERATE"),
    ("Sudan violated the ceasefire.", "ASSAULT"),
    ("Japan lifted the ban on British beef.", "CONCEDE"),
    ("Japan lifted the trophy.", None),
    ("Kenya and Uganda signed a treaty.", "SUPPORT"),
    ("Kenya and Uganda reached a deal.", "AGREE"),
    ("The navy held military exercises near the island.", "MOBILIZE"),
    ("The two navies held joint exercises.", "COOPERATE"),
    ("Protesters clashed with police.", "PROTEST"),
    ("Soldiers clashed with rebels.", "ASSAULT"),
    ("The army captured two towns.", "ASSAULT"),
    ("The army captured two smugglers.", "COERCE"),
    ("Chad suspended talks with Sudan.", "SANCTION"),
    ("Italy recalled its ambassador to Peru.", "SANCTION"),
    ("The museum returned three statues to Egypt.", "RETREAT"),
    ("The court granted a pardon to the editor.", "CONCEDE"),
    ("Poland granted asylum to the editor.", "AID"),
    ("Poland offered the refugees shelter.", "AGREE"),
    ("Exports hit a record in May.", None),
    ("The clinic fights cholera.", None),
    ("The bank targeted inflation of two percent.", None),
    ("The council killed the motion.", None),
    ("Peru beat Chile in the semi-final.", None),
    ("Guards beat the prisoner.", "ASSAULT"),
    ("Bond prices dropped on Monday.", None),
    ("The rower seized her chance.", None),
    ("Customs officers seized two tonnes of tobacco.", "COERCE"),
    ("Customers visited the shop.", None),
    ("The gunboats opened fire on the trawler.", "ASSAULT"),
    ("The premier dismissed the transport minister.", "SANCTION"),
    ("The premier dismissed the plan as a gimmick.", "REJECT"),
    ("Malta handed over the captives to Cyprus.", "CONCEDE"),
    ("The general raised an army.", "MOBILIZE"),
    ("Six families sought refuge in Ghana.", "REQUEST"),
    ("The clerk committed suicide.", None),
]


@pytest.mark.parametrize(("text", "code"), SENSES)
def test_senses_that_share_a_word_are_told_apart_by_their_arguments(
    extract: Extract, text: str, code: str | None
) -> None:
    told = [e for e in extract(text).events if e.cls != "Statement" and e.plover is not None]
    assert (told[0].plover if told else None) == code


def parties(extract: Extract, text: str, lemma: str) -> dict[str, list[str]]:
    """Role to the words of its participants, of the event with this lemma."""
    event = next(e for e in extract(text).events if e.lemma == lemma and e.cls != "Statement")
    return {str(r): [p.text for p in event.participants if p.role is r] for r in {p.role for p in event.participants}}


ROLES = [
    ("Peru asked India for vaccines.", "ask", {"proposer": ["Peru"], "addressee": ["India"]}),
    ("Kuwait donated tents to Yemen.", "donate", {"agent": ["Kuwait"], "patient": ["tents"], "recipient": ["Yemen"]}),
    ("The mob attacked the clerk with bottles.", "attack", {"instrument": ["bottles"], "recipient": ["the clerk"]}),
    ("The rebels fought the army with their allies.", "fight", {"agent": ["The rebels"], "recipient": ["the army"]}),
    ("The gunboats opened fire on the trawler.", "open", {"recipient": ["the trawler"]}),
    ("The junta freed a third of the sailors.", "free", {"patient": ["a third of the sailors"]}),
]


@pytest.mark.parametrize(("text", "lemma", "told"), ROLES)
def test_participants_stand_in_their_roles(extract: Extract, text: str, lemma: str, told: dict[str, list[str]]) -> None:
    found = parties(extract, text, lemma)
    assert {role: found.get(role) for role in told} == told


WANTED = [
    ("The captors gave the family two days to pay a ransom.", "give", "pay a ransom"),
    ("The mayor proposed a road toll, which the traders rejected.", "propose", "a road toll"),
    ("The mayor proposed a road toll, an idea that the traders rejected.", "propose", "a road toll"),
]


@pytest.mark.parametrize(("text", "lemma", "content"), WANTED)
def test_the_content_of_an_initiative_is_what_is_wanted_and_no_more(
    extract: Extract, text: str, lemma: str, content: str
) -> None:
    events = [e for e in extract(text).events if e.lemma == lemma and e.kind is not None]
    assert [e.content_text for e in events] == [content]


def test_a_bare_noun_of_talk_names_an_event_that_nobody_is_told_to_take_part_in(extract: Extract) -> None:
    events = extract("The ferry sank during the negotiations.").events
    assert [(e.cls, e.plover) for e in events if e.lemma.startswith("negotiation")] == [("Meeting", None)]
    events = extract("The negotiations between Oman and Peru failed.").events
    assert [(e.cls, e.plover) for e in events if e.lemma.startswith("negotiation")] == [("Meeting", "CONSULT")]
