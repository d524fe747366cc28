"""The graphs that every export is read back from: the demo, many articles, hostile values."""

from __future__ import annotations

import datetime
import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg.exporters.record import Draft, Network, network
from kg.graph import Graph
from kg.rdf.terms import typed
from kg.vocab import BASE
from tests.store.synthetic import Page, corridor, published

GEO = "http://www.w3.org/2003/01/geo/wgs84_pos#"
HOSTILE = "a \"b\" 'c' <d> & \x00\x0b\x1f\ud7ff\ufffe | ; , : ` $ \\ \\n \r\n\t =1+1 \u202e\u2028 \U0001f600 é}]]> -->"
CORPUS = Path(__file__).parents[2] / "corpus"


def passages(number: int) -> list[dict[str, str]]:
    """Give passages of the annotated corpus as articles."""
    found = []
    for path in sorted(CORPUS.glob("*-train.jsonl.gz")):
        for line in gzip.decompress(path.read_bytes()).decode().splitlines():
            record = json.loads(line)
            if isinstance(record.get("text"), str):
                found.append(
                    {"id": str(record.get("id", len(found))), "text": record["text"], "published": "2025-05-24"}
                )
            if len(found) == number:
                return found
    raise AssertionError(f"the corpus has only {len(found)} passages")


def hostile_page() -> Page:
    text = "Ann \x0b<met>\U0001f600 & \"Bob\"; in =Ville\\ on Monday. 'Bob' refused, 9 times."
    page = Page("odd|id;,\"' <&>", text)
    ann, bob = (page.actor("Person", name) for name in ("Ann", "Bob"))
    ville = page.actor("Place", "=Ville\\")
    page.add(ville, GEO + "lat", typed("48.8566", "decimal"))
    page.add(ville, GEO + "long", typed("2.3522", "decimal"))
    page.event(
        "Meeting",
        "<met>",
        text,
        agent=(ann, bob),
        label='met \x0b & \x1f "talked"\n; \'}]]>',
        place=ville,
        time="2025-05",
    )
    offer = page.event(
        "Offer",
        "refused",
        text,
        proposer=ann,
        agent=ann,
        recipient=bob,
        addressee=bob,
        label=HOSTILE.replace("\ufffe", ""),
    )
    page.says(offer, "kind", "offer")
    page.says(offer, "contentText", 'it\'s \\ "that"')
    page.quantity(offer, 9, "9", "times \t<&>")
    return page


def hostile_network() -> Network:
    """Give a network whose values are of every type that a format or reader is known to lose or alter."""
    values: list[dict[str, object]] = [
        {"nothing": None, "empty": "", "spaces": "  x  ", "text": HOSTILE},
        {
            "mixed": 1,
            "number": float("nan"),
            "big": 2**70,
            "whole": 2**53 - 1,
            "yes": True,
            "list": ["b", "a", "b", None],
        },
        {"mixed": "x", "number": float("inf"), "big": -(2**70), "whole": -5, "yes": False, "list": {"z", "y"}},
        {"mixed": True, "number": 0.1, "big": 7, "whole": 0, "list": [], "half": 1, "date": datetime.date(2025, 5, 1)},
        {
            "id": "i",
            "type": "t",
            "source": "s",
            "target": "u",
            "start": "1",
            "end": "2",
            "viz": "v",
            "name": "n",
            "pid": "p",
        },
        {
            "Key": "k",
            "key": "l",
            "KEY": "m",
            "half": 0.5,
            "a b": "c",
            "a_b": "d",
            "1": "one",
            "": "unnamed",
            '<&">': "odd",
        },
        {"dict": {"b": [1], "a": None}, "bytes": b"\xff\x00a", "time": "24:00", "minus": "-1", "number": -1e-300},
    ]
    nodes = {f"node {at}": Draft(("thing", f"Class {at % 3}", f"{HOSTILE} {at}"), row) for at, row in enumerate(values)}
    nodes["node\x01 0"] = Draft(("other sort", "", ""))
    nodes[" "] = Draft(("", "", ""), {"text": "no name"}, begin="2025-01-01", end="2025-02-28")
    nodes["http://x/?a=1&b=\"<2>'"] = Draft(("thing", "C", "L"), begin="2025-01-03", end="2025-01-01")
    ids = [*nodes]
    edges = [
        Draft((ids[at], ids[(at * 3) % len(ids)], f"rel {at % 2}"), dict(row), weight=at + 1)
        for at, row in enumerate(values)
    ]
    edges += [
        Draft((ids[0], ids[1], "twice")),
        Draft((ids[0], ids[1], "twice"), begin="2025-01-01"),
        Draft((ids[2], ids[2], "loop")),
    ]
    return network(nodes, [*edges, Draft((ids[0], "nobody", "lost"))], name=HOSTILE)


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    """Give a graph of passages of the corpus: 12, or as many as KG_PASSAGES says (`make soak` has 200)."""
    folder = tmp_path_factory.mktemp("many")
    records = passages(int(os.environ.get("KG_PASSAGES", "12")))
    (folder / "texts.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    with kg.build([folder / "texts.jsonl"], graph=folder / "graph") as graph:
        assert len(graph.documents()) == len(records)
        yield graph


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    directory = published(
        tmp_path_factory.mktemp("hostile"), hostile_page(), corridor("one"), corridor("two", base=BASE)
    )
    with kg.open(directory) as graph:
        yield graph
