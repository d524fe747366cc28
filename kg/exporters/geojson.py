"""Placed events as GeoJSON (RFC 7946): points with what happened there, for QGIS, Leaflet, kepler.gl and the like."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from kg.exporters.record import Network


def geojson(network: Network) -> Iterator[str]:
    """Write a feature for each event and each of its places that has coordinates (longitude first, WGS 84).

    The network is the full view. A feature's id is that of event and place; its properties are what is said of the
    event, with the place's name.
    """
    nodes = {node.id: node for node in network.nodes}
    placed = [
        (nodes[edge.source], nodes[edge.target])
        for edge in network.edges
        if edge.relation == "place" and {"latitude", "longitude"} <= nodes[edge.target].values.keys()
    ]
    yield '{"type":"FeatureCollection","features":[\n'
    for at, (event, place) in enumerate(placed, 1):
        feature: dict[str, Any] = {
            "type": "Feature",
            "id": f"{event.id} {place.id}",
            "geometry": {"type": "Point", "coordinates": [place.values["longitude"], place.values["latitude"]]},
            "properties": {"event": event.id, "place": place.id, "place_label": place.label, **event.attributes},
        }
        text = json.dumps(feature, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        yield text + (",\n" if at < len(placed) else "\n")
    yield "]}\n"
