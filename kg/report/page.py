"""The page of a report: HTML with its style in it, drawings as SVG, no script, nothing fetched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from kg.drawing.charts import Dot, fates, matrix, span, timeline
from kg.drawing.life import life
from kg.drawing.marks import STATUSES
from kg.drawing.svg import fit, mark, picture
from kg.drawing.words import count, pieces
from kg.graph import Graph
from kg.questions.lives import Life
from kg.report import facts
from kg.report.style import STYLE

_LIVES = 24
_SILENT = 200
_MOST = 40


def report(graph: Graph, *, title: str = "") -> str:
    """Give a report of a graph as HTML: what is in it, proposals by fate, a timeline, who asked whom, differences.

    Each thing that is told has the sentences it rests on. The page is the same for the same graph.
    """
    held = facts.gather(graph)
    name = title or count(len(held.documents), "article") + (f", {span(held.days)}" if held.days else "")
    parts = [
        _section("overview", "What is in it", _overview(held)),
        _section("proposals", "Proposals by fate", _proposals(held)),
        _section("lives", "What became of them", _lives(held)),
        _section("asked", "Who asked whom", _asked(held)),
        _section("timeline", "Timeline", _timeline(held)),
        _section("differences", "Where accounts differ", _differences(held)),
        _section("articles", "The articles", _articles(held)),
    ]
    links = "".join(f'<a href="#{id}">{fit(head)}</a>' for id, head, _ in parts)
    body = "".join(text for *_, text in parts)
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{fit(name)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f'<style>{STYLE}</style></head><body><header><p class="over">A reading of the news by newskg</p>'
        f"<h1>{fit(name)}</h1><nav>{links}</nav></header><main>{body}</main>"
        f"<footer><p>{_ABOUT}</p></footer></body></html>\n"
    )


_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_ABOUT = (
    "Everything here was read from the articles by rules and small models, and is wrong now and then: judge each line "
    "by its quotation. A status is the latest that one article tells of a proposal, or that its addressees answered "
    "differently. What an article only asks for, fears or expects is no deed, and is not counted as one."
)


def _section(id: str, head: str, body: str) -> tuple[str, str, str]:
    return id, head, f'<section id="{id}"><h2>{fit(head)}</h2>{body}</section>'


def _overview(held: facts.Facts) -> str:
    figures = [
        count(len(held.documents), "article"),
        count(held.stats["entities"], "person, body or place", "people, bodies and places"),
        count(held.stats["happenings"], "event"),
        count(held.stats["proposals"], "proposal"),
        count(held.stats["statements"], "statement"),
    ]
    parted = (figure.split(" ", 1) for figure in figures)
    tiles = "".join(f"<div class=tile><b>{number}</b><span>{fit(word)}</span></div>" for number, word in parted)
    largest = max((number for *_, number in held.involved), default=1)
    rows = "".join(
        f"<tr><td>{_soft(name)}<td class=faint>{fit(kind)}<td class=num>{number}"
        f'<td class=bar><i style="width:{100 * number / largest:.0f}%"></i>'
        for name, kind, number in held.involved[:12]
    )
    table = (
        f"<table class=plain><thead><tr><th>who<th>what<th class=num>mentions<th></thead><tbody>{rows}</tbody></table>"
    )
    most = f"<h3>Mentioned most</h3>{table}" if rows else ""
    return f"<div class=tiles>{tiles}</div>{most}"


def _proposals(held: facts.Facts) -> str:
    counted: dict[str, Counter[str]] = {}
    for proposal in held.proposals:
        counted.setdefault(proposal.kind, Counter())[proposal.status] += 1
    total = Counter(proposal.status for proposal in held.proposals)
    told = ", ".join(f"{total[status]} {status}" for status in STATUSES if total[status])
    named = count(len(held.proposals), "proposal, offer, request or demand", "proposals, offers, requests and demands")
    return f"<p>{named}: {fit(told or 'none')}.</p>{_drawn(fates(counted))}"


def _lives(held: facts.Facts) -> str:
    followed = [one for one in held.lives if len(one.steps) > 1]
    shown = "".join(_life(one) for one in followed[:_LIVES])
    silent = [one for one in held.lives if len(one.steps) <= 1]
    rest = _silent(silent) if silent else ""
    more = _more(len(followed) - _LIVES, "more that were followed up")
    return (shown or "<p>No article follows a proposal up.</p>") + more + rest


def _life(one: Life) -> str:
    quotes = dict.fromkeys(step.quote for step in one.steps if step.quote)
    sign = picture(20, 20, mark(one.status, 10, 10, radius=7), label=one.status)
    return (
        f"<article><h3>{sign} {fit(one.title)}</h3><p class=faint>{fit(one.status)} — {fit(one.source)}</p>"
        f"{_drawn(life(one.steps, width=760, label=one.title))}{_quotes(quotes, one.source)}</article>"
    )


def _silent(lives: Iterable[Life]) -> str:
    items = []
    for one in lives:
        quote = next((step.quote for step in one.steps if step.quote), "")
        items.append(f"<li>{fit(one.title)} <span class=faint>— {fit(one.source)}</span><q>{fit(quote)}</q></li>")
    head = f"<summary>{len(items)} that no article comes back to</summary>"
    more = _more(len(items) - _SILENT, "more")
    return f"<details>{head}<ul class=quoted>{''.join(items[:_SILENT])}</ul>{more}</details>"


def _asked(held: facts.Facts) -> str:
    counts: Counter[tuple[str, str]] = Counter()
    for proposal in held.proposals:
        counts.update({pair: 1 for pair in proposal.pairs})
    if not counts:
        return "<p>No proposal names both who makes it and to whom.</p>"
    quotes = dict.fromkeys(
        (f"{one} → {other}", proposal.quote, proposal.source)
        for proposal in held.proposals
        for one, other in sorted(proposal.pairs)
    )
    items = "".join(
        f"<li>{fit(pair)} <span class=faint>— {fit(source)}</span><q>{fit(quote)}</q></li>"
        for pair, quote, source in quotes
    )
    told = "<p>How many proposals, requests and demands of who stands on the left went to who stands above.</p>"
    sentences = f"<details><summary>the sentences</summary><ul class=quoted>{items}</ul></details>"
    return f"{told}{_drawn(matrix(counts))}{sentences}"


def _timeline(held: facts.Facts) -> str:
    dots = [Dot(event.day, event.cls, event.label) for event in held.events if event.day]
    undated = sum(not event.day for event in held.events)
    rows = "".join(
        f"<tr><td class=day>{fit(event.day)}<td>{_soft(event.label)}<span class=faint> {fit(event.cls)}</span>"
        f"<q>{_soft(event.quote)}</q><td class=faint>{_soft(event.source)}"
        for event in held.events
        if event.day
    )
    without = count(undated, "event that is told as done has", "events that are told as done have")
    note = f"<p class=faint>{without} no day in any article.</p>" if undated else ""
    told = count(len(dots), "event with its sentence", "events with their sentences")
    head = f"<summary>{told}</summary>"
    table = f"<details>{head}<table class=plain>{rows}</table></details>"
    return f"<p>Events told as done, by their day.</p>{_drawn(timeline(dots))}{note}{table if dots else ''}"


def _differences(held: facts.Facts) -> str:
    if not held.differences:
        return "<p>No two accounts of one event give different figures.</p>"
    out = []
    for label, rows in list(held.differences.items())[:_MOST]:
        lines = "".join(
            f"<tr><td class=value>{fit(row['value'])} {fit(row['about'])}<td>{_soft(row['who'])}"
            f"<td><q>{_soft(row['quote'])}</q><td class=faint>{_soft(row['source'])}"
            for row in rows
        )
        out.append(f"<h3>{fit(label)}</h3><table class=plain>{lines}</table>")
    return "".join(out) + _more(len(held.differences) - _MOST, "more where accounts differ")


def _articles(held: facts.Facts) -> str:
    rows = "".join(
        f"<tr><td class=day>{fit(one['published'])}<td>{_linked(one)}<td class=faint>{_soft(one['publisher'])}"
        f"<td class=num>{held.told.get(one['id'], 0)}"
        for one in held.documents
    )
    head = "<thead><tr><th>day<th>article<th>publisher<th class=num>events</thead>"
    return f"<table class=plain>{head}<tbody>{rows}</tbody></table>"


def _linked(one: Mapping[str, str]) -> str:
    name = _soft(one["title"] or one["id"])
    name += f" <span class=faint>{_soft(one['id'])}</span>" if one["title"] else ""
    url = one["url"]
    return f'<a href="{fit(url)}" rel="noreferrer">{name}</a>' if url.startswith(("https://", "http://")) else name


def _soft(text: str) -> str:
    """Escape a text of a table, in which a word that no column has room for may be broken."""
    return "<wbr>".join(map(fit, pieces(text)))


def _drawn(drawing: str) -> str:
    return f"<div class=drawn>{drawing}</div>"


def _more(number: int, what: str) -> str:
    return f"<p class=faint>… and {number} {what}.</p>" if number > 0 else ""


def _quotes(quotes: Iterable[str], source: str) -> str:
    items = "".join(f"<li><q>{fit(quote)}</q></li>" for quote in quotes)
    return f"<details open><summary>the sentences in {fit(source)}</summary><ul class=quoted>{items}</ul></details>"
