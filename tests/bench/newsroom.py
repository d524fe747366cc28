"""A graph of thousands of short made-up articles, written as quads: for clocks that need size and no language."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

from kg.digest import publish
from kg.rdf.iris import disposition_iri
from kg.rdf.terms import iri, literal, nkg
from kg.store import create_or_open
from kg.vocab import BASE, NKG, RDF, RDFS
from tests.store.synthetic import Page

PERSONS = [f"{given} {family}" for given in ("Ana", "Bo", "Cem", "Dara", "Eli") for family in ("Orme", "Pell", "Quist")]
STATES = [f"{first}{last}" for first in ("Nor", "Sud", "Est", "Wes", "Mar", "Kal") for last in ("land", "ia", "mark")]
BODIES = [f"{kind} {number}" for kind in ("Union", "Agency", "Party") for number in range(1, 21)]
TOWNS = [f"Port {letter}{number}" for letter in "ABCDE" for number in range(1, 9)]
GOODS = ["a ceasefire", "direct talks", "a grain corridor", "a prisoner exchange", "new sanctions", "a joint patrol"]
FIRST = date(2022, 1, 1)
DAYS = 1_200
RARE = "Rosa Lindqvist"
"""Somebody whom one article in five hundred names; everybody else is named in hundreds."""


def article(number: int) -> Page:
    """One article: a proposal with its answer, a demand without, a meeting, an attack with its toll, two statements."""
    dice = random.Random(number)
    day = FIRST + timedelta(days=dice.randrange(DAYS))
    asker, asked, third = dice.sample(STATES, 3)
    person = RARE if number % 500 == 7 else dice.choice(PERSONS)
    body, town = dice.choice(BODIES), dice.choice(TOWNS)
    thing, other = dice.sample(GOODS, 2)
    toll = dice.randrange(2, 90)
    sentences = [
        f"{asker} proposed {thing} to {asked} on {day}.",
        f"{asked} refused it a day later." if number % 3 else f"{asked} accepted it a day later.",
        f"{third} demanded {other} of {asked}.",
        f"{person} met envoys of {third} in {town}.",
        f"Fighters struck the depot of {body}, and {toll} guards died.",
        f'"We count {toll} dead," {person} told reporters.',
        f"{body} said that {other} would help.",
    ]
    page = Page(f"article-{number:05}", " ".join(sentences), issued=str(day), publisher=f"Gazette {number % 40}")
    one, two, three = (page.actor("GeopoliticalEntity", name) for name in (asker, asked, third))
    who, firm, where = page.actor("Person", person), page.actor("Organization", body), page.actor("Place", town)
    _asks(page, sentences, (one, two, three), (thing, other), day, number)
    _deeds(page, sentences, (who, firm, where, three), day, toll)
    page.statement("told", sentences[5], f"We count {toll} dead", speaker=who, source=person)
    page.statement("said", sentences[6], f"{other} would help", speaker=firm, source=body)
    return page


def _asks(
    page: Page, told: list[str], actors: tuple[str, str, str], things: tuple[str, str], day: date, number: int
) -> None:
    (one, two, three), (thing, other) = actors, things
    after = str(day + timedelta(days=1))
    offer = page.event(
        "Proposal",
        "proposed",
        told[0],
        plover="CONSULT",
        label=f"proposed {thing}",
        time=str(day),
        proposer=one,
        agent=one,
        addressee=two,
        recipient=two,
    )
    page.says(offer, "kind", "propose")
    page.says(offer, "contentText", thing)
    verb, answer, status = ("refused", "Refusal", "Rejected") if number % 3 else ("accepted", "Acceptance", "Accepted")
    reply = page.event(answer, verb, told[1], plover="REJECT", label=f"{verb} it", time=after, responder=two, agent=two)
    page.disposition(offer, 1, status, told[1], outcome=f"{verb} it", addressee=two, as_of=after)
    page.add(disposition_iri(offer, 1), NKG + "response", iri(reply))
    page.link("response", offer, reply, (thing, f"{verb} it"), (told[0], told[1]))
    demand = page.event(
        "Demand",
        "demanded",
        told[2],
        plover="REQUEST",
        label=f"demanded {other}",
        proposer=three,
        agent=three,
        addressee=two,
        recipient=two,
    )
    page.says(demand, "kind", "demand")
    page.says(demand, "contentText", other)


def _deeds(page: Page, told: list[str], actors: tuple[str, str, str, str], day: date, toll: int) -> None:
    who, firm, where, third = actors
    page.event("Meeting", "met", told[3], plover="CONSULT", time=str(day), agent=who, recipient=third, place=where)
    strike = page.event(
        "Attack", "struck", told[4], plover="ASSAULT", time=str(day), recipient=firm, label="struck the depot"
    )
    died = page.event("Happening", "died", told[4], label=f"{toll} guards died", place=where, lemma="die")
    page.quantity(died, toll, f"{toll} guards", "guards")
    page.link("cause", strike, died, ("struck the depot", f"{toll} guards died"), (told[4], told[4]))


def newsroom(directory: Path, size: int) -> Path:
    """Write a graph of `size` articles, with an identity graph by name alone, and publish it."""
    known: dict[str, None] = {}
    identity = BASE + "identity"
    with create_or_open(directory) as store:
        for begin in range(0, size, 500):
            pages = [article(number) for number in range(begin, min(begin + 500, size))]
            store.write_documents([page.graph() for page in pages])
            for page in pages:
                known.update(dict.fromkeys(_identity(page)))
        store.write_documents([(identity, [f"{triple} {iri(identity)} ." for triple in known])])
        publish(store)
    return directory


def _identity(page: Page) -> list[str]:
    """Whoever is called alike is one; every event is its own."""
    labels, found = {}, []
    for triple in page.triples:
        subject, predicate, rest = triple.split(" ", 2)
        if predicate == iri(RDFS + "label"):
            labels[subject] = rest
    for triple in page.triples:
        subject, predicate, rest = triple.split(" ", 2)
        if predicate == iri(RDF + "type") and rest in _CLASSES and subject in labels:
            name = labels[subject].strip('"').replace(" ", "_")
            actor = "/actor/" in subject or "#actor" in subject or rest in _ACTORS
            node = iri(f"{BASE}actor/{name}") if actor else f"{subject[:-1]}/canonical>"
            found += [f"{subject} {iri(NKG + 'canonical')} {node}", f"{node} {iri(RDF + 'type')} {rest}"]
            found += [f"{node} {iri(RDFS + 'label')} {labels[subject]}"]
            if not actor:
                found.append(f"{node} {iri(NKG + 'decidedBy')} {literal('single-account')}")
    return found


_ACTORS = {nkg(name) for name in ("Person", "Organization", "GeopoliticalEntity", "Place")}
_CLASSES = _ACTORS | {
    nkg(name) for name in ("Proposal", "Refusal", "Acceptance", "Demand", "Meeting", "Attack", "Happening", "Statement")
}
