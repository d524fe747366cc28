"""Whose body and which bearer of a name is meant: by the state, the years and the company of a document."""

from __future__ import annotations

import pytest

from kg.entities.identity import Actor, canonical_actors
from kg.entities.knowledge import load
from kg.entities.linking import TableLinker, contexts
from kg.entities.linking_institutions import spellings
from kg.entities.linking_roles import Roles, contradict, roles_of
from kg.entities.names_bodies import states_in
from tests.entities.test_linking import actor

PLACE = "GeopoliticalEntity"


def linked(one: Actor, *others: Actor) -> str:
    """The id to which an actor is linked among the others of its document, "" for none."""
    gazetteer = load()
    around = contexts([one, *others], gazetteer)[one.document]
    chosen = TableLinker(gazetteer).link(one, around).chosen
    return chosen.id if chosen else ""


def sizes(*actors: Actor) -> list[int]:
    return sorted(len(one.members) for one in canonical_actors(actors, load()))


def person(n: int, label: str, *names: str) -> Actor:
    return actor(n, label, names=names or (label,), document=0)


def test_a_surname_without_a_date_is_the_one_in_office_with_the_others() -> None:
    bush = person(1, "Bush", "President Bush")
    states = (actor(2, "United States", PLACE, document=0), actor(3, "Israel", PLACE, document=0))
    rice = person(4, "Condoleezza Rice", "Secretary of State Condoleezza Rice")
    sharon = person(5, "Ariel Sharon", "Israeli Prime Minister Ariel Sharon")
    assert linked(bush, *states, rice, sharon) == "Q207"
    assert linked(bush, *states) == ""  # father or son
    assert linked(bush, *states, sharon) == "Q207"
    assert linked(bush, *states, person(5, "Mikhail Gorbachev", "Soviet leader Mikhail Gorbachev")) != "Q207"


def test_a_title_that_nobody_of_a_name_had_speaks_against_him() -> None:
    britain = actor(2, "United Kingdom", PLACE, document=0)
    assert linked(person(1, "Blair", "Mr. Blair"), britain) == "Q9545"
    assert linked(person(1, "Blair", "Commissioner Blair"), britain) == ""


def test_an_article_may_lack_before_a_surname() -> None:
    assert linked(person(1, "Assad", "Mr. Assad"), actor(2, "Syria", PLACE, document=0)) == "Q44329"


@pytest.mark.parametrize(
    ("label", "id"),
    [
        ("World Food Program", "Q204344"),
        ("U.N. World Food Program", "Q204344"),
        ("Shanghai Cooperation Organization", "Q485207"),
        ("Organization of Petroleum Exporting Countries", "Q7795"),
    ],
)
def test_bodies_are_known_in_either_spelling(label: str, id: str) -> None:
    assert linked(actor(1, label, "Organization")) == id


def test_a_spelling_is_no_other_name() -> None:
    assert spellings("Harbour Board") == ()


@pytest.mark.parametrize(("state", "id"), [("South Korea", "Q494162"), ("Pakistan", "Q1518223"), ("Lesotho", "")])
def test_a_kind_of_body_is_that_of_the_state_told(state: str, id: str) -> None:
    assembly = actor(1, "National Assembly", "Organization", document=0)
    assert linked(assembly, actor(2, state, PLACE, document=0)) == id


def test_no_government_is_known_by_its_kind_alone() -> None:
    assert linked(actor(1, "federal government", "Organization")) == ""


def test_a_paper_is_named_with_its_article() -> None:
    assert linked(actor(1, "The Hindu", "Organization", names=("The Hindu",))) == "Q926175"
    assert linked(actor(1, "Hindu", "Organization", names=("Hindu",))) == ""


def test_the_house_is_that_of_the_state_a_document_is_about() -> None:
    def congress(n: int, label: str) -> list[Actor]:
        company = ("Ohio", "Iowa", "Texas", "United States")
        return [actor(n, label, "Organization", document=n)] + [
            actor(n + k, name, PLACE, document=n) for k, name in enumerate(company, start=1)
        ]

    other = [actor(30, "House", "Organization", document=30), actor(31, "Ghana", PLACE, document=30)]
    told = [*congress(10, "House"), *congress(20, "House of Representatives"), *other]
    chambers = [one for one in canonical_actors(told, load()) if "House" in one.label]
    assert sorted(len(one.members) for one in chambers) == [1, 2]


