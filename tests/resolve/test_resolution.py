"""Decisions across documents in a store: the same from scratch, bit by bit, in any order, and after second thoughts."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import vocab
from kg.rdf.iris import doc_iri, identity_iri
from kg.resolve import resolve
from kg.resolve.explain import explain
from kg.resolve.finding import members
from kg.resolve.index import NAME as INDEX
from kg.resolve.journal import NAME as JOURNAL
from kg.resolve.journal import Entry, append, key_of, read_journal, record, to_split
from kg.store import Reader, Store, create_or_open
from tests.resolve.texts import talks, told, wire
from tests.store.synthetic import ACCEPTED, GAZETTEER, OFFER, REFUSED, Page, corridor

ABC = ("Alpha", "Beta", "Gamma")
CANONICAL = vocab.NKG + "canonical"


def pages() -> list[Page]:
    return [
        talks("herald"),
        talks("tribune"),
        talks("gazette", time="", issued="2025-05-20"),
        talks("years-before", time="2022-03-29", issued="2022-03-30"),
        talks("elsewhere", place="Geneva"),
        wire("morning", "2025-05-01"),
        wire("evening", "2025-05-02"),
        wire("late", "2025-05-02"),
        corridor("corridor"),
        told("raid", "Attack", "Norland attacked Sudria.", "attacked", agents=("Norland",), time="2025-05-16"),
    ]


def written(directory: Path, *documents: Page) -> Store:
    store = create_or_open(directory)
    store.write_documents([page.graph() for page in documents])
    resolve(store, gazetteer=GAZETTEER)
    return store


def shared(reader: Reader) -> set[frozenset[str]]:
    """The documents of each event that more than one document tells of."""
    groups: dict[str, set[str]] = {}
    rows = reader.query(
        "SELECT ?c ?id WHERE { ?x nkg:canonical ?c . GRAPH ?d { ?x a nkg:Event . ?d dcterms:identifier ?id } }"
    )
    for node, name in rows.rows:
        if node and name:
            groups.setdefault(node.value, set()).add(name.value)
    return {frozenset(names) for names in groups.values() if len(names) > 1}


def test_one_meeting_is_one_event_and_others_stay_apart(tmp_path: Path) -> None:
    with written(tmp_path, *pages()) as store:
        assert shared(store) == {
            frozenset({"herald", "tribune", "gazette"}),
            frozenset({"morning", "evening", "late"}),
        }


def test_each_merge_has_reason_confidence_and_evidence(tmp_path: Path) -> None:
    with written(tmp_path, *pages()) as store:
        rows = store.query(
            "SELECT ?merge (COUNT(DISTINCT ?one) AS ?n) WHERE { ?merge a nkg:Merge ; nkg:decidedBy ?why ; "
            "nkg:confidence ?c ; nkg:evidence/nif:anchorOf ?quote ; nkg:joins ?one FILTER(?c > 0 && ?c <= 1) } "
            "GROUP BY ?merge"
        ).rows
        assert len(rows) == 5  # three accounts of the talks, three copies, two figures of the corridor's toll
        assert {row[1].value for row in rows if row[1]} == {"2"}


def test_copies_are_linked_in_the_order_of_publication(tmp_path: Path) -> None:
    with written(tmp_path, *pages()) as store:
        rows = store.query(
            "SELECT ?a ?p ?b WHERE { GRAPH ?g { ?x ?p ?y } VALUES ?p { prov:wasDerivedFrom prov:alternateOf } "
            "?x dcterms:identifier ?a . ?y dcterms:identifier ?b }"
        ).rows
        found = {tuple(term.value.rpartition("#")[2] for term in row if term) for row in rows}
        assert found == {("evening", "wasDerivedFrom", "morning"), ("late", "wasDerivedFrom", "morning")}


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(10)), cut=st.integers(1, 9))
def test_bit_by_bit_gives_what_all_at_once_gives(
    tmp_path_factory: pytest.TempPathFactory, order: list[int], cut: int
) -> None:
    documents = pages()
    with written(tmp_path_factory.mktemp("whole"), *documents) as store:
        expected = store.nquads()
    with written(tmp_path_factory.mktemp("parts"), *(documents[k] for k in order[:cut])) as store:
        for k in order[cut:]:
            graph, lines = documents[k].graph()
            store.write_documents([(graph, lines)])
            resolve(store, gazetteer=GAZETTEER, documents=[graph] if k % 2 else None)
        assert store.nquads() == expected


def test_a_document_that_changes_leaves_no_trace(tmp_path: Path) -> None:
    with written(tmp_path / "one", *pages()) as store:
        for page in pages():
            replaced = Page(page.id, "Nothing happened.", issued="2025-05-24")
            store.write_documents([replaced.graph()])
            resolve(store, gazetteer=GAZETTEER)
            store.write_documents([page.graph()])
        resolve(store, gazetteer=GAZETTEER)
        found = store.nquads()
    with written(tmp_path / "two", *pages()) as store:
        assert store.nquads() == found


def test_a_lost_or_unfinished_index_is_made_anew(tmp_path: Path) -> None:
    with written(tmp_path, *pages()) as store:
        expected = store.nquads()
        (tmp_path / INDEX).unlink()
        resolve(store, gazetteer=GAZETTEER)
        assert store.nquads() == expected
        (tmp_path / INDEX).write_bytes(b"")
        store.write_documents([pages()[0].graph()])
        resolve(store, gazetteer=GAZETTEER)
        assert store.nquads() == expected


def event_of(reader: Reader, name: str) -> str:
    [node] = [one for one in members(reader, f"doc/{name}/event/{at(reader, name)}")]
    return node


def at(reader: Reader, name: str) -> str:
    rows = reader.query(f'SELECT ?e WHERE {{ GRAPH ?d {{ ?d dcterms:identifier "{name}" . ?e a nkg:Event }} }}').rows
    return next(row[0].value.rpartition("/")[2] for row in rows if row[0])


def decide(store: Store, decision: str, *names: str) -> None:
    append(store.directory, [Entry(decision, tuple(key_of(store, event_of(store, name)) for name in names))])
    assert resolve(store, gazetteer=GAZETTEER) == ()


def test_merge_then_split_then_rebuild_is_the_graph_before(tmp_path: Path) -> None:
    with written(tmp_path / "one", *pages()) as store:
        before = store.nquads()
        decide(store, "merge", "herald", "elsewhere")
        assert frozenset({"herald", "tribune", "gazette", "elsewhere"}) in shared(store)
        assert store.nquads() != before
        journal = (tmp_path / "one" / JOURNAL).read_text(encoding="utf-8")
        decide(store, "split", "elsewhere")
        assert store.nquads() == before
    (tmp_path / "two").mkdir()
    with create_or_open(tmp_path / "three") as store:  # the journal is there before the first document
        (tmp_path / "three" / JOURNAL).write_text(journal, encoding="utf-8")
        documents = pages()
        random.Random(7).shuffle(documents)
        store.write_documents([page.graph() for page in documents])
        resolve(store, gazetteer=GAZETTEER)
        assert frozenset({"herald", "tribune", "gazette", "elsewhere"}) in shared(store)


def test_a_split_holds_an_account_apart_until_it_is_merged_again(tmp_path: Path) -> None:
    with written(tmp_path, *pages()) as store:
        before = store.nquads()
        decide(store, "split", "herald")
        assert frozenset({"tribune", "gazette"}) in shared(store)
        (tmp_path / INDEX).unlink()
        resolve(store, gazetteer=GAZETTEER)
        assert frozenset({"tribune", "gazette"}) in shared(store)
        (tmp_path / JOURNAL).unlink()
        resolve(store, gazetteer=GAZETTEER)
        assert store.nquads() == before


def test_a_split_takes_back_the_merges_of_its_node_alone(tmp_path: Path) -> None:
    with written(tmp_path, *(told(name, "Meeting", f"{name} met Sudria.", "met", agents=(name,)) for name in ABC)) as g:
        alpha, beta, gamma = actors = [[f"{doc_iri(g.base, name)}/actor/0-{len(name)}"] for name in ABC]
        apart = g.nquads()
        append(tmp_path, [Entry("merge", (key_of(g, *alpha), key_of(g, *other))) for other in (beta, gamma)])

        def canonical_after(*entries: Entry) -> list[str]:
            append(tmp_path, entries)
            resolve(g, gazetteer=GAZETTEER)
            return [g.facts(identity_iri(g.base), [CANONICAL])[CANONICAL][node][0].value for [node] in actors]

        def split(nodes: list[str]) -> list[Entry]:
            return [Entry("split", (key_of(g, node),)) for node in to_split(g, nodes)]

        one, two, three = canonical_after()
        assert one == two == three
        one, two, three = canonical_after(*split(gamma))
        assert one == two != three
        one, two, three = canonical_after(Entry("merge", (key_of(g, *beta), key_of(g, *gamma))))
        assert one == two == three
        canonical_after(*split([*alpha, *beta, *gamma]))
        assert g.nquads() == apart


def test_actors_are_merged_and_split_by_hand(tmp_path: Path) -> None:
    with written(tmp_path, talks("herald"), corridor("corridor")) as store:
        before = store.nquads()

        def actor(words: str) -> str:
            rows = store.query(
                f'SELECT ?a WHERE {{ ?m nkg:refersTo ?a ; nif:anchorOf "{words}" }} ORDER BY ?a LIMIT 1'
            ).rows
            return rows[0][0].value if rows[0][0] else ""

        pair = key_of(store, actor("Norland")), key_of(store, actor("Russia"))
        append(tmp_path, [Entry("merge", pair)])
        resolve(store, gazetteer=GAZETTEER)
        rows = store.query(
            'SELECT ?l WHERE { wd:Q159 ^skos:exactMatch ?c . ?c skos:altLabel "Norland" ; rdfs:label ?l }'
        ).rows
        assert [row[0].value for row in rows if row[0]] == ["Russia"]
        append(tmp_path, [Entry("split", pair[:1])])
        resolve(store, gazetteer=GAZETTEER)
        assert store.nquads() == before
        append(tmp_path, [Entry("split", pair[1:])])
        resolve(store, gazetteer=GAZETTEER)
        rows = store.query('SELECT ?c WHERE { ?c rdfs:label "Russia" ; nkg:decidedBy "decided-by-a-person" }').rows
        assert len(rows) == 1


def test_a_merge_that_gives_the_nameless_a_name_is_heeded_where_they_act(tmp_path: Path) -> None:
    quote = "The realm attacked Sudria."
    nameless = Page("herald", quote, issued="2025-05-17")
    realm = nameless.actor("GeopoliticalEntity", "The realm", kind="nominal")
    victim = nameless.actor("GeopoliticalEntity", "Sudria")
    nameless.event("Attack", "attacked", quote, time="2025-05-16", agent=realm, patient=victim, place=victim)
    other = Page("tribune", "Norland attacked Sudria.", issued="2025-05-17")
    doer, victim = (other.actor("GeopoliticalEntity", name) for name in ("Norland", "Sudria"))
    other.event("Attack", "attacked", other.text, time="2025-05-16", agent=doer, patient=victim, place=victim)
    third = Page("gazette", "Westmark wept.")
    westmark = third.actor("Person", "Westmark")
    with written(tmp_path, nameless, other, third) as store:
        before = store.nquads()
        append(tmp_path, [Entry("merge", (key_of(store, realm), key_of(store, westmark)))])
        resolve(store, gazetteer=GAZETTEER)
        at_once = store.nquads()
        (tmp_path / INDEX).unlink()
        resolve(store, gazetteer=GAZETTEER)
        assert store.nquads() == at_once
        append(tmp_path, [Entry("split", (key_of(store, realm),))])
        resolve(store, gazetteer=GAZETTEER)
        assert store.nquads() == before


def test_a_correction_survives_a_rebuild(tmp_path: Path) -> None:
    with written(tmp_path, corridor("corridor")) as store:
        [offer] = [
            row[0].value
            for row in store.query("SELECT ?e WHERE { GRAPH ?d { ?d a nkg:Article . ?e a nkg:Offer } }").rows
            if row[0]
        ]
        key = key_of(store, offer)
        append(tmp_path, [Entry("correct", (key,), "type", ("Offer",), "Demand")])
        append(tmp_path, [Entry("correct", (key,), "status", (), "pending")])
        for _ in range(2):
            resolve(store, gazetteer=GAZETTEER)
            ask = f"SELECT ?c ?s WHERE {{ GRAPH ?d {{ <{offer}> a ?c ; nkg:disposition/nkg:status ?s }} }}"
            rows = {tuple(term.value.rpartition("#")[2] for term in row if term) for row in store.query(ask).rows}
            assert rows == {(cls, "Pending") for cls in ("Demand", "Initiative", "Event")}
            once = store.nquads()
            resolve(store, gazetteer=GAZETTEER)
            assert store.nquads() == once
            store.write_documents([corridor("corridor").graph()])  # built anew


def test_an_outcome_goes_with_the_status_that_it_told_and_comes_back_with_it(tmp_path: Path) -> None:
    page = corridor("corridor")
    with written(tmp_path, page) as store:
        ask = "SELECT ?e WHERE { GRAPH ?d { ?d a nkg:Article . ?e a nkg:Offer } }"
        [offer] = [row[0].value for row in store.query(ask).rows if row[0]]

        def standing() -> set[tuple[str, ...]]:
            answer = store.query(
                f"""SELECT ?state ?outcome ?quote WHERE {{ GRAPH ?d {{
                <{offer}> nkg:disposition ?x . ?x nkg:status ?state ; nkg:evidence/nif:anchorOf ?quote
                OPTIONAL {{ ?x nkg:outcomeText ?outcome }} }} }}"""
            )
            return {tuple(term.value.rpartition("#")[2] if term else "" for term in row) for row in answer.rows}

        def say(status: str) -> str:
            append(tmp_path, [Entry("correct", (key_of(store, offer),), "status", (), status)])
            resolve(store, gazetteer=GAZETTEER)
            return store.nquads()

        refused = ("Rejected", "turned the offer down", REFUSED)
        assert standing() == {("Accepted", "accepted at first", ACCEPTED), refused}
        pending = say("pending")
        assert standing() == {("Pending", "", OFFER)}
        read = f"<{offer}> nkg:disposition/<{vocab.PROV}wasRevisionOf> ?x . ?x nkg:outcomeText ?text"
        told = store.query(f"SELECT ?text WHERE {{ GRAPH ?d {{ {read} }} }}").rows
        assert {row[0].value for row in told if row[0]} == {"accepted at first", "turned the offer down"}
        rejected = say("rejected")
        assert standing() == {("Rejected", "", OFFER), refused}
        assert say("pending") == pending
        assert say("rejected") == rejected
        assert rejected.count("wasRevisionOf") == 1
        store.write_documents([page.graph()])  # built anew
        resolve(store, gazetteer=GAZETTEER)
        assert store.nquads() == rejected
        append(tmp_path, [Entry("correct", (key_of(store, offer),), "type", (), "")])
        resolve(store, gazetteer=GAZETTEER)
        assert "turned the offer down" not in {text for _, text, _ in standing()}
        assert "wasRevisionOf" not in store.nquads() and "/read" not in store.nquads()


def test_the_journal_is_annotated_data(tmp_path: Path) -> None:
    with written(tmp_path, *pages()) as store:
        key = key_of(store, event_of(store, "herald"))
        assert key.words == "met" == key.quote[key.at : key.at + 3]
        entry = Entry("split", (key,), note="another meeting")
        append(tmp_path, [entry])
        assert read_journal(tmp_path) == (entry,)
        assert '"words": "met"' in record(entry)
        store.write_documents([Page("herald", "Something else.").graph()])
        assert resolve(store, gazetteer=GAZETTEER) == ("herald: “met” is no longer found",)


def test_explain_tells_why(tmp_path: Path) -> None:
    with written(tmp_path, *pages()) as store:
        one, other, apart = (event_of(store, name) for name in ("herald", "tribune", "years-before"))
        text = "\n".join(explain(store, one, other))
        assert "They are one thing." in text and "same-day-and-place, confidence 0.9" in text
        assert "behind closed doors" in text
        assert "The rules hold them apart" in "\n".join(explain(store, one, apart))
