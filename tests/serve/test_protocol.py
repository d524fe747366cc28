"""The endpoint as clients know it: the SPARQL 1.1 Protocol, for queries."""

from __future__ import annotations

import json
import shutil
import subprocess
from urllib.error import HTTPError
from urllib.parse import quote, urlencode

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from SPARQLWrapper import CSV, JSON, JSONLD, RDFXML, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

import kg
from kg import vocab
from tests.serve.conftest import Got, Server

SELECT = "SELECT ?doc WHERE { ?doc a nkg:Article } ORDER BY ?doc"
ASK = "ASK { ?doc a nkg:Article }"
CONSTRUCT = "CONSTRUCT { ?doc dcterms:title ?title } WHERE { ?doc dcterms:title ?title }"
FORM, QUERY = "application/x-www-form-urlencoded", "application/sparql-query"
TABLES = {
    "application/sparql-results+json": '"bindings"',
    "application/sparql-results+xml": "<sparql",
    "text/csv": "doc\r\n",
    "text/tab-separated-values": "?doc\n",
}
TRIPLES = {
    "text/turtle": "dcterms:title",
    "application/n-triples": "<http://purl.org/dc/terms/title>",
    "application/ld+json": "[",
    "application/rdf+xml": "<rdf:RDF",
}


@pytest.mark.parametrize("media", TABLES)
def test_a_table_in_each_media_type(server: Server, media: str) -> None:
    got = server.ask(SELECT, accept=media)
    assert got.status == 200
    assert got.headers["content-type"].split(";")[0] == media
    assert TABLES[media] in got.body and "courier-talks" in got.body


