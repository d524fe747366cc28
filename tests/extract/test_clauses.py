"""Clauses: how they are presented, whose arguments are whose, and what the events made of them say."""

from __future__ import annotations

import pytest

from kg.model import Analysis, Clause, Event, Factuality, Modality, Role, Slot
from tests.extract.conftest import Extract


def clause(analysis: Analysis, lemma: str) -> Clause:
    found = [c for c in analysis.clauses if c.lemma == lemma]
    assert found, f"no clause of {lemma!r} among {[c.lemma for c in analysis.clauses]}"
    return found[0]


def event(analysis: Analysis, trigger: str) -> Event:
    text = analysis.document.text
    found = [e for e in analysis.events if e.cls != "Statement" and text[e.trigger.begin : e.trigger.end] == trigger]
    assert found, f"no event of {trigger!r} among {[e.label for e in analysis.events]}"
    return found[0]


def fillers(analysis: Analysis, lemma: str, slot: Slot, marker: str = "") -> list[str]:
    text = analysis.document.text
    found = [a for a in clause(analysis, lemma).arguments if a.slot is slot and a.marker == marker]
    return [text[a.head.begin : a.head.end] for a in found]


def who(e: Event, *roles: Role) -> set[str]:
    return {p.text for p in e.participants if p.role in roles}


@pytest.mark.parametrize(
    ("text", "trigger", "told"),
    [
        ("The army attacked the village.", "attacked", Factuality.HAPPENED),
        ("The army did not attack the village.", "attack", Factuality.DENIED),
        ("The army never attacked the village.", "attacked", Factuality.DENIED),
        ("The generals failed to release the hostages.", "release", Factuality.DENIED),
        ("The generals refused to release the hostages.", "release", Factuality.DENIED),
        ("The envoys left without meeting the president.", "meeting", Factuality.DENIED),
        ("The army denied having attacked the village.", "attacked", Factuality.DENIED),
        ("The army denied that it had attacked the village.", "attacked", Factuality.DENIED),
        ("The rebels did not release or exchange the hostages.", "release", Factuality.DENIED),
        ("Nobody attacked the village.", "attacked", Factuality.DENIED),
        ("The pope urged the generals to release the hostages.", "release", Factuality.HYPOTHETICAL),
        ("Peru called for the release of the hostages.", "release", Factuality.HYPOTHETICAL),
        ("The army might attack the village.", "attack", Factuality.HYPOTHETICAL),
        ("The army would attack the village if it had the guns.", "attack", Factuality.HYPOTHETICAL),
        ("The army threatened to attack the village.", "attack", Factuality.HYPOTHETICAL),
        ("If the army attacks the village, thousands will flee.", "attacks", Factuality.HYPOTHETICAL),
        ("The rebels will release the hostages on Monday.", "release", Factuality.FUTURE),
        ("The rebels are to release the hostages on Monday.", "release", Factuality.FUTURE),
        ("The rebels agreed to release the hostages.", "release", Factuality.FUTURE),
        ("The rebels began to release the hostages.", "release", Factuality.HAPPENED),
        ("The rebels managed to release the hostages.", "release", Factuality.HAPPENED),
        ("Neither Chad nor Mali attacked the village.", "attacked", Factuality.DENIED),
        ("Instead of attacking the village, the rebels left.", "attacking", Factuality.DENIED),
        ("The flood prevented the rebels from attacking the village.", "attacking", Factuality.DENIED),
        ("The two ministers have yet to meet.", "meet", Factuality.DENIED),
        ("The army did not deny that it had attacked the village.", "attacked", Factuality.HAPPENED),
        ("The army tried to attack the village.", "attack", Factuality.HYPOTHETICAL),
        ("Will the army attack the village?", "attack", Factuality.HYPOTHETICAL),
        ("Why did the army attack the village?", "attack", Factuality.HAPPENED),
        ('"Release the pilots!" the women shouted.', "Release", Factuality.HYPOTHETICAL),
        ("The army will perhaps attack the village.", "attack", Factuality.HYPOTHETICAL),
        ("Had the army attacked the village, thousands would have fled.", "attacked", Factuality.HYPOTHETICAL),
        ("An attack on the village would be a crime.", "attack", Factuality.HYPOTHETICAL),
        ("In case of an attack the village will be emptied.", "attack", Factuality.HYPOTHETICAL),
        ("A meeting of the two ministers is possible.", "meeting", Factuality.HYPOTHETICAL),
        ("The families hope for the release of the pilots.", "release", Factuality.HYPOTHETICAL),
        ("Gunmen nearly killed the mayor.", "killed", Factuality.HYPOTHETICAL),
        ("The ministers are meeting in Rome on Thursday.", "meeting", Factuality.FUTURE),
        ("Next week's summit in Accra will be short.", "summit", Factuality.FUTURE),
    ],
)
def test_what_is_not_told_as_done_is_not_taken_for_done(
    extract: Extract, text: str, trigger: str, told: Factuality
) -> None:
    assert event(extract(text), trigger).factuality is told


