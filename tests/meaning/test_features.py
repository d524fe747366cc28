"""What the heads see: grammar as indices, the same on every machine and in every run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.extract.syntax.tree import read_tree
from kg.language import analyse, load_nlp
from kg.meaning.features import TOKEN_WIDTH, candidates, covered, head_of, token_features
from kg.meaning.pairs import EventView, is_passive, link_features, path, role_features, shared
from kg.meaning.rows import PAIR_SIZE, row
from kg.model import Span

if TYPE_CHECKING:
    from kg.extract.syntax.tree import Tree


def tree_of(text: str) -> Tree:
    [doc] = analyse(load_nlp(), [text])
    return read_tree(doc)


@pytest.fixture(scope="module")
def told() -> Tree:
    return tree_of("The mayor rejected the offer. Two ships were seized by pirates on Monday.")


def at(tree: Tree, word: str) -> int:
    return tree.word.index(word)


def test_rows_of_names_never_change() -> None:
    assert [row(name) for name in ("r:self", "l:lemma", "r:timed")] == [2865, 3086, 1761]


def test_the_grammar_of_a_word_and_of_its_head(told: Tree) -> None:
    features = token_features(told, range(len(told.word)))
    mayor, rejected = features[at(told, "mayor")], features[at(told, "rejected")]
    half = TOKEN_WIDTH // 2
    assert mayor == (*[k for k in mayor if k < half], *[half + k for k in rejected if k < half])
    assert [k for k in rejected if k < half] == [k - half for k in rejected if k >= half]  # a root is its own head
    assert all(0 <= k < TOKEN_WIDTH for one in features for k in one)
    assert mayor == (26, 49, 116, 137, 143, 144)  # nsubj NOUN; of root VERB, finite, past
    assert rejected == (36, 57, 63, 64, 116, 137, 143, 144)


def test_the_path_goes_up_to_the_common_ancestor_and_down(told: Tree) -> None:
    assert path(told, at(told, "rejected"), at(told, "mayor")) == ([], ["nsubj"])
    assert path(told, at(told, "mayor"), at(told, "offer")) == (["nsubj"], ["obj"])
    assert path(told, at(told, "offer"), at(told, "rejected")) == (["obj"], [])
    assert path(told, at(told, "mayor"), at(told, "mayor")) == ([], [])


def test_a_path_between_sentences_ends_at_both_roots(told: Tree) -> None:
    up, down = path(told, at(told, "mayor"), at(told, "ships"))
    assert (up, down) == (["nsubj", told.dep[at(told, "rejected")]], ["nsubj:pass"])


def test_voice_tells_the_pirates_from_the_ships(told: Tree) -> None:
    assert is_passive(told, at(told, "seized")) and not is_passive(told, at(told, "rejected"))
    common = {"mention": "", "timed": False, "counted": False}
    seized, pirates = at(told, "seized"), at(told, "pirates")
    passive = role_features(told, seized, pirates, passive=True, **common)  # type: ignore[arg-type]
    active = role_features(told, seized, pirates, passive=False, **common)  # type: ignore[arg-type]
    assert len(set(passive) ^ set(active)) == 4 and all(0 <= k < PAIR_SIZE for k in passive)


def test_candidates_are_words_that_can_head_a_participant(told: Tree) -> None:
    words = [told.word[i] for i in candidates(told, range(at(told, "Two")))]
    assert words == ["mayor", "rejected", "offer"]


def test_the_head_of_a_stretch_is_the_word_the_others_hang_on(told: Tree) -> None:
    text = "The mayor rejected the offer."
    every = range(len(told))
    assert told.word[head_of(told, 0, len("The mayor"), every) or 0] == "mayor"
    assert told.word[head_of(told, 0, len(text), every) or 0] == "rejected"
    assert head_of(told, len(text) - 1, len(text), every) is None  # the full stop alone


def test_spans_cover_the_words_they_touch(told: Tree) -> None:
    begin = told.begin[at(told, "Two")]
    assert [told.word[i] for i in sorted(covered(told, [Span(begin, begin + 4)]))] == ["Two"]
    assert covered(told, []) == frozenset()


def test_two_events_share_what_both_are_about() -> None:
    tree = tree_of("Peru made an offer. Chile refused the offer.")
    first, second = (i for i, word in enumerate(tree.word) if word == "offer")
    made = EventView(at(tree, "made"), 0, "CONSULT", "offer", "happened", {"object": [first]})
    refused = EventView(at(tree, "refused"), 1, "REJECT", "none", "happened", {"object": [second]})
    assert shared(tree, [first], [second]) and not shared(tree, [at(tree, "Peru")], [second])
    assert row("l:shareobjectobject") in link_features(tree, refused, made)
    assert row("l:apart-1") in link_features(tree, refused, made)
    assert row("l:apart1") in link_features(tree, made, refused)


def test_sums_are_those_that_numpy_gives_whatever_stands_beside_a_list() -> None:
    import numpy as np

    from kg.meaning.heads import TOGETHER, load_heads, sums

    table = load_heads()["role.features"]
    dice = np.random.default_rng(3)
    rows = [dice.integers(0, len(table), size).tolist() for size in (*range(1, 40), *[17] * (TOGETHER + 5))]
    starts = np.cumsum([0, *(len(one) for one in rows[:-1])])
    wanted = np.add.reduceat(table[np.concatenate(rows)], starts, axis=0)
    assert sums(table, rows).tobytes() == wanted.tobytes()
    assert sums(table, rows[5:6]).tobytes() == wanted[5:6].tobytes()
    assert not sums(table, [[], []]).any() and sums(table, []).shape == (0, table.shape[1])


def test_rows_of_features_are_kept_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.meaning import rows

    monkeypatch.setattr(rows, "KEPT", 3)
    kept = rows.Rows()
    assert [kept[name] for name in "abcda"] == [row(name) for name in "abcda"] and len(kept) <= 3
    ways = rows._Ways()
    found = [ways.get((name,)) for name in "abcda"]
    assert [way.up for way in found] == [(name,) for name in "abcda"] and len(ways.up) <= 3
