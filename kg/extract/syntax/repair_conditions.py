"""Subordinators of several words that treebanks take apart: "provided that", "as long as", "on condition that".

Each is made one marker of the clause it introduces, as Universal Dependencies has it for fixed expressions, so that
rules of conditions need to know one shape only. `head` and `dep` are changed in place; no cycle can arise, for the
clause is raised to what stood above the expression.
"""

from __future__ import annotations

from kg.extract.syntax.signatures import embedding


def mend_conditions(head: list[int], dep: list[str], lower: list[str]) -> None:
    """Join the parts of every conditional expression under its clause."""
    words = embedding().conditions
    for i, word in enumerate(lower):
        if head[i] == i:
            continue
        if word in words["participles"] and dep[i] == "advcl":
            clause = _below(head, dep, i, "ccomp")
            if clause is not None and not any(head[k] == i and dep[k].startswith("nsubj") for k in range(i)):
                _join(head, dep, lower, [i], clause)
        elif word == "long" and i and lower[i - 1] in ("as", "so") and lower[i + 1 : i + 2] == ["as"]:
            clause = _below(head, dep, i, "advcl")
            if clause is not None:
                _join(head, dep, lower, [i - 1, i, i + 1], clause)
        elif word in words["nouns"] and dep[i] == "obl":
            clause = _below(head, dep, i, "acl")
            first = next((k for k in range(i) if head[k] == i and dep[k] == "case"), None)
            if clause is not None and first is not None and lower[i + 1] == "that":
                _join(head, dep, lower, [first, *range(first + 1, i + 1)], clause)


def _below(head: list[int], dep: list[str], i: int, relation: str) -> int | None:
    """Return the clause after i that depends on it by this relation."""
    return next((k for k in range(i + 1, min(i + 20, len(head))) if head[k] == i and dep[k] == relation), None)


def _join(head: list[int], dep: list[str], lower: list[str], words: list[int], clause: int) -> None:
    """Raise a clause to what its expression depended on, and make the expression its marker."""
    top = next(w for w in words if head[w] not in words)
    head[clause], dep[clause] = head[top], "advcl"
    first, last = words[0], words[-1]
    if last + 1 < len(lower) and lower[last + 1] == "that" and dep[last + 1] == "mark":
        words = [*words, last + 1]
    for k, above in enumerate(head):
        if above in words and k not in words and k != clause:
            head[k] = clause
    head[first], dep[first] = clause, "mark"
    for w in words[1:]:
        head[w], dep[w] = first, "fixed"
