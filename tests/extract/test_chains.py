from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from kg.extract.coreference import find_chains
from kg.extract.mentions import find_mentions
from kg.model import Argument, Attribution, Chain, EntityType, Mention, Slot, Span
from tests.extract.test_mentions import GAZETTEER, made


class Read:
    """The chains of a text, with what tests ask of them."""

    def __init__(self, doc: Doc, attributions: Sequence[Attribution] = ()) -> None:
        _, self.mentions = find_mentions(doc, GAZETTEER)
        self.chains, self.of = find_chains(self.mentions, (), attributions, GAZETTEER)
        assert len(self.of) == len(self.mentions)
        for c in self.chains:
            assert list(c.mentions) == sorted(c.mentions) and c.key in c.mentions
            assert all(self.of[i] == c.index for i in c.mentions)

    def mention(self, text: str, nth: int = 0) -> Mention:
        return [m for m in self.mentions if m.text == text][nth]

    def chain(self, text: str, nth: int = 0) -> Chain:
        k = self.of[self.mention(text, nth).index]
        assert k is not None, text
        return self.chains[k]


def test_a_state_is_one_thing_by_all_its_names() -> None:
    read = Read(
        made(
            "Peruvian/ADJ/amod/2 police/NOUN/nsubj/3 blamed/VERB/root/0 Lima/PROPN/obj/3 ./PUNCT/punct/3",
            "Peru/PROPN/nsubj/2 met/VERB/root/0 envoys/NOUN/obj/2 in/ADP/case/5 Lima/PROPN/obl/2 ./PUNCT/punct/2",
        )
    )
    state = read.chain("Peruvian")
    assert (state.name, state.type) == ("Peru", EntityType.GPE)
    assert read.chain("Peru") is state and read.chain("Lima", 0) is state
    assert (read.chain("Lima", 1).name, read.chain("Lima", 1) is state) == ("Lima", False)
    assert set(state.rules) == {"gazetteer demonym", "gazetteer name", "gazetteer seat"}


def test_a_city_stays_a_city_where_its_state_is_not_spoken_of() -> None:
    read = Read(made("Lima/PROPN/nsubj/2 celebrated/VERB/root/0 ./PUNCT/punct/2"))
    assert read.chain("Lima").name == "Lima"


def test_the_ministry_in_a_capital_is_the_states() -> None:
    read = Read(
        made(
            "Peru/PROPN/nsubj/2 apologised/VERB/root/0 ./PUNCT/punct/2",
            "The/DET/det/3 defence/NOUN/compound/3 ministry/NOUN/nsubj/6 in/ADP/case/5 "
            "Lima/PROPN/nmod/3 agreed/VERB/root/0 "
            "./PUNCT/punct/6",
            "The/DET/det/2 ministry/NOUN/nsubj/3 agreed/VERB/root/0 ./PUNCT/punct/3",
        )
    )
    assert read.chain("Lima").name == "Peru"
    ministry = read.chain("The ministry")
    assert ministry is read.chain("The defence ministry in Lima")
    assert (ministry.name, ministry.type) == ("defence ministry in Lima", EntityType.ORG)


PERSON = (
    "Colonel/PROPN/nmod:desc/2 Ana/PROPN/nsubj/4 Torres/PROPN/flat/2 spoke/VERB/root/0 ./PUNCT/punct/4",
    "The/DET/det/2 colonel/NOUN/nsubj/3 smiled/VERB/root/0 ./PUNCT/punct/3",
    "She/PRON/nsubj/2 left/VERB/root/0 ./PUNCT/punct/2",
    "Ms/PROPN/nmod:desc/2 Torres/PROPN/nsubj/3 slept/VERB/root/0 ./PUNCT/punct/3",
)


def test_a_person_by_name_office_pronoun_and_surname() -> None:
    chain = Read(made(*PERSON, entities="1-2-PERSON 14-14-PERSON")).chain("She")
    assert (chain.name, chain.type, len(chain.mentions)) == ("Ana Torres", EntityType.PERSON, 4)
    assert {"role", "pronoun", "surname"} <= set(chain.rules)