def test_an_agreement_that_was_not_reached_is_a_refusal_that_happened(extract: Extract) -> None:
    told = event(extract("No agreement was reached in Cairo."), "agreement")
    assert (told.plover, told.factuality) == ("REJECT", Factuality.HAPPENED)


def test_would_after_a_past_verb_of_saying_is_future_not_conditional(extract: Extract) -> None:
    assert clause(extract("The rebels said they would release the hostages."), "release").modality is Modality.FUTURE


@pytest.mark.parametrize(
    ("text", "lemma", "slot", "marker", "heads"),
    [
        ("The village was shelled by the army.", "shell", Slot.SUBJECT, "by", ["army"]),
        ("The village was shelled by the army.", "shell", Slot.OBJECT, "", ["village"]),
        ("Chad agreed to release the pilots.", "release", Slot.SUBJECT, "", ["Chad"]),
        ("Chad asked Libya to release the pilots.", "release", Slot.SUBJECT, "", ["Libya"]),
        ("Chad promised Libya to release the pilots.", "release", Slot.SUBJECT, "", ["Chad"]),
        ("The minister met the envoy and signed the accord.", "sign", Slot.SUBJECT, "", ["minister"]),
        ("The rebels who attacked the port fled.", "attack", Slot.SUBJECT, "", ["rebels"]),
        ("The port attacked by the rebels burned.", "attack", Slot.OBJECT, "", ["port"]),
        ("Poland held talks with Latvia.", "talk", Slot.SUBJECT, "", ["Poland"]),
        ("Poland held talks with Latvia.", "talk", Slot.OBLIQUE, "with", ["Latvia"]),
        ("Peru met Chile for talks in Lima.", "talk", Slot.OBLIQUE, "with", ["Chile"]),
        ("Poland and Latvia held talks.", "talk", Slot.SUBJECT, "", ["Poland", "Latvia"]),
        ("Poland held a round of talks with Latvia.", "talk", Slot.SUBJECT, "", ["Poland"]),
        ("The plan was backed by Peru but opposed by Chile.", "oppose", Slot.OBJECT, "", ["plan"]),
        ("The plan was backed by Peru but opposed by Chile.", "oppose", Slot.SUBJECT, "by", ["Chile"]),
        ("The village was shelled and burned by the army.", "shell", Slot.SUBJECT, "by", ["army"]),
        ("Kenya accused Uganda of attacking the port.", "attack", Slot.SUBJECT, "", ["Uganda"]),
        ("Uganda was blamed for attacking the port.", "attack", Slot.SUBJECT, "", ["Uganda"]),
        ("The mayor had the guard arrested.", "arrest", Slot.OBJECT, "", ["guard"]),
        ("The mayor had the guard arrested.", "arrest", Slot.SUBJECT, "", ["mayor"]),
        ("The hostages released, the army left the school.", "release", Slot.OBJECT, "", ["hostages"]),
        ("The mayor visiting Rome, the council met.", "visit", Slot.SUBJECT, "", ["mayor"]),
        ("The port came under attack.", "attack", Slot.OBLIQUE, "on", ["port"]),
        ("NATO's offer was taken up by Tunisia.", "offer", Slot.POSSESSOR, "", ["NATO"]),
        ("NATO's offer was taken up by Tunisia.", "offer", Slot.SUBJECT, "", []),
        ("Chile accepted a request from Peru for tents.", "request", Slot.OBLIQUE, "for", ["tents"]),
        ("The union gave its partners two days to sign.", "sign", Slot.SUBJECT, "", ["partners"]),
        ("She was offered two seats by the party's leader.", "offer", Slot.SUBJECT, "by", ["leader"]),
        ("She was given a book of poems by the mayor.", "give", Slot.SUBJECT, "by", ["mayor"]),
        ("Peru fined Orbis Bank two million euros for refusing to pay.", "refuse", Slot.SUBJECT, "", ["Bank"]),
    ],
)
def test_arguments_that_are_not_spoken_beside_the_predicate_are_found(
    extract: Extract, text: str, lemma: str, slot: Slot, marker: str, heads: list[str]
) -> None:
    assert fillers(extract(text), lemma, slot, marker) == heads


