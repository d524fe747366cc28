"""The ranker of antecedents: what it may choose from, how it scores, and what it makes of texts."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
import pytest

from kg.extract.coreference.attributes import attributes
from kg.extract.coreference.candidates import NEAR, candidates
from kg.extract.coreference.clusters import Clusters
from kg.extract.coreference.features import Scene
from kg.extract.coreference.net import FILE, load_ranker, scores
from kg.extract.coreference.pairs import own_rows, pair_rows
from kg.extract.coreference.ranker import WIDTH, Words, question, words
from kg.model import Analysis, EntityType, Mention, MentionKind, Role, Span
from tests.extract.conftest import Extract

Read = Callable[[str], Analysis]


@pytest.fixture(scope="module")
def read(extract: Extract) -> Read:
    return lru_cache(maxsize=None)(extract)


def chain(read: Analysis, text: str, nth: int = 0) -> int | None:
    """The chain of a mention by its text."""
    return read.chain_of[[m for m in read.mentions if m.text == text][nth].index]


def name(index: int, text: str, **more: object) -> Mention:
    """A person's name at a place of its own."""
    span = Span(index * 100, index * 100 + len(text))
    told: dict[str, object] = {"type": EntityType.PERSON, "name": span, "number": "sing"} | more
    return Mention(index, index, span, span, text, text.lower(), MentionKind.NAME, **told)  # type: ignore[arg-type]


def pronoun(index: int, text: str, gender: str = "") -> Mention:
    span = Span(index * 100, index * 100 + len(text))
    return Mention(index, index, span, span, text, text.lower(), MentionKind.PRONOUN, gender=gender, number="sing")


def pairs(*mentions: Mention) -> list[tuple[int, int]]:
    """The candidates of each pronoun and description."""
    a = attributes(Clusters(mentions), Scene(), (), ())
    asked = [m.index for m in mentions if m.kind is not MentionKind.NAME]
    m, c, _ = candidates(a, np.array(asked, dtype=np.int64))
    return list(zip(m.tolist(), c.tolist(), strict=True))


def test_no_candidate_is_of_the_other_sex() -> None:
    ana, olav = name(0, "Ana Torres", gender="fem"), name(1, "Olav Berg", gender="masc")
    assert pairs(ana, olav, pronoun(2, "She", "fem")) == [(2, 0)]


def test_a_person_is_no_it_and_a_state_no_he() -> None:
    state = name(1, "Peru", type=EntityType.GPE)
    assert pairs(name(0, "Ana Torres"), state, pronoun(2, "It", "neut"), pronoun(3, "He", "masc")) == [
        (2, 1),
        (3, 2),
        (3, 0),
    ]


def described(index: int, noun: str, *modifiers: str) -> Mention:
    text = " ".join(("the", *modifiers, noun))
    span = Span(index * 100, index * 100 + len(text))
    head = Span(span.end - len(noun), span.end)
    return Mention(
        index,
        index,
        span,
        head,
        text,
        noun,
        MentionKind.NOMINAL,
        determiner="definite",
        modifiers=modifiers,
        number="sing",
    )


def test_what_is_far_is_looked_at_only_where_it_has_the_same_head() -> None:
    between = [pronoun(k, "it", "neut") for k in range(2, NEAR + 2)]
    found = pairs(described(0, "harbour"), described(1, "bank"), *between, described(NEAR + 2, "harbour"))
    last = [c for m, c in found if m == NEAR + 2]
    assert 0 in last and 1 not in last and last == sorted(last, reverse=True)


def test_a_description_that_adds_words_is_none_of_those_with_its_head() -> None:
    assert (2, 0) not in pairs(described(0, "bank"), described(1, "harbour"), described(2, "bank", "central"))
    assert (1, 0) in pairs(described(0, "bank", "central"), described(1, "bank"))


def test_no_description_is_i() -> None:
    assert pairs(pronoun(0, "I"), described(1, "mother")) == []


def test_what_lies_within_a_mention_is_no_other() -> None:
    outer = name(0, "Ana Torres of Lima")
    inner = Mention(1, 0, Span(14, 18), Span(14, 18), "Lima", "lima", MentionKind.PRONOUN)
    assert pairs(outer, inner) == []


def test_rows_stay_within_their_tables_and_tables_within_their_size() -> None:
    mentions = (name(0, "Ana Torres"), name(1, "Olav Berg"), pronoun(2, "I"), pronoun(3, "they"), name(4, "Berg"))
    asked = question(Clusters(mentions), Scene(), Words())
    weights = load_ranker()
    own, size = own_rows(asked.attributes)
    table, wide = pair_rows(asked.attributes, asked.mine, asked.theirs, asked.mine)
    assert own.max() < size == len(weights["new.features"]) == len(weights["mention.features"])
    assert table.max() < wide == len(weights["pair.features"])
    assert len(np.unique(table[0])) == table.shape[1]