@pytest.mark.parametrize("media", TRIPLES)
@pytest.mark.parametrize("query", [CONSTRUCT, "DESCRIBE ?doc WHERE { ?doc a nkg:Article }"])
def test_triples_in_each_media_type(server: Server, media: str, query: str) -> None:
    got = server.ask(query, accept=media)
    assert got.status == 200
    assert got.headers["content-type"].split(";")[0] == media
    assert TRIPLES[media] in got.body


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed; on Debian: apt-get install curl")
@pytest.mark.parametrize("media", [*TABLES, *TRIPLES])
def test_curl(server: Server, media: str) -> None:
    query = SELECT if media in TABLES else CONSTRUCT
    command = ["curl", "-s", "-w", "\n%{http_code} %{content_type}", "-H", f"Accept: {media}"]
    done = subprocess.run(
        [*command, "--data-urlencode", f"query={query}", f"{server.address}sparql"],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.stdout.rpartition("\n")[2].startswith(f"200 {media}")


def test_what_a_client_likes_best(server: Server) -> None:
    def given(accept: str, query: str = SELECT) -> str:
        return server.ask(query, accept=accept).headers["content-type"].split(";")[0]

    assert given("text/csv;q=0.4, application/sparql-results+xml;q=0.9") == "application/sparql-results+xml"
    assert given("*/*") == given("application/json") == "application/sparql-results+json"
    assert given("text/turtle, text/csv") == "text/csv"
    assert given("text/turtle, text/csv", CONSTRUCT) == "text/turtle"
    assert server.ask(SELECT, accept="image/png").status == 406
    assert server.ask(SELECT, accept="text/csv;q=0, text/turtle").status == 406


def test_answers_are_those_of_the_library(server: Server, istanbul: object) -> None:
    query = "SELECT ?s ?label WHERE { ?s a nkg:Initiative ; rdfs:label ?label } ORDER BY ?s ?label"
    with kg.open(str(istanbul)) as graph:
        assert json.loads(server.ask(query).body) == json.loads(graph.query(query).to_json())


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_rdflibs_store_and_sparqlwrapper(server: Server, method: str) -> None:
    store = rdflib.Graph(SPARQLStore(f"{server.address}sparql", method=method))
    assert len(list(store.query("SELECT ?d WHERE { ?d a <https://w3id.org/newskg/ontology#Article> }"))) == 6
    assert len(list(store.subjects(rdflib.RDF.type, rdflib.URIRef("https://w3id.org/newskg/ontology#Article")))) == 6
    wrapper = SPARQLWrapper(f"{server.address}sparql")
    wrapper.setMethod(method)
    wrapper.setQuery(SELECT)
    for form, read in ((JSON, lambda got: len(got["results"]["bindings"])), (CSV, lambda got: len(got.split()) - 1)):
        wrapper.setReturnFormat(form)
        assert read(wrapper.query().convert()) == 6
    wrapper.setReturnFormat(XML)
    assert len(wrapper.query().convert().getElementsByTagName("result")) == 6
    wrapper.setQuery(CONSTRUCT)
    wrapper.setReturnFormat(TURTLE)
    assert len(rdflib.Graph().parse(data=wrapper.query().convert(), format="turtle")) == 6


# The cases of https://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/ that are about queries, by their names.
def _form(*pairs: tuple[str, str]) -> bytes:
    return urlencode(pairs).encode()


GRAPH = "https://w3id.org/newskg/data/doc/courier-talks"
OTHER = "https://w3id.org/newskg/data/doc/ledger-trump"
IN_DEFAULT = f"ASK {{ <{GRAPH}> a nkg:Article }}"
IN_NAMED = f"ASK {{ GRAPH <{GRAPH}> {{ <{GRAPH}> a nkg:Article }} }}"


@pytest.mark.parametrize(
    ("query", "pairs", "yes"),
    [
        (IN_DEFAULT, (("default-graph-uri", GRAPH),), True),
        (IN_DEFAULT, (("default-graph-uri", OTHER),), False),
        (IN_DEFAULT, (("default-graph-uri", OTHER), ("default-graph-uri", GRAPH)), True),
        (IN_NAMED, (("named-graph-uri", GRAPH),), True),
        (IN_NAMED, (("named-graph-uri", OTHER),), False),
        (IN_NAMED, (("default-graph-uri", OTHER), ("named-graph-uri", GRAPH), ("named-graph-uri", OTHER)), True),
        (IN_DEFAULT.replace("ASK", f"ASK FROM <{GRAPH}>"), (("default-graph-uri", OTHER),), False),
        (IN_DEFAULT.replace("ASK", f"ASK FROM <{OTHER}>"), (), False),
        (IN_DEFAULT.replace("ASK", "ASK FROM <file:///etc/passwd>"), (), False),
    ],
)
@pytest.mark.parametrize("how", ["get", "form", "direct"])
def test_w3c_query_dataset(server: Server, how: str, query: str, pairs: tuple[tuple[str, str], ...], yes: bool) -> None:
    if how == "get":
        got = server.get(f"/sparql?{_form(('query', query), *pairs).decode()}")
    elif how == "form":
        got = server.get("/sparql", data=_form(("query", query), *pairs), content_type=FORM)
    else:
        got = server.get(f"/sparql?{_form(*pairs).decode()}", data=query.encode(), content_type=QUERY)
    assert got.status == 200
    assert json.loads(got.body)["boolean"] is yes


def test_w3c_query_get_and_post(server: Server) -> None:
    for got in (
        server.ask(ASK),
        server.get("/sparql", data=_form(("query", ASK)), content_type=FORM),
        server.get("/sparql", data=_form(("query", ASK)), content_type=f"{FORM}; charset=utf-8"),
        server.get("/sparql", data=ASK.encode(), content_type=QUERY),
    ):
        assert got.status == 200 and json.loads(got.body)["boolean"] is True


@pytest.mark.parametrize(
    ("name", "path", "data", "media", "method", "status"),
    [
        ("bad_query_method", f"/sparql?query={quote(ASK)}", None, "", "PUT", 405),
        ("bad_query_method", f"/sparql?query={quote(ASK)}", None, "", "DELETE", 405),
        ("bad_multiple_queries", f"/sparql?query={quote(ASK)}&query={quote(SELECT)}", None, "", "GET", 400),
        ("bad_multiple_queries", f"/sparql?query={quote(ASK)}", ASK.encode(), QUERY, "POST", 400),
        ("bad_query_wrong_media_type", "/sparql", ASK.encode(), "text/plain", "POST", 415),
        ("bad_query_missing_form_type", "/sparql", _form(("query", ASK)), "", "POST", 415),
        ("bad_query_missing_direct_type", "/sparql", ASK.encode(), "", "POST", 415),
        ("bad_query_non_utf8", "/sparql", "ASK { ?s ?p 'é' }".encode("utf-16"), QUERY, "POST", 400),
        ("bad_query_syntax", f"/sparql?query={quote('ASK { ?s ?p }')}", None, "", "GET", 400),
        ("no query", "/sparql", _form(("default-graph-uri", GRAPH)), FORM, "POST", 400),
        ("update_post_form", "/sparql", _form(("update", "CLEAR ALL")), FORM, "POST", 403),
        ("update_post_direct", "/sparql", b"CLEAR ALL", "application/sparql-update", "POST", 403),
        ("update_get", f"/sparql?update={quote('CLEAR ALL')}", None, "", "GET", 403),
        ("update as query", f"/sparql?query={quote('INSERT DATA { <a:b> <a:b> <a:b> }')}", None, "", "GET", 400),
        ("load as query", f"/sparql?query={quote('LOAD <file:///etc/passwd>')}", None, "", "GET", 400),
        ("service", f"/sparql?query={quote('ASK { SERVICE <a:b> { ?s ?p ?o } }')}", None, "", "GET", 403),
        ("word in a malformed query", f"/sparql?query={quote('ASK { ?s ?p } # no SERVICE')}", None, "", "GET", 400),
        ("word at the fault", f"/sparql?query={quote('ASK { ?s ?p } SERVICES')}", None, "", "GET", 400),
        ("too many fields", "/sparql", _form(*[("x", "1")] * 300), FORM, "POST", 400),
    ],
)  # fmt: skip
def test_w3c_bad_requests(
    server: Server, name: str, path: str, data: bytes | None, media: str, method: str, status: int
) -> None:
    headers = {"content_type": media} if media else {}
    if data is not None and not media:  # urllib would say that it is a form
        headers = {"content_type": " "}
    got = server.get(path, data=data, method=method, **headers)
    assert got.status == status, (name, got.body)
    assert got.body.strip()
    assert json.loads(server.ask(ASK).body)["boolean"] is True


@pytest.mark.parametrize("how", ["get", "form", "direct"])
@pytest.mark.parametrize(
    ("name", "query", "media"),
    [
        ("query_content_type_select", "SELECT (1 AS ?value) {}", TABLES),
        ("query_content_type_ask", "ASK {}", TABLES),
        ("query_content_type_describe", "DESCRIBE <http://example.org/>", TRIPLES),
        ("query_content_type_construct", "CONSTRUCT { <s> <p> 1 } WHERE {}", TRIPLES),
    ],
)
def test_w3c_content_types(server: Server, how: str, name: str, query: str, media: dict[str, str]) -> None:
    for accept in ("*/*", *media):
        if how == "get":
            got = server.ask(query, accept=accept)
        elif how == "form":
            got = server.get("/sparql", data=_form(("query", query)), content_type=FORM, accept=accept)
        else:
            got = server.get("/sparql", data=query.encode(), content_type=QUERY, accept=accept)
        assert got.status == 200, (name, got.body)
        assert got.headers["content-type"].split(";")[0] in media if accept == "*/*" else accept


def test_relative_iris_are_those_of_the_endpoint(server: Server) -> None:
    """RFC 3986, 5.1.3: without a base of its own, a query has that of the address it is sent to."""
    made = server.ask("CONSTRUCT { <s> <p> ?from } WHERE { BIND (1 AS ?from) }", accept="application/n-triples")
    assert made.body.startswith(f"<{server.address}s> <{server.address}p> ")
    own = server.ask("BASE <http://x.example/> CONSTRUCT { <s> <p> 1 } {}", accept="application/n-triples")
    assert own.body.startswith("<http://x.example/s> <http://x.example/p> ")
    counted = "SELECT (COUNT(*) AS ?n) { ?d a nkg:Article . FILTER (?d != <here>) }"
    assert server.ask(counted, accept="text/csv").body.split() == ["n", "6"]
    assert server.ask("ASK { SERVICE <there> { ?s ?p ?o } }").status == 403
    assert json.loads(server.ask("ASK FROM <there> { ?s ?p ?o }").body)["boolean"] is False
    assert "line 1, column 23" in server.ask("ASK { <here> ?p ?o } }").body


@pytest.mark.parametrize("media", TRIPLES)
def test_offsets_of_triples_have_the_datatype_that_nif_asks_for(server: Server, media: str) -> None:
    query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{GRAPH}> {{ ?s ?p ?o }} }}"
    told = rdflib.Graph().parse(data=server.ask(query, accept=media).body, format=media)
    for name in ("beginIndex", "endIndex"):
        offsets = list(told.objects(None, rdflib.URIRef(vocab.NIF + name)))
        assert offsets and {one.datatype for one in offsets} == {rdflib.XSD.nonNegativeInteger}