def test_gender_keeps_persons_apart() -> None:
    read = Read(
        made(
            "Mr/PROPN/nmod:desc/2 Olav/PROPN/nsubj/4 Berg/PROPN/flat/2 met/VERB/root/0 "
            "Mrs/PROPN/nmod:desc/6 Ines/PROPN/obj/4 "
            "Prado/PROPN/flat/6 ./PUNCT/punct/4",
            "She/PRON/nsubj/2 thanked/VERB/root/0 him/PRON/obj/2 ./PUNCT/punct/2",
            entities="1-2-PERSON 5-6-PERSON",
        )
    )
    assert read.chain("She").name == "Ines Prado"
    assert read.chain("him").name == "Olav Berg"


def test_an_apposition_names_the_office() -> None:
    read = Read(
        made(
            "Its/PRON/nmod:poss/2 spokesman/NOUN/nsubj/7 ,/PUNCT/punct/4 Olav/PROPN/appos/2 "
            "Berg/PROPN/flat/4 ,/PUNCT/punct/2 "
            "agreed/VERB/root/0 ./PUNCT/punct/7",
            entities="3-4-ORG",  # the recogniser errs
        )
    )
    chain = read.chain("Its spokesman")
    assert (chain.name, chain.type) == ("Olav Berg", EntityType.PERSON)


def test_an_acronym_stands_for_the_long_name() -> None:
    read = Read(
        made(
            "The/DET/det/3 Harbour/PROPN/compound/3 Authority/PROPN/nsubj/4 objected/VERB/root/0 ./PUNCT/punct/4",
            "The/DET/det/2 HA/PROPN/nsubj/3 objected/VERB/root/0 ./PUNCT/punct/3",
            entities="6-6-ORG",
        )
    )
    assert read.chain("The HA") is read.chain("The Harbour Authority")
    assert read.chain("The HA").rules[0] == "acronym"


def test_a_firm_is_one_with_and_without_its_legal_form() -> None:
    read = Read(
        made(
            "Sable/PROPN/nsubj/2 objected/VERB/root/0 ./PUNCT/punct/2",
            "Sable/PROPN/nsubj/3 Limited/PROPN/flat/1 objected/VERB/root/0 ./PUNCT/punct/3",
            "Sable/PROPN/compound/2 Bank/PROPN/nsubj/3 objected/VERB/root/0 ./PUNCT/punct/3",
            entities="0-0-ORG 3-4-ORG 7-8-ORG",
        )
    )
    assert read.chain("Sable") is read.chain("Sable Limited")
    assert read.chain("Sable Bank") is not read.chain("Sable")


def test_bodies_of_two_states_stay_apart() -> None:
    def body(adjective: str) -> str:
        name = f"The/DET/det/4 {adjective}/ADJ/amod/4 Defence/PROPN/compound/4 Ministry/PROPN/nsubj/5"
        return f"{name} objected/VERB/root/0 ./PUNCT/punct/5"

    read = Read(made(body("Peruvian"), body("Chilean"), body("Peruvian")))
    assert read.chain("The Peruvian Defence Ministry", 0) is read.chain("The Peruvian Defence Ministry", 1)
    assert read.chain("The Chilean Defence Ministry") is not read.chain("The Peruvian Defence Ministry")
    assert read.chain("The Chilean Defence Ministry").name == "Chilean Defence Ministry"


def test_the_two_sides_are_those_named_together() -> None:
    read = Read(
        made(
            "Peru/PROPN/nsubj/4 and/CCONJ/cc/3 Chile/PROPN/conj/1 agreed/VERB/root/0 ./PUNCT/punct/4",
            "The/DET/det/3 two/NUM/nummod/3 sides/NOUN/nsubj/4 met/VERB/root/0 ./PUNCT/punct/4",
        )
    )
    pair = read.chain("The two sides")
    assert pair is read.chain("Peru and Chile")
    assert [read.chains[k].name for k in pair.members] == ["Peru", "Chile"]
    assert "pair of actors" in pair.rules and pair.name == "Peru and Chile"


def test_i_is_the_speaker() -> None:
    doc = made(
        "“/PUNCT/punct/3 I/PRON/nsubj/3 agree/VERB/ccomp/8 ”/PUNCT/punct/3 Ana/PROPN/nsubj/8 Torres/PROPN/flat/5 "
        "quietly/ADV/advmod/8 said/VERB/root/0 ./PUNCT/punct/8",
        entities="4-5-PERSON",
    )
    _, mentions = find_mentions(doc, GAZETTEER)
    speaker = next(m for m in mentions if m.text == "Ana Torres")
    source = Argument(Slot.SUBJECT, "", speaker.span, speaker.head, "ana", mention=speaker.index)
    said = Attribution(0, cue=Span(0, 0), content=(Span(0, doc.text.index("”") + 1),), source=source, direct=True)
    read = Read(doc, [said])
    assert read.chain("I") is read.chain("Ana Torres")
    assert "speaker" in read.chain("I").rules
    assert Read(doc).of[read.mention("I").index] is None


