"""Small documents for the tests of resolution, made by hand: a talk, a swap, an attack, told by several outlets."""

from __future__ import annotations

from tests.store.synthetic import Page


def told(
    id: str,
    cls: str,
    sentence: str,
    trigger: str,
    *,
    agents: tuple[str, ...] = (),
    place: str = "",
    time: str = "",
    issued: str = "2025-05-24",
    value: float = 0,
    noun: str = "",
    label: str = "",
) -> Page:
    """One article of one sentence; every name in it is a country or a city."""
    page = Page(id, sentence, issued=issued)
    roles = {"agent": tuple(page.actor("GeopoliticalEntity", name) for name in agents)}
    if place:
        roles["place"] = (page.actor("GeopoliticalEntity", place),)
    event = page.event(cls, trigger, sentence, time=time, label=label or sentence, **roles)
    if value:
        page.quantity(event, value, f"{value:g}", noun)
    return page


def talks(id: str, place: str = "Oslo", time: str = "2025-05-16", issued: str = "2025-05-17") -> Page:
    """Two states met in a city, in words that differ from outlet to outlet."""
    sentence = f"For the readers of {id}: Norland and Sudria met in {place} behind closed doors."
    return told(id, "Meeting", sentence, "met", agents=("Norland", "Sudria"), place=place, time=time, issued=issued)


def wire(id: str, issued: str, *names: str) -> Page:
    """One story of a news agency, printed with another first line by each outlet, and some names at its end."""
    body = (
        "The ferry left the harbour at noon with the mayor, four musicians and a crate of oranges on board, and by the "
        "time the fog lifted it had run aground on the sandbank that every pilot of the bay has cursed for years. "
        "Nobody was hurt, the coast guard counted 31 passengers, and the band played on deck until the tide came in."
    )
    text = " ".join((f"{id} prints this. {body}", *(f"Here is {name}." for name in names)))
    return told(id, "Attack", text, "hurt", issued=issued, label="Nobody was hurt")
