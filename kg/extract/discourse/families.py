"""Words that point back to initiatives: nouns by the kinds they may mean, pronouns, determiners."""

from __future__ import annotations

FAMILIES: dict[str, tuple[frozenset[str], ...]] = {
    "Proposal": (frozenset({"propose", "plan"}), frozenset({"offer", "invite"}), frozenset({"urge", "request"})),
    "Offer": (frozenset({"offer"}), frozenset({"propose", "invite"})),
    "Invitation": (frozenset({"invite"}), frozenset({"propose"})),
    "Request": (frozenset({"request", "urge", "demand"}),),
    "Demand": (frozenset({"demand", "urge", "request"}),),
    "Threat": (frozenset({"threaten"}), frozenset({"demand"})),
    "Plan": (frozenset({"plan", "propose"}), frozenset({"offer"})),
}
"""Kinds that a noun of each class points back to, likeliest first."""

_ANY_PLAN = frozenset({"propose", "offer", "plan"})
_ANY_WISH = frozenset({"request", "urge", "demand"})
NOUNS: dict[str, frozenset[str]] = {
    **dict.fromkeys(["idea", "initiative", "scheme", "package", "blueprint", "plan", "proposition"], _ANY_PLAN),
    **dict.fromkeys(["suggestion", "formula", "compromise", "draft"], frozenset({"propose", "offer"})),
    **dict.fromkeys(["application", "appeal", "call", "plea", "petition"], _ANY_WISH),
    **dict.fromkeys(["term", "condition"], frozenset({"demand", "offer", "propose"})),
    **dict.fromkeys(["deadline", "order", "instruction"], frozenset({"demand"})),
    "move": frozenset({"propose", "offer", "plan", "invite", "threaten"}),
    "overture": frozenset({"propose", "offer", "invite"}),
    "bid": frozenset({"request", "propose", "offer"}),
    "ultimatum": frozenset({"demand", "threaten"}),
    "gesture": frozenset({"offer", "invite"}),
}
POINTERS = frozenset({"this", "that", "it", "they", "both", "these", "those", "which", "so", "one"})
DUAL = frozenset({"neither", "both", "either"})
POINTING = frozenset({"definite", "demonstrative", "possessive"})
