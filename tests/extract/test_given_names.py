"""Names that look like function words are whole, people, and take their place in the clause; function words stay."""

from __future__ import annotations

import pytest

from kg.model import EntityType, Role
from tests.extract.conftest import Extract


def people(extract: Extract, text: str) -> list[str]:
    analysis = extract(text)
    named = [m for m in analysis.mentions if m.type is EntityType.PERSON]
    return [text[m.name.begin : m.name.end] for m in named if m.name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("To Lam visited Paris on Monday.", "To Lam"),
        ("To Lam's proposal was rejected by France.", "To Lam"),
        ("Vietnam's To Lam visited Paris.", "To Lam"),
        ("General Secretary To Lam met reporters.", "To Lam"),
        ("On Tuesday To Lam proposed a railway.", "To Lam"),
        ("The visit by To Lam to Moscow was cancelled.", "To Lam"),
        ("With To Lam he discussed trade.", "To Lam"),
        ("To Huu wrote poems.", "To Huu"),
        ("Do Van Chien accused the bank of graft.", "Do Van Chien"),
        ("Did Do Muoi resign?", "Do Muoi"),
        ("Do Muoi met the envoy.", "Do Muoi"),
        ("Do Van Sen was sent home.", "Do Van Sen"),
        ("No Yong-hui wrote the speech.", "No Yong-hui"),
        ("The rebels led by So Phim fled.", "So Phim"),
        ("Will Smith struck the host.", "Will Smith"),
        ("May Thet Nyein was arrested.", "May Thet Nyein"),
        ("U Win Tin founded the party.", "U Win Tin"),
        ("Officials said that An Dung would resign.", "An Dung"),
        ("An Thanh Binh accused the bank of graft.", "An Thanh Binh"),
        ("He Lifeng rejected the tariffs.", "He Lifeng"),
        ("Critics accused In Tam of treason.", "In Tam"),
        ("Le Duc Tho refused the prize.", "Le Duc Tho"),
        ("Myanmar's ousted leader, Aung San Suu Kyi, urged talks.", "Aung San Suu Kyi"),
        ("Supporters of Aung San Suu Kyi's party protested.", "Aung San Suu Kyi"),
        ("Daw Aung San Suu Kyi met the generals.", "Aung San Suu Kyi"),
    ],
)
def test_the_name_is_whole_and_a_person(extract: Extract, text: str, name: str) -> None:
    assert people(extract, text) == [name]


def test_who_is_called_so_elsewhere_is_called_so_at_the_beginning(extract: Extract) -> None:
    analysis = extract("Do Muoi, people said, was ill. Police guarded Do Muoi at home.")
    assert [chain.name for chain in analysis.chains if chain.type is EntityType.PERSON] == ["Do Muoi"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("So Phim led the rebels. So Phim refused to talk.", {"So Phim"}),
        ("U Nu went to Delhi. Nu asked for rice.", {"U Nu"}),
        # an adverb that stands before a name now and then is none of it
        ("So Obama resigned. So Obama was free. Obama left.", {"Obama"}),
        ("So Obama resigned.", {"Obama"}),
    ],
)
def test_a_word_that_never_lacks_is_part_of_the_name(extract: Extract, text: str, names: set[str]) -> None:
    assert {chain.name for chain in extract(text).chains if chain.type is EntityType.PERSON} == names


@pytest.mark.parametrize(
    "text",
    [
        "To London he said no.",
        "To Vietnam, Kim proposed a deal.",
        "To Russia's dismay Kim resigned.",
        "In Chad's capital stood a statue of Kim.",
        "In Chad's capital is a base.",
        "In London he met Kim.",
        "An Israeli official met Kim.",
        "Do Americans trust Kim?",
        "Will Kim come?",
        "May Kim rest in peace.",
        "In May Kim resigned.",
        "May Day was quiet in Kim's town.",
        "No Russian soldier saw Kim.",
        "He saw the film To Rome With Love with Kim.",
        "“To Rome!” shouted Kim.",
        "Leaders Agree To Seoul Deal In Hanoi With Kim",
    ],
)
def test_function_words_are_no_names(extract: Extract, text: str) -> None:
    told = [
        n for n in people(extract, text) if n.split()[0].lower() in {"to", "in", "an", "do", "no", "he", "will", "may"}
    ]
    assert told == []


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("The minister asked To Lam to resign.", Role.ADDRESSEE),
        ("To Lam asked the minister to resign.", Role.PROPOSER),
        ("Vietnam's To Lam asked the minister to resign.", Role.PROPOSER),
    ],
)
def test_the_name_takes_its_place_in_the_clause(extract: Extract, text: str, role: Role) -> None:
    analysis = extract(text)
    told = [one for event in analysis.events for one in event.participants if one.chain is not None]
    assert (role, "To Lam") in {(one.role, analysis.chains[one.chain].name) for one in told if one.chain is not None}
