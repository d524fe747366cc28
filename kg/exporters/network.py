"""The graph for network analysis: a view of it as networkx holds it; every value has one type in its column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.exporters.record import Network
from kg.exporters.views import view_of
from kg.store import Reader

if TYPE_CHECKING:
    import networkx


def to_networkx(reader: Reader, view: str = "full") -> networkx.MultiDiGraph:
    """Give a directed multigraph of a view (`kg.exporters.views.VIEWS`).

    Nodes are canonical IRIs with `label`, `sort` ("actor" or "event"), `class` and `family` ("actor", "event",
    "statement", "proposal"); where known `wikidata`, `latitude`, `longitude` and `mentions` of actors, `factuality`,
    `plover`, `time`, `earliest`, `latest`, `quantity`, `counted`, `least`, `most`, `confidence`, `kind`, `content`,
    `status` of events, and `article` and `quote`. Edges run from an event to its participants (`relation` is the role),
    from cause to effect (`relation` is the kind of link) and from an act to what it speaks of ("content"); in the view
    "actors" from who did something to whom it was done (`relation` is the class of event, `weight` the number of
    events). What several documents or sentences say is joined by " | ", and counted in `NAME_count`. The key of an edge
    is its id, which no other edge of the graph has.
    """
    return as_networkx(view_of(reader, view))


def as_networkx(network: Network) -> networkx.MultiDiGraph:
    """Give a network in normal form as a graph of networkx."""
    import networkx

    graph = networkx.MultiDiGraph(name=network.name)
    for node in network.nodes:
        graph.add_node(node.id, **node.attributes)
    for edge in network.edges:
        graph.add_edge(edge.source, edge.target, key=edge.id, **edge.attributes)
    return graph
