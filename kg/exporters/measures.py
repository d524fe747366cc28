"""Measures of a network of actors: counts, centralities, paths and communities, by networkx."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.exporters.network import as_networkx
from kg.exporters.record import Edge, Network
from kg.textnorm import folded

if TYPE_CHECKING:
    import networkx

_SEED = 7

Called = Callable[[str], Iterable[str]]
"""What gives the labels of those whom people call so."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How an actor stands in a network.

    `out` and `into` are the numbers of events it did to others and others did to it, each once (a meeting is both),
    `between` its betweenness centrality (Freeman 1977) and `rank` its PageRank (Brin and Page 1998), both of the
    weighted network.
    """

    label: str
    cls: str
    out: int
    into: int
    between: float
    rank: float


@dataclass(frozen=True, slots=True)
class Hop:
    """A step of a path: who did what to whom, how often, and one sentence that says so."""

    source: str
    target: str
    relation: str
    weight: int
    quote: str
    forward: bool


def counts(network: Network) -> dict[str, float | int]:
    """Give the size of a network, how dense it is, and in how many parts it falls."""
    import networkx

    graph = as_networkx(network)
    parts = [len(part) for part in networkx.weakly_connected_components(graph)]
    return {
        "nodes": graph.number_of_nodes(),
        "edges": graph.number_of_edges(),
        "events": events_of(network.edges),
        "density": round(networkx.density(simple(network)), 4),
        "parts": len(parts),
        "largest_part": max(parts, default=0),
        "reciprocity": round(networkx.reciprocity(simple(network)), 4) if network.edges else 0.0,
    }


def events_of(edges: Iterable[Edge]) -> int:
    """Count the events of some edges, each once: a meeting of three is on six. An edge that names none has `weight`."""
    given = [*edges]
    named = {event for edge in given for event in edge.events}
    return len(named) + sum(edge.weight or 1 for edge in given if not edge.events)


def standings(network: Network) -> list[Standing]:
    """Give the actors of a network, those with the most events first."""
    import networkx

    graph = simple(network)
    between = networkx.betweenness_centrality(graph, weight="distance", normalized=True)
    rank = pagerank(graph)
    out: dict[str, list[Edge]] = {node.id: [] for node in network.nodes}
    into: dict[str, list[Edge]] = {node.id: [] for node in network.nodes}
    for edge in network.edges:
        out[edge.source].append(edge)
        into[edge.target].append(edge)
    found = [
        Standing(
            n.label, n.cls, events_of(out[n.id]), events_of(into[n.id]), round(between[n.id], 4), round(rank[n.id], 4)
        )
        for n in network.nodes
    ]
    return sorted(found, key=lambda one: (-(one.out + one.into), one.label))


def pagerank(graph: networkx.DiGraph, *, damping: float = 0.85, rounds: int = 100) -> dict[str, float]:
    """Give the weighted PageRank of each node by power iteration: networkx asks for SciPy to do so."""
    nodes = [*graph]
    rank = dict.fromkeys(nodes, 1 / len(nodes)) if nodes else {}
    out = {node: sum(data["weight"] for *_, data in graph.out_edges(node, data=True)) for node in nodes}
    for _ in range(rounds):
        idle = sum(rank[node] for node in nodes if not out[node])
        new = dict.fromkeys(nodes, (1 - damping + damping * idle) / len(nodes)) if nodes else {}
        for one, other, data in graph.edges(data=True):
            new[other] += damping * rank[one] * data["weight"] / out[one]
        if sum(abs(new[node] - rank[node]) for node in nodes) < 1e-9:
            return new
        rank = new
    return rank


def communities(network: Network) -> list[list[str]]:
    """Give the labels of actors that have more to do with each other than with others, the largest group first.

    By the Louvain method (Blondel et al. 2008) on the weighted network without directions, with a fixed seed. Within a
    group those come first that have most to do with others.
    """
    import networkx

    graph = undirected(network)
    labels = {node.id: node.label for node in network.nodes}
    found = networkx.community.louvain_communities(graph, weight="weight", seed=_SEED)
    degree = dict(graph.degree(weight="weight"))
    groups = [[labels[id] for id in sorted(group, key=lambda id: (-degree[id], labels[id]))] for group in found]
    return sorted(groups, key=lambda group: (-len(group), group[0]))


def path(network: Network, start: str, end: str, *, called: Called | None = None) -> list[Hop]:
    """Give the shortest way from one actor to another over what they did to each other, in either direction.

    It has the fewest steps; ties go to pairs with more events. `called` is as in `find`. Raises `InputError` if an
    actor is not in the network or no way leads there.
    """
    import networkx

    graph = undirected(network)
    first, last = find(network, start, called=called), find(network, end, called=called)
    try:
        way: Sequence[str] = networkx.shortest_path(graph, first, last, weight="distance")
    except networkx.NetworkXNoPath as error:
        raise InputError(
            "no event leads from one to the other",
            where=f"{start} and {end}",
            remedy="try others: kg graph communities",
        ) from error
    labels = {node.id: node.label for node in network.nodes}
    hops = []
    for one, other in pairwise(way):
        edges = [edge for edge in network.edges if {edge.source, edge.target} == {one, other}]
        best = max(edges, key=lambda edge: (edge.weight or 1, edge.source == one, edge.id))
        quote = str(best.values.get("quote", "")).split(" | ")[0]
        hops.append(Hop(labels[one], labels[other], best.relation, events_of(edges), quote, best.source == one))
    return hops


def find(network: Network, name: str, *, called: Called | None = None) -> str:
    """Give the id of the one actor of this name. Raises `InputError` if there is none, or more than one.

    Other names than labels are those that `called` knows (`Names.called` of `kg.questions`), else words of a label.
    """
    wanted = folded(name)
    named = {node.id: node.label for node in network.nodes}
    found = [id for id, label in named.items() if name in (id, id.rpartition("/")[2]) or folded(label) == wanted]
    if not found and called is not None:
        others = {*called(name)}
        found = [id for id, label in named.items() if label in others]
    found = found or [id for id, label in named.items() if {*wanted.split()} <= {*folded(label).split()}]
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError(f"that may be {', '.join(named[id] for id in found[:5])}", where=name, remedy="say which")
    raise InputError(
        "nobody of this name did anything to anybody", where=name, remedy="see who did: kg graph stats --graph DIR"
    )


def simple(network: Network) -> networkx.DiGraph:
    """Give the network with one edge for each direction between two nodes, with `weight` and `distance`.

    `weight` is the number of events. `distance` is one step and a little more, less where the weight is larger: of ways
    with as few steps, the shortest has the most events, as all that is more on any way comes to less than a step.
    """
    import networkx

    return _summed(network, networkx.DiGraph())


def undirected(network: Network) -> networkx.Graph:
    """Give the network with one edge between two nodes, with `weight` and `distance` as in `simple`."""
    import networkx

    return _summed(network, networkx.Graph())


def _summed(network: Network, graph: networkx.Graph) -> networkx.Graph:
    for node in network.nodes:
        graph.add_node(node.id, **node.attributes)
    for edge in network.edges:
        held = graph.get_edge_data(edge.source, edge.target, {}).get("edges", [])
        graph.add_edge(edge.source, edge.target, edges=[*held, edge])
    steps = 1 << len(network.nodes).bit_length()  # more than any way has; a power of two, so that equal ways stay equal
    for *_, data in graph.edges(data=True):
        weight = events_of(data.pop("edges"))
        data |= {"weight": weight, "distance": 1 + 1 / (steps * (1 + weight))}
    return graph
