"""Our mentions beside the corpus' ones, and chains of both as sets of the same mentions.

Both sides are restricted to names and pronouns: mentions whose head is a proper noun or pronoun in the corpus' trees,
and ours of these kinds. The corpus has names inside names (the "US" of "US State Department"), which ours miss. A
mention is matched as the training matches it. What has no partner stays on its side under a label of its own, so it
counts as missed or spurious.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kg.extract.words import PRONOUNS
from kg.language.training.coreference_corpus import KeyDocument, matched
from kg.model import Mention, MentionKind
from tests.coref.metrics import Partition

POINTING = frozenset({"this", "that", "these", "those", "both"})


def counted(m: Mention) -> bool:
    """Whether one of our mentions is a name or pronoun as the corpus has them: it marks no adjectives."""
    if m.kind is MentionKind.PRONOUN:
        return m.text.lower() in PRONOUNS or m.text.lower() in POINTING
    if m.kind is MentionKind.NOMINAL:
        head = m.head.begin - m.span.begin
        return head > 0 and m.text[head].isupper() and not m.members  # "the President": a proper noun in the corpus
    return m.relation != "amod"


def key_chains(document: KeyDocument) -> Partition:
    """The corpus' chains of two mentions and more."""
    chains: dict[str, set[int]] = defaultdict(set)
    for n, mention in enumerate(document.mentions):
        chains[mention.chain].add(n)
    return [chain for chain in chains.values() if len(chain) > 1]


def response_chains(document: KeyDocument, mentions: Sequence[Mention], label_of: Sequence[object]) -> Partition:
    """Our chains of two mentions and more; `label_of` gives each mention its chain, None for none."""
    partner = matched(document, filter(counted, mentions))
    chains: dict[object, set[int]] = defaultdict(set)
    for m in mentions:
        label = label_of[m.index]
        if counted(m) and label is not None:
            chains[label].add(partner.get(m.index, -1 - m.index))
    return [chain for chain in chains.values() if len(chain) > 1]


def same_head(mentions: Sequence[Mention]) -> list[object]:
    """The baseline: names with the same last word are one, pronouns of the same person, number and gender are one."""
    out: list[object] = []
    for m in mentions:
        if m.name is not None:
            name = m.text[m.name.begin - m.span.begin : m.name.end - m.span.begin]
            out.append(name.split()[-1].lower())
        else:
            out.append((m.person, m.number, m.gender, m.text.lower() if m.text.lower() not in PRONOUNS else ""))
    return out
