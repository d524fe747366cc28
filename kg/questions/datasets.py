"""Which graphs of the store a question of the library is asked of: some texts, with who is who apart from them."""

from __future__ import annotations

import re
from collections.abc import Iterator

_GRAPH = re.compile(r"\bGRAPH\s+(\?\w+)\s*(?=\{)", re.IGNORECASE)
_BY_NAME = ("?identity", "?narrowIdentity")
_CANONICAL = re.compile(r"nkg:canonical\s+\?(\w+)")
_TEXT, _COPIES = "?document", "?copies"


def asks_each_text(sparql: str) -> bool:
    """Tell whether a question is about one text at a time, so that it can be asked of some texts alone."""
    return all(name in (_TEXT, _COPIES) or _is_identity(name, block) for name, block in _blocks(sparql))


def identity_apart(sparql: str) -> str | None:
    """Give a query that finds the identity graph in the default graph, None for one that has to be asked as it is.

    Otherwise the engine looks for who is who in every text's graph, and for what texts tell in all of the identity
    graph, which is larger than some hundred texts. What asks for pairs of identities at once is left as it is: the
    engine would begin with all pairs that there are.
    """
    blocks = [*_blocks(sparql)]
    names = {name for name, block in blocks if _is_identity(name, block)}
    if any(name not in names and name != _TEXT for name, _ in blocks):
        return None
    if any(block.count("nkg:canonical") > 1 for name, block in blocks if name in names):
        return None
    apart = _looked_up(sparql, names)
    if any(re.search(rf"{re.escape(name)}\b", apart) for name in names):
        return None
    return apart


def _looked_up(sparql: str, names: set[str]) -> str:
    """Take GRAPH away from what is about who is who, and have it looked up for what is bound already.

    What has to be there is asked for as if it had not, and then has to be bound: a plain join begins with everybody.
    """
    out, rest = [], sparql
    while found := _GRAPH.search(rest):
        before, block = rest[: found.start()], _block(rest, found.end())
        rest = rest[found.end() + len(block) :]
        out.append(before)
        if found[1] not in names:
            out.append(found[0])
            rest = block + rest
            continue
        who = _CANONICAL.search(block)
        known = "".join(out)
        if who is None or before.rstrip().endswith("OPTIONAL {") or re.search(rf"\?{who[1]}\b", known):
            out.append(block)
        else:
            out.append(f"OPTIONAL {block} FILTER(BOUND(?{who[1]}))")
    return "".join([*out, rest])


def _is_identity(name: str, block: str) -> bool:
    """Tell whether a pattern is about who is who: by the name of its graph, or by what only that graph tells."""
    return name != _TEXT and (name in _BY_NAME or "nkg:canonical" in block)


def _blocks(sparql: str) -> Iterator[tuple[str, str]]:
    """Give the variable and the pattern of each GRAPH."""
    for found in _GRAPH.finditer(sparql):
        yield found[1], _block(sparql, found.end())


def _block(sparql: str, begin: int) -> str:
    """Give what stands from one brace to the one that closes it."""
    depth = 0
    for at in range(begin, len(sparql)):
        depth += {"{": 1, "}": -1}.get(sparql[at], 0)
        if not depth:
            return sparql[begin : at + 1]
    return sparql[begin:]
