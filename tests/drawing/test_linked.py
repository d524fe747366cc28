"""Drawings of pages, whose parts lead somewhere: true to their data, the same each time, and readable."""

from __future__ import annotations

import math
import os
import random
import re
import subprocess
import sys
from itertools import pairwise
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.drawing.bars import bars
from kg.drawing.days import timeline
from kg.drawing.layout import laid_out
from kg.drawing.life import Step, course
from kg.drawing.network import Node, Tie, network
from kg.drawing.outlines import outlines
from kg.drawing.world import Spot, world

SVG = "{http://www.w3.org/2000/svg}"


def drawn(markup: object) -> ElementTree.Element:
    return ElementTree.fromstring(str(markup).replace(' xmlns="http://www.w3.org/2000/svg"', ""))


def heights(markup: object) -> list[float]:
    return [float(one.get("height", 0)) for one in drawn(markup).iter("rect")]


def ring(number: int) -> tuple[list[str], list[tuple[str, str, float]]]:
    nodes = [f"n{at:02}" for at in range(number)]
    return nodes, [(nodes[at], nodes[(at * 7 + 1) % number], 1.0 + at % 3) for at in range(number)]


def test_a_layout_is_the_same_whatever_the_order() -> None:
    nodes, edges = ring(30)
    once = laid_out(nodes, edges)
    shuffled_nodes, shuffled_edges = nodes[:], edges[:]
    random.Random(1).shuffle(shuffled_nodes)
    random.Random(2).shuffle(shuffled_edges)
    assert laid_out(shuffled_nodes, shuffled_edges) == once


def test_a_layout_is_the_same_in_every_process() -> None:
    code = (
        "from kg.drawing.layout import laid_out; n = ['né', 'a', 'bb', 'c', 'dd', 'x', 'y', 'zz'];"
        "print(laid_out(n, [('né', 'a', 1.0), ('a', 'bb', 2.0), ('bb', 'c', 1.0), ('x', 'y', 1.0), ('zz', 'y', 1.0)]))"
    )
    drawn = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(drawn) == 1


def test_who_is_there_stays_when_more_come() -> None:
    nodes, edges = ring(12)
    before = laid_out(nodes, edges)
    more = [("n00", f"m{at}", 1.0) for at in range(6)] + [("x", "y", 1.0)]
    after = laid_out([*nodes, *(f"m{at}" for at in range(6)), "x", "y"], edges + more, fixed=before)
    assert {node: after[node] for node in nodes} == before
    assert len({*after.values()}) == len(after) == 20


def test_components_lie_apart_and_nodes_beside_each_other() -> None:
    nodes, edges = ring(14)
    other = [f"o{at}" for at in range(9)]
    points = laid_out([*nodes, *other], [*edges, *((other[0], one, 1.0) for one in other[1:])])
    places = sorted(points.items())
    for at, (_, a) in enumerate(places):
        for _, b in places[at + 1 :]:
            assert math.dist(a, b) > 40
    boxes = []
    for part in (nodes, other):
        xs, ys = [points[node][0] for node in part], [points[node][1] for node in part]
        boxes.append((min(xs), min(ys), max(xs), max(ys)))
    (a, b) = boxes
    assert a[2] < b[0] or b[2] < a[0] or a[3] < b[1] or b[3] < a[1]


def test_labels_do_not_lie_on_each_other() -> None:
    nodes, edges = ring(40)
    points = laid_out(nodes, edges)
    made = [Node(n, f"A rather long name {n}", "Person", at + 1, f"/actor/{n}") for at, n in enumerate(nodes)]
    ties = [Tie(a, b, int(w), "", "/") for a, b, w in edges]
    picture = drawn(network(made, ties, points, label="all"))
    shown = [
        one
        for one in picture.iter("a")
        if one.get("class", "").startswith("node") and "hid" not in one.get("class", "")
    ]
    boxes = []
    for one in shown:
        x, y = map(float, re.findall(r"-?[\d.]+", one.get("transform", "")))
        text = next(one.iter("text"))
        wide, x, y = len(text.text or "") * 6, x + float(text.get("x", 0)), y + float(text.get("y", 0))
        left = x - {"middle": wide / 2, "start": 0, "end": wide}[text.get("text-anchor", "")]
        boxes.append((left, y - 10, left + wide, y))
    assert 3 < len(shown) <= len(nodes)
    # the heaviest have their names, wherever there is room for them
    assert {made[-1].id, made[-2].id, made[-3].id} <= {one.get("data-node") for one in shown}
    for at, a in enumerate(boxes):
        for b in boxes[at + 1 :]:
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_a_timeline_has_a_bar_for_each_day_and_none_for_others() -> None:
    days = {"2025-05-10": 4, "2025-05-12": 8, "2025-05-31": 2}
    picture = timeline(days, link=lambda a, b: f"/x?since={a}&until={b}")
    high = heights(picture)
    assert len(high) == 3 and high[1] == max(high) and abs(high[0] * 2 - high[1]) < 0.2
    links = [one.get("href") for one in drawn(picture).iter("a")]
    assert links[1] == "/x?since=2025-05-12&until=2025-05-12"


