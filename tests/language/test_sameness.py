"""The same text gives the same analysis wherever it stands, and no text is too odd to be read."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.language import analyse, load_nlp
from kg.language.blocked import BlockedOps
from kg.textnorm import visible

if TYPE_CHECKING:
    from spacy.tokens import Doc

PEOPLE = ("The envoy", "Chancellor Weber", "Peru's navy", "A court in Oslo", "The two unions", "Ms. Abara")
DEEDS = ("refused to sign the treaty", "met rebels near Goma", "freed 31 sailors", "was urged to resign", "said no")
ENDS = (" on Monday.", ", officials said.", '; "we are done," he added.', " — again.", "!", ".\n\nNobody answered.")


@cache
def corpus() -> tuple[str, ...]:
    """Return texts of one to forty sentences, and a few odd ones."""
    rng = random.Random(7)
    texts = [
        " ".join(rng.choice(PEOPLE) + " " + rng.choice(DEEDS) + rng.choice(ENDS) for _ in range(size))
        for size in (1, 1, 2, 2, 3, 5, 8, 13, 21, 40)
    ]
    return (*texts, "", "No", "😀", "12,000")


def rows(doc: Doc) -> list[tuple[object, ...]]:
    return [(t.text, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.ent_iob_, t.ent_type_) for t in doc]


@cache
def alone() -> dict[str, tuple[list[tuple[object, ...]], bytes]]:
    """Return each text's analysis and vectors, made on its own."""
    docs = {text: load_nlp()(text) for text in corpus()}
    return {text: (rows(doc), np.asarray(doc.tensor).tobytes()) for text, doc in docs.items()}


@settings(max_examples=12, deadline=None, derandomize=True)
@given(order=st.permutations(range(len(corpus()))), size=st.integers(1, 20), cut=st.integers(0, len(corpus())))
def test_order_and_batches_do_not_matter(order: list[int], size: int, cut: int) -> None:
    for part in (order[:cut], order[cut:]):
        texts = [corpus()[i] for i in part]
        for text, doc in zip(texts, load_nlp().pipe(texts, batch_size=size), strict=True):
            assert (rows(doc), np.asarray(doc.tensor).tobytes()) == alone()[text]


@pytest.mark.parametrize("size", [1, 5])
def test_processes_do_not_matter(size: int) -> None:
    code = f"""
import json, sys
import kg
texts = json.load(sys.stdin)
docs = kg.load_nlp().pipe(texts, batch_size={size}, n_process=2)
print(json.dumps([[(t.text, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.ent_iob_, t.ent_type_) for t in doc]
                  for doc in docs]))
"""
    texts = list(reversed(corpus()))
    done = subprocess.run(
        [sys.executable, "-c", code], input=json.dumps(texts), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert [[tuple(row) for row in doc] for doc in json.loads(done.stdout)] == [alone()[text][0] for text in texts]


@settings(max_examples=30, deadline=None, derandomize=True)
@given(before=st.integers(0, 130), size=st.integers(1, 200), wide=st.sampled_from([7, 387, 2048]))
def test_a_row_of_a_product_depends_on_that_row_alone(before: int, size: int, wide: int) -> None:
    rng = np.random.default_rng(before)
    x = rng.standard_normal((before + size + 3, 96), dtype="float32")
    y = rng.standard_normal((wide, 96), dtype="float32")
    ops = BlockedOps(1)
    whole = ops.gemm(x, y, trans2=True)
    assert (ops.gemm(x[before : before + size], y, trans2=True) == whole[before : before + size]).all()
    assert np.allclose(whole, x @ y.T, atol=1e-3)
    out = np.empty_like(whole)
    assert ops.gemm(x, y, trans2=True, out=out) is out
    assert (out == whole).all()
    assert np.allclose(ops.gemm(x, x, trans1=True), x.T @ x, atol=1e-3)


UNITS = (
    "word ",
    "word",
    "😀",
    "\u200b",
    "\x07",
    "\u202e",
    " ",
    "\n",
    "é\u0301",
    "\ud7ff",
    "(",
    "http://x.y/",
    "1,",
    "—",
)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(parts=st.lists(st.tuples(st.sampled_from(UNITS), st.integers(1, 250)), max_size=3))
def test_odd_texts_come_out_as_they_went_in(parts: list[tuple[str, int]]) -> None:
    text = "".join(unit * times for unit, times in parts)
    nlp = load_nlp()
    [doc] = analyse(nlp, [text])
    assert doc.text == text
    seen = [t.text for t in nlp.make_doc(visible(text)) if not t.is_space]
    told = [word for t in doc if (word := visible(t.text).strip())]
    assert told == seen or not visible(text).strip()
    assert len(list(doc.sents)) <= max(len(doc), 1)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="this system does not tell a process's own peak")
def test_two_hundred_thousand_words_in_bounded_memory() -> None:
    code = """
import kg
from pathlib import Path
from kg.language import analyse
text = "The two ministers met in Oslo again. " * 28_600
[doc] = analyse(kg.load_nlp(), [text])
assert doc.text == text and len(doc) == 8 * 28_600, len(doc)
# the peak of this process alone: what getrusage tells begins with the memory of the one that started it
[peak] = [line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
print(sum(1 for _ in doc.sents), int(peak) // 1024)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    sentences, peak = map(int, done.stdout.split())
    assert sentences == 28_600
    assert peak < 700  # MB
