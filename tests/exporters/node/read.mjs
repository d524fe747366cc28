// Reads a network file with a JavaScript library and prints its nodes and edges as JSON: node read.mjs LIBRARY FILE
import { readFileSync } from "node:fs";

import cytoscape from "cytoscape";
import { MultiDirectedGraph } from "graphology";
import gexf from "graphology-gexf";
import graphml from "graphology-graphml";

const [, , library, path] = process.argv;
const text = readFileSync(path, "utf-8");

function ofGraphology(graph) {
  return {
    nodes: graph.mapNodes((id, attributes) => [id, attributes]),
    edges: graph.mapEdges((id, attributes, source, target) => [id, source, target, attributes]),
  };
}

const READERS = {
  graphml: () => ofGraphology(graphml.parse(MultiDirectedGraph, text)),
  gexf: () => ofGraphology(gexf.parse(MultiDirectedGraph, text)),
  cytoscape: () => {
    const file = JSON.parse(text);
    const graph = cytoscape({ headless: true, styleEnabled: true, elements: file.elements, style: file.style });
    return {
      nodes: graph.nodes().map((node) => [node.id(), node.data()]),
      edges: graph.edges().map((edge) => [edge.id(), edge.source().id(), edge.target().id(), edge.data()]),
      colours: graph.nodes().map((node) => [node.id(), node.style("background-color")]),
    };
  },
};

// Cytoscape's clock of animations would keep the process alive.
process.stdout.write(JSON.stringify(READERS[library]()), () => process.exit(0));
