from __future__ import annotations

import pytest
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from kg.entities.knowledge import load
from kg.extract.mentions import find_mentions
from kg.model import EntityType, Mention, MentionKind
from tests.clock import growth

VOCAB = Vocab()
GAZETTEER = load()
TIGHT = frozenset(",.'”)-") | {"'s"}


def made(*sentences: str, entities: str = "") -> Doc:
    """A parsed text. A sentence is `word/POS/relation/head` by blanks, heads count from 1 in it, 0 is the root.

    `entities` are `first-last-LABEL` by blanks, tokens counted from 0 in the text.
    """
    words, pos, deps, heads, starts = [], [], [], [], []
    for sentence in sentences:
        base = len(words)
        for k, item in enumerate(sentence.split()):
            word, tag, dep, head = item.rsplit("/", 3)
            words.append(word)
            pos.append(tag)
            deps.append(dep)
            heads.append(base + (int(head) - 1 if head != "0" else k))
            starts.append(k == 0)
    spaces = [i + 1 < len(words) and words[i + 1] not in TIGHT and words[i] not in "“(-" for i in range(len(words))]
    lemmas = [w.lower()[:-1] if p == "NOUN" and w.endswith("s") else w.lower() for w, p in zip(words, pos, strict=True)]
    morphs = [
        "Number=Plur" if p == "NOUN" and w.endswith("s") else "Number=Sing" if p in ("NOUN", "PROPN") else "_"
        for w, p in zip(words, pos, strict=True)
    ]
    doc = Doc(VOCAB, words=words, spaces=spaces, pos=pos, deps=deps, heads=heads, lemmas=lemmas, morphs=morphs)
    found = [e.split("-") for e in entities.split()]
    doc.ents = [Span(doc, int(a), int(b) + 1, label=label) for a, b, label in found]
    return doc


def mentions(doc: Doc) -> dict[str, Mention]:
    """Mentions by text; every span is checked against the text."""
    _, found = find_mentions(doc, GAZETTEER)
    for k, m in enumerate(found):
        assert m.index == k and doc.text[m.span.begin : m.span.end] == m.text
        assert m.span.begin <= m.head.begin <= m.head.end <= m.span.end
        assert all(i < len(found) for i in m.members)
    return {m.text: m for m in found}


def name(m: Mention) -> str:
    assert m.name is not None
    return m.text[m.name.begin - m.span.begin : m.name.end - m.span.begin]


ENVOY = (
    "Peruvian/ADJ/amod/2 President/PROPN/nmod:desc/3 Ana/PROPN/nsubj/5 Torres/PROPN/flat/3 spoke/VERB/root/0 "
    "./PUNCT/punct/5"
)


def test_a_titled_name_spans_the_title_and_keeps_the_state_apart() -> None:
    found = mentions(made(ENVOY, entities="2-3-PERSON"))
    whole = found["Peruvian President Ana Torres"]
    assert name(whole) == "Ana Torres"
    assert (whole.kind, whole.type, whole.relation) == (MentionKind.NAME, EntityType.PERSON, "nsubj")
    assert found["Peruvian"].type is EntityType.NORP
    assert len(found) == 2


def test_a_titled_name_needs_no_recogniser() -> None:
    assert mentions(made(ENVOY))["Peruvian President Ana Torres"].type is EntityType.PERSON


def test_a_possessor_is_a_mention_of_its_own() -> None:
    found = mentions(
        made(
            "Oslo/PROPN/nmod:poss/4 's/PART/case/1 Nordic/ADJ/amod/4 rebels/NOUN/nsubj/5 "
            "met/VERB/root/0 ./PUNCT/punct/5"
        )
    )
    assert list(found) == ["Oslo's Nordic rebels", "Oslo"]
    rebels = found["Oslo's Nordic rebels"]
    assert rebels.possessor == found["Oslo"].index
    assert (rebels.kind, rebels.determiner, rebels.number) == (MentionKind.NOMINAL, "possessive", "plur")
    assert rebels.type is EntityType.NORP
    assert rebels.modifiers == ("nordic",)