def test_a_score_depends_on_its_pair_alone() -> None:
    dice = np.random.default_rng(3)
    weights = load_ranker()
    n, many = 90, 9000
    vectors = dice.normal(size=(n, WIDTH)).astype(np.float32)
    own = dice.integers(0, len(weights["new.features"]), (n, 9))
    table = dice.integers(0, len(weights["pair.features"]), (many, 16))
    m, c = dice.integers(0, n, many), dice.integers(0, n, many)
    whole, none = scores(weights, vectors, own, table, m, c)
    few = (m < 7) & (c < 7)
    part, alone = scores(weights, vectors[:7], own[:7], table[few], m[few], c[few])
    assert few.sum() > 20 and (whole[few] == part).all() and (none[:7] == alone).all()


def test_weights_are_small() -> None:
    from importlib.resources import files

    assert len(files("kg.extract.coreference").joinpath(FILE).read_bytes()) < 3_000_000


def test_paragraphs_are_known_by_their_breaks_and_by_whether_they_ask() -> None:
    told = words("Who left?\n\nI did.\nYou?", [])
    assert [("Who left?\n\nI did.\nYou?")[b] for b in told.breaks] == ["I", "Y"]
    assert told.asking == (True, False, True) and told.vectors is None


def test_a_speaker_is_one_through_a_text_without_quotation_marks(read: Read) -> None:
    text = "I was born in a village near the lake. My mother taught there, and she helped me when I left the school."
    read_ = read(text)
    speaker = {chain(read_, "I", 0), chain(read_, "My"), chain(read_, "me"), chain(read_, "I", 1)}
    assert len(speaker) == 1 and None not in speaker
    assert chain(read_, "she") == chain(read_, "My mother") != chain(read_, "me")


def test_who_is_asked_is_who_answers(read: Read) -> None:
    read_ = read(
        "Why did you leave the ministry?\n\nI left because my daughter was ill.\n\n"
        "Will you return?\n\nI do not think so."
    )
    assert chain(read_, "you", 0) == chain(read_, "I", 0) == chain(read_, "my") == chain(read_, "I", 1) is not None


def test_a_description_is_taken_up_again(read: Read) -> None:
    read_ = read("A storm hit Jamaica. The island was without power, and its ports stayed closed.")
    assert chain(read_, "The island") == chain(read_, "Jamaica") == chain(read_, "its")


def test_what_is_said_to_be_new_or_is_owned_is_no_antecedent(read: Read) -> None:
    read_ = read(
        "The storm hit Jamaica. Another storm hit Cuba. Anna Weber thanked her sister and the sister of her friend."
    )
    assert chain(read_, "Another storm") != chain(read_, "The storm")
    assert chain(read_, "her sister") != chain(read_, "Anna Weber") == chain(read_, "her")


def test_two_persons_and_two_bodies_stay_apart(read: Read) -> None:
    read_ = read(
        "Northfield University sued Ashby University. Maria Lund met Peter Lunden. "
        "The Harbour Board thanked the School Board, and Lund thanked Lunden."
    )
    names = ("Northfield University", "Ashby University", "Maria Lund", "Peter Lunden", "The Harbour Board")
    found = [chain(read_, one) for one in (*names, "the School Board")]
    assert len(set(found)) == len(found)
    assert chain(read_, "Lund") == chain(read_, "Maria Lund")


@pytest.mark.parametrize("verb", ["refused", "rejected", "declined", "accepted"])
def test_whoever_answers_a_wish_is_not_whose_it_is(read: Read, verb: str) -> None:
    told = read(f"Harbour Corp {verb} the union's demand for higher pay. The union went on strike.")
    assert chain(told, "Harbour Corp") != chain(told, "the union") == chain(told, "The union")
    assert {p.text for e in told.events if e.kind == "demand" for p in e.participants if p.role is Role.PROPOSER} == {
        "the union"
    }


def test_one_of_several_is_not_what_they_do_something_to(read: Read) -> None:
    read_ = read("Ana Ruiz proposed a common fund. Hungary and Poland said they would oppose it.")
    assert chain(read_, "they") is not None
    assert chain(read_, "it") not in (chain(read_, "Hungary"), chain(read_, "Poland"))


def test_a_place_is_not_several_people(read: Read) -> None:
    read_ = read(
        "Striking teachers in Milford returned to work on Wednesday after accepting a deal brokered by the mayor, "
        "Ed Lowry. The deal gives them a 6 percent raise over two years. The district had initially offered 2 percent."
    )
    assert chain(read_, "The district") != chain(read_, "Striking teachers in Milford") == chain(read_, "them")