def test_graphs_of_the_protocol_are_iris_or_left_open(server: Server) -> None:
    def asked(**more: str) -> Got:
        return server.get(f"/sparql?{urlencode({'query': IN_DEFAULT, **more})}")

    assert json.loads(asked(**{"default-graph-uri": "", "named-graph-uri": ""}).body)["boolean"] is True
    refused = asked(**{"default-graph-uri": "courier talks"})
    assert refused.status == 400
    assert "“default-graph-uri” is 'courier talks', which is no absolute IRI" in refused.body


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PATCH", "PUT", "DELETE"])
def test_other_methods(server: Server, method: str) -> None:
    got = server.get(f"/sparql?query={quote(ASK)}", method=method)
    assert got.status == (200 if method == "HEAD" else 405)
    assert method == "HEAD" or {"GET", "POST"} <= {name.strip() for name in got.headers["allow"].split(",")}


def test_sparqlwrapper_reads_every_form(server: Server) -> None:
    wrapper = SPARQLWrapper(f"{server.address}sparql")
    wrapper.setReturnFormat(JSON)
    wrapper.setQuery(ASK)
    assert wrapper.query().convert()["boolean"] is True
    for query in (CONSTRUCT, f"DESCRIBE <{GRAPH}>"):
        wrapper.setQuery(query)
        for form in (RDFXML, TURTLE, JSONLD):
            wrapper.setReturnFormat(form)
            found = wrapper.query().convert()
            graph = found if isinstance(found, rdflib.Graph) else rdflib.Graph().parse(data=found, format=form)
            assert len(graph) >= 6, (query, form)
    wrapper.setReturnFormat(JSON)
    wrapper.setQuery(IN_DEFAULT)
    wrapper.addDefaultGraph(OTHER)
    assert wrapper.query().convert()["boolean"] is False
    wrapper.resetQuery()
    wrapper.setQuery("SELECT ?s { ?s ?p }")
    with pytest.raises(QueryBadFormed):
        wrapper.query()


