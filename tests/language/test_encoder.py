"""Word pieces, windows and the encoder's plumbing, with a runner of the test's own in place of the network."""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.language.encoder import MARGIN, WIDTH, WINDOW, EncoderShim, create_encoder
from kg.language.wordpieces import MOST_PIECES, WordPieces, layout, windows

VOCABULARY = "\n".join(
    [*"[PAD] [unused1] [unused2] [UNK] [CLS] [SEP] ##e ##s kyiv peace ##ful ##ly".split(), *"abcdeghiklnorstuvwy'.,-"]
)
PIECES = WordPieces(VOCABULARY)
VOCAB = Vocab()


def spelt(token: str) -> list[str]:
    names = VOCABULARY.splitlines()
    return [names[i] for i in PIECES.of(token)]


@pytest.mark.parametrize(
    ("token", "pieces"),
    [
        ("Kyiv", ["kyiv"]),
        ("Peacefully", ["peace", "##ful", "##ly"]),
        ("peaces", ["peace", "##s"]),
        ("Kýív", ["kyiv"]),  # accents and case are left to the layout
        ("peace-peace", ["peace", "-", "peace"]),
        ("kyivx", ["[UNK]"]),
        ("\u200b\x07", ["[UNK]"]),
        ("\n", ["[unused1]"]),
        (" \n\n ", ["[unused2]"]),
        ("\u2029", ["[unused2]"]),
        ("kyiv" * 50, ["[UNK]"]),
    ],
)
def test_pieces(token: str, pieces: list[str]) -> None:
    assert spelt(token) == pieces


def test_a_long_token_keeps_its_first_pieces_only() -> None:
    assert PIECES.of("." * 5000) == PIECES.of(".") * MOST_PIECES


def test_layout_tells_spellings_and_spaces_apart() -> None:
    kinds = {layout(text, space=space) for text in ("12", "it", "A", "UN", "Kyiv", "McX") for space in (True, False)}
    assert kinds == set(range(12))


@given(st.lists(st.integers(1, MOST_PIECES), max_size=900))
@settings(max_examples=40, deadline=None)
def test_windows_cover_every_token_once_with_context(sizes: list[int]) -> None:
    laid = windows(sizes, size=WINDOW, margin=MARGIN)
    ends = [0, *accumulate(sizes)]
    assert [i for w in laid for i in range(w.first, w.last)] == list(range(len(sizes)))
    for w in laid:
        assert w.start <= w.first < w.last <= w.end
        assert ends[w.end] - ends[w.start] <= WINDOW
        assert w.end == len(sizes) or ends[w.end] - ends[w.last] >= MARGIN
        assert w.start == 0 or ends[w.first] - ends[w.start] > MARGIN - MOST_PIECES
    assert all(a.last == b.first for a, b in pairwise(laid))


def encoder() -> Any:
    """Return an encoder whose vector of a piece is its number, and which refuses windows that are too long."""
    model = create_encoder()
    shim = model.shims[0]
    assert isinstance(shim, EncoderShim)

    def run(ids: Any, layouts: Any) -> Any:
        assert len(ids) == len(layouts) <= WINDOW + 2
        assert (ids[0], ids[-1]) == (PIECES.first, PIECES.last)
        return np.repeat(ids[:, None], WIDTH, axis=1).astype("float32"), None

    shim.pieces, shim.runner = PIECES, run
    return model


@given(st.lists(st.text(min_size=1, max_size=30), max_size=300))
@settings(max_examples=15, deadline=None)
def test_a_token_gets_the_mean_of_its_own_pieces(words: list[str]) -> None:
    doc = Doc(VOCAB, words=words)
    [vectors] = encoder().predict([doc])
    assert vectors.shape == (len(words), WIDTH)
    assert vectors[:, 0].tolist() == pytest.approx([float(np.mean(PIECES.of(word))) for word in words], rel=1e-5)


def test_what_the_encoder_is_made_of_survives_bytes() -> None:
    parts = {"vocabulary": VOCABULARY, "words": np.arange(6, dtype="int8").reshape(2, 3), "graph": b"\x00\x01"}
    shim = EncoderShim(1)
    shim.parts = parts
    again = EncoderShim(1).from_bytes(shim.to_bytes())
    assert again.pieces is not None and again.pieces.of("Kyiv") == PIECES.of("Kyiv")
    assert again.parts["graph"] == parts["graph"] and (again.parts["words"] == parts["words"]).all()