def test_the_senate_is_that_of_the_only_state_around() -> None:
    def senate(n: int, *company: Actor) -> list[Actor]:
        return [actor(n, "Senate", "Organization", document=n), *company]

    lagos = senate(1, actor(2, "Lagos", PLACE, document=1), actor(3, "Bola Tinubu", document=1))
    abuja = senate(4, actor(5, "Nigeria", PLACE, document=4))
    chambers = [one for one in canonical_actors([*lagos, *abuja], load()) if one.label == "Senate"]
    assert [len(one.members) for one in chambers] == [2]


def test_assemblies_of_two_states_are_two() -> None:
    told = [
        actor(1, "Legislative Assembly", "Organization", document=1),
        actor(2, "Tonga", PLACE, document=1),
        actor(3, "Legislative Assembly", "Organization", document=3),
        actor(4, "Puerto Rico", PLACE, document=3),
    ]
    assert sizes(*told) == [1, 1, 1, 1]


def test_embassies_of_one_state_are_as_many_as_where_they_are() -> None:
    told = [
        actor(1, "U.S. Embassy", "Organization", document=1),
        actor(2, "Kenya", PLACE, document=1),
        actor(3, "United States Embassy", "Organization", document=3),
        actor(4, "Peru", PLACE, document=3),
        actor(5, "U.S. Embassy", "Organization", document=5),
        actor(6, "Kenya", PLACE, document=5),
    ]
    embassies = [one for one in canonical_actors(told, load()) if "Embassy" in one.label]
    assert sorted(len(one.members) for one in embassies) == [1, 2]


def test_letters_inside_a_name_are_no_acronym_of_it() -> None:
    told = [
        actor(1, "Hartley H.I.V./AIDS Initiative", "Organization", document=1),
        actor(2, "AIDS", "Organization", document=2),
    ]
    assert sizes(*told) == [1, 1]


def test_a_party_is_one_with_and_without_the_word() -> None:
    told = [
        actor(1, "Larkfield Party", "Organization", document=1),
        actor(2, "Larkfield", "Organization", document=2),
    ]
    assert sizes(*told) == [2]


def test_officials_of_a_territory_serve_its_sovereign() -> None:
    assert not contradict(Roles(states=frozenset({"PR"})), Roles(states=frozenset({"US"})))
    assert contradict(Roles(states=frozenset({"PR"})), Roles(states=frozenset({"GB"})))


def test_congo_is_the_large_one() -> None:
    assert linked(actor(1, "Congo", PLACE)) == "Q974"


@pytest.mark.parametrize("kind", ["national assembly", "federal government", "chamber of deputies", "opposition party"])
def test_texts_are_not_searched_for_kinds_of_bodies(kind: str) -> None:
    assert kind not in load()


@pytest.mark.parametrize("name", ["central intelligence agency", "world bank", "guardian"])
def test_texts_are_searched_for_names_of_their_own(name: str) -> None:
    assert name in load()


def test_an_embassy_of_one_document_is_one_wherever_it_is() -> None:
    around = [actor(n, name, PLACE, document=1) for n, name in ((3, "Kenya"), (4, "Peru"))]
    told = [
        actor(n, name, "Organization", document=1) for n, name in ((1, "U.S. Embassy"), (2, "United States Embassy"))
    ]
    elsewhere = actor(5, "U.S. Embassy", "Organization", document=5)
    embassies = [one for one in canonical_actors([*told, *around, elsewhere], load()) if "Embassy" in one.label]
    assert sorted(len(one.members) for one in embassies) == [1, 2]


def test_gaza_is_the_strip() -> None:
    assert linked(actor(1, "Gaza", PLACE, document=0), actor(2, "Israel", PLACE, document=0)) == "Q39760"


def test_a_party_is_known_with_and_without_the_word() -> None:
    assert linked(actor(1, "Nepali Congress Party", "Organization")) == "Q216660"


def around(*names: str, kind: str = PLACE) -> list[Actor]:
    return [actor(n, name, kind, document=0) for n, name in enumerate(names, start=50)]