def test_sparqlwrapper_reads_triples_whatever_format_it_says(server: Server) -> None:
    """Left alone it says "xml" of every answer, be it a table or triples."""
    wrapper = SPARQLWrapper(f"{server.address}sparql")
    for query in (CONSTRUCT, f"DESCRIBE <{GRAPH}>"):
        wrapper.setQuery(query)
        assert len(wrapper.query().convert()) >= 6
    assert server.get(f"/sparql?{urlencode({'query': SELECT, 'format': 'turtle'})}", accept="text/csv").body.startswith(
        "doc"
    )

    def triples(accept: str, **more: str) -> str:
        got = server.get(f"/sparql?{urlencode({'query': CONSTRUCT, **more})}", accept=accept)
        return got.headers["content-type"]

    assert triples("application/json") == triples("*/*", format="json") == "application/ld+json"
    assert triples("text/xml") == triples("*/*", format="xml") == "application/rdf+xml"


def test_rdflibs_store_asks_named_graphs_and_changes_nothing(server: Server) -> None:
    store = SPARQLStore(f"{server.address}sparql")
    graph = rdflib.Graph(store, identifier=rdflib.URIRef(GRAPH))
    article = rdflib.URIRef("https://w3id.org/newskg/ontology#Article")
    assert list(graph.subjects(rdflib.RDF.type, article)) == [rdflib.URIRef(GRAPH)]
    assert GRAPH in {str(getattr(one, "identifier", one)) for one in store.contexts()}
    with pytest.raises(TypeError):
        graph.add((rdflib.URIRef("a:b"), rdflib.RDF.type, article))
    writer = SPARQLUpdateStore(f"{server.address}sparql", f"{server.address}sparql")
    with pytest.raises(HTTPError) as refused:
        writer.update("INSERT DATA { <a:b> <a:b> <a:b> }")
    assert refused.value.code == 403