def test_a_timeline_tells_of_what_lies_far_off_without_being_squeezed_by_it() -> None:
    days = {"1999-03-01": 1} | {f"2025-05-{day:02}": 5 for day in range(1, 31)}
    picture = timeline(days, link=lambda a, b: f"{a}/{b}")
    assert len(heights(picture)) == 30
    assert "from 1 March 1999" in str(picture) and "1999-03-01/1999-03-01" in str(picture)


def test_months_and_years_where_days_would_be_too_many() -> None:
    months = timeline({"2023-01-05": 1, "2023-02": 2, "2024-02-29": 4}, link=lambda a, b: f"{a}/{b}")
    assert "2024-02-01/2024-02-29" in str(months) and len(heights(months)) == 3
    years = timeline({"1990": 1, "2005-05-05": 1, "2020": 1}, link=lambda a, b: f"{a}/{b}")
    assert "1990-01-01/1990-12-31" in str(years) and len(heights(years)) == 3
    assert str(timeline({}, link=lambda a, b: "")) == str(timeline({"": 3, "soon": 1}, link=lambda a, b: "")) == ""


@given(st.dictionaries(st.dates().map(lambda day: day.isoformat()), st.integers(1, 50), min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_no_event_is_lost_from_a_timeline(days: dict[str, int]) -> None:
    picture = str(timeline(days, link=lambda a, b: f"{a}|{b}"))
    spans = [one.split("|") for one in re.findall(r'href="([^"]+)"', picture)]
    oldest = min(int(day[:4]) for day in days)
    newest = max(int(day[:4]) for day in days)
    if newest - oldest <= 150:
        assert all(any(begin <= day <= end for begin, end in spans) for day in days)


def test_bars_are_as_long_as_their_counts() -> None:
    picture = drawn(bars([("Meeting", 40, "/a"), ("Attack", 20, "/b"), ("<b>", 10, "/c")], label="kinds"))
    wide = [float(one.get("width", 0)) for one in picture.iter("rect")]
    assert abs(wide[0] - 2 * wide[1]) < 0.2 and abs(wide[1] - 2 * wide[2]) < 0.2


def test_a_life_runs_from_left_to_right_and_leaves_out_empty_stages() -> None:
    steps = [
        Step("proposal", "Oslo", "talks on " + "many matters " * 20, "1 May", name="Propose", url="/a"),
        Step("answer", "the rebels", "they said no", "", "rejected", name="Rejected", url="/b", after=(0,)),
        Step("answer", "the union", "it said yes", "", "accepted", name="Accepted", url="/c", after=(0,)),
    ]
    picture = drawn(course(steps, label="life"))
    rects = [one for one in picture.iter("rect") if one.get("class") == "box"]
    boxes = [tuple(float(one.get(name, 0)) for name in ("x", "y", "height")) for one in rects]
    assert boxes[0][0] < boxes[1][0] == boxes[2][0]
    assert boxes[1][1] + boxes[1][2] <= boxes[2][1]
    heads = [one.text for one in picture.iter("text") if one.get("class") == "stage-name"]
    assert heads == ["Proposed", "Answered"]
    assert len([one for one in picture.iter("path")]) == 2
    assert "rejected" in str(picture.findall("a")[1].get("class"))


def test_a_map_shows_a_place_where_it_is() -> None:
    picture = drawn(world([Spot("Kyiv", 50.45, 30.52, 3, "/k"), Spot("Istanbul", 41.01, 28.98, 9, "/i")], label="map"))
    left, top, width, height = map(float, picture.get("viewBox", "").split())
    circles = {one.get("aria-label", "").split(":")[0]: next(one.iter("circle")) for one in picture.iter("a")}
    for name, lat, long in (("Kyiv", 50.45, 30.52), ("Istanbul", 41.01, 28.98)):
        x, y = float(circles[name].get("cx", 0)), float(circles[name].get("cy", 0))
        assert abs(x - long) < 0.01 and abs(-y - lat) < 0.01
        assert left < x < left + width and top < y < top + height
    assert float(circles["Istanbul"].get("r", 0)) > float(circles["Kyiv"].get("r", 0))


def rings(path: str) -> list[list[tuple[float, float]]]:
    out = []
    for one in path.replace("z", "").split("M")[1:]:
        first, *steps = one.split("l")
        numbers = [[float(n) for n in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", step)] for step in (first, *steps)]
        points = [(numbers[0][0], numbers[0][1])]
        for dx, dy in numbers[1:]:
            points.append((points[-1][0] + dx, points[-1][1] + dy))
        out.append(points)
    return out


def inside(point: tuple[float, float], ring: list[tuple[float, float]]) -> bool:
    x, y = point
    crossed = False
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            crossed = not crossed
    return crossed


def test_the_outlines_are_those_of_the_earth() -> None:
    land, borders = outlines()
    shapes = rings(land)
    assert all(-180.2 <= x <= 180.2 and -90.2 <= y <= 90.2 for ring in shapes for x, y in ring)
    places = {
        "Kyiv": (50.45, 30.52, True),
        "Nairobi": (-1.29, 36.82, True),
        "Denver": (39.7, -105.0, True),
        "South Pole": (-88.0, 0.0, True),
        "Alice Springs": (-23.7, 133.9, True),
        "Anadyr": (66.0, 178.0, True),
        "mid-Atlantic": (30.0, -40.0, False),
        "Pacific": (0.0, -150.0, False),
    }
    for name, (lat, long, dry) in places.items():
        assert (sum(inside((long, -lat), ring) for ring in shapes) % 2 == 1) is dry, name
    long_steps = [1 for ring in rings(borders) for a, b in pairwise(ring) if abs(a[0] - b[0]) > 90]
    assert long_steps == []


def test_one_day_alone_is_no_wall() -> None:
    [bar] = [one for one in drawn(timeline({"2001-09": 3}, link=lambda a, b: f"{a}/{b}")).iter("rect")]
    assert float(bar.get("width", 0)) < 80


def test_no_name_on_a_map_stands_on_a_larger_place() -> None:
    far = [Spot("Canada", 60.0, -96.0, 3, "/c"), Spot("Australia", -25.0, 134.0, 3, "/a")]
    for place in (
        Spot("Lund", 55.7, 15.2, 1, "/l"),
        Spot("Lund", 61.0, 8.0, 1, "/l"),
        Spot("Lund", 66.0, 15.0, 1, "/l"),
    ):
        picture = drawn(world([Spot("Sweden", 62.0, 15.0, 30, "/s"), place, *far], label="map"))
        sweden = next(one for one in picture.iter("circle") if one.get("cx") == "15.000" and one.get("cy") == "-62.000")
        x, y, r = (float(sweden.get(name, 0)) for name in ("cx", "cy", "r"))
        names = {one.text: one for one in picture.iter("text")}
        assert "Sweden" in names
        if (lund := names.get("Lund")) is not None:
            left, foot, size = (float(lund.get(name, 0)) for name in ("x", "y", "font-size"))
            inside = left < x + r / 2 and x - r / 2 < left + size * 2.4 and foot - size < y + r / 2 and y - r / 2 < foot
            assert not inside, place


def test_a_large_network_is_marked_as_broad() -> None:
    nodes = [Node(f"n{at}", f"Name {at}", "Person", 1, "/") for at in range(60)]
    few = nodes[:4]
    for some, broad in ((nodes, True), (few, False)):
        points = {node.id: (at % 4 * 160.0, at // 4 * 90.0) for at, node in enumerate(some)}
        assert ("broad" in network(some, [], points, label="net").split('class="network')[1][:20]) is broad


def test_names_on_a_map_give_way_to_each_other() -> None:
    spots = [
        Spot("Istanbul", 41.0, 29.0, 9, "/i"),
        Spot("Bursa", 40.2, 29.1, 2, "/b"),
        Spot("Sofia", 42.7, 23.3, 1, "/s"),
    ]
    names = [one for one in drawn(world(spots, label="map")).iter("text")]
    assert {one.text for one in names} == {"Istanbul", "Bursa", "Sofia"}
    boxes = [
        (float(n.get("x", 0)), float(n.get("y", 0)), len(n.text or ""), float(n.get("font-size", 0))) for n in names
    ]
    for at, (x, y, letters, size) in enumerate(boxes):
        for ox, oy, other, _ in boxes[at + 1 :]:
            assert abs(y - oy) >= size or x + letters * size * 0.5 <= ox or ox + other * size * 0.5 <= x
