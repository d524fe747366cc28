"""A timeline: how much is told of each day, month or year, as bars that lead to what is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

from markupsafe import Markup

from kg.drawing.svg import element
from kg.drawing.words import count, day, is_day

_WIDTH, _HEIGHT, _FOOT = 720, 120, 18
_MOST = 62  # bars that can still be told apart
_WIDEST = 72.0  # of a bar: one alone is no wall

Link = Callable[[str, str], str]
"""The address of what is told from one day to another."""


def timeline(days: Mapping[str, int], *, link: Link, label: str = "Events by day") -> Markup:
    """Draw counts by day ("2025-05-16", also "2025-05" and "2025"); empty if there are none."""
    shown, earlier, later = _core(days)
    unit, bars = _bars(shown)
    if not bars:
        return Markup("")
    most = max(number for _, number, _, _ in bars)
    width = min(_WIDTH / len(bars), _WIDEST)
    drawn = []
    for at, (name, number, begin, end) in enumerate(bars):
        if not number:
            continue
        high = max(3.0, (_HEIGHT - _FOOT - 14) * number / most)
        said = f"{day(name)}: {count(number, 'event')}"
        bar = element(
            "rect",
            element("title", said),
            x=at * width + min(1.5, width * 0.1),
            y=_HEIGHT - _FOOT - high,
            width=max(1.0, width - min(3.0, width * 0.2)),
            height=high,
            rx=min(2.0, width / 4),
        )
        drawn.append(element("a", bar, href=link(begin, end), aria_label=said))
    return element(
        "svg",
        element("title", f"{label}: {count(sum(days.values()), 'event')} by {unit}"),
        element("line", x1=0, x2=_WIDTH, y1=_HEIGHT - _FOOT, y2=_HEIGHT - _FOOT, class_="axis"),
        *drawn,
        *_ticks(bars, width),
        *_beyond(earlier, later, link),
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
        class_="timeline",
        role="group",
        aria_label=label,
    )


def _core(days: Mapping[str, int]) -> tuple[Mapping[str, int], list[str], list[str]]:
    """Leave out a few days that lie so far off that all others would be one bar; give these as well."""
    names = sorted(days)
    total, most = sum(days.values()), sum(days.values()) // 20
    begin, end, left = 0, len(names), most
    while begin < end and days[names[begin]] <= left:
        left -= days[names[begin]]
        begin += 1
    left = most
    while end > begin and days[names[end - 1]] <= left:
        left -= days[names[end - 1]]
        end -= 1
    inside = names[begin:end]
    if total < 20 or len(inside) < 2 or _years(names) < 4 * _years(inside):
        return days, [], []
    # what lies near is no outlier
    near = [name for name in names if _years([*inside, name]) <= 1.5 * _years(inside) + 0.1]
    return {name: days[name] for name in near}, [n for n in names if n < near[0]], [n for n in names if n > near[-1]]


def _years(names: Iterable[str]) -> float:
    numbers = [
        int(n[:4]) + (int(n[5:7] or 1) - 1) / 12 + (int(n[8:10] or 1) - 1) / 365 for n in names if n[:4].isdigit()
    ]
    return max(numbers, default=0.0) - min(numbers, default=0.0) + 1 / 365


def _beyond(earlier: list[str], later: list[str], link: Link) -> Iterable[Markup]:
    for names, x, anchor, said in (
        (earlier, 0, "start", "← earlier, from {}"),
        (later, _WIDTH, "end", "later, to {} →"),
    ):
        if names:
            text = element("text", said.format(day(names[0] if x == 0 else names[-1])), x=x, y=10, text_anchor=anchor)
            yield element("a", text, href=link(names[0], names[-1]))


def _ticks(bars: list[tuple[str, int, str, str]], width: float) -> Iterable[Markup]:
    every = max(1, -(-len(bars) * 92 // _WIDTH))
    for at in range(0, len(bars), every):
        x = at * width + width / 2
        anchor = "start" if x < 40 else "end" if x > _WIDTH - 40 else "middle"
        at_x = 0.0 if anchor == "start" else float(_WIDTH) if anchor == "end" else x
        yield element("text", day(bars[at][0], short=True), x=at_x, y=_HEIGHT - 4, text_anchor=anchor)


def _bars(days: Mapping[str, int]) -> tuple[str, list[tuple[str, int, str, str]]]:
    """Give what a bar stands for, and each as (name, count, first day, last day), without gaps."""
    whole = {name[:10]: number for name, number in days.items() if is_day(name[:10])}
    years = [int(name[:4]) for name in days if name[:4].isdigit()]
    if not years:
        return "day", []
    begin, end = min(whole, default=""), max(whole, default="")
    # a month alone is no day, but a few of them are no reason to tell no days
    if (
        begin
        and sum(whole.values()) >= 0.8 * sum(days.values())
        and (date.fromisoformat(end) - date.fromisoformat(begin)).days < _MOST
    ):
        first = date.fromisoformat(begin)
        steps = (date.fromisoformat(end) - first).days + 1
        names = [(first + timedelta(days=step)).isoformat() for step in range(steps)]
        return "day", [(name, whole.get(name, 0), name, name) for name in names]
    if (max(years) - min(years) + 1) * 12 <= _MOST * 2:
        months = Counter[str]()
        for name, number in days.items():
            if len(name) >= 7:
                months[name[:7]] += number
        if months:
            return "month", [(name, months[name], f"{name}-01", _last(name)) for name in _months(months)]
    total = Counter[str]()
    for name, number in days.items():
        total[name[:4]] += number
    spread = range(max(min(years), max(years) - 150), max(years) + 1)
    return "year", [(str(y), total[f"{y:04}"], f"{y:04}-01-01", f"{y:04}-12-31") for y in spread]


def _days(begin: str, end: str) -> int:
    return (date.fromisoformat(end) - date.fromisoformat(begin)).days


def _months(found: Iterable[str]) -> list[str]:
    names = sorted(found)
    year, month = (int(part) for part in names[0].split("-"))
    out = []
    while (name := f"{year:04}-{month:02}") <= names[-1]:
        out.append(name)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return out


def _last(month: str) -> str:
    year, number = (int(part) for part in month.split("-"))
    after = date(year + number // 12, number % 12 + 1, 1)
    return (after - timedelta(days=1)).isoformat()