def test_an_organisation_is_followed_through_its_of_and_for() -> None:
    doc = made(
        "The/DET/det/3 Liaison/PROPN/compound/3 Headquarters/PROPN/nsubj/9 for/ADP/case/6 the/DET/det/6 "
        "Return/PROPN/nmod/3 of/ADP/case/8 Children/PROPN/nmod/6 agreed/VERB/root/0 ./PUNCT/punct/9"
    )
    found = mentions(doc)
    whole = found["The Liaison Headquarters for the Return of Children"]
    assert name(whole) == "Liaison Headquarters for the Return of Children"
    assert whole.type is EntityType.ORG and len(found) == 1


def test_coordination_gives_members_and_a_group() -> None:
    found = mentions(made("Peru/PROPN/nsubj/4 and/CCONJ/cc/3 Chile/PROPN/conj/1 agreed/VERB/root/0 ./PUNCT/punct/4"))
    group = found["Peru and Chile"]
    assert group.members == (found["Peru"].index, found["Chile"].index)
    assert group.number == "plur" and group.type is None


def test_coordinated_nationalities_are_members_of_their_phrase() -> None:
    found = mentions(
        made("Thai/ADJ/amod/4 and/CCONJ/cc/3 Lao/ADJ/conj/1 officials/NOUN/nsubj/5 met/VERB/root/0 ./PUNCT/punct/5")
    )
    assert found["Thai and Lao officials"].members == (found["Thai"].index, found["Lao"].index)
    assert len(found) == 3


def test_relative_clauses_appositions_and_times_stay_outside() -> None:
    doc = made(
        "The/DET/det/2 envoy/NOUN/nsubj/13 ,/PUNCT/punct/6 who/PRON/nsubj/5 lied/VERB/acl:relcl/2 ,/PUNCT/punct/2 "
        "a/DET/det/8 banker/NOUN/appos/2 from/ADP/case/10 Bergen/PROPN/nmod/8 ,/PUNCT/punct/2 had/AUX/aux/13 "
        "left/VERB/root/0 on/ADP/case/15 Friday/PROPN/obl/13 with/ADP/case/18 "
        "30/NUM/nummod/18 percent/NOUN/obl/13 ./PUNCT/punct/13"
    )
    found = mentions(doc)
    assert list(found) == ["The envoy", "a banker from Bergen", "Bergen"]
    assert found["a banker from Bergen"].apposition_of == found["The envoy"].index
    assert found["Bergen"].marker == "from"


def test_talks_with_a_place_and_wars_with_states_are_events() -> None:
    doc = made(
        "The/DET/det/3 Geneva/PROPN/compound/3 talks/NOUN/nsubj/4 ended/VERB/root/0 "
        "Iraq/PROPN/nmod:poss/7 's/PART/case/5 "
        "invasion/NOUN/obj/4 of/ADP/case/9 Kuwait/PROPN/nmod/7 ./PUNCT/punct/4",
        "The/DET/det/2 talks/NOUN/nsubj/3 ended/VERB/root/0 ./PUNCT/punct/3",
    )
    found = mentions(doc)
    assert found["The Geneva talks"].type is EntityType.EVENT
    assert found["Iraq's invasion of Kuwait"].type is EntityType.EVENT
    assert found["The talks"].type is None
    assert found["Geneva"].type is EntityType.GPE


def test_common_nouns_complete_names() -> None:
    doc = made(
        "The/DET/det/3 Vindra/PROPN/compound/3 community/NOUN/nsubj/4 left/VERB/root/0 "
        "the/DET/det/7 Zorin/PROPN/compound/7 "
        "region/NOUN/obj/4 after/ADP/case/11 the/DET/det/11 Quell/PROPN/compound/11 festival/NOUN/obl/4 ./PUNCT/punct/4"
    )
    found = mentions(doc)
    assert {t: m.type for t, m in found.items()} == {
        "The Vindra community": EntityType.NORP,
        "the Zorin region": EntityType.GPE,
        "the Quell festival": EntityType.EVENT,
    }


