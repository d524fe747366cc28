"""Drawings: well-formed, escaped, complete, and nothing lies on anything else."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest

from kg.drawing.atlas import Place, atlas
from kg.drawing.charts import LANES, Dot, fates, matrix, span, timeline
from kg.drawing.flow import Row, flow
from kg.drawing.life import Step, card, life
from kg.drawing.marks import STATUSES, colour_of
from kg.drawing.net import Spot, Tie, net
from kg.drawing.outlines import borders, land
from kg.drawing.svg import fit, lines, mark
from kg.vocab import ENTITY_CLASSES, EVENT_CLASSES

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "<script>alert(\"1\")</script> & 'b' \x00\x1b[2J \u202egnp.\u2069 \ud800 ]]> -->"


def texts(svg: str) -> list[str]:
    return ["".join(one.itertext()) for one in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def boxes(svg: str) -> list[tuple[float, float, float, float]]:
    """Give the boxes that upright texts take, by the width that letters have at most."""
    out = []
    for one in ElementTree.fromstring(svg).iter(f"{SVG}text"):
        if one.get("transform"):
            continue
        size = float(one.get("font-size", "13"))
        width = len("".join(one.itertext())) * size * 0.53
        x = float(one.get("x", "0")) - {"middle": width / 2, "end": width}.get(one.get("text-anchor", "start"), 0.0)
        y = float(one.get("y", "0"))
        out.append((x, y - size * 0.8, x + width, y + size * 0.2))
    return out


def apart(svg: str) -> bool:
    return not any(a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3] for a, b in combinations(boxes(svg), 2))


def test_a_life_has_every_step_with_its_mark_and_words() -> None:
    steps = [
        Step("before", "", "a strike"),
        Step("proposal", "Oslo", "proposed talks about the fishing quotas of the north " * 3, "2025-05-01"),
        Step("answer", "Rome", "turned it down", status="rejected", quote="Rome turned it down."),
        Step("after", "", "the talks were called off"),
    ]
    svg = life(steps)
    said = " ".join(texts(svg))
    assert "2025-05-01 · Oslo · proposes" in said and "Rome · rejected" in said and "turned it down" in said
    assert "<title>Rome turned it down.</title>" in svg and STATUSES["rejected"].colour in svg
    assert len([*ElementTree.fromstring(svg).iter(f"{SVG}circle")]) == 3  # the others decide nothing
    assert apart(svg)
    height = float(ElementTree.fromstring(svg).get("height", "0"))
    assert all(box[3] <= height and box[0] >= 0 for box in boxes(svg))


@pytest.mark.parametrize("length", [1, 200, 3000])
def test_words_are_broken_and_cut(length: int) -> None:
    found = lines("word " * length, width=200, size=13)
    assert len(found) <= 3 and all(len(line) <= 200 / (13 * 0.53) for line in found)
    assert (found[-1].endswith("…")) == (length > 15)


def test_nothing_hostile_comes_through() -> None:
    drawings = [
        life([Step("proposal", HOSTILE, HOSTILE, HOSTILE, quote=HOSTILE)], label=HOSTILE),
        timeline([Dot("2025-05-01", "Offer", HOSTILE), Dot("soon", "Offer"), Dot("2025-13-01", "Offer")]),
        matrix({(HOSTILE, "b"): 1}),
        fates({HOSTILE: {"accepted": 1, HOSTILE: 2}}),
        card(HOSTILE, [Step("proposal", HOSTILE, HOSTILE)], source=HOSTILE),
    ]
    for svg in drawings:
        ElementTree.fromstring(svg)
        assert "<script" not in svg and not re.search(
            "[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", svg
        )
    assert fit("\u202eabc\u202c") == "abc"


def test_statuses_differ_by_colour_and_by_shape() -> None:
    assert len({one.colour for one in STATUSES.values()}) == len(STATUSES)
    assert len({one.shape for one in STATUSES.values()}) == len(STATUSES)
    assert len({one.marker for one in STATUSES.values()}) == len(STATUSES)
    drawn = [re.sub(r"#\w+", "", mark(status, 10, 10)) for status in STATUSES]
    assert len({*drawn}) == len(STATUSES), "told apart without colour"


def test_every_class_has_a_colour_and_a_lane_at_most() -> None:
    assert len({colour_of(cls) for cls in ENTITY_CLASSES.values()}) == len(ENTITY_CLASSES)
    placed = [cls for classes in LANES.values() for cls in classes]
    assert len(placed) == len({*placed}) and {*placed} <= {*EVENT_CLASSES}


def test_a_timeline_shows_every_dated_event_once() -> None:
    dots = [Dot(f"2025-05-{1 + n % 9:02}", EVENT_CLASSES[n % len(EVENT_CLASSES)], f"event {n}") for n in range(90)]
    svg = timeline(dots)
    assert sorted(re.findall(r"<title>[\d-]+ · (event \d+)</title>", svg)) == sorted(dot.title for dot in dots)
    assert apart(svg)
    circles = [
        (float(c.get("cx", "0")), float(c.get("cy", "0")), float(c.get("r", "0")))
        for c in ElementTree.fromstring(svg).iter(f"{SVG}circle")
    ]
    for one, other in combinations(circles, 2):
        assert (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 >= (one[2] + other[2]) ** 2 - 0.2
    width = float(ElementTree.fromstring(svg).get("width", "0"))
    assert all(x - r >= 196 and x + r <= width for x, _, r in circles)
    assert "No event is dated" in timeline([])


def test_names_of_lanes_leave_room_for_large_numbers() -> None:
    kinds = [classes[0] if classes else "Anything" for classes in LANES.values()]
    many = [Dot(f"2025-05-{1 + n % 28:02}", kind, f"event {n}") for kind in kinds for n in range(1200)]
    found = [one for one in ElementTree.fromstring(timeline(many)).iter(f"{SVG}text")]
    for lane, number in pairwise(found):
        if lane.text in LANES:
            assert number.text == "1200"
            end = float(lane.get("x", 0)) + len(lane.text or "") * float(lane.get("font-size", 0)) * 0.6  # bold
            assert end < float(number.get("x", 0)) - 4 * float(number.get("font-size", 0)) * 0.63, lane.text


def test_a_matrix_has_rows_of_who_asks_and_columns_of_who_is_asked() -> None:
    svg = matrix({("A", "B"): 3, ("B", "A"): 1, ("C", "B"): 2}, most=2)
    assert "<title>A asks B: 3</title>" in svg and "<title>C asks B: 2</title>" in svg
    assert "B asks A" not in svg, "only the largest rows are shown"
    assert "Nobody asks anybody" in matrix({})


def test_fates_add_up() -> None:
    svg = fates({"offer": {"accepted": 2, "rejected": 1}, "demand": {"unknown": 5}})
    assert texts(svg)[0] == "demand" and "<title>offer: 2 accepted</title>" in svg
    assert {"accepted", "rejected", "unknown"} <= {*texts(svg)} and "pending" not in texts(svg)
    assert apart(svg)


def test_the_words_of_all_fates_stand_in_the_picture() -> None:
    svg = fates({"offer": dict.fromkeys(STATUSES, 1)})
    begins = {
        word: float(x) for x, word in re.findall(r'<text x="([\d.]+)"[^>]*>([^<]+)</text>', svg) if word in STATUSES
    }
    assert {*begins} == {*STATUSES} and min(begins.values()) > 0
    assert all(x + 6.4 * len(word) < 760 for word, x in begins.items()) and apart(svg)


def test_spans_of_days_are_told_in_words() -> None:
    assert span(["2025-05-19", "2025-05-25", "soon"]) == "19–25 May 2025"
    assert span(["2025-05-19"]) == "19 May 2025" and span([]) == ""
    assert span(["2024-12-30", "2025-01-02"]) == "30 Dec 2024 – 2 Jan 2025"


def test_a_network_has_no_name_on_another() -> None:
    spots = [Spot(f"A rather long name {n}", (n % 5) / 50 + 0.4, (n // 5) / 50 + 0.4, 6 + n % 7) for n in range(25)]
    svg = net(spots, [Tie(n, (n * 7 + 1) % 25, n + 1, f"tie {n}") for n in range(25)], legend={"all": "#123456"})
    assert apart(svg) and svg.count("<circle") == 26
    circles = [one for one in ElementTree.fromstring(svg).iter(f"{SVG}circle")][:25]
    at = [(float(c.get("cx", "0")), float(c.get("cy", "0")), float(c.get("r", "0"))) for c in circles]
    for one, other in combinations(at, 2):
        assert (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 > (one[2] + other[2]) ** 2
    assert svg == net(
        spots, [Tie(n, (n * 7 + 1) % 25, n + 1, f"tie {n}") for n in range(25)], legend={"all": "#123456"}
    )


def test_a_map_shows_every_place_where_it_is() -> None:
    places = [
        Place("Istanbul", 41.01, 28.98, 4),
        Place("Ankara", 39.93, 32.86),
        Place("Izmit", 40.77, 29.92),
        Place("Wellington", -41.3, 174.8),
    ]
    svg = atlas(places)
    assert apart(svg) and {"Istanbul (4)", "Ankara", "Izmit", "Wellington"} == {*texts(svg)}
    circles = [*ElementTree.fromstring(svg).iter(f"{SVG}circle")]
    x = {"".join(c.itertext()).split(":")[0]: float(c.get("cx", "0")) for c in circles}
    y = {"".join(c.itertext()).split(":")[0]: float(c.get("cy", "0")) for c in circles}
    assert x["Istanbul"] < x["Izmit"] < x["Ankara"] < x["Wellington"] and y["Istanbul"] < y["Ankara"] < y["Wellington"]
    # the middle latitude is true to scale, and the grid is even
    assert (x["Ankara"] - x["Istanbul"]) / (x["Wellington"] - x["Istanbul"]) == pytest.approx(
        (32.86 - 28.98) / (174.8 - 28.98), rel=0.02
    )
    assert "No place has coordinates" in atlas([])


def test_outlines_are_cut_where_a_map_ends() -> None:
    assert len(land()) > 100 and len(borders()) > 100
    assert all(ring[0] == ring[-1] for ring in land())
    for line in (*land(), *borders()):
        assert all(abs(x) <= 180 and abs(y) <= 90 for x, y in line)
        assert max(abs(a[0] - b[0]) for a, b in pairwise(line)) < 90 or any(y == -90 for _, y in line)
    everywhere = atlas([Place("Tokyo", 35.7, 139.7), Place("Washington", 38.9, -77)])
    steps = [
        abs(float(b.split(",")[0]) - float(a.split(",")[0]))
        for path in re.findall(r' d="M([^"]*)"', everywhere)
        for line in re.split(r"Z?M", path.rstrip("Z"))
        for a, b in pairwise(line.split("L"))
        if float(a.split(",")[1]) < 460
    ]
    assert steps and max(steps) < 150  # no line leads across the whole map


def test_a_flow_has_every_proposal_and_nothing_overlaps() -> None:
    rows = [
        Row(
            f"Actor {n // 3} of the {'very ' * 6}long name",
            f"urge → B{n}",
            f"what {n} " * 20,
            "rejected",
            f"outcome {n} " * 9,
            "The Paper",
        )
        for n in range(9)
    ]
    svg = flow([*rows, Row("C", "offer", "a road", "unknown")])
    assert apart(svg) and all(f"urge → B{n}" in texts(svg) for n in range(9)) and "unknown" in texts(svg)
    height = float(ElementTree.fromstring(svg).get("height", "0"))
    assert all(box[3] <= height for box in boxes(svg))
