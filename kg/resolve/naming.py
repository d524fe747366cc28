"""The canonical nodes of groups of actors: their keys, what is said of them, and whose they are.

Only groups that changed are looked at, and of those only the members that came; all members only where a node gets
another IRI.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.entities.account_groups import PERSON
from kg.entities.identity import Canonical, Core, Decision, core, key
from kg.entities.knowledge import spot_of
from kg.model import Gazetteer
from kg.rdf.iris import canonical_iri
from kg.resolve.actors import candidate_triples, merge_iri, merge_triples, rival_triples
from kg.resolve.index import Index
from kg.resolve.journal import Decided
from kg.resolve.records import decision_from
from kg.resolve.roster import Roster
from kg.resolve.writing import Writer, actor_triples, spot_triples
from kg.vocab import PLACE_CLASSES

_WAITING = """
SELECT t.grp, g.slug, g.first, (SELECT a.iri FROM actor a WHERE a.grp = t.grp ORDER BY a.iri LIMIT 1)
FROM todo t LEFT JOIN grp g ON g.grp = t.grp WHERE t.grp > ?1 ORDER BY t.grp LIMIT ?2"""
_DESCRIBED = """
SELECT t.grp, g.slug, g.first, g.own, g.node, g.several, s.holder, r.node FROM todo t CROSS JOIN grp g ON g.grp = t.grp
LEFT JOIN temp.slug s ON s.slug = g.slug LEFT JOIN temp.renamed r ON r.grp = t.grp
WHERE t.grp > ?1 ORDER BY t.grp LIMIT ?2"""
_HOLDERS = """
SELECT 'holds', grp FROM (SELECT grp FROM grp WHERE slug = ?1 ORDER BY first, grp LIMIT 1)
UNION ALL SELECT 'held', grp FROM grp WHERE own = ?1"""
_RENAMED = """
UPDATE grp SET node = (SELECT r.node FROM temp.renamed r WHERE r.grp = grp.grp)
WHERE grp IN (SELECT grp FROM temp.renamed)"""
_RIVALLED = "SELECT DISTINCT v.grp FROM temp.renamed r CROSS JOIN rival v ON v.other = r.grp"
_RIVALS = "SELECT DISTINCT g.node FROM rival r JOIN grp g ON g.grp = r.other WHERE r.grp = ?"
_Clusters = dict[str, list[str]]
_Cored = Callable[[str], Core]
_KEPT = 8192  # descriptions of groups, which are asked for twice


def name_groups(
    base: str, index: Index, writer: Writer, roster: Roster, decided: Decided, gazetteer: Gazetteer
) -> set[str]:
    """Write what differs about the groups that changed; give the documents of which an actor has another node."""
    cored = lru_cache(maxsize=_KEPT)(lambda group: core(roster.facets(group), roster.first(group)))
    roster.begin_naming()
    _describe(roster, cored)
    clusters = _clusters(roster, decided, cored)
    for group in roster.todo() if clusters else ():
        for other in clusters.get(group, ()):
            roster.later(other)
    roster.note()
    for group, _, _, own, before, *_ in roster.paged(_DESCRIBED):
        head = clusters.get(group, [group])[0]
        if head != group:
            [own] = roster.column("SELECT own FROM grp WHERE grp = ?", head)
        node = canonical_iri(base, "actor", own)
        if node != before:
            roster.do("INSERT INTO temp.renamed VALUES (?, ?)", group, node)
    roster.do(_RENAMED)
    for other in roster.column(_RIVALLED):
        roster.later(other)
        for one in clusters.get(other, ()):
            roster.later(one)
    roster.note()
    naming = _Naming(index, writer, roster, clusters, gazetteer, cored)
    moved: set[str] = set()
    for group, _, _, _, node, several, _, now in roster.paged(_DESCRIBED):
        moved.update(naming.write(group, node, was_several=bool(several), renamed=now is not None))
    roster.do("UPDATE actor SET fresh = 0 WHERE fresh AND grp IN (SELECT grp FROM todo)")
    roster.do("DELETE FROM todo")
    return moved


def _describe(roster: Roster, cored: _Cored) -> None:
    """Give every group that changed its key, and every namesake whose key depends on it."""
    roster.note()
    for group, before, first_before, first in roster.paged(_WAITING):
        slugs = set() if before is None else {before}
        if first is None:
            roster.gone(group)
        else:
            slug = cored(group).slug
            slugs.add(slug)
            if before is None:
                roster.do("INSERT INTO grp VALUES (?, ?, ?, '', '', 0)", group, slug, first)
            elif (before, first_before) != (slug, first):
                roster.do("UPDATE grp SET slug = ?, first = ? WHERE grp = ?", slug, first, group)
        roster.many("INSERT OR IGNORE INTO temp.slug VALUES (?, NULL)", ((one,) for one in sorted(slugs)))
    for slug, _ in roster.paged("SELECT slug, holder FROM temp.slug WHERE slug > ?1 ORDER BY slug LIMIT ?2"):
        # the one that has the plain key now, and the one that had it
        for how, group in roster.rows(_HOLDERS, slug):
            if how == "holds":
                roster.do("UPDATE temp.slug SET holder = ? WHERE slug = ?", group, slug)
            roster.later(group)
    roster.note()
    for group, slug, first, before, _, _, known, _ in roster.paged(_DESCRIBED):
        holder = known or roster.column("SELECT grp FROM grp WHERE slug = ? ORDER BY first, grp", slug)[0]
        own = key(slug, first, is_first=group == holder)
        if own != before:
            roster.do("UPDATE grp SET own = ? WHERE grp = ?", own, group)


def _clusters(roster: Roster, decided: Decided, cored: _Cored) -> _Clusters:
    """Give group → all groups that a person merged with it, itself among them, the one that stands for all first.

    One with a link to Wikidata stands for all, else the first by key.
    """
    clusters: dict[str, set[str]] = {}
    for pair in sorted(decided.together):
        groups = [group for member in pair for group in roster.column("SELECT grp FROM actor WHERE iri = ?", member)]
        if len(groups) == 2:
            whole = clusters.get(groups[0], {groups[0]}) | clusters.get(groups[1], {groups[1]})
            clusters.update(dict.fromkeys(whole, whole))

    def standing(group: str) -> tuple[bool, str]:
        return not cored(group).wikidata, roster.column("SELECT own FROM grp WHERE grp = ?", group)[0]

    return {group: sorted(whole, key=standing) for group, whole in clusters.items()}


@dataclass(frozen=True, slots=True)
class _Naming:
    """What the nodes of groups are written from."""

    index: Index
    writer: Writer
    roster: Roster
    clusters: _Clusters
    gazetteer: Gazetteer
    cored: _Cored

    def write(self, group: str, node: str, *, was_several: bool, renamed: bool) -> Iterator[str]:
        """Write a group's node and members; yield the documents of members that had another node."""
        roster, writer = self.roster, self.writer
        whole = self.clusters.get(group, [group])
        query = "SELECT iri FROM actor WHERE grp = ? LIMIT 2"
        several = len([one for part in whole for one in roster.column(query, part)]) > 1
        was_named = renamed or self.index.is_named(node)
        if group == whole[0]:
            writer.node(node, list(self._triples(node, whole)))
        # who stands for somebody with a name is looked at otherwise in its own document, under the same node, too
        named_anew = not renamed and self.index.is_named(node) != was_named
        everybody = renamed or named_anew or several != was_several
        if several != was_several:
            roster.do("UPDATE grp SET several = ? WHERE grp = ?", int(several), group)
        query = "SELECT iri, document, placing FROM actor WHERE grp = ?"
        for member, document, placing in roster.rows(query if everybody else f"{query} AND fresh", group):
            old = self.index.node_of(member)
            if old and old != node:
                writer.node(merge_iri(old, member), ())
            if writer.moved(member, "actor", node, document, before=old) or named_anew:
                yield document
            if several or old == node:  # where it is new, nothing was said of it that had to go
                decision = Decision(member, *decision_from(placing))
                writer.node(merge_iri(node, member), list(merge_triples(node, decision)) if several else ())

    def _triples(self, node: str, whole: list[str]) -> Iterator[str]:
        cores = [self.cored(part) for part in whole]
        found = _merged(cores) if len(cores) > 1 else cores[0]
        about = Canonical(
            "", found.cls, found.label, (), found.reason, alternatives=found.alternatives, wikidata=found.wikidata
        )
        yield from actor_triples(node, about)
        spot = spot_of(self.gazetteer, about.wikidata) if about.cls in PLACE_CLASSES else None
        if spot is not None:
            yield from spot_triples(node, spot)
        yield from candidate_triples(node, found.candidates)
        yield from rival_triples(node, sorted({o for part in whole for o in self.roster.column(_RIVALS, part)}))


def _merged(cores: list[Core]) -> Core:
    first = cores[0]
    names = {name for one in cores for name in (one.label, *one.alternatives)} - {first.label}
    alternatives = tuple(sorted(names, key=lambda one: (-len(one), one)))
    return replace(first, reason=PERSON, alternatives=alternatives)