def test_pronouns_carry_person_number_gender_and_quotation() -> None:
    doc = made(
        "“/PUNCT/punct/3 We/PRON/nsubj/3 agree/VERB/ccomp/6 ”/PUNCT/punct/3 she/PRON/nsubj/6 "
        "said/VERB/root/0 ./PUNCT/punct/6"
    )
    found = mentions(doc)
    assert (found["We"].person, found["We"].number, found["We"].quoted) == (1, "plur", True)
    assert (found["she"].gender, found["she"].quoted) == ("fem", False)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "pro/X/amod/4 -/PUNCT/punct/1 Russian/ADJ/amod/4 rebels/NOUN/nsubj/5 fled/VERB/root/0",
            ["pro-Russian rebels"],
        ),
        ("Schools/NOUN/nsubj/2 closed/VERB/root/0", ["Schools"]),
        ("It/PRON/expl/2 rained/VERB/root/0", []),
    ],
)
def test_what_is_no_name(sentence: str, expected: list[str]) -> None:
    doc = made(sentence)
    assert list(mentions(doc)) == expected
    assert not any(m.kind is MentionKind.NAME for m in mentions(doc).values())


def test_a_headline_in_capitals_is_not_one_long_name() -> None:
    doc = made(
        "Angry/ADJ/amod/2 Farmers/NOUN/nsubj/3 Block/VERB/root/0 Lima/PROPN/compound/5 "
        "Roads/NOUN/obj/3 ./PUNCT/punct/3",
        "The/DET/det/2 farmers/NOUN/nsubj/3 left/VERB/root/0 Lima/PROPN/obj/3 ./PUNCT/punct/3",
    )
    assert [name(m) for m in find_mentions(doc, GAZETTEER)[1] if m.kind is MentionKind.NAME] == ["Lima", "Lima"]


def test_time_grows_with_length_even_without_a_full_stop() -> None:
    def run(n: int) -> None:
        words = ["Chile", "and"] * n
        heads = [0] + [k for i in range(1, n) for k in (2 * i, 0)] + [0]
        deps = ["ROOT"] + ["cc", "conj"] * (n - 1) + ["punct"]
        doc = Doc(
            VOCAB, words=words, pos=["PROPN", "CCONJ"] * n, deps=deps, heads=heads, lemmas=words, morphs=["_"] * 2 * n
        )
        assert len(find_mentions(doc, GAZETTEER)[1]) == n + 1

    assert growth(run, 500, 4_000) < 24  # eight times the length; growing with its square it would be 64


def test_a_text_of_nothing_but_space_has_no_mentions() -> None:
    blank = Doc(VOCAB, words=[" \n "], pos=["NOUN"], deps=["ROOT"], heads=[0], lemmas=["\n"], morphs=["_"])
    assert find_mentions(blank, GAZETTEER)[1] == ()
    assert find_mentions(Doc(VOCAB), GAZETTEER) == ((), ())


def test_an_arabic_surname_stays_with_its_name() -> None:
    doc = made(
        "Omar/PROPN/nsubj/5 al/PROPN/flat/1 -/PUNCT/punct/4 Sayyid/PROPN/flat/1 spoke/VERB/root/0 ./PUNCT/punct/5"
    )
    assert [name(m) for m in mentions(doc).values()] == ["Omar al-Sayyid"]


def test_an_office_without_a_name_is_a_description() -> None:
    office = "The/DET/det/3 Prime/PROPN/amod/3 Minister/PROPN/nsubj/4 agreed/VERB/root/0 ./PUNCT/punct/4"
    found = mentions(made(office, entities="1-2-PERSON"))["The Prime Minister"]
    assert (found.kind, found.type) == (MentionKind.NOMINAL, EntityType.PERSON)
