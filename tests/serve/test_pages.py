"""What pages show is what the graph says: counts, answers, lives of proposals, sentences at their offsets."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qsl, urlsplit

import pytest

import kg
from kg.errors import ExportError
from kg.graph import Graph
from kg.questions import questions
from kg.serve.catalogue import Catalogue
from kg.serve.gathering import GEO, prepared
from kg.serve.messages import Job, Reply
from kg.serve.pages import about, page
from kg.serve.pages.page import At
from kg.serve.pages.templates import html_of
from kg.store import create_or_open, open_reader
from kg.store.answering import open_snapshot
from kg.vocab import BASE

Get = Callable[[str], Reply]


def opened(graph: Path) -> tuple[Any, Get]:
    site = prepared(graph)
    reader = open_reader(graph)

    def get(address: str) -> Reply:
        parts = urlsplit(address)
        return page(reader, Job(site, path=parts.path, query=tuple(parse_qsl(parts.query, keep_blank_values=True))))

    return reader, get


@pytest.fixture(scope="module")
def get(istanbul: Path) -> Iterator[Get]:
    reader, asked = opened(istanbul)
    with reader:
        yield asked


@pytest.fixture(scope="module")
def graph(istanbul: Path) -> Iterator[Graph]:
    with kg.open(istanbul) as one:
        yield one


def data(reply: Reply) -> Any:
    assert reply.status == 200, reply.body[:500]
    return json.loads(reply.body)


def table(reply: Reply) -> list[dict[str, str]]:
    assert reply.status == 200 and reply.media.startswith("text/csv")
    return list(csv.DictReader(io.StringIO(reply.body.decode(), newline="")))


def key(iri: str) -> str:
    return iri.rpartition("/")[2]


def test_counts_are_those_of_kg_stats(get: Get, graph: Graph) -> None:
    stats = graph.stats()
    found = data(get("/start.json"))
    for name in ("documents", "statements", "events", "proposals", "entities", "happenings", "links", "triples"):
        assert found["counts"][name] == stats[name], name
    # a page shows a refusal once, kg stats by each class that it has
    assert sum(found["events_by_class"].values()) == stats["events"]
    assert found["events_by_class"]["Meeting"] == stats["events_by_class"]["Meeting"]  # type: ignore[index]
    assert sum(found["entities_by_type"].values()) == stats["entities"]


@pytest.mark.parametrize("question", questions(), ids=lambda one: one.name)
def test_a_question_answers_what_the_library_answers(get: Get, graph: Graph, question: Any) -> None:
    if any(param.required for param in question.params):
        pytest.skip(f"{question.name} has to be given something")
    expected = graph.query(question.name)
    found = data(get(f"/question/{question.name}.json"))
    assert found["things"] == json.loads(json.dumps(expected.to_dicts(), default=str))
    assert found["total"] == len(expected)
    rows = table(get(f"/question/{question.name}.csv"))
    assert len(rows) == len(expected)
    html = get(f"/question/{question.name}").body.decode()
    assert html.count("<tbody>") == min(len(expected), 50)


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("who-proposed-what", {"proposer": "Kyiv"}),
        ("who-proposed-what", {"proposer": "Ukraine", "status": "rejected"}),
        ("who-said-what", {"speaker": "medinsky"}),
        ("actor-profile", {"actor": "Russia", "role": "agent"}),
        ("what-happened", {"source": "courier-talks"}),
        ("places", {"place": "Istanbul"}),
        ("where-accounts-differ", {"source": "dispatch-second-day"}),
        ("who-proposed-what", {"proposer": "Nobody at all"}),
    ],
)
def test_a_narrowed_question_answers_the_same_though_few_texts_are_asked(
    get: Get, graph: Graph, name: str, params: dict[str, str]
) -> None:
    expected = graph.query(name, **params)
    query = "&".join(f"{key}={value.replace(' ', '+')}" for key, value in params.items())
    found = data(get(f"/question/{name}.json?{query}"))
    assert found["things"] == json.loads(json.dumps(expected.to_dicts(), default=str))
    assert found["taken"] == json.loads(json.dumps(expected.taken))


def test_facets_count_what_they_leave(get: Get) -> None:
    html = get("/question/who-proposed-what").body.decode()
    link = r'<li><a href="(/question/who-proposed-what\?[^"]+)"><span class="name">'
    facets = re.findall(link + r'.*?<span class="n">([\d,]+)</span>', html, re.S)
    assert len(facets) > 8
    for url, number in facets:
        path, _, query = url.replace("&amp;", "&").partition("?")
        assert data(get(f"{path}.json?{query}"))["total"] == int(number), url


def test_a_parameter_that_is_wrong_is_told_where_it_was_given(get: Get) -> None:
    reply = get("/question/who-proposed-what?status=maybe")
    assert reply.status == 400 and "is not one of accepted" in reply.body.decode()
    reply = get("/question/timeline?since=yesterday")
    assert reply.status == 400 and "a date like 2025-05-23" in reply.body.decode()


def test_an_actors_page_tells_what_the_graph_tells(get: Get, graph: Graph) -> None:
    ukraine = next(one for one in data(get("/actors.json"))["actors"] if one["label"] == "Ukraine")
    found = data(get(f"/actor/{key(ukraine['iri'])}.json"))
    proposed = graph.query("who-proposed-what", proposer="Ukraine")
    assert found["numbers"]["proposals"] == sum(found["fates"]["proposals"].values())
    told = {row["proposal"] for row in proposed if "Ukraine" in str(row["proposerName"]).split(" | ")}
    assert {one["account"] for one in found["accounts"]} == told
    assert "Kyiv" in found["names"] or "Kyiv" in [one["label"] for one in data(get("/actors.json"))["actors"]]
    assert found["others"][0]["label"] == "Russia"
    narrowed = data(get(f"/actor/{key(ukraine['iri'])}.json?show=deeds&since=2025-05-23&until=2025-05-23"))
    assert 0 < narrowed["total"] < data(get(f"/actor/{key(ukraine['iri'])}.json?show=deeds"))["total"]
    assert {one["day"] or one["issued"] for one in narrowed["accounts"]} == {"2025-05-23"}


def test_days_are_those_of_every_account(get: Get, graph: Graph) -> None:
    told = graph.query("timeline").to_dicts(rows=True)
    days: dict[str, int] = {}
    for day, _ in {(str(row["date"])[:10], row["account"]) for row in told if row["date"]}:
        days[day] = days.get(day, 0) + 1
    assert data(get("/start.json"))["days"] == dict(sorted(days.items()))
    assert "have a day, month or year" not in get("/").body.decode()  # each article is dated, so each account is
    ukraine = next(one for one in data(get("/actors.json"))["actors"] if one["label"] == "Ukraine")
    found = data(get(f"/actor/{key(ukraine['iri'])}.json"))
    assert sum(found["days"].values()) == ukraine["events"]


def test_numbers_of_an_actors_page_are_those_of_what_they_lead_to(get: Get) -> None:
    def led(url: str) -> Any:
        path, _, query = url.replace("&amp;", "&").partition("?")
        return data(get(f"{path}.json?{query}"))

    ukraine = next(one for one in data(get("/actors.json"))["actors"] if one["label"] == "Ukraine")
    address = f"/actor/{key(ukraine['iri'])}"
    html = get(address).body.decode()
    both = re.findall(r'class="n" href="([^"]+)" aria-label="What is told of both: (\d+) events?"', html)
    assert len(both) > 5
    for url, number in both:
        found = led(url)
        assert found["total"] == found["numbers"]["all"] == int(number), url
    assert data(get(f"{address}.json?show=all"))["total"] == ukraine["events"]
    bars = re.findall(r'<a href="([^"]+since=[^"]+)" aria-label="[^"]*: (\d+) events?"', html)
    assert len(bars) > 3
    for url, number in bars:  # what has only a month, or some days, may be of this day as well
        found = led(url)
        assert found["total"] >= int(number), url
        assert max(found["numbers"].values()) == found["total"] < ukraine["events"]
    tie = get("/network?start=Ukraine").body.decode()
    edges = {
        frozenset((edge["a"], edge["b"])): edge["events"] for edge in data(get("/network.json?start=Ukraine"))["edges"]
    }
    ties = re.findall(r'<a href="(/actor\?iri=[^"]+with=[^"]+)" tabindex', tie)
    assert len(ties) == len(edges)
    for url in ties[:12]:
        asked = dict(parse_qsl(url.replace("&amp;", "&").partition("?")[2]))
        assert led(url)["total"] == edges[frozenset((asked["iri"], asked["with"]))], url


def test_days_mean_on_every_page_what_they_mean_in_questions(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "a.txt").write_text(
        "Kenya attacked Uganda in May 2021. Kenya accused Uganda in 2021. Kenya met Uganda on 3 May 2021.\n"
        "Kenya bombed Uganda from 28 April 2021 to 2 May 2021.",
        encoding="utf-8",
    )
    graph = tmp_path / "graph"
    kg.build(texts, graph=graph).close()
    reader, asked = opened(graph)
    with reader, kg.open(graph) as told:
        kenya = f"/actor/{key(data(asked('/actors.json?name=Kenya'))['actors'][0]['iri'])}.json?show=all&statements=no"
        for days in (
            ("2021-05-03", "2021-05-03"),
            ("2021-05-01", "2021-05-31"),
            ("2021-01-01", "2021-12-31"),
            ("2021-04-29", "2021-04-30"),
            ("2021-06-01", "2021-06-30"),
            ("2022-01-01", "2022-12-31"),
        ):
            window, narrowed = f"since={days[0]}&until={days[1]}", cast("Any", {"from": days[0], "until": days[1]})
            known = {str(row["account"]) for row in told.query("timeline", **narrowed)}
            assert {one["account"] for one in data(asked(f"{kenya}&{window}"))["accounts"]} == known, days
            edges = data(asked(f"/network.json?{window}"))["edges"]
            assert sum(edge["events"] for edge in edges) == len(known), days
            places = data(asked(f"/map.json?{window}"))["places"]
            assert sum(place["events"] for place in places if place["label"] == "Uganda") == len(known), days
            for place in places:
                assert f"from={days[0]}&until={days[1]}" in place["url"]
        month = data(asked(f"{kenya}&since=2021-05&until=2021-05"))["accounts"]
        assert {one["day"] for one in month} >= {"2021-05-03", "2021-05", "2021"}


def test_every_quote_stands_at_its_offsets(get: Get, graph: Graph) -> None:
    texts = {id: data(get(f"/document/{id}.json"))["document"]["text"] for id in graph.documents()}
    listed = data(get("/events.json"))["events"] + data(get("/proposals.json"))["proposals"]
    assert len(listed) > 40
    for one in listed:
        assert " ".join(texts[one["document"]][one["begin"] : one["end"]].split()) == one["quote"]
    html = get("/question/who-proposed-what").body.decode()
    links = re.findall(r'<a href="/document/([\w-]+)\?at=(\d+)-(\d+)#at">([^<]+)</a>', html)
    assert len(links) > 20
    for id, begin, end, words in links:
        plain = words.replace("&#39;", "'").replace("&#34;", '"').replace("&amp;", "&")
        assert " ".join(texts[id][int(begin) : int(end)].split()) == plain


def test_a_proposals_life_has_its_answers_and_outcomes(get: Get, graph: Graph) -> None:
    answers = graph.query("who-proposed-what", status=["rejected", "accepted", "unmet", "realised"])
    checked = 0
    for row in answers.to_dicts(rows=True):
        moved = get(f"/proposal?iri={row['proposal']}")
        assert moved.status == 302
        found = data(get(dict(moved.headers)["location"].replace("/proposal/", "/proposal/") + ".json"))
        steps = found["steps"]
        stages = [step["stage"] for step in steps]
        assert stages == sorted(stages) and 1 in stages
        tones = {step["tone"] for step in steps if step["stage"] == 2}
        assert row["status"] in tones
        assert all(after < at for at, step in enumerate(steps) for after in step["after"])
        assert all(step["quote"] for step in steps)
        checked += 1
    assert checked > 10


def test_an_events_accounts_stand_side_by_side_where_they_differ(get: Get, graph: Graph) -> None:
    row = graph.query("where-accounts-differ").to_dicts(rows=True)[0]
    moved = get(f"/event?iri={row['account']}")
    location = dict(moved.headers)["location"]
    found = data(get(location.partition("#")[0] + ".json"))
    assert len(found["accounts"]) > 1
    figures = next(field for field in found["compared"] if field["name"] == "Figure")
    assert figures["differ"] and len({value for value in figures["values"] if value}) > 1
    html = get(location.partition("#")[0]).body.decode()
    assert location.partition("#")[2] in html and "Why it is here" in html
    rules = [rule for one in found["accounts"] for rule in one["rules"]]
    assert rules and all(rule["text"] for rule in rules)


def test_a_document_marks_names_statements_and_events(get: Get, graph: Graph) -> None:
    found = data(get("/document/courier-talks.json?at=451-530"))
    text = found["document"]["text"]
    layers = {mark["layer"] for mark in found["marks"]}
    assert {"t-Person", "t-GeopoliticalEntity", "said", "event", "initiative"} <= layers
    putin = [m for m in found["marks"] if m["said"].startswith("Vladimir Putin")]
    assert any("Putin" in text[m["begin"] : m["end"]] for m in putin)
    assert found["at"] == [451, 530]
    html = get("/document/courier-talks?at=451-530").body.decode()
    marked = "".join(re.sub("<[^>]+>", "", one) for one in re.findall(r"<mark[^>]*>(.*?)</mark>", html, re.S))
    assert marked == text[451:530].replace("\n", "") and html.count('id="at"') == 1
    for wrong in ("9-3", "x", "-1-5", "99999-100000"):
        assert data(get(f"/document/courier-talks.json?at={wrong}"))["at"] is None


def test_searches_find_names_events_questions_and_words(get: Get) -> None:
    assert data(get("/search.json?q=zelensky"))["actors"][0]["label"] == "Volodymyr Zelenskyy"
    assert data(get("/search.json?q=dolmabahce"))["texts"], "diacritics are no hindrance"
    found = data(get("/search.json?q=ultimatum"))
    one = found["texts"][0]
    text = data(get(f"/document/{one['id']}.json"))["document"]["text"]
    begin, end = map(int, re.findall(r"at=(\d+)-(\d+)", one["url"])[0])
    assert text[begin:end].lower() == "ultimatum" == one["words"].lower()
    assert "who-said-what" in [one["name"] for one in data(get("/search.json?q=who+said"))["questions"]]
    assert data(get("/search.json?q=meeting"))["events"]
    for odd in ("%22", "AND", "*", "NEAR(", "%00", "'%3B--", "🎉"):
        assert get(f"/search?q={odd}").status == 200, odd
    assert not any(data(get("/search.json?q=qqqqq"))["totals"].values())
    suggested = json.loads(get("/suggest.json?q=ukr&kind=actor").body)
    assert "Ukraine" in [one["text"] for one in suggested]
    assert {one["sort"] for one in json.loads(get("/suggest.json?q=ist&kind=place").body)} <= {"State or city", "Place"}


def test_the_network_is_that_of_the_events(get: Get) -> None:
    found = data(get("/network.json?start=Ukraine"))
    labels = {node["iri"]: node["label"] for node in found["nodes"]}
    ties = {frozenset((labels[edge["a"]], labels[edge["b"]])): edge["events"] for edge in found["edges"]}
    between = data(get("/question/relations-between.json?actor=Ukraine&other=Russia"))
    assert ties[frozenset(("Ukraine", "Russia"))] >= len({row["account"] for row in between["things"]}) > 3
    narrowed = data(get("/network.json?start=Ukraine&type=Person"))
    assert {node["type"] for node in narrowed["nodes"]} <= {"Person", "GeopoliticalEntity"}
    fewer = data(get("/network.json?start=Ukraine&since=2025-05-24"))
    assert len(fewer["edges"]) < len(found["edges"])
    import networkx

    network = networkx.read_gexf(io.BytesIO(get("/network.gexf?start=Ukraine").body))
    assert len(network) == len(found["nodes"]) and network.number_of_edges() == len(found["edges"])
    picture = get("/network.svg?start=Ukraine")
    assert picture.media == "image/svg+xml" and b"<style>" in picture.body
    nobody = get("/network.svg?since=1890-01-01&until=1890-12-31")
    assert nobody.status == 404 and b"take a filter away" in nobody.body


def test_the_map_shows_places_with_coordinates(istanbul: Path, tmp_path: Path) -> None:
    import shutil

    copy = shutil.copytree(istanbul, tmp_path / "copy")
    where = {"Istanbul": (41.01, 28.98), "Ukraine": (49.0, 32.0), "Turkey": (200.0, 35.0)}
    with create_or_open(copy) as store:
        for name, (lat, long) in where.items():
            rows = store.query(f'SELECT ?c {{ GRAPH <{BASE}identity> {{ ?c rdfs:label "{name}" }} }} LIMIT 1').rows
            iri = rows[0][0].value if rows[0][0] else ""
            decimal = "<http://www.w3.org/2001/XMLSchema#decimal>"
            found = (
                f"SELECT ?p ?v {{ GRAPH <{BASE}identity> {{ <{iri}> ?p ?v FILTER(?p IN (<{GEO}lat>, <{GEO}long>)) }} }}"
            )
            known = [(p.value, v.value) for p, v in store.query(found).rows if p and v]
            store.patch_graph(
                f"{BASE}identity",
                gone=[f'<{iri}> <{p}> "{v}"^^{decimal}' for p, v in known],
                come=[f'<{iri}> <{GEO}lat> "{lat}"^^{decimal}', f'<{iri}> <{GEO}long> "{long}"^^{decimal}'],
            )
        store.publish()
    reader, get = opened(copy)
    with reader:
        places = {place["label"]: place for place in data(get("/map.json"))["places"]}
        assert (places["Istanbul"]["lat"], places["Istanbul"]["long"]) == (41.01, 28.98)
        assert places["Turkey"]["lat"] is None, "no such latitude"
        html = get("/map").body.decode()
        placed = sum(place["lat"] is not None for place in places.values())
        assert html.count('class="spot"') == placed and 'cy="-41.010"' in html
        assert get("/question/places?view=map").body.count(b'class="spot"') == placed


def test_all_pages_have_twins(get: Get) -> None:
    actor = key(data(get("/actors.json"))["actors"][0]["iri"])
    event = key(data(get("/events.json"))["events"][0]["iri"])
    proposal = key(data(get("/proposals.json"))["proposals"][0]["iri"])
    listed = "/start /questions /question/timeline /actors /events /proposals /documents /network /map /search"
    one_each = [f"/actor/{actor}", f"/event/{event}", f"/proposal/{proposal}", "/document/courier-talks"]
    for path in [*listed.split(), *one_each, "/sparql", "/about"]:
        html = get(path)
        assert html.media.startswith("text/html") and html.status == 200, path
        assert f'href="{path}.json"' in html.body.decode(), path
        assert isinstance(data(get(f"{path}.json")), dict), path
        assert get(f"{path}.csv").media.startswith("text/csv"), path


def test_what_is_not_there_is_404_and_says_what_is(get: Get) -> None:
    wrong = "/x /question/who-said-wath /actor/nobody /event/none /proposal/none /document/courier-talk /export/pdf"
    for path in wrong.split():
        reply = get(path)
        assert reply.status == 404, path
        assert b"<h1>" in reply.body
        assert get(f"{path}.json").status == 404
    assert b"/document/courier-talks" in get("/document/courier-talk").body
    assert b"/question/who-said-what" in get("/question/who-said-wath").body


def test_exports_are_those_of_kg_export(get: Get, graph: Graph, tmp_path: Path) -> None:
    names = data(get("/about.json"))["exports"]
    manual = (Path(__file__).parents[2] / "docs" / "serving.md").read_text(encoding="utf-8")
    [told] = re.findall(r"FORMAT is (.*?);", manual)
    assert sorted(re.findall(r"`(\w+)`", told)) == sorted(names)
    for name in names:
        graph.export(name, tmp_path / "out")
        assert get(f"/export/{name}").body == (tmp_path / "out").read_bytes(), name


def test_what_would_not_end_in_time_is_not_offered(istanbul: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = prepared(istanbul)
    reader, catalogue = open_snapshot(site.directory, site.snapshot), Catalogue(site.catalogue)
    try:
        monkeypatch.setitem(about._MOST, "graphml", 10)
        shown = about.page(At(reader, catalogue, "/about", ()))
        assert "turtle" in shown.data["exports"] and "graphml" not in shown.data["exports"]
        assert shown.drawn["large"] == ["graphml"]
        html = html_of(At(reader, catalogue, "/about", ()), shown).decode()
        assert "kg export graphml --graph DIR --output FILE" in html and 'href="/export/graphml"' not in html
        with pytest.raises(ExportError, match="run: kg export graphml"):
            about.page(At(reader, catalogue, "/export/graphml", ()))
    finally:
        catalogue.close()
        reader.close()


def test_about_tells_every_term_with_an_example(get: Get) -> None:
    terms = data(get("/about.json"))["terms"]
    assert len(terms["classes"]) > 30 and len(terms["properties"]) > 30
    assert all(term["comment"] for term in (*terms["classes"], *terms["properties"]))


def test_a_catalogue_is_made_once(istanbul: Path) -> None:
    first = prepared(istanbul)
    made = first.catalogue.stat().st_mtime_ns
    again = prepared(istanbul)
    assert again == first and again.catalogue.stat().st_mtime_ns == made


def test_answers_and_facets_speak_in_words(get: Get) -> None:
    html = get("/question/who-proposed-what").body.decode()
    facets = re.findall(r'<span class="name">(?:<svg.*?</svg>)?\s*<bdi>(.*?)</bdi>', html, re.S)
    assert "Not met" in facets and "No answer told" in facets and "Propose" in facets
    assert not {"unmet", "unknown", "propose"} & set(facets)
    titles = re.findall(r"<section>\s*<h2>(.*?)</h2>", html)
    assert titles[0] == "Proposer" and titles[-1] == "Text"  # whom it is about comes before where it stands
    listed = data(get("/documents.json"))["documents"]
    assert any(row["title"].startswith(facets[-1].removesuffix("…")) for row in listed)
    assert '<option value="unmet">Not met</option>' in html
    cells = re.findall(r'<span class="status [^>]*>(?:<svg.*?</svg>)\s*(.*?)</span>', html, re.S)
    assert len(cells) > 20 and all(cell[:1].isupper() for cell in cells), cells
    html = get("/question/what-happened").body.decode()
    assert ">Consult<" in html and "CONSULT<" not in html and "told as fact" in html


def test_an_answer_shows_how_sure_it_is(get: Get, graph: Graph) -> None:
    asked = "SELECT ?l ?c { ?p a nkg:Initiative ; rdfs:label ?l ; nkg:confidence ?c }"
    known = {f"{round(float(str(row['c'])) * 100)} %" for row in graph.query(asked) if float(str(row["c"])) < 0.995}
    html = get("/question/who-proposed-what").body.decode()
    shown = re.findall(r'<span class="sure"[^>]*>(\d+ %)', html)
    assert len(shown) > 5 and set(shown) <= known
    rows = [part.split('class="quotes"')[0] for part in html.split("<tbody>")[1:]]
    assert any('class="sure"' in row for row in rows)


def test_a_figure_is_told_in_one_cell(get: Get) -> None:
    html = get("/question/where-accounts-differ").body.decode()
    figures = re.findall(r'<td class="c-value num"[^>]*><bdi>(.*?)</bdi>', html)
    assert "about 800" in figures and all("exact" not in one for one in figures)
    assert "Qualifier" not in html.partition('<details class="sparql">')[0]


def test_a_description_begins_with_what_it_is(get: Get) -> None:
    html = get("/question/who-said-what").body.decode()
    lead = re.search(r'</h1>\s*<p class="quiet">(.*?)</p>', html)
    assert lead and "code points" not in lead[1] and lead[1].endswith(".")
    assert "code points" in html.partition("How it is counted")[2]


def test_a_name_that_nobody_has_is_answered_with_like_ones(get: Get) -> None:
    html = get("/question/who-proposed-what?proposer=Volodimir+Zelensky+").body.decode()
    assert "Nobody in this graph is called" not in html or "Did you mean" in html
    html = get("/question/who-proposed-what?proposer=Medinskyy").body.decode()
    near = re.search(r'Did you mean <a href="([^"]*)"><bdi>(.*?)</bdi>', html)
    assert near and "Medinsky" in near[2]
    assert data(get(near[1].replace("&amp;", "&").replace("who-proposed-what", "who-proposed-what.json", 1)))["taken"]
    assert "Did you mean" not in get("/question/who-proposed-what?proposer=Qwrtzx").body.decode()


def test_only_copies_are_called_copies(get: Get) -> None:
    listed = data(get("/documents.json"))["documents"]
    assert get("/documents").body.decode().count(">copy<") == sum(row["copy"] for row in listed) == 0


def test_a_timeline_says_how_much_of_it_is_dated(tmp_path: Path) -> None:
    text = "Norway proposed talks with Sweden. Sweden rejected the proposal. In 2003 Norway attacked Denmark."
    graph = tmp_path / "graph"
    (tmp_path / "undated.txt").write_text(text, encoding="utf-8")
    kg.build(tmp_path / "undated.txt", graph=graph).close()
    reader, ask = opened(graph)
    with reader:
        counts = data(ask("/start.json"))
        dated = sum(counts["days"].values())
        assert 0 < dated < counts["counts"]["events"]
        assert f"{dated} of {counts['counts']['events']} accounts have a day" in ask("/").body.decode()


def test_a_picture_of_many_pairs_says_that_it_is_a_part(get: Get) -> None:
    html = get("/question/dyads?view=graph").body.decode()
    pairs = {(row["sourceActor"], row["targetActor"]) for row in data(get("/question/dyads.json"))["things"]}
    assert ("most frequent of" in html) is (len(pairs) > 36)


@pytest.mark.parametrize(
    ("path", "chosen"),
    [
        ("/proposals", "status=rejected"),
        ("/events", "factuality=happened"),
        ("/events", "class=Meeting"),
        ("/actors", ""),
    ],
)
def test_facets_of_lists_count_what_the_other_ones_leave(get: Get, path: str, chosen: str) -> None:
    link = r'<a href="([^"]*)"(?: aria-current="true")?><span class="name">(?:(?!</a>).)*<span class="n">(\d+)</span>'
    html = get(f"{path}?{chosen}").body.decode()
    found = re.findall(link, html, re.S)
    assert len(found) > 2
    for url, number in found:
        narrowed = data(get(url.replace("&amp;", "&").replace(path, f"{path}.json", 1)))
        assert narrowed["total"] == int(number), url
    if chosen:
        back = re.search(r'<a href="([^"]*)" aria-current="true">', html.partition('class="facets"')[2])
        assert back and back[1] == path


def test_a_facet_that_leaves_nothing_can_be_taken_back(get: Get) -> None:
    html = get("/events?class=Eclipse").body.decode()
    assert "No event is so" in html and re.search(r'<a href="/events" aria-current="true">', html)
    words = get("/events").body.decode()
    assert "told as fact</bdi>" in words and ">happened<" not in words


def test_only_names_that_are_like_are_offered(get: Get) -> None:
    near = get("/actor/person-vladimir-medinski").body.decode()
    assert "Did you mean" in near and "Vladimir Medinsky" in near
    assert "Did you mean" not in get("/actor/qwrtzx").body.decode()