def test_meetings_in_one_place_are_one_event_and_one_alone_is_none() -> None:
    talks = "The/DET/det/3 Geneva/PROPN/compound/3 talks/NOUN/nsubj/4 ended/VERB/root/0 ./PUNCT/punct/4"
    meeting = "The/DET/det/2 meeting/NOUN/nsubj/5 in/ADP/case/4 Geneva/PROPN/nmod/2 failed/VERB/root/0 ./PUNCT/punct/5"
    both = Read(made(talks, meeting)).chain("The Geneva talks")
    assert both is Read(made(talks, meeting)).chain("The Geneva talks") or both.name == "meeting in Geneva"
    assert (both.type, len(both.mentions)) == (EntityType.EVENT, 2)
    assert Read(made(talks)).chain("The Geneva talks").type is None


def test_a_definite_description_points_back_unless_it_adds_something() -> None:
    read = Read(
        made(
            "They/PRON/nsubj/2 signed/VERB/root/0 a/DET/det/5 peace/NOUN/compound/5 accord/NOUN/obj/2 ./PUNCT/punct/2",
            "The/DET/det/2 accord/NOUN/nsubj/3 held/VERB/root/0 ./PUNCT/punct/3",
            "The/DET/det/3 new/ADJ/amod/3 accord/NOUN/nsubj/4 failed/VERB/root/0 ./PUNCT/punct/4",
        )
    )
    assert read.chain("The accord") is read.chain("a peace accord")
    assert read.chain("The new accord") is not read.chain("The accord")
    assert read.chain("The accord").name == "peace accord"


def test_the_same_text_gives_the_same_chains() -> None:
    doc = made(*PERSON)
    assert Read(doc).chains == Read(doc).chains
    assert find_chains((), (), (), GAZETTEER) == ((), ())


def test_a_name_of_three_words_is_the_one_by_its_first_and_last() -> None:
    read = Read(
        made(
            plain("Michael Martin", "spoke"),
            plain("Paul Martin", "slept"),
            plain("Michael Paul Martin", "smiled"),
            entities="0-1-PERSON 4-5-PERSON 8-10-PERSON",
        )
    )
    assert read.chain("Michael Paul Martin") is read.chain("Michael Martin") is not read.chain("Paul Martin")


def plain(subject: str, verb: str) -> str:
    """A sentence of a name of one word or two and a verb."""
    words = subject.split()
    head = f"{words[0]}/PROPN/nsubj/{len(words) + 1}"
    rest = "".join(f" {word}/PROPN/flat/1" for word in words[1:])
    return f"{head}{rest} {verb}/VERB/root/0 ./PUNCT/punct/{len(words) + 1}"


def described(adjective: str, noun: str, verb: str) -> str:
    return f"The/DET/det/3 {adjective}/ADJ/amod/3 {noun}/NOUN/nsubj/4 {verb}/VERB/root/0 ./PUNCT/punct/4"


def test_an_office_right_after_a_known_name_is_who_holds_it() -> None:
    read = Read(
        made(
            plain("Emmanuel Macron", "arrived"),
            described("French", "president", "spoke"),
            described("Chilean", "president", "slept"),
            entities="0-1-PERSON",
        )
    )
    assert read.chain("The French president") is read.chain("Emmanuel Macron")
    assert read.chain("The Chilean president") is not read.chain("Emmanuel Macron")


def test_a_leader_is_the_president_of_the_same_state() -> None:
    president = (
        "Peruvian/ADJ/amod/3 President/PROPN/nmod:desc/3 Ana/PROPN/nsubj/5 Torres/PROPN/flat/3 spoke/VERB/root/0"
    )
    read = Read(
        made(
            f"{president} ./PUNCT/punct/5",
            described("Peruvian", "leader", "left"),
            described("Chilean", "leader", "slept"),
            entities="2-3-PERSON",
        )
    )
    assert read.chain("The Peruvian leader").name == "Ana Torres"
    assert read.chain("The Chilean leader").name != "Ana Torres"


