"""Drawings of a graph as SVG text: plain functions over plain values, without a library."""
