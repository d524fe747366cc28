"""Drawings of a graph as SVG text: plain functions over plain values; the same data gives the same picture.

Those that stand alone, with their colours in them, are for notebooks and reports: `life`, `charts`, `flow`, `net`,
`atlas`. Those whose parts lead somewhere, coloured by the style sheet of a page, are for the explorer: `course` of
`life`, `bars`, `days`, `network`, `world`. Both have their marks, words, outlines and escapes from the same modules.
"""
