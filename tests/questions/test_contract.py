"""The named queries on a graph made by hand: every row that has to be there, and no other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

import kg
from kg.digest import publish
from kg.errors import QueryError
from kg.graph import Graph
from kg.questions import Question, questions
from kg.rdf.terms import moment
from kg.resolve import resolve
from kg.resolve.journal import Entry, append, key_of
from kg.vocab import NKG, SEM
from tests.clock import growth
from tests.store.synthetic import (
    BRIDGE,
    CLINIC,
    GAZETTEER,
    GEORGIA,
    OFFER,
    REFUSED,
    TEXT,
    TOLL,
    Page,
    corridor,
    published,
    written,
)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    pages = (corridor("corridor"), corridor("again"), Page("empty", "Nothing happened."))
    with kg.open(published(tmp_path_factory.mktemp("graph"), *pages)) as graph:
        yield graph


def rows(graph: Graph, query: str, *columns: str, **params: str) -> set[tuple[object, ...]]:
    found = graph.query(query, **({"source": "corridor"} | params))
    assert all(row["source"].value == "corridor" for row in found.rows)
    return {tuple(row[column] for column in columns) for row in found.to_dicts(rows=True)}


def test_addressees_that_answer_differently_have_their_own_status(graph: Graph) -> None:
    columns = ("kind", "proposerName", "addresseeName", "content", "status", "outcome", "quote", "outcomeQuote")
    offered = ("a grain corridor",)
    assert rows(graph, "who-proposed-what", *columns) == {
        ("offer", who, to, *offered, *answer)
        for who in ("Russia", "its partners")
        for to, answer in {
            "United States": ("rejected", "turned the offer down", OFFER, REFUSED),
            "Georgia": ("unknown", None, OFFER, None),
        }.items()
    }


def test_an_answer_for_everybody_holds_for_each_and_yields_to_a_later_one_of_their_own(tmp_path: Path) -> None:
    page = corridor()
    offer = page.event("Offer", "offered", OFFER)
    (usa, georgia) = (page.actor("GeopoliticalEntity", name) for name in ("the United States", "Georgia"))
    page.disposition(offer, 3, "Pending", GEORGIA, outcome="still studying it")
    page.disposition(offer, 4, "Accepted", GEORGIA, addressee=georgia, as_of="2025-05-26")
    page.disposition(offer, 10, "Unmet", GEORGIA, addressee=georgia, as_of="2025-05-25")
    page.disposition(offer, 11, "Realised", GEORGIA, addressee=usa)
    with kg.open(published(tmp_path, page)) as graph:
        found = rows(graph, "who-proposed-what", "addresseeName", "status", proposer="russia")
        assert found == {("Georgia", "accepted"), ("United States", "realised")}


def test_each_who_is_offered_something_has_its_own_answer_and_its_sentence(tmp_path: Path) -> None:
    offered, took, declined = "Norway offered shelter to Chad and Mali.", "Chad took the offer.", "Mali said no to it."
    page = Page("corridor", f"{offered} {took} {declined} Norway planned a fair.")
    norway, chad, mali = (page.actor("GeopoliticalEntity", name) for name in ("Norway", "Chad", "Mali"))
    quotes = (offered, took, declined)
    offer = page.event("Offer", "offered", *quotes, proposer=norway, agent=norway, addressee=(chad, mali))
    plan = page.event("Plan", "planned", "Norway planned a fair.", proposer=norway, agent=norway, addressee=chad)
    page.says(offer, "kind", "offer")
    page.says(plan, "kind", "plan")
    page.disposition(offer, 1, "Accepted", took, outcome="took the offer", addressee=chad)
    page.disposition(offer, 2, "Rejected", declined, outcome="said no to it", addressee=mali)
    with kg.open(published(tmp_path, page)) as graph:
        assert rows(graph, "promises", "kind", "addresseeName", "status", "outcome") == {
            ("offer", "Chad", "accepted", "took the offer"),
            ("offer", "Mali", "rejected", "said no to it"),
            ("plan", "Chad", "unknown", None),
        }
        told = {row["kind"]: row["status"] for row in graph.query("promises").to_dicts()}
        assert told == {"offer": "accepted (Chad) | rejected (Mali)", "plan": "unknown"}
        assert {(row["status"], row["quote"]) for row in graph.query("proposals-by-fate").to_dicts()} == {
            ("accepted", took),
            ("rejected", declined),
            ("unknown", "Norway planned a fair."),
        }
        # the sentence that tells it, not the first by its letters of those that take it up
        assert {row["quote"] for row in graph.query("timeline").to_dicts() if row["kind"] == "Offer"} == {offered}


def test_an_addressee_known_from_the_answer_alone_and_a_proposal_without_any(tmp_path: Path) -> None:
    text = "Ann proposed talks. Bob agreed. Cy urged calm."
    page = Page("corridor", text)
    ann, bob, cy = (page.actor("Person", name) for name in ("Ann", "Bob", "Cy"))
    proposal = page.event("Proposal", "proposed", "Ann proposed talks.", proposer=ann)
    urging = page.event("Request", "urged", "Cy urged calm.", proposer=cy)
    for event, kind, content in ((proposal, "propose", "talks"), (urging, "urge", "calm")):
        page.says(event, "kind", kind)
        page.says(event, "contentText", content)
    page.disposition(proposal, 1, "Accepted", "Bob agreed.", addressee=bob)
    with kg.open(published(tmp_path, page)) as graph:
        assert rows(graph, "who-proposed-what", "proposerName", "addresseeName", "kind", "content", "status") == {
            ("Ann", "Bob", "propose", "talks", "accepted"),
            ("Cy", None, "urge", "calm", "unknown"),
        }


def test_who_said_what_gives_offsets_of_the_text(graph: Graph) -> None:
    (row,) = graph.query("who-said-what", source="corridor").to_dicts()
    assert (row["speakerName"], row["cue"], row["quote"]) == ("The mayor", "said", TOLL)
    assert TEXT[row["contentStart"] : row["contentEnd"]] == row["content"] == "27 people died in the port"
    assert TEXT[row["speakerStart"] : row["speakerEnd"]] == "The mayor"


def test_content_in_two_pieces_is_two_rows_with_their_own_offsets(tmp_path: Path) -> None:
    page = Page("corridor", "The bridge, an aide said, is safe.")
    page.statement("said", page.text, "The bridge", "is safe", source="an aide")
    with kg.open(published(tmp_path, page)) as graph:
        found = rows(graph, "who-said-what", "contentStart", "contentEnd", "content", "speakerName")
    both = "The bridge … is safe"
    assert found == {(0, 10, both, "an aide"), (26, 33, both, "an aide")}


def test_what_happened_lists_acts_but_no_plain_statements(graph: Graph) -> None:
    columns = ("type", "trigger", "actorName", "recipientName", "recipientMention", "time", "quantity", "factuality")
    assert rows(graph, "what-happened", *columns) == {
        *(
            ("COOPERATE", "offered", who, to, mention, "2025-05-19", None, "happened")
            for who in ("Russia", "its partners")
            for to, mention in (("United States", "the United States"), ("Georgia", None))
        ),
        ("REJECT", "turned the offer down", "United States", None, None, None, None, "happened"),
        ("OTHER", "died", None, "27 people", None, None, 27.0, "happened"),
        ("OTHER", "dead", None, None, None, None, 9.0, "happened"),
        ("ACCUSE", "accused", "Moscow", "3 clerks", None, None, None, "happened"),
    }
    assert rows(graph, "what-happened", "quantity", "counted", "qualifier", "accordingToName", type="OTHER") == {
        (27.0, "people", "exact", "The mayor"),
        (9.0, "people", "exact", "The clinic"),
    }


def test_times_are_compared_as_far_as_they_go(graph: Graph) -> None:
    def triggers(**params: str) -> set[tuple[object, ...]]:
        return rows(graph, "what-happened", "trigger", **params)

    assert triggers(since="2025-05-19", until="2025-05-19") == {("offered",)}
    assert triggers(until="2025-05-18") == set()


def test_what_has_no_day_of_its_own_counts_at_its_articles_and_a_span_on_each_of_its_days(tmp_path: Path) -> None:
    strike, raid, siege = "Ann struck Bob.", "Ann raided Bob on 3 May.", "Ann besieged Bob from 10 to 15 May."
    page = Page("corridor", f"{strike} {raid} {siege}", issued="2025-05-24")
    ann, bob = page.actor("Person", "Ann"), page.actor("Person", "Bob")
    page.event("Attack", "struck", strike, agent=ann, recipient=bob)
    page.event("Attack", "raided", raid, agent=ann, recipient=bob, time="2025-05-03")
    lasted = page.event("Attack", "besieged", siege, agent=ann, recipient=bob)
    page.add(lasted, f"{SEM}hasEarliestBeginTimeStamp", moment("2025-05-10") or "")
    page.add(lasted, f"{SEM}hasLatestEndTimeStamp", moment("2025-05-15") or "")
    days = ({"since": "2025-05-12", "until": "2025-05-13"}, {"since": "2025-05-20"}, {"until": "2025-05-09"})
    with kg.open(published(tmp_path, page)) as graph:
        for query in ("what-happened", "timeline", "relations-between", "who-attacked-whom"):
            assert [rows(graph, query, "quote", **one) for one in days] == [{(siege,)}, {(strike,)}, {(raid,)}], query


def test_a_link_quotes_both_of_its_ends(graph: Graph) -> None:
    assert rows(graph, "what-outcome-followed", "cause", "effect", "relation", "quote") == {
        ("a grain corridor", "turned the offer down", "response", OFFER),
        ("a grain corridor", "turned the offer down", "response", REFUSED),
    }


def test_an_actor_has_a_row_for_what_it_proposed_was_asked_and_answered(graph: Graph) -> None:
    columns = ("actorName", "role", "kind", "count", "quote")
    assert rows(graph, "actor-profile", *columns) == {
        ("Russia", "proposer", "Offer", 1, OFFER),
        ("its partners", "proposer", "Offer", 1, OFFER),
        ("United States", "addressee", "Offer", 1, OFFER),
        ("Georgia", "addressee", "Offer", 1, OFFER),
        ("United States", "responder", "Refusal", 1, REFUSED),
        ("The mayor", "speaker", "Statement", 1, TOLL),
        ("Moscow", "agent", "Accusation", 1, BRIDGE),
    }
    assert rows(graph, "actor-profile", "kind", actor="USA", role="responder") == {("Refusal",)}


def test_texts_of_one_day_that_are_copies_count_once(graph: Graph) -> None:
    assert {row["source"] for row in graph.query("actor-profile")} == {"again"}
    assert {row["source"] for row in graph.query("where-accounts-differ")} == {"again"}


def test_a_proposal_that_no_frame_found_has_its_history(tmp_path: Path) -> None:
    page = corridor()
    page.triples = {triple: None for triple in page.triples if "ontology#frame>" not in triple}
    with kg.open(published(tmp_path, page)) as graph:
        assert ("offer", "read from context") in rows(graph, "proposal-history", "step", "rule")


def test_a_mere_condition_is_no_step_in_the_history_of_a_proposal(tmp_path: Path) -> None:
    text = "Oslo lost. Oslo proposed talks. Bob agreed. Talks began. Cy may go. Dee may pay."
    page = Page("corridor", text)
    lost, proposed, agreed, began, go, pay = (f"{one}." for one in text.removesuffix(".").split(". "))
    loss = page.event("Happening", "lost", lost)
    proposal = page.event("Proposal", "proposed", proposed)
    page.says(proposal, "kind", "propose")
    page.says(proposal, "contentText", "talks")
    yes = page.event("Acceptance", "agreed", agreed)
    start, going = page.event("Meeting", "began", began), page.event("Happening", "go", go)
    paying = page.event("Happening", "pay", pay)
    for relation, cause, effect, *quotes in (
        ("condition", loss, proposal, lost, proposed),
        ("response", proposal, yes, proposed, agreed),
        ("outcome", yes, start, agreed, began),
        ("condition", yes, going, agreed, go),
        ("condition", proposal, paying, proposed, pay),
    ):
        page.link(relation, cause, effect, (quotes[0], quotes[1]), (quotes[0], quotes[1]))
    with kg.open(published(tmp_path, page)) as graph:
        found = rows(graph, "proposal-history", "order", "step", "quote")
    assert found == {(1, "propose", proposed), (2, "response", agreed), (3, "what followed", began)}


def test_the_history_of_a_proposal_is_found_by_whoever_answered_it(tmp_path: Path) -> None:
    text = "Oslo planned a fair. Bob refused. Cy agreed."
    page = Page("corridor", text)
    oslo, bob, cy = (page.actor("Person", name) for name in ("Oslo", "Bob", "Cy"))
    plan = page.event("Plan", "planned", "Oslo planned a fair.", proposer=oslo, agent=oslo)
    page.says(plan, "kind", "plan")
    page.says(plan, "contentText", "a fair")
    for cls, word, quote, who in (
        ("Refusal", "refused", "Bob refused.", bob),
        ("Acceptance", "agreed", "Cy agreed.", cy),
    ):
        answer = page.event(cls, word, quote, agent=who)
        page.add(answer, f"{NKG}inResponseTo", f"<{plan}>")
        page.link("response", plan, answer, ("a fair", word), ("Oslo planned a fair.", quote))
    with kg.open(published(tmp_path, page)) as graph:
        every = rows(graph, "proposal-history", "step", "actorName")
        assert every == {("plan", "Oslo"), ("response", "Bob"), ("response", "Cy")}
        for name in ("Oslo", "Bob", "Cy"):
            assert rows(graph, "proposal-history", "step", "actorName", actor=name) == every


def test_what_happened_on_one_day_and_sentences_of_one_cell_are_in_the_order_of_the_text(tmp_path: Path) -> None:
    names = ("Zoe", "Vic", "Ned", "Kim", "Hal", "Eve", "Cat", "Abe")
    quotes = [f"{name} raided a depot of Yan's that day." for name in names]
    page = Page("corridor", f"{' '.join(quotes)} The raid shocked all. A raid like that is rare.", issued="2025-05-24")
    depot = page.actor("Organization", "a depot of Yan's")
    for name, quote in zip(names, quotes, strict=True):
        doer = page.actor("Person", name)
        event = page.event("Attack", f"{name} raided", quote, time="2025-05-03", agent=doer, patient=depot)
        page.add(event, f"{NKG}plover", "<https://w3id.org/newskg/plover#ASSAULT>")
    taken_up = ("The raid shocked all.", "A raid like that is rare.")
    page.event("Attack", "depot of", quotes[0], *taken_up, time="2025-05-03", agent=doer, patient=depot)
    with kg.open(published(tmp_path, page)) as graph:
        for query, column in (("who-attacked-whom", "agentName"), ("relations-between", "actorName")):
            told = [row for row in graph.query(query).to_dicts() if row[column] != "Abe" or row["quote"] == quotes[-1]]
            assert [row[column] for row in told] == list(names), query
            paged = [row[column] for at in range(9) for row in graph.query(query, limit=1, offset=at).to_dicts()]
            assert paged == ["Zoe", "Abe", *names[1:]], query
            (joined,) = [row["quote"] for row in graph.query(query).to_dicts() if "shocked" in str(row["quote"])]
            assert joined == " | ".join((quotes[0], *taken_up)), query
        assert [row["sourceActor"] for row in graph.query("dyads").to_dicts()] == list(names)
        timeline = [row["quote"] for row in graph.query("timeline").to_dicts()]
        assert timeline == [quotes[0], *quotes]


def test_a_change_of_mind_stands_at_its_day_wherever_the_text_tells_it(tmp_path: Path) -> None:
    told = ("Oslo proposed talks.", "Ann agreed on the 9th.", "Ann refused on the 4th.", "Oslo offered a loan.")
    told = (*told, "Bob refused on the 5th.", "Bob agreed on the 7th.")
    page = Page("corridor", " ".join(told), issued="2025-05-24")
    ann, bob, oslo = (page.actor("Person", name) for name in ("Ann", "Bob", "Oslo"))
    talks = page.event("Proposal", "proposed", told[0], proposer=oslo)
    loan = page.event("Offer", "offered", told[3], proposer=oslo)
    for cls, quote, time, who, what in (
        ("Acceptance", told[1], "2025-05-09", ann, talks),
        ("Refusal", told[2], "2025-05-04", ann, talks),
        ("Refusal", told[4], "2025-05-05", bob, loan),
        ("Acceptance", told[5], "2025-05-07", bob, loan),
    ):
        answer = page.event(cls, quote, quote, time=time, agent=who)
        page.add(answer, f"{NKG}inResponseTo", f"<{what}>")
    with kg.open(published(tmp_path, page)) as graph:
        changes = graph.query("reversals").to_dicts()
        paged = [row for at in (0, 1) for row in graph.query("reversals", limit=1, offset=at).to_dicts()]
    assert changes == paged
    assert [(row["date"], row["whoName"], row["before"], row["after"]) for row in changes] == [
        ("2025-05-07", "Bob", "rejected", "accepted"),
        ("2025-05-09", "Ann", "rejected", "accepted"),
    ]


def test_whoever_is_warned_is_named_as_whoever_is_threatened(tmp_path: Path) -> None:
    page = Page("corridor", "Oslo threatened Ann with a fine. Oslo warned Bob of floods.", issued="2025-05-24")
    oslo, ann, bob = (page.actor("Person", name) for name in ("Oslo", "Ann", "Bob"))
    page.event("Threat", "threatened", "Oslo threatened Ann with a fine.", agent=oslo, addressee=ann, recipient=ann)
    page.event("Warning", "warned", "Oslo warned Bob of floods.", agent=oslo, recipient=bob)
    with kg.open(published(tmp_path, page)) as graph:
        found = [row["addresseeName"] for row in graph.query("who-threatened-whom").to_dicts()]
        assert found == ["Ann", "Bob"]
        assert [row["addresseeName"] for row in graph.query("who-threatened-whom", actor="Bob").to_dicts()] == ["Bob"]


def test_what_somebody_says_of_figures_and_denials_is_found_by_his_name(tmp_path: Path) -> None:
    told = ("Ann said 9 miners died.", "The league and Bob said 12 miners died.", "Ann said Oslo did not raid it.")
    page = Page("corridor", " ".join(told), issued="2025-05-24")
    ann, bob = page.actor("Person", "Ann"), page.actor("Person", "Bob")
    both = page.actor("Group", "The league and Bob", kind="nominal", members=(bob,))
    for number, who, quote in ((9, ann, told[0]), (12, both, told[1])):
        event = page.event("Happening", f"{number} miners", quote, lemma="die", time="2025-05-23", attributedTo=who)
        page.quantity(event, number, f"{number} miners", "miners")
    page.event("Attack", "raid", told[2], factuality="Denied", attributedTo=ann)
    with kg.open(published(tmp_path, page)) as graph:
        for query in ("casualties", "where-accounts-differ"):
            assert rows(graph, query, "value") in ({(9.0,), (12.0,)}, set()), query
            assert rows(graph, query, "value", actor="Ann") == {
                one for one in rows(graph, query, "value") if 9.0 in one
            }
        assert rows(graph, "casualties", "value", actor="Bob") == {(12.0,)}
        assert rows(graph, "what-is-denied", "accordingToName", actor="Ann") == {("Ann",)}
        assert not rows(graph, "what-is-denied", "accordingToName", actor="Bob")


def test_two_places_of_one_name_are_two_rows(tmp_path: Path) -> None:
    pages = [
        Page(id, f"Ann met Bob in Dover. Then Ann met {who} there.") for id, who in (("ohio", "Cy"), ("kent", "Di"))
    ]
    for page in pages:
        dover = page.actor("Place", "Dover")
        page.event("Meeting", "met Bob", "Ann met Bob in Dover.", place=dover)
        if page.id == "ohio":
            page.event("Meeting", "met Cy", "Then Ann met Cy there.", place=dover)
    with written(tmp_path, *pages) as store:
        append(tmp_path, [Entry("split", (key_of(store, dover),))])
        resolve(store, gazetteer=GAZETTEER)
        publish(store)
    with kg.open(tmp_path) as graph:
        found = graph.query("place-counts").to_dicts()
        assert [(row["placeName"], row["count"]) for row in found] == [("Dover", 2), ("Dover", 1)]
        assert len({row["place"] for row in found}) == 2


def test_the_article_that_mentions_somebody_most_often_comes_first(tmp_path: Path) -> None:
    once, often = Page("a", "Oslo slept."), Page("b", "Oslo woke, Oslo ate, Oslo ran.")
    once.actor("GeopoliticalEntity", "Oslo")
    oslo = often.actor("GeopoliticalEntity", "Oslo")
    for words in ("Oslo ate", "Oslo ran"):
        often.mention(words, oslo)
    with kg.open(published(tmp_path, once, often)) as graph:
        for params in ({}, {"name": "Oslo"}):
            found = [(row["source"], row["mentions"]) for row in graph.query("documents-about", **params).to_dicts()]
            assert found == [("b", 3), ("a", 1)]


def test_the_sentence_that_decided_first_shows_how_proposals_fared(tmp_path: Path) -> None:
    told = ("Oslo proposed talks.", "Zoe refused them.", "Oslo proposed a fair.", "Abe refused it.")
    page = Page("corridor", " ".join(told), issued="2025-05-24")
    oslo = page.actor("Person", "Oslo")
    for number, word in ((0, "proposed talks"), (2, "proposed a fair")):
        event = page.event("Proposal", word, told[number], told[number + 1], proposer=oslo)
        page.disposition(event, 1, "Rejected", told[number + 1])
    with kg.open(published(tmp_path, page)) as graph:
        (row,) = graph.query("proposals-by-fate").to_dicts()
    assert (row["count"], row["quote"]) == (2, told[1])


def test_only_people_are_counted_as_killed_or_freed(tmp_path: Path) -> None:
    told = (
        ("Happening", "killed", "kill", "Frost killed 9 shepherds.", 9, "shepherds"),
        ("Happening", "died", "die", "Half of them died in 3 days.", 3, "days"),
        ("Release", "freed", "free", "Oslo freed 40 captives.", 40, "captives"),
        ("Retreat", "returned", "return", "Oslo returned 12 paintings.", 12, "paintings"),
        ("Release", "released", "release", "Oslo released 2 tankers.", 2, "tankers"),
        ("Retreat", "handed over", "hand over", "Oslo handed over 50 tonnes.", 50, "tonnes"),
        ("Happening", "missing", "missing", "There are 700 Dollars missing.", 700, "Dollars"),
    )
    page = Page("corridor", " ".join(sentence for _, _, _, sentence, _, _ in told))
    for cls, trigger, lemma, sentence, value, noun in told:
        page.quantity(page.event(cls, trigger, sentence, lemma=lemma), value, f"{value}", noun)
    with kg.open(published(tmp_path, page)) as graph:
        assert rows(graph, "casualties", "value", "counted") == {(9.0, "shepherds"), (40.0, "captives")}


def test_only_who_is_met_meets_and_others_are_addressed_or_affected(tmp_path: Path) -> None:
    accused, raided, met = "Ann accused Bob.", "Ann raided Cy.", "Ann met Dee."
    page = Page("corridor", f"{accused} {raided} {met}")
    ann, bob, cy, dee = (page.actor("Person", name) for name in ("Ann", "Bob", "Cy", "Dee"))
    page.event("Accusation", "accused", accused, agent=ann, recipient=bob)
    page.event("Attack", "raided", raided, agent=ann, patient=cy)
    page.event("Meeting", "met", met, agent=ann, recipient=dee)
    with kg.open(published(tmp_path, page)) as graph:
        found = {(row["kind"], row["role"], row["actorName"]) for row in graph.query("compare-actors").to_dicts()}
        assert graph.query("compare-actors", actor="Cy").to_dicts()[0]["count"] == 1
    assert {one for one in found if one[2] != "Ann"} == {
        ("Accusation", "is addressed or affected", "Bob"),
        ("Attack", "is addressed or affected", "Cy"),
        ("Meeting", "meets with", "Dee"),
    }
    assert {role for _, role, name in found if name == "Ann"} == {"does"}


def raid(id: str, *figures: tuple[int, str], day: str) -> Page:
    text = "Norland raided a depot in Oslo. " + " ".join(f"It cost {value} {noun}." for value, noun in figures)
    page = Page(id, text, issued=day)
    norland, depot = page.actor("GeopoliticalEntity", "Norland"), page.actor("Organization", "a depot")
    place = page.actor("Place", "Oslo")
    for value, noun in figures:
        words = f"It cost {value} {noun}."
        roles = {"agent": norland, "patient": depot, "place": place}
        event = page.event("Attack", f"cost {value}", words, time="2025-05-14", lemma="raid", **roles)
        page.quantity(event, value, f"{value} {noun}", noun)
    return page


def test_figures_for_different_things_are_no_contradiction(tmp_path: Path) -> None:
    pages = (raid("one", (9, "people"), day="2025-05-15"), raid("two", (4, "trucks"), day="2025-05-17"))
    with kg.open(published(tmp_path / "agree", *pages)) as graph:
        assert len({row["event"] for row in graph.query("timeline").to_dicts()}) == 1
        assert not graph.query("most-contested").rows
    third = raid("three", (8, "people"), day="2025-05-18")
    with kg.open(published(tmp_path / "differ", *pages, third)) as graph:
        (row,) = graph.query("most-contested").to_dicts()
    assert (row["contested"], row["figures"]) == (1, 3)


def test_an_article_without_a_day_is_the_last_only_where_there_is_no_other(tmp_path: Path) -> None:
    pages = [Page(name, "Oslo met 9 clerks.", issued=day) for name, day in (("a", "2025-05-01"), ("b", "2025-06-01"))]
    pages.append(Page("undated", "Oslo met Bergen."))
    pages[2].triples = {one: None for one in pages[2].triples if "issued" not in one}
    for page in pages:
        page.actor("GeopoliticalEntity", "Oslo")
        if page.id == "undated":
            page.actor("GeopoliticalEntity", "Bergen")
        else:
            page.actor("Participant", "9 clerks", kind="nominal")
    columns = ("entityName", "first", "last", "articles", "firstArticle", "lastArticle")
    with kg.open(published(tmp_path, *pages)) as graph:
        found = [tuple(row[one] for one in columns) for row in graph.query("first-and-last-mention").to_dicts()]
    assert found == [
        ("Bergen", "undated", "undated", 1, "undated", "undated"),
        ("Oslo", "2025-05-01", "2025-06-01", 3, "a", "b"),
    ]


def test_who_is_involved_names_canonical_nodes_once_per_document(graph: Graph) -> None:
    assert rows(graph, "who-is-involved", "name", "type", "wikidata", "mentions") == {
        ("Russia", "GPE", "http://www.wikidata.org/entity/Q159", 1),
        ("United States", "GPE", "http://www.wikidata.org/entity/Q30", 1),
        ("Moscow", "GPE", "http://www.wikidata.org/entity/Q649", 1),
        ("Georgia", "GPE", None, 1),
        ("its partners", "NORP", None, 1),
        ("The mayor", "PERSON", None, 1),
        ("The clinic", "ORG", None, 1),
    }
    everywhere = graph.query("who-is-involved", name="russia").to_dicts()
    assert {row["source"] for row in everywhere} == {"corridor", "again"}
    assert len({row["entity"] for row in everywhere}) == 1


def test_accounts_that_differ_stand_side_by_side(graph: Graph) -> None:
    found = rows(graph, "where-accounts-differ", "about", "value", "accordingToName", "quote")
    assert found == {("people", 27.0, "The mayor", TOLL), ("people", 9.0, "The clinic", CLINIC)}
    assert len({row["event"] for row in graph.query("where-accounts-differ", source="corridor").to_dicts()}) == 1


@pytest.mark.parametrize(
    ("qualifiers", "differ"),
    [
        (("exact", "exact"), True),
        (("exact", "at least"), False),
        (("at most", "exact"), False),
        (("about", "at most"), True),
    ],
)
def test_bounds_that_leave_room_for_the_other_value_are_no_disagreement(
    tmp_path: Path, qualifiers: tuple[str, str], differ: bool
) -> None:
    page = Page("corridor", "Ann saw 27 boats burn. The report has 9 boats burnt.", publisher="Test Gazette")
    ann = page.actor("Person", "Ann")
    more = page.event("Attack", "burn", "Ann saw 27 boats burn.", lemma="burn", attributedTo=ann)
    less = page.event("Attack", "burnt", "The report has 9 boats burnt.", lemma="burn")
    page.quantity(more, 27, "27", "boats", qualifiers[0])
    page.quantity(less, 9, "9", "boats", qualifiers[1])
    with kg.open(published(tmp_path, page)) as graph:
        found = rows(graph, "where-accounts-differ", "value", "accordingToName")
    assert found == ({(27.0, "Ann"), (9.0, "Test Gazette")} if differ else set())


def test_dyads_are_actor_pairs_and_things_are_no_actors(graph: Graph) -> None:
    found = rows(graph, "dyads", "date", "sourceActor", "targetActor", "code", "factuality")
    assert found == {
        ("2025-05-19", who, to, "COOPERATE", "happened")
        for who in ("Russia", "its partners")
        for to in ("United States", "Georgia")
    }


def test_dyads_of_a_meeting_go_both_ways_on_the_day_of_publication(tmp_path: Path) -> None:
    page = Page("corridor", "Ann and Bob met.", issued="2025-02-03")
    pair = tuple(page.actor("Person", name) for name in ("Ann", "Bob"))
    page.event("Meeting", "met", page.text, plover="CONSULT", agent=pair)
    with kg.open(published(tmp_path, page)) as graph:
        found = rows(graph, "dyads", "date", "sourceActor", "targetActor")
    assert found == {("2025-02-03", "Ann", "Bob"), ("2025-02-03", "Bob", "Ann")}


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.name)
def test_left_out_parameters_return_everything_and_misspelt_ones_are_an_error(
    graph: Graph, question: kg.questions.Question
) -> None:
    with pytest.raises(QueryError, match=r"no parameter 'docment'; did you mean document\? it has .*document"):
        graph.query(question, docment="corridor")
    assert len(graph.query(question, source="nowhere")) == 0
    everything = graph.query(question)
    if not everything.rows or "source" not in everything.columns:
        pytest.skip(
            "this graph has nothing of the kind, or the question counts over articles: tests/demo/test_library.py"
        )
    once = question.name in ("actor-profile", "where-accounts-differ")  # one text is a copy of the other
    assert {row["source"].value for row in everything.rows} == ({"again"} if once else {"corridor", "again"})
    narrowed = graph.query(question, source=["again"] if once else ["corridor", "again"])
    assert {str(row) for row in narrowed.rows} == {str(row) for row in everything.rows}
    assert {row["source"].value for row in graph.query(question, source="corridor").rows} >= {"corridor"}
    for param in question.params:
        for choice in param.choices:
            assert len(graph.query(question, **{param.name: choice})) <= len(everything)


def test_every_named_query_grows_with_the_graph_and_no_faster(tmp_path: Path) -> None:
    sizes = (10, 60)
    with ExitStack() as stack:
        graphs = {
            size: stack.enter_context(
                kg.open(published(tmp_path / str(size), *(corridor(f"d{n}") for n in range(size))))
            )
            for size in sizes
        }
        for question in questions():
            if not graphs[sizes[0]].query(question).rows:
                continue

            def ask(size: int, question: Question = question) -> None:
                every = [f"d{n}" for n in range(size)]  # named, or else copies count once
                found = graphs[size].query(question, source=every)
                assert len(found.rows) >= (size if "source" in found.columns else 1)

            # six times the documents; squared it would be 36, as it is where all accounts of one event are paired
            assert growth(ask, *sizes) < (72 if question.name == "where-accounts-differ" else 18), question.name
