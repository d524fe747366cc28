"""The canonical nodes of groups of actors: their keys, what is said of them, and whose they are.

Only groups that changed are looked at, and of those only the members that came; all members only where a node gets
another IRI.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.entities.account_groups import PERSON
from kg.entities.identity import Canonical, Core, Decision, core, key
from kg.entities.knowledge import spot_of
from kg.model import Gazetteer
from kg.rdf.iris import canonical_iri
from kg.resolve.actors import candidate_triples, merge_iri, merge_triples, rival_triples
from kg.resolve.index import Index
from kg.resolve.journal import Decided
from kg.resolve.roster import Roster
from kg.resolve.writing import Writer, actor_triples, spot_triples
from kg.vocab import PLACE_CLASSES

_HOLDER = "SELECT grp FROM grp WHERE slug = ? ORDER BY first, grp LIMIT 1"
_Clusters = dict[str, list[str]]


def name_groups(
    base: str, index: Index, writer: Writer, roster: Roster, decided: Decided, gazetteer: Gazetteer
) -> set[str]:
    """Write what differs about the groups that changed; give the documents of which an actor has another node."""
    _describe(roster)
    clusters = _clusters(roster, decided)
    for group in roster.todo():
        for other in clusters.get(group, ()):
            roster.later(other)
    renamed = set()
    for group in roster.todo():
        head = clusters.get(group, [group])[0]
        [(own, before)] = roster.rows("SELECT own, node FROM grp WHERE grp = ?", group)
        if head != group:
            [own] = roster.column("SELECT own FROM grp WHERE grp = ?", head)
        node = canonical_iri(base, "actor", own)
        if node != before:
            roster.do("UPDATE grp SET node = ? WHERE grp = ?", node, group)
            renamed.add(group)
    for group in sorted(renamed):
        for other in roster.column("SELECT DISTINCT grp FROM rival WHERE other = ?", group):
            roster.later(other)
            for one in clusters.get(other, ()):
                roster.later(one)
    moved: set[str] = set()
    for group in roster.todo():
        moved.update(_write(index, writer, roster, clusters, group, gazetteer, renamed=group in renamed))
    roster.do("DELETE FROM todo")
    return moved


def _describe(roster: Roster) -> None:
    """Give every group that changed its key, and every namesake whose key depends on it."""
    slugs: set[str] = set()
    holders: dict[str, str] = {}
    for group in roster.todo():
        before = roster.rows("SELECT slug, first FROM grp WHERE grp = ?", group)
        slugs.update(slug for slug, _ in before)
        first = roster.first(group)
        if not first:
            roster.do("DELETE FROM grp WHERE grp = ?", group)
            roster.do("DELETE FROM todo WHERE grp = ?", group)
            continue
        slug = core(roster.facets(group), first).slug
        slugs.add(slug)
        if not before:
            roster.do("INSERT INTO grp VALUES (?, ?, ?, '', '', 0)", group, slug, first)
        elif before != [(slug, first)]:
            roster.do("UPDATE grp SET slug = ?, first = ? WHERE grp = ?", slug, first, group)
    for slug in sorted(slugs):
        # the one that has the plain key now, and the one that had it
        for group in roster.column(_HOLDER, slug):
            holders[slug] = group
            roster.later(group)
        for group in roster.column("SELECT grp FROM grp WHERE own = ?", slug):
            roster.later(group)
    for group in roster.todo():
        [(slug, first, before_own)] = roster.rows("SELECT slug, first, own FROM grp WHERE grp = ?", group)
        holder = holders.get(slug) or roster.column(_HOLDER, slug)[0]
        own = key(slug, first, is_first=group == holder)
        if own != before_own:
            roster.do("UPDATE grp SET own = ? WHERE grp = ?", own, group)


def _clusters(roster: Roster, decided: Decided) -> _Clusters:
    """Give group → all groups that a person merged with it, itself among them, the one that stands for all first.

    One with a link to Wikidata stands for all, else the first by key.
    """
    clusters: dict[str, set[str]] = {}
    for pair in sorted(decided.together):
        groups = [group for member in pair for group in roster.column("SELECT grp FROM actor WHERE iri = ?", member)]
        if len(groups) == 2:
            whole = clusters.get(groups[0], {groups[0]}) | clusters.get(groups[1], {groups[1]})
            clusters.update(dict.fromkeys(whole, whole))
    return {group: sorted(whole, key=lambda one: _standing(roster, one)) for group, whole in clusters.items()}


def _standing(roster: Roster, group: str) -> tuple[bool, str]:
    own = roster.column("SELECT own FROM grp WHERE grp = ?", group)[0]
    return not core(roster.facets(group), roster.first(group)).wikidata, own


def _write(
    index: Index,
    writer: Writer,
    roster: Roster,
    clusters: _Clusters,
    group: str,
    gazetteer: Gazetteer,
    *,
    renamed: bool,
) -> Iterator[str]:
    """Write a group's node and members; yield the documents of members that had another node."""
    whole = clusters.get(group, [group])
    [(node, before)] = roster.rows("SELECT node, several FROM grp WHERE grp = ?", group)
    counted = [one for part in whole for one in roster.column("SELECT iri FROM actor WHERE grp = ? LIMIT 2", part)]
    several = len(counted) > 1
    if group == whole[0]:
        writer.node(node, list(_node_triples(roster, node, whole, gazetteer)))
    everybody = renamed or several != bool(before)
    if several != bool(before):
        roster.do("UPDATE grp SET several = ? WHERE grp = ?", int(several), group)
    query = "SELECT iri, document FROM actor WHERE grp = ?"
    for member, document in roster.rows(query if everybody else f"{query} AND fresh", group):
        old = index.node_of(member)
        if old and old != node:
            writer.node(merge_iri(old, member), ())
        if writer.member(member, "actor", node, document):
            yield document
        decision = Decision(member, *roster.decision(member))
        writer.node(merge_iri(node, member), list(merge_triples(node, decision)) if several else ())
    roster.do("UPDATE actor SET fresh = 0 WHERE grp = ? AND fresh", group)


def _node_triples(roster: Roster, node: str, whole: list[str], gazetteer: Gazetteer) -> Iterator[str]:
    cores = [core(roster.facets(part), roster.first(part)) for part in whole]
    found = _merged(cores) if len(cores) > 1 else cores[0]
    about = Canonical(
        "", found.cls, found.label, (), found.reason, alternatives=found.alternatives, wikidata=found.wikidata
    )
    yield from actor_triples(node, about)
    spot = spot_of(gazetteer, about.wikidata) if about.cls in PLACE_CLASSES else None
    if spot is not None:
        yield from spot_triples(node, spot)
    yield from candidate_triples(node, found.candidates)
    query = "SELECT DISTINCT g.node FROM rival r JOIN grp g ON g.grp = r.other WHERE r.grp = ?"
    yield from rival_triples(node, sorted({other for part in whole for other in roster.column(query, part)}))


def _merged(cores: list[Core]) -> Core:
    first = cores[0]
    names = {name for one in cores for name in (one.label, *one.alternatives)} - {first.label}
    alternatives = tuple(sorted(names, key=lambda one: (-len(one), one)))
    return replace(first, reason=PERSON, alternatives=alternatives)
