"""Rows found step by step are those of the features' names, in the order in which they are added up."""

from __future__ import annotations

import numpy as np
import pytest

from kg.extract.syntax.tree import Tree, read_tree
from kg.language import analyse, load_nlp
from kg.meaning.features import candidates
from kg.meaning.heads import TOGETHER, sums
from kg.meaning.pairs import EventView, Pairs, link_features, path
from kg.meaning.rows import bucket, row

TEXT = (
    "Two ships that had left the port of Lagos on Monday were seized by pirates, who asked the owners for a ransom. "
    "The owners refused to pay the pirates."
)


@pytest.fixture(scope="module")
def tree() -> Tree:
    [doc] = analyse(load_nlp(), [TEXT])
    return read_tree(doc)


def way_names(tree: Tree, a: int, b: int) -> tuple[list[str], str, str]:
    up, down = path(tree, a, b)
    names = [f"u{k}{d}" for k, d in enumerate(up[:4])] + [f"d{k}{d}" for k, d in enumerate(down[::-1][:4])]
    return names, f"len{bucket(len(up))}.{bucket(len(down))}", f"{'/'.join(up[:3])}|{'/'.join(down[-3:])}"


def test_every_pair_of_an_event_and_a_word_has_the_rows_of_its_features(tree: Tree) -> None:
    pairs = Pairs(tree)
    for passive in (False, True):
        for event in candidates(tree, range(len(tree))):
            roles = pairs.roles(event, passive=passive)
            for other in candidates(tree, range(len(tree))):
                up, down = path(tree, event, other)
                steps, length, whole = way_names(tree, event, other)
                case = next((tree.lower[c] for c in tree.children[other] if tree.dep[c] in ("case", "mark")), "")
                names = [*steps, length, f"dist{bucket(abs(event - other))}{event < other}", f"path{whole}"]
                names += [f"case{case}", f"cd{case}{len(up)}{len(down)}", f"pos{tree.pos[event]}{tree.pos[other]}"]
                names += ["mnamePER", f"pp{passive}{whole}", f"ep{passive}{tree.pos[event]}"]
                names += ["self"] if event == other else []
                found = roles.rows(other, mention="namePER", timed=True, counted=False)
                assert found == [row(f"r:{name}") for name in (*names, "timed")]


def test_two_events_share_those_who_take_part_in_both(tree: Tree) -> None:
    asked, refused = tree.word.index("asked"), tree.word.index("refused")
    pirates, again = (i for i, word in enumerate(tree.word) if word == "pirates")
    owners, same = (i for i, word in enumerate(tree.word) if word == "owners")
    one = EventView(asked, 0, "REQUEST", "demand", "happened", {"actor": [pirates], "recipient": [owners, refused]})
    two = EventView(refused, 1, "REJECT", "none", "denied", {"actor": [same], "content": [again, asked]})
    names = "apart1 tREQUESTREJECT taREQUEST tbREJECT kdemand>none kademand kbnone fhappeneddenied fahappened fbdenied"
    names += " xREQUESTnone xfREQUESThappenednone firstTrue posVERBVERB deta detb"
    names += " shareactorcontent inrecipient sharerecipientactor holdscontent"
    assert link_features(tree, one, two) == [row(f"l:{name}") for name in names.split()]


def test_a_way_longer_than_forty_steps_is_cut_as_path_cuts_it() -> None:
    n = 60
    chain = Tree(
        *([[word] * n for word in ("x", "x", "x", "NOUN", "nmod")]),
        [max(0, i - 1) for i in range(n)],
        *([[""] * n] * 2),
        *([list(range(n))] * 2),
        [[i + 1] if i + 1 < n else [] for i in range(n)],
        *([list(range(n))] * 2),
        [0] * n,
        [0],
        [""] * n,
    )
    roles = Pairs(chain).roles(0, passive=False)
    for other in (30, 41, 59):
        steps, length, _ = way_names(chain, 0, other)
        found = roles.rows(other, mention="", timed=False, counted=False)
        assert found[: len(steps) + 1] == [row(f"r:{name}") for name in (*steps, length)]


def test_rows_are_added_in_the_order_of_numpys_sum_along_an_axis() -> None:
    random = np.random.default_rng(7)
    table = random.standard_normal((200, 12)).astype(np.float32)
    rows = [random.integers(0, 200, size).tolist() for size in [*range(1, 40), *[17] * (TOGETHER + 5)]]
    found = sums(table, rows)
    for one, total in zip(rows, found, strict=True):
        parts = table[one]
        lanes = [parts[1 + k :: 8][: (len(one) - 1) // 8] for k in range(8)]
        eight = [np.add.accumulate(lane)[-1] if len(lane) else None for lane in lanes]
        rest = list(parts[1 + 8 * ((len(one) - 1) // 8) :])
        if eight[0] is not None:
            e = [one for one in eight if one is not None]
            whole = ((e[0] + e[1]) + (e[2] + e[3])) + ((e[4] + e[5]) + (e[6] + e[7]))
        else:
            whole = rest.pop(0) if rest else np.zeros(12, dtype=np.float32)
        for part in rest:
            whole = whole + part
        assert np.array_equal(total, parts[0] + whole)


def test_texts_read_together_are_read_as_each_by_itself() -> None:
    from kg.language import context_vectors
    from kg.meaning import Asked, read_meaning, read_meanings

    texts = [TEXT, ".", "Togo offered Benin a loan. Benin declined it, and Ghana said that talks would go on.", "Rain."]
    docs = list(analyse(load_nlp(), texts))
    asked = [Asked(read_tree(doc), context_vectors(doc), (), (), ()) for doc in docs]
    assert sum(len(one.events) for one in read_meanings(asked)) > 4
    alone = [read_meaning(one.tree, one.vectors, (), times=(), quantities=()) for one in asked]
    assert read_meanings(asked) == alone