def body(label: str, *names: str) -> Actor:
    return actor(1, label, "Organization", names=names or (label,), document=0)


@pytest.mark.parametrize(
    ("label", "state", "id"),
    [
        ("Senate", "Canada", "Q841180"),
        ("Senate", "Chile", ""),
        ("Congress", "United States", "Q11268"),
        ("US Supreme Court", "Germany", "Q11201"),
        ("Supreme Court", "Germany", ""),
        ("Labour", "United Kingdom", "Q9630"),
        ("Conservatives", "United Kingdom", "Q9626"),
        ("Labour", "Brazil", ""),
        ("Twitter", "Brazil", "Q918"),
    ],
)
def test_chambers_courts_and_parties_are_told_short(label: str, state: str, id: str) -> None:
    assert linked(body(label), *around(state)) == id


def test_the_only_body_of_its_kind_is_that_of_the_state_most_is_told_of() -> None:
    states = around("Venezuela", "United States")
    assert linked(body("Congress"), *states, actor(9, "Joe Biden", document=0)) == "Q11268"
    assert linked(body("Congress"), *states, *around("Caracas", "Maracaibo")) == ""


def test_a_state_that_the_mention_leaves_out_is_told_by_the_full_name() -> None:
    assert linked(body("United States Department of State", "the State Department")) == "Q789915"


def test_three_letters_of_an_institute_need_its_name() -> None:
    states = around("United Kingdom", "United States")
    assert linked(body("NBC"), *states) == ""  # there is a Neotropical Bird Club
    assert linked(body("NBC"), *states, actor(9, "Neotropical Bird Club", "Organization", document=0)) == "Q6994260"


@pytest.mark.parametrize(
    ("label", "others", "id"),
    [
        ("New York", ("Oregon", "Nevada", "Vermont", "Ohio"), "Q1384"),
        ("New York", ("Boston", "Chicago", "Ohio"), "Q60"),
    ],
)
def test_among_parts_of_a_state_a_part_is_meant(label: str, others: tuple[str, ...], id: str) -> None:
    assert linked(actor(1, label, PLACE, document=0), *around("United States", *others)) == id


def test_a_planet_is_no_small_town() -> None:
    assert linked(actor(1, "Jupiter", "Place", document=0)) == ""
    assert linked(actor(1, "Jupiter", PLACE, document=0), *around("United States")) == "Q986329"


def test_a_people_is_no_party_of_its_name() -> None:
    assert linked(actor(1, "Iraqis", "Group", document=0), *around("Iraq")) == ""


def test_a_governor_of_new_jersey_serves_no_island() -> None:
    assert states_in("the New Jersey Governor", load()).codes == ("US",)
    assert states_in("the Jersey bailiff", load()).codes == ("JE",)
    assert states_in("British Columbia Premier", load()).codes == ("CA",)
    assert states_in("the British premier", load()).codes == ("GB",)
    assert states_in("Mexico City mayor", load()).codes == ("MX",)
    assert linked(person(1, "Chris Christie", "New Jersey Governor Chris Christie")) == "Q63879"


def test_what_somebody_was_tells_who_he_is() -> None:
    gazetteer = load()
    told = roles_of(("the now-former governor of Puerto Rico",), (), gazetteer)
    assert told.former and not told.offices
    assert linked(person(1, "Pedro Pierluisi", "the now-former governor Pedro Pierluisi")) == "Q2277878"
    assert roles_of(("the incumbent president",), (), gazetteer).offices == {"president"}


def test_a_surname_is_known_where_several_names_are_at_home_with_it() -> None:
    abbas = person(1, "Abbas", "Mr. Abbas")
    assert linked(abbas, *around("Nablus", "Hebron")) == "Q127998"
    assert linked(abbas, *around("Nablus")) == ""


def test_a_firm_is_meant_before_its_shop() -> None:
    chosen = TableLinker(load()).link(body("Apple"), contexts([body("Apple")], load())["http://x/doc/0"]).chosen
    assert chosen is not None and (chosen.id, chosen.label) == ("Q312", "Apple")  # not the Apple Store


def test_a_city_is_meant_before_its_district() -> None:
    assert linked(actor(1, "Tel Aviv", PLACE, document=0), *around("Israel")) == "Q33935"