def test_a_leader_of_a_state_is_no_president_of_none_named_later() -> None:
    ana = "Peruvian/ADJ/amod/3 President/PROPN/nmod:desc/3 Ana/PROPN/nsubj/5 Torres/PROPN/flat/3 met/VERB/root/0"
    read = Read(
        made(
            f"{ana} President/PROPN/nmod:desc/7 Luz/PROPN/obj/5 Vega/PROPN/flat/7 ./PUNCT/punct/5",
            described("Peruvian", "leader", "left"),
            entities="2-3-PERSON 6-7-PERSON",
        )
    )
    assert read.chain("The Peruvian leader").name == "Ana Torres"


def test_the_bank_is_the_body_named_so_last() -> None:
    named = "The/DET/det/3 Harbour/PROPN/compound/3 Bank/PROPN/nsubj/4 paid/VERB/root/0 ./PUNCT/punct/4"
    short = "The/DET/det/2 bank/NOUN/nsubj/3 closed/VERB/root/0 ./PUNCT/punct/3"
    other = described("central", "bank", "objected")
    read = Read(made(named, short, other, entities="1-2-ORG"))
    assert read.chain("The bank") is read.chain("The Harbour Bank")
    assert read.chain("The central bank") is not read.chain("The bank")


def quoted(pronoun: str, speaker: str, cue: str) -> str:
    """A sentence that begins with a quotation of three words."""
    said = f"“/PUNCT/punct/3 {pronoun}/PRON/nsubj/3 agree/VERB/ccomp/6 ”/PUNCT/punct/3"
    return f"{said} {speaker}/nsubj/6 {cue}/VERB/root/0 ./PUNCT/punct/6"


def spoken(doc: Doc) -> list[Attribution]:
    """One attribution a sentence: the quotation and the subject after it."""
    _, mentions = find_mentions(doc, GAZETTEER)
    out = []
    for sent in doc.sents:
        close = sent.text.find("”")
        source = next(m for m in mentions if m.relation == "nsubj" and m.span.begin > sent.start_char + close)
        argument = Argument(Slot.SUBJECT, "", source.span, source.head, source.head_lemma, mention=source.index)
        content = (Span(sent.start_char, sent.start_char + close + 1),) if close >= 0 else ()
        out.append(Attribution(len(out), Span(0, 0), content, source=argument, direct=close >= 0))
    return out


def test_we_is_the_state_that_somebody_speaks_for() -> None:
    envoy = (
        "“/PUNCT/punct/3 We/PRON/nsubj/3 agree/VERB/ccomp/8 ”/PUNCT/punct/3 the/DET/det/7 Peruvian/ADJ/amod/7 "
        "envoy/NOUN/nsubj/8 said/VERB/root/0 ./PUNCT/punct/8"
    )
    doc = made(envoy, quoted("I", "Olav/PROPN", "said"), entities="13-13-PERSON")
    read = Read(doc, spoken(doc))
    assert read.chain("We").name == "Peru"
    assert "speaks for" in read.chain("We").rules
    assert read.chain("I") is read.chain("Olav")


def test_he_who_adds_is_he_who_spoke_before() -> None:
    doc = made(
        plain("Olav Berg", "objected"),
        quoted("I", "he/PRON", "added"),
        entities="0-1-PERSON",
    )
    read = Read(doc, spoken(doc))
    assert read.chain("he") is read.chain("Olav Berg") is read.chain("I")
    assert "same speaker" in read.chain("he").rules


def test_she_is_somebody_of_the_sentence_before_where_there_is_one() -> None:
    read = Read(
        made(
            plain("Ana Torres", "spoke"),
            plain("Ana Torres", "paused"),
            plain("Ines Prado", "objected"),
            "She/PRON/nsubj/2 left/VERB/root/0 ./PUNCT/punct/2",
            entities="0-1-PERSON 4-5-PERSON 8-9-PERSON",
        )
    )
    assert read.chain("She").name == "Ines Prado"


def test_a_name_alone_in_parentheses_stands_for_the_one_before() -> None:
    read = Read(
        made(
            "The/DET/det/3 Harbour/PROPN/compound/3 Front/PROPN/nsubj/7 "
            "(/PUNCT/punct/5 FPX/PROPN/appos/3 )/PUNCT/punct/5 struck/VERB/root/0 ./PUNCT/punct/7",
            "FPX/PROPN/nsubj/2 won/VERB/root/0 ./PUNCT/punct/2",
            entities="1-2-ORG 4-4-NORP 8-8-NORP",
        )
    )
    assert read.chain("FPX", 1) is read.chain("The Harbour Front")