def test_a_participle_before_its_noun_describes_and_tells_nothing(extract: Extract) -> None:
    told = extract("The Western-backed government criticised the occupied territories.")
    assert [e.frame for e in told.events if e.cls != "Statement"] == ["accuse"]


def test_a_hyphenated_noun_is_one_word(extract: Extract) -> None:
    told = event(extract("Peru and Chile observed a week-long cease-fire along the border."), "fire")
    assert (told.cls, told.plover) == ("Retreat", "RETREAT")


@pytest.mark.parametrize(
    ("text", "trigger", "agents", "recipients"),
    [
        ("Norway condemned Peru's decision.", "condemned", {"Norway"}, {"Peru"}),
        ("Norway lifted its sanctions on Iran.", "lifted", {"Norway"}, {"Iran"}),
        ("Japan imposed sanctions on Belarus.", "sanctions", {"Japan"}, {"Belarus"}),
        ("Rebels launched an attack on Kenya.", "attack", {"Rebels"}, {"Kenya"}),
        ("Chad withdrew its troops from Sudan.", "withdrew", {"Chad"}, {"Sudan"}),
        ("Chad refused to send peacekeepers to Sudan.", "refused", {"Chad"}, {"Sudan"}),
        ("Kenya agreed to lend money to Uganda.", "agreed", {"Kenya"}, {"Uganda"}),
        ("Kenya and Uganda signed a treaty.", "treaty", {"Kenya", "Uganda"}, {"Kenya", "Uganda"}),
        ("Spain will host talks with Portugal.", "talks", {"Spain"}, {"Portugal"}),
        ("Russia says Israel must stop the raids.", "says", {"Russia"}, {"Israel"}),
    ],
)
def test_whom_a_deed_is_directed_at(
    extract: Extract, text: str, trigger: str, agents: set[str], recipients: set[str]
) -> None:
    told = event(extract(text), trigger)
    assert who(told, Role.AGENT, Role.PROPOSER) == agents
    assert who(told, Role.RECIPIENT, Role.ADDRESSEE) == recipients


@pytest.mark.parametrize(
    ("text", "trigger", "begin", "place"),
    [
        ("The protests, which began in Lima on 3 June, turned violent.", "protests", "2025-06-03", None),
        ("Poland and Latvia opened talks in Riga on Thursday.", "talks", "2025-06-19", "Riga"),
        ("The army shelled parts of the Donetsk region in May.", "shelled", "2025-05", None),
    ],
)
def test_when_and_where_a_deed_was_done(
    extract: Extract, text: str, trigger: str, begin: str, place: str | None
) -> None:
    told = event(extract(text), trigger)
    assert told.time is not None
    assert told.time.begin == begin
    assert place is None or who(told, Role.PLACE) == {place}


def test_the_label_of_a_noun_has_its_light_verb(extract: Extract) -> None:
    assert event(extract("The deal was struck after midnight."), "deal").label == "The deal was struck"
    assert event(extract("Poland held talks with Latvia."), "talks").label == "held talks with Latvia"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The rebels released four hostages.", "CONCEDE"),
        ("The rebels will release four hostages.", "AGREE"),
        ("The rebels said they would release four hostages.", "AGREE"),
        ("The rebels will not release the hostages.", "REJECT"),
        ("The rebels agreed to release four hostages.", "AGREE"),
        ("The rebels refused to release four hostages.", "REJECT"),
        ("The rebels are due to release four hostages.", "CONCEDE"),
    ],
)
def test_a_cooperative_act_announced_is_agreement_and_ruled_out_refusal(extract: Extract, text: str, code: str) -> None:
    told = [e for e in extract(text).events if e.frame == "release"]
    assert [e.plover for e in told] == [code]


