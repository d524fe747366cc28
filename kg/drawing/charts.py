"""Overviews of a graph as drawings: a timeline, who asks whom, and proposals by fate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from kg.drawing.marks import BLUE, FAINT, GREEN, GREY, INK, PURPLE, STATUSES, VERMILION
from kg.drawing.svg import fit, legend, lines, mark, picture, rule, words
from kg.drawing.words import day as told
from kg.drawing.words import is_day

LANES: dict[str, tuple[str, ...]] = {
    "proposals": ("Proposal", "Offer", "Request", "Demand", "Threat", "Invitation", "Plan"),
    "answers": ("Acceptance", "Refusal", "Response", "NonRealisation"),
    "talks and agreements": ("Meeting", "Agreement", "Cooperation", "Support"),
    "relief": ("Exchange", "Release", "Aid", "Retreat"),
    "pressure and force": (
        "Attack",
        "Coercion",
        "Sanction",
        "Protest",
        "Mobilization",
        "Accusation",
        "Warning",
        "Pressure",
    ),
    "other": (),
}
"""Lane of a timeline to the classes of events that stand in it; what is in none is "other"."""

_COLOURS = dict(zip(LANES, ("#8a7400", PURPLE, BLUE, GREEN, VERMILION, GREY), strict=True))


@dataclass(frozen=True, slots=True)
class Dot:
    """An event on a timeline: its day as an ISO date, its class, and what to show when it is pointed at."""

    day: str
    cls: str
    title: str = ""


def timeline(dots: Sequence[Dot], *, width: float = 960) -> str:
    """Draw events by day, a lane for each kind, one dot an event; many on one day are drawn smaller.

    Days without an event take little room if there are many: then what lies between is drawn as a gap.
    """
    found = [(date.fromisoformat(dot.day), dot) for dot in dots if is_day(dot.day)]
    if not found:
        return picture(width, 40, words(12, 24, "No event is dated.", colour=FAINT), label="no dated events")
    days = sorted({day for day, _ in found})
    places, ticks = _places(days, 196.0, width - 34)
    column = min((b - a for a, b in pairwise(sorted(places.values()))), default=60.0)
    body, y = [], 16.0
    for lane, classes in LANES.items():
        mine: dict[date, list[Dot]] = {}
        for day, dot in found:
            if dot.cls in classes or (lane == "other" and not any(dot.cls in other for other in LANES.values())):
                mine.setdefault(day, []).append(dot)
        if not mine:
            continue
        most = max(len(here) for here in mine.values())
        radius, across, height = _room(most, column)
        y += height
        body.append(words(12, y - height / 2 + 5, lane, size=12, bold=True))
        body.append(
            words(190, y - height / 2 + 5, str(sum(map(len, mine.values()))), size=12, anchor="end", colour=FAINT)
        )
        for day, here in mine.items():
            for at, dot in enumerate(here):
                x = places[day] + (at % across - (min(across, len(here)) - 1) / 2) * (2 * radius + 1)
                dy = y - radius - 4 - (at // across) * (2 * radius + 1)
                tip = f"<title>{fit(f'{dot.day} · {dot.title}')}</title>"
                body.append(
                    f'<circle cx="{x:.1f}" cy="{dy:.1f}" r="{radius:.1f}" fill="{_COLOURS[lane]}">{tip}</circle>'
                )
        y += 8
        body.append(rule(196, y, width - 12, y))
    axis = [rule(places[day], 10, places[day], y, colour="#edf0f3") for day in ticks]
    y += 18
    axis += [words(places[day], y, _day(day), size=11, anchor="middle", colour=FAINT) for day in ticks]
    return picture(width, y + 10, "".join(axis) + "".join(body), label=f"timeline of {len(found)} events")


def matrix(counts: Mapping[tuple[str, str], int], *, most: int = 12, verb: str = "asks") -> str:
    """Draw who asks whom: a row for who asks, a column for who is asked, the number in the field.

    `most` rows and columns are shown, those with the largest sums.
    """
    rows = _largest({(a, n) for (a, _), n in counts.items()}, counts, 0, most)
    columns = _largest({(b, n) for (_, b), n in counts.items()}, counts, 1, most)
    if not rows:
        return picture(400, 40, words(12, 24, "Nobody asks anybody.", colour=FAINT), label="nobody asks anybody")
    left, top, cell = 190.0, 128.0, 44.0
    largest = max(counts.values())
    body = []
    for at, name in enumerate(columns):
        x = left + at * cell + cell / 2
        label = lines(name, width=150, size=12, most=1)[0]
        turn = f'transform="rotate(-40 {x:.1f} {top - 8:.1f})"'
        body.append(f'<text x="{x:.1f}" y="{top - 8:.1f}" font-size="12" fill="{INK}" {turn}>{fit(label)}</text>')
    for down, one in enumerate(rows):
        y = top + down * cell
        body.append(
            words(left - 10, y + cell / 2 + 4, lines(one, width=170, size=12, most=1)[0], size=12, anchor="end")
        )
        for at, other in enumerate(columns):
            number = counts.get((one, other), 0)
            body.append(
                _field(left + at * cell, y, cell, number, largest, f"{one} {verb} {other}: {number}", one == other)
            )
    width = left + len(columns) * cell + 130
    return picture(width, top + len(rows) * cell + 8, "".join(body), label=f"who {verb} whom")


def fates(counts: Mapping[str, Mapping[str, int]], *, width: float = 760) -> str:
    """Draw proposals by fate: a bar for each kind, parted by status, with the mark of the status on its part."""
    kinds = sorted(
        (kind for kind in counts if sum(counts[kind].values())), key=lambda kind: (-sum(counts[kind].values()), kind)
    )
    if not kinds:
        return picture(width, 40, words(12, 24, "There are no proposals.", colour=FAINT), label="no proposals")
    largest = max(sum(counts[kind].values()) for kind in kinds)
    unit = (width - 180) / largest
    body, y = [], 12.0
    for kind in kinds:
        x = 120.0
        body.append(words(108, y + 19, kind, size=13, anchor="end", bold=True))
        for status, how in STATUSES.items():
            number = counts[kind].get(status, 0)
            if not number:
                continue
            part = number * unit
            tint = f'fill="{how.colour}" fill-opacity="0.28" stroke="{how.colour}" stroke-width="1.2"'
            tip = f"<title>{fit(f'{kind}: {number} {status}')}</title>"
            at = f'x="{x + 1:.1f}" y="{y:.1f}" width="{max(part - 2, 1):.1f}" height="28" rx="3"'
            body.append(f"<rect {at} {tint}>{tip}</rect>")
            if part >= 40:
                body.append(mark(status, x + part / 2 - 9, y + 14, radius=6.5))
                body.append(words(x + part / 2 + 4, y + 19, str(number), size=13))
            elif part >= 16:
                body.append(words(x + part / 2, y + 19, str(number), size=12, anchor="middle"))
            x += part
        body.append(words(x + 8, y + 19, str(sum(counts[kind].values())), size=12, colour=FAINT))
        y += 38
    shown = [status for status in STATUSES if any(counts[kind].get(status) for kind in kinds)]
    body.append(legend(120, y + 14, shown, width=width))
    return picture(width, y + 26, "".join(body), label="proposals by kind and fate")


def _field(x: float, y: float, cell: float, number: int, largest: int, title: str, same: bool) -> str:
    at = f'x="{x + 1:.1f}" y="{y + 1:.1f}" width="{cell - 2:.1f}" height="{cell - 2:.1f}" rx="3"'
    if not number:
        return f'<rect {at} fill="{"#f7f8fa" if not same else "#eceff2"}"/>'
    deep = 0.15 + 0.75 * number / largest
    box = f'<rect {at} fill="{BLUE}" fill-opacity="{deep:.2f}"><title>{fit(title)}</title></rect>'
    ink = "#fff" if deep > 0.55 else INK
    return box + words(x + cell / 2, y + cell / 2 + 5, str(number), size=14, anchor="middle", colour=ink, bold=True)


def _largest(names: set[tuple[str, int]], counts: Mapping[tuple[str, str], int], side: int, most: int) -> list[str]:
    sums: dict[str, int] = {name: 0 for name, _ in names}
    for pair, number in counts.items():
        sums[pair[side]] += number
    return sorted(sums, key=lambda name: (-sums[name], name))[:most]


def _places(days: list[date], left: float, right: float) -> tuple[dict[date, float], list[date]]:
    """Give each day its place; a gap of more than three steps counts as three, so that clusters stay legible."""
    steps = [0]
    for before, after in pairwise(days):
        steps.append(steps[-1] + min((after - before).days, 3))
    unit = (right - left - 40) / max(steps[-1], 1)
    places = {day: left + 20 + step * unit for day, step in zip(days, steps, strict=True)}
    if len(days) == 1:
        places = {days[0]: (left + right) / 2}
    ticks: list[date] = []
    for day in days:
        if not ticks or places[day] - places[ticks[-1]] >= 78:
            ticks.append(day)
    return places, ticks


def _room(most: int, column: float) -> tuple[float, int, float]:
    """Give the radius of dots, how many stand side by side, and the height that the fullest day takes."""
    radius = 5.0 if most <= 30 else 3.5 if most <= 120 else 2.0
    across = max(1, min(6, int((column - 4) / (2 * radius + 1))))
    return radius, across, max(28.0, -(-most // across) * (2 * radius + 1) + 10)


def _day(day: date) -> str:
    return told(day.isoformat(), short=True)


def span(days: Sequence[str]) -> str:
    """Say from when to when, in words: "19–25 May 2025"."""
    known = sorted(date.fromisoformat(day) for day in days if is_day(day))
    if not known:
        return ""
    first, last = known[0], known[-1]
    if first == last:
        return _day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{_day(last)}"
    return f"{_day(first)} – {_day(last)}"