def test_csv_and_tsv_of_a_boolean(server: Server) -> None:
    assert (
        server.ask(ASK, accept="text/csv").body == server.ask(ASK, accept="text/tab-separated-values").body == "true\n"
    )


def test_the_union_says_each_triple_once(server: Server) -> None:
    got = server.ask("CONSTRUCT { ?c a ?class } WHERE { ?c a ?class }", accept="application/n-triples")
    lines = got.body.splitlines()
    assert len(lines) == len(set(lines)) > 100


def test_it_describes_itself(server: Server) -> None:
    got = server.get("/sparql", accept="text/turtle")
    described = rdflib.Graph().parse(data=got.body, format="turtle")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    service = described.value(predicate=rdflib.RDF.type, object=sd.Service)
    assert described.value(service, sd.endpoint) == rdflib.URIRef(f"{server.address}sparql")
    assert (service, sd.supportedLanguage, sd.SPARQL11Query) in described
    assert len(list(described.objects(service, sd.resultFormat))) == 8
    assert server.get("/sparql", method="HEAD").status == 200
    same = server.get("/sparql", accept="application/ld+json")
    assert same.headers["content-type"] == "application/ld+json"
    assert len(rdflib.Graph().parse(data=same.body, format="json-ld")) == len(described)


def test_void_counts_what_is_there(server: Server, istanbul: object) -> None:
    got = server.get("/.well-known/void")
    void = rdflib.Namespace("http://rdfs.org/ns/void#")
    described = rdflib.Graph().parse(data=got.body, format="turtle")
    dataset = described.value(predicate=rdflib.RDF.type, object=void.Dataset)
    with kg.open(str(istanbul)) as graph:
        stats = graph.stats()
        assert int(described.value(dataset, void.triples)) == stats["triples"]
        assert int(described.value(dataset, void.documents)) == 6
    parts = described.objects(dataset, void.classPartition)
    told = {str(described.value(part, void["class"])): int(str(described.value(part, void.entities))) for part in parts}
    counted = server.ask("SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c } GROUP BY ?c", accept="text/csv").body.split()
    assert told == {row.split(",")[0]: int(row.split(",")[1]) for row in counted[1:]}
    assert {vocab.NKG + name for name in ("Article", "Mention", "Person", "Statement", "Initiative")} <= told.keys()
    typed = server.ask("SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c }", accept="text/csv").body.split()[1]
    assert str(described.value(dataset, void.entities)) == typed
    dumps = {str(dump) for dump in described.objects(dataset, void.dataDump)}
    assert f"{server.address}export/trig" in dumps
    assert all(server.get(dump.removeprefix(server.address.rstrip("/"))).status == 200 for dump in dumps)
    assert described.value(dataset, void.sparqlEndpoint) == rdflib.URIRef(f"{server.address}sparql")


def test_an_answer_is_kept_and_never_stale(server: Server) -> None:
    query = "SELECT (COUNT(*) AS ?n) WHERE { ?s a nkg:Mention }"
    first, second = server.ask(query), server.ask(query)
    assert (first.headers["x-cache"], second.headers["x-cache"]) == ("miss", "hit")
    assert first.body == second.body and first.headers["etag"] == second.headers["etag"]
    assert server.ask(query, if_none_match=first.headers["etag"]).status == 304
    assert server.ask(query, if_none_match=f'"other", W/{first.headers["etag"]}').status == 304
    assert server.ask(query, if_none_match='"other"').status == 200
    assert server.ask(query, accept="text/csv").headers["etag"] != first.headers["etag"]
