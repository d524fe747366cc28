"""Files for other programs: a table of formats, each a function that writes a graph, a view of it, or an answer.

RDF          turtle, nquads, trig, jsonld (everything, with the dated ontology), protege (flat Turtle for Protégé)
networks     graphml, gexf, cytoscape, cx2, node-link; neo4j (a folder): canonical actors and events, or a view
tables       csv, parquet (folders): everything, one file a table
others       geojson (placed events), ftm (FollowTheMoney entities), corrections (what was put right, as passages)
"""

from kg.exporters.formats import EXPORTERS, FORMATS, Format, Material, parts_of, text_of
from kg.exporters.views import VIEWS
from kg.exporters.writing import export, export_to, save, stream, write

__all__ = [
    "EXPORTERS",
    "FORMATS",
    "VIEWS",
    "Format",
    "Material",
    "export",
    "export_to",
    "parts_of",
    "save",
    "stream",
    "text_of",
    "write",
]
