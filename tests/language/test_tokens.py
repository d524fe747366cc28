"""How text is cut into words: as the treebanks have it, and without losing a character."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.language import load_nlp
from tests.clock import growth

if TYPE_CHECKING:
    from spacy.language import Language

CASES = {
    "prisoners—1,000 for 1,000—came home": "prisoners — 1,000 for 1,000 — came home",
    "the Norway–Chad pact of 1987-1990": "the Norway – Chad pact of 1987 - 1990",
    "May 23–25": "May 23 – 25",
    "$5m–$7m": "$ 5 m – $ 7 m",
    "€1.5bn a year": "€ 1.5 bn a year",
    "20-25% of it": "20 - 25 % of it",
    "U.S.-led talks": "U.S. - led talks",
    "a large-scale, three-day drill": "a large - scale , three - day drill",
    "27-year-old Ana": "27 - year - old Ana",
    "COVID-19": "COVID - 19",
    "non-aligned and pro-European": "non-aligned and pro-European",
    "Oslo's and the US’s reply": "Oslo 's and the US ’s reply",
    "the allies' plan": "the allies ' plan",
    "they don't, can't, cannot": "they do n't , ca n't , can not",
    "we’re, they'll": "we ’re , they 'll",
    "at 9am or 10:30 p.m.": "at 9 am or 10:30 p.m.",
    "Lt. Gen. Ali met Dr. Bo": "Lt. Gen. Ali met Dr. Bo",
    "on 2025-05-23": "on 2025-05-23",
    "and/or": "and / or",
    "he said,“go”": "he said , “ go ”",
    "What?! No...": "What ?! No ...",
    "They want £100m. He has 5k.": "They want £ 100 m . He has 5 k .",
    "#Peace @oslo": "# Peace @oslo",
}


@pytest.mark.parametrize(("text", "expected"), CASES.items())
def test_words_follow_the_treebanks(nlp: Language, text: str, expected: str) -> None:
    assert [token.text for token in nlp.make_doc(text)] == expected.split()


ODD = st.text(alphabet=st.sampled_from("aB9 \n\t.,-—–'’\"“(€😀\u200b\u00a0\u2029é中"), max_size=900)


@settings(max_examples=60, deadline=None)
@given(text=st.one_of(st.text(max_size=200), ODD))
def test_no_character_is_lost(text: str) -> None:
    assert load_nlp().make_doc(text).text == text


@pytest.mark.parametrize("unit", ["(", "😀", "'", "a-", "\u200b", "1,", "x)"])
def test_text_without_spaces_takes_linear_time(nlp: Language, unit: str) -> None:
    def run(size: int) -> None:
        assert nlp.make_doc(unit * size).text == unit * size

    assert growth(run, 2_500, 20_000) < 24  # eight times the length; growing with its square it would be 64


def test_a_long_word_stays_whole(nlp: Language) -> None:
    word = "a" * 5000
    assert [token.text for token in nlp.make_doc(f"One {word} two")] == ["One", word, "two"]


def test_tokenizer_survives_pickling(nlp: Language) -> None:
    again = pickle.loads(pickle.dumps(nlp.tokenizer))
    text = "U.S.-led talks—again " + "(" * 600
    assert [t.text for t in again(text)] == [t.text for t in nlp.make_doc(text)]