@pytest.mark.parametrize(
    ("text", "trigger", "doer"),
    [
        ("The sides met in Oslo. On 11 June Peru accepted the invitation.", "accepted", {"Peru"}),
        ("The sides met in Oslo. On 11 June Kenya offered talks.", "offered", {"Kenya"}),
        ("The sides met in Oslo. In 2024 ministers rejected the plan.", "rejected", {"ministers"}),
        ("The sides met in Oslo. By 4 May ministers froze its accounts.", "froze", {"ministers"}),
        ("The sides met in Oslo. On 11 June, Peru accepted the invitation.", "accepted", {"Peru"}),
    ],
)
def test_who_stands_behind_a_date_is_who_did_it(extract: Extract, text: str, trigger: str, doer: set[str]) -> None:
    assert who(event(extract(text), trigger), Role.AGENT, Role.RESPONDER, Role.PROPOSER) == doer


def test_a_date_keeps_its_place_when_its_subject_is_given_back(extract: Extract) -> None:
    told = event(extract("The sides met in Oslo. By 4 May 2024 ministers had frozen its accounts."), "frozen")
    assert told.time is not None and told.time.begin == "2024-05-04"


@pytest.mark.parametrize(
    ("text", "verb", "told"),
    [
        # what somebody is told, blamed for or loses is no part of who that is
        ("The union warned the company of a strike.", "warn", "strike"),
        ("The agency warned coastal towns of floods on Tuesday.", "warn", "floods"),
        ("The minister accused the opposition of corruption.", "accuse", "corruption"),
        ("The vote deprived the government of its majority.", "deprive", "majority"),
        ("The court convicted the mayor of fraud.", "convict", "fraud"),
        # but this is
        ("The union warned the head of the company.", "warn", None),
        ("The paper accused the people of Israel.", "accuse", None),
        ("The union accused members of the board of theft.", "accuse", None),
        ("The court warned a group of men.", "warn", None),
    ],
)
def test_what_somebody_is_told_is_no_part_of_who_that_is(
    extract: Extract, text: str, verb: str, told: str | None
) -> None:
    found = fillers(extract(text), verb, Slot.OBLIQUE, "of")
    assert (told in found) if told is not None else not {"company", "Israel", "board", "men"} & set(found)


@pytest.mark.parametrize(
    ("text", "noun", "marker", "told"),
    [
        # what is asked or offered hangs on the offer, not on whose it is, nor on the verb
        ("The farmers turned down an offer from the teachers' union of a new contract.", "offer", "of", "contract"),
        ("Peru rejected a request by the ministry for talks.", "request", "for", "talks"),
        ("Peru has not responded to a request from Ana Ruiz for a joint commission.", "request", "for", "commission"),
        ("Peru rejected a proposal by a panel of experts.", "proposal", "of", None),
        ("A visit by the teachers' union to Geneva was cancelled.", "visit", "to", "Geneva"),
        ("Peru answered a request from the ministry of health.", "request", "of", None),
    ],
)
def test_what_is_offered_hangs_on_the_offer(
    extract: Extract, text: str, noun: str, marker: str, told: str | None
) -> None:
    assert fillers(extract(text), noun, Slot.OBLIQUE, marker) == ([told] if told else [])


def test_between_is_between_two(extract: Extract) -> None:
    found = extract("Talks between the teachers' union and Luis Ortega collapsed in Vienna.")
    assert who(event(found, "Talks"), Role.AGENT) == {"the teachers' union", "Luis Ortega"}
    assert fillers(found, "collapse", Slot.SUBJECT) == ["Talks"]


@pytest.mark.parametrize("share", ["5 per cent", "3.1 percent", "two per cent", "10%"])
def test_a_share_with_an_article_stands_before_its_noun(extract: Extract, share: str) -> None:
    found = extract(f"The union demanded a {share} pay rise.")
    assert [c.lemma for c in found.clauses if c.lemma == "pay"] == []
    assert event(found, "demanded").content_text == f"a {share} pay rise"


def test_who_is_named_by_a_cleft_did_it(extract: Extract) -> None:
    found = extract("It was the union who rejected the offer, not the board.")
    assert who(event(found, "rejected"), Role.RESPONDER) == {"the union"}
