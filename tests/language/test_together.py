"""Several texts go through the pipeline together, and come out to the bit as each by itself would."""

from __future__ import annotations

from typing import Any

import pytest
from threadpoolctl import ThreadpoolController

from kg.language import analyse, load_nlp
from kg.language.analysis import analyse_text, analyse_texts, is_plain
from kg.language.blocked import by_rows
from kg.language.encoder import CONTEXT
from kg.language.products import multiply, one_thread
from kg.model import Document
from kg.pipeline import analyse as extract

TEXTS = [
    "Norway offered to host the talks.",
    "",
    "  Ghana, led by its space, proposed a loan.",
    "Guate\u00admala refused.",
    *(f"The {number} delegates rejected the plan that Togo's minister put forward on Monday." for number in range(40)),
    "No.",
    "The rebels said they would stop firing, and the mediators, who had come from Accra, left. " * 30,
]
_READ = ["HEAD", "DEP", "POS", "TAG", "LEMMA", "MORPH", "ENT_TYPE", "ENT_IOB", "SENT_START"]


def test_texts_read_together_are_as_each_alone() -> None:
    nlp = load_nlp()
    assert by_rows(nlp)
    together = list(analyse(nlp, TEXTS))
    for text, doc in zip(TEXTS, together, strict=True):
        alone = analyse_text(nlp, text)
        assert doc.text == alone.text == text
        assert (doc.to_array(_READ) == alone.to_array(_READ)).all()
        for one, other in zip((doc, alone), (alone, doc), strict=True):
            assert (CONTEXT in one.user_data) == (CONTEXT in other.user_data)
        if CONTEXT in doc.user_data:
            assert doc.user_data[CONTEXT].tobytes() == alone.user_data[CONTEXT].tobytes()


def test_a_pipeline_whose_texts_depend_on_each_other_reads_them_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    nlp = load_nlp()
    monkeypatch.setattr("kg.language.analysis.by_rows", lambda _: False)
    monkeypatch.setattr(nlp, "pipe", lambda texts: [][0] if texts else iter(()))
    assert [doc.text for doc in analyse_texts(nlp, TEXTS[:6])] == TEXTS[:6]


def test_what_needs_care_is_read_by_itself() -> None:
    assert [is_plain(text) for text in TEXTS[:4]] == [True, False, False, False] and not is_plain("a" * 50_000)


def test_products_are_the_same_under_a_limit_of_threads() -> None:
    nlp = load_nlp()
    with one_thread():
        [limited] = analyse(nlp, TEXTS[:1])
    [free] = analyse(nlp, TEXTS[:1])
    assert limited.user_data[CONTEXT].tobytes() == free.user_data[CONTEXT].tobytes()


@pytest.mark.parametrize("where", ["kg.meaning.heads", "kg.extract.coreference.net"])
def test_a_text_by_itself_is_read_on_one_thread(monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    text = "The envoy of Ghana met the minister of Togo. He said the envoy offered a loan and that they refused it."
    [doc] = analyse(load_nlp(), [text])
    blas = ThreadpoolController().select(user_api="blas")
    threads: list[int] = []

    def noted(*given: Any) -> None:
        threads.extend(one.num_threads for one in blas.lib_controllers)
        multiply(*given)

    monkeypatch.setattr(f"{where}.multiply", noted)
    with blas.limit(limits=2):
        before = [one.num_threads for one in blas.lib_controllers]
        extract(Document(id="t", text=text), doc)
        assert [one.num_threads for one in blas.lib_controllers] == before
    assert set(threads) == {1}
