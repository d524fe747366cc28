"""Drawings as SVG, made on the server: the same data gives the same picture, and no script is needed to see it."""
