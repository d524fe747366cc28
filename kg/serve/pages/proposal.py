"""Proposals: the list of them, and the life of each one: proposed, answered, and what came of it."""

from __future__ import annotations

from typing import Any

from kg.drawing.life import STAGES, Step, course
from kg.serve.addresses import document_url, node_iri, node_url
from kg.serve.catalogue import Catalogue, Row
from kg.serve.pages.event import account_of, missing_event
from kg.serve.pages.lists import ACCOUNTS, PROPOSALS, Listing, listed, quoted
from kg.serve.pages.page import At, Page
from kg.serve.words import RELATIONS, STATUSES, day, spaced

LISTING = Listing(
    name="proposals",
    source="FROM account a JOIN document ON document.n = a.document "
    "WHERE a.family = 'Initiative' AND document.copy = 0",
    rows=PROPOSALS,
    facets={"status": "a.status", "kind": "a.kind"},
    titles={},
    columns=("kind", "label", "status", "day", "document", "quote", "iri"),
    many=30,
)


def page(at: At) -> Page:
    """Give the list, or one proposal."""
    if at.head == "proposals" or (not at.rest and not at.get("iri")):
        return listed(at, LISTING)
    base = at.catalogue
    iri = node_iri("proposal", at.rest, at.get("iri"), base.base)
    accounts = quoted(base, base.rows(f"{ACCOUNTS} WHERE event.iri = ? AND a.family = 'Initiative' ORDER BY a.n", iri))
    if not accounts:
        known = account_of(base, iri)
        if known:
            return Page(
                "", "", go=node_url("event" if known["family"] != "Initiative" else "proposal", known["iri"], base.base)
            )
        return missing_event(at)
    return _one(at, iri, accounts)


def _one(at: At, iri: str, accounts: list[Row]) -> Page:
    base = at.catalogue
    steps: list[dict[str, Any]] = []
    for account in accounts:
        steps += _steps(base, account, len(steps))
    steps = _each_once(steps)
    status = base.value("SELECT status FROM event WHERE iri = ?", iri) or "unknown"
    lead = accounts[0]
    picture = course([_drawn(step) for step in steps], label="The life of this proposal")
    columns = ("stage", "name", "date", "who", "words", "rule", "document", "begin", "end", "quote")
    data = {
        "iri": iri,
        "label": lead["label"],
        "kind": lead["kind"],
        "content": lead["content"],
        "status": status,
        "confidence": lead["confidence"],
        "parts": lead["parts"],
        "accounts": accounts,
        "steps": steps,
        "stages": list(STAGES.values()),
    }
    drawn = {"picture": picture, "event": node_url("event", iri, base.base)}
    return Page(
        "proposal.html", lead["label"], data, drawn, columns, [[step[name] for name in columns] for step in steps]
    )


def _steps(base: Catalogue, account: Row, offset: int) -> list[dict[str, Any]]:
    """Give the steps of one account, each with the positions of those it follows from."""
    n, doc = account["n"], account
    before = [
        _step(base, doc, 0, RELATIONS[link["relation"]], link["cause"], link["cause_text"], link)
        for link in base.rows("SELECT * FROM link WHERE effect = ? ORDER BY rowid", n)
    ]
    proposed = _step(
        base, doc, 1, spaced(account["kind"] or account["class"]), n, account["content"] or account["label"], account
    )
    proposed["after"] = list(range(offset, offset + len(before)))
    steps = [*before, proposed]
    middle = offset + len(before)
    answered: dict[int, int] = {}
    for answer in base.rows("SELECT * FROM answer WHERE account = ? ORDER BY rowid", n):
        step = _step(base, doc, 2, STATUSES[answer["status"]], answer["response"], answer["text"], answer)
        to = base.value("SELECT label FROM actor WHERE n = ?", answer["addressee"]) if answer["addressee"] else ""
        step |= {"tone": answer["status"], "after": [middle], "who": step["who"] or to or ""}
        if answer["day"]:
            step["date"] = answer["day"]
        if answer["response"]:
            answered[answer["response"]] = offset + len(steps)
        steps.append(step)
    for link in base.rows("SELECT * FROM link WHERE cause = ? ORDER BY rowid", n):
        if link["effect"] not in answered:
            stage = 2 if link["relation"] == "response" else 3
            name = {"response": "Answered", "realisation": "Came true"}.get(link["relation"], "Led to")
            step = _step(base, doc, stage, name, link["effect"], link["effect_text"], link)
            steps.append(step | {"after": [middle], "tone": "realised" if link["relation"] == "realisation" else ""})
            answered.setdefault(link["effect"], offset + len(steps) - 1)
    for response, at in [*answered.items()]:
        for link in base.rows("SELECT * FROM link WHERE cause = ? ORDER BY rowid", response):
            if link["effect"] != n and link["effect"] not in answered:
                step = _step(base, doc, 3, "Followed", link["effect"], link["effect_text"], link)
                steps.append(step | {"after": [at]})
    return steps


def _step(
    base: Catalogue, document: Row, stage: int, name: str, account: int | None, words: str, told: Row
) -> dict[str, Any]:
    """Describe a step: its date and who from the account of its event, its sentence from what told it."""
    event = base.row(
        "SELECT a.day, a.begin, a.end, event.iri, event.n FROM account a JOIN event ON event.n = a.event WHERE a.n = ?",
        account,
    )
    who = base.rows_of(
        "SELECT DISTINCT label FROM part JOIN actor ON actor.n = actor WHERE account = ? "
        "AND role IN ('proposer', 'responder', 'agent', 'speaker') AND type != 'Participant' LIMIT 3",
        account,
    )
    begin, end = (told["begin"], told["end"]) if stage or not event else (event["begin"], event["end"])
    if stage == 0 and event:
        begin, end = event["begin"], event["end"]
    text = base.value(
        "SELECT substr(text, ?, ?) FROM document WHERE id = ?", begin + 1, end - begin, document["document"]
    )
    return {
        "stage": stage,
        "name": name,
        "date": event["day"] if event else "",
        "who": ", ".join(label for (label,) in who),
        "words": words or " ".join(str(text).split()),
        "rule": told.get("rule", ""),
        "confidence": told.get("confidence"),
        "event": event["iri"] if event else "",
        "tone": "",
        "after": [],
        "document": document["document"],
        "title": document["title"],
        "publisher": document["publisher"],
        "issued": document["issued"],
        "begin": begin,
        "end": end,
        "quote": " ".join(str(text).split()),
    }


def _each_once(steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Join what several texts tell of one step of one stage; what follows from it follows from what is left."""
    kept: list[dict[str, Any]] = []
    places: list[int] = []
    keys: dict[tuple[object, ...], int] = {}
    for step in steps:
        key = (step["stage"], step["name"], step["event"] or step["words"], step["document"])
        if key not in keys:
            keys[key] = len(kept)
            kept.append(step)
        places.append(keys[key])
    for step in kept:
        step["after"] = sorted({places[at] for at in step["after"]})
    order = sorted(range(len(kept)), key=lambda at: (kept[at]["stage"], at))
    moved = {old: new for new, old in enumerate(order)}
    out = [kept[at] for at in order]
    for step in out:
        step["after"] = sorted(moved[at] for at in step["after"])
    return out


def _drawn(step: dict[str, Any]) -> Step:
    url = document_url(step["document"], (step["begin"], step["end"]))
    return Step(
        list(STAGES)[step["stage"]],
        step["who"],
        step["words"],
        day(step["date"]),
        step["tone"],
        name=step["name"],
        url=url,
        after=tuple(step["after"]),
    )
