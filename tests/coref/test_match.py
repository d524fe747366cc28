"""Which of our mentions are which of the corpus', and what both make of a chain."""

from __future__ import annotations

from kg.language.training.coreference_corpus import KeyDocument, KeyMention, matched
from kg.model import Mention, MentionKind, Span
from tests.coref.match import counted, key_chains, response_chains, same_head

TEXT = "Mayor Ana Torres of Lima resigned. She left. The US Navy objected."


def span(words: str) -> Span:
    begin = TEXT.index(words)
    return Span(begin, begin + len(words))


def mention(index: int, words: str, head: str, kind: MentionKind, name: str = "", relation: str = "nsubj") -> Mention:
    return Mention(
        index, 0, span(words), span(head), words, head, kind, name=span(name) if name else None, relation=relation
    )


KEY = KeyDocument(
    "t",
    TEXT,
    (
        KeyMention(span("Mayor Ana Torres of Lima"), span("Ana"), "1", MentionKind.NAME),
        KeyMention(span("Lima"), span("Lima"), "2", MentionKind.NAME),
        KeyMention(span("She"), span("She"), "1", MentionKind.PRONOUN),
        KeyMention(span("The US Navy"), span("Navy"), "3", MentionKind.NAME),
        KeyMention(span("US"), span("US"), "4", MentionKind.NAME),
    ),
)
OURS = (
    mention(0, "Mayor Ana Torres", "Torres", MentionKind.NAME, "Ana Torres"),
    mention(1, "Lima", "Lima", MentionKind.NAME, "Lima"),
    mention(2, "She", "She", MentionKind.PRONOUN),
    mention(3, "US Navy", "Navy", MentionKind.NAME, "US Navy"),
    mention(4, "left", "left", MentionKind.NOMINAL),
)


def test_a_mention_is_matched_by_its_characters_or_its_head() -> None:
    assert matched(KEY, OURS) == {0: 0, 1: 1, 2: 2, 3: 3}


def test_only_names_and_pronouns_are_counted() -> None:
    assert [counted(m) for m in OURS] == [True, True, True, True, False]
    assert not counted(mention(0, "US", "US", MentionKind.NAME, "US", relation="amod"))


def test_chains_of_one_are_left_out_and_spurious_mentions_stay() -> None:
    assert key_chains(KEY) == [{0, 2}]
    assert response_chains(KEY, OURS, ["a", "b", "a", "c", "a"]) == [{0, 2}]
    extra = (*OURS[:4], mention(4, "resigned", "resigned", MentionKind.NAME, "resigned"))
    assert response_chains(KEY, extra, ["a", "b", None, "c", "a"]) == [{0, -5}]


def test_the_baseline_knows_last_words_and_kinds_of_pronoun() -> None:
    labels = same_head(OURS)
    assert labels[0] == "torres" and labels[3] == "navy" and labels[2] != labels[0]
