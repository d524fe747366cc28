"""Which graphs of the store a question of the library is asked of: some texts, with who is who apart from them."""

from __future__ import annotations

import re
from collections.abc import Iterator

_GRAPH = re.compile(r"\bGRAPH\s+(\?\w+)\s*(?=\{)", re.IGNORECASE)
_BY_NAME = ("?identity", "?narrowIdentity")
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
    apart = _GRAPH.sub(lambda found: "" if found[1] in names else found[0], sparql)
    if any(re.search(rf"{re.escape(name)}\b", apart) for name in names):
        return None
    return apart


def _is_identity(name: str, block: str) -> bool:
    """Tell whether a pattern is about who is who: by the name of its graph, or by what only that graph tells."""
    return name != _TEXT and (name in _BY_NAME or "nkg:canonical" in block)


def _blocks(sparql: str) -> Iterator[tuple[str, str]]:
    """Give the variable and the pattern of each GRAPH."""
    for found in _GRAPH.finditer(sparql):
        depth = 0
        for at in range(found.end(), len(sparql)):
            depth += {"{": 1, "}": -1}.get(sparql[at], 0)
            if not depth:
                yield found[1], sparql[found.end() : at + 1]
                break
