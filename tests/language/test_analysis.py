"""What holds of every analysis: the text is kept, neighbours do not matter, layout ends sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.language import analyse, load_nlp
from kg.language.analysis import analyse_text, windows
from kg.language.datelines import dateline_length

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

PROSE = (
    "Norway offered to host talks between the two governments. The rebels rejected it.\n\n"
    "“We will not come,” their spokesman said on Monday. Nobody was surprised by the refusal.\n"
)
ODD = st.text(alphabet=st.sampled_from("aB9 \n\r\t.,-—'’\"“(€😀\u200b\u00a0\u2029\x00é"), max_size=120)


def _rows(doc: Doc) -> list[tuple[object, ...]]:
    return [
        (t.idx, t.text, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.ent_type_, t.ent_iob_, t.is_sent_start)
        for t in doc
    ]


@settings(max_examples=60, deadline=None)
@given(text=st.one_of(st.text(max_size=120), ODD))
def test_doc_text_is_the_text(text: str) -> None:
    [doc] = analyse(load_nlp(), [text])
    assert doc.text == text
    assert "".join(sentence.text_with_ws for sentence in doc.sents) == text
    assert all(text[t.idx : t.idx + len(t)] == t.text for t in doc)


@settings(max_examples=25, deadline=None)
@given(text=st.one_of(st.text(max_size=300), ODD, st.integers(1, 4).map(lambda n: PROSE * n)))
def test_windows_lose_nothing(text: str) -> None:
    assert "".join(windows(text, size=50)) == text
    assert analyse_text(load_nlp(), text, window=50).text == text


def test_joined_windows_keep_the_analysis(nlp: Language) -> None:
    paragraph = PROSE[: PROSE.index("\n\n") + 2]
    whole = analyse_text(nlp, paragraph * 6, window=len(paragraph) + 10)
    alone = analyse_text(nlp, paragraph)
    assert [row[1:6] for row in _rows(whole)] == [row[1:6] for row in _rows(alone)] * 6
    assert [e.text for e in whole.ents] == [e.text for e in alone.ents] * 6


def test_neighbours_do_not_matter(nlp: Language) -> None:
    texts = [PROSE, "", "Kenya agreed.", PROSE * 3, "😀", "Peru and Chile signed the treaty in Lima."]
    together = [_rows(doc) for doc in analyse(nlp, texts)]
    backwards = [_rows(doc) for doc in analyse(nlp, reversed(texts))]
    assert together == backwards[::-1]
    assert together == [_rows(doc) for text in texts for doc in analyse(nlp, [text])]


def test_empty_text(nlp: Language) -> None:
    [doc] = analyse(nlp, [""])
    assert len(doc) == 0
    assert list(doc.sents) == []


def test_text_without_full_stop_is_bounded(nlp: Language) -> None:
    text = "the ministers met again and " * 1900
    [doc] = analyse(nlp, [text])
    assert doc.text == text
    assert max(len(sentence.text) for sentence in doc.sents) <= 50_000


def _sentences(nlp: Language, text: str) -> list[str]:
    [doc] = analyse(nlp, [text])
    return [sentence.text.strip() for sentence in doc.sents]


def test_a_headline_is_apart(nlp: Language) -> None:
    text = "Storm closes ports in Peru\n\nLIMA, May 23 (Agency) — A storm closed two ports on Friday. No one was hurt."
    assert _sentences(nlp, text) == [
        "Storm closes ports in Peru",
        "LIMA, May 23 (Agency) —",
        "A storm closed two ports on Friday.",
        "No one was hurt.",
    ]


@pytest.mark.parametrize("gap", ["\n\n", "\r\n\r\n", "\n \n", "\u2029", "\n\n\n\n"])
def test_blank_line_ends_a_sentence(nlp: Language, gap: str) -> None:
    assert _sentences(nlp, f"Talks resume in Cairo{gap}Egypt invited both sides") == [
        "Talks resume in Cairo",
        "Egypt invited both sides",
    ]


def test_line_end_alone_ends_no_sentence(nlp: Language) -> None:
    assert len(_sentences(nlp, "The two presidents agreed to\nmeet again in the capital on Friday.")) == 1


def test_items_of_a_list_are_apart(nlp: Language) -> None:
    items = ["• Peru rejects the plan", "• Chile offers two ships and a tug", "• Ana Ruiz resigns"]
    assert _sentences(nlp, "\n".join(items)) == items
    dashed = ["– Peru rejects the plan.", "– Chile offers two ships and a tug.", "– Ana Ruiz resigns."]
    assert _sentences(nlp, "\n".join(dashed)) == dashed
    assert len(_sentences(nlp, "The two presidents – who had met\n– agreed to meet again.")) == 1


def test_a_company_and_its_symbol_begin_no_sentence_apart(nlp: Language) -> None:
    text = "OSLO, March 3, 2025 – Veldhoek Lines SE (FRA: VHL) today announced that it has bought two ferries."
    assert len(_sentences(nlp, text)) == 2


def test_white_space_begins_no_sentence(nlp: Language) -> None:
    [doc] = analyse(nlp, ["\n\n  Egypt invited both sides.   \n\n\n They came. \n"])
    assert [sentence.text.strip() for sentence in doc.sents] == ["Egypt invited both sides.", "They came."]
    assert not any(token.is_sent_start for token in doc if token.is_space and token.i)


DATELINES = (
    "CAIRO, March 3 (Agency) — ",
    "CAIRO (AP) - ",
    "ADDIS ABABA, Ethiopia – ",
    "LIMA — ",
    "Lima (Reuters) -- ",
    "LIMA, March 3 - ",
    "OSLO/CAIRO, March 3 – ",
    "PARIS AND BERLIN, 3 March (AFP) — ",
    "Jakarta, Indonesia, March 3, 2025 (ANTARA) - ",
    "Lagos, Nigeria — ",
    "Lagos, Nigeria - ",
    "Port Moresby — ",
    "TEL AVIV, March 3 /Newswire/ -- ",
    "ST. PETERSBURG, Russia, Dec. 3 - ",
    "Oslo, 3 December 2025 – ",
    "December 3, 2025 - ",
    "(Reuters) - ",
    "ABUJA, Nigeria (AP) _ ",
    "DUBAI: ",
    "KYIV, Ukraine | 12:01 GMT — ",
    "OSLO, Norway, and TURKU, Finland, March 3, 2025 – ",
)


@pytest.mark.parametrize("dateline", DATELINES)
def test_dateline_is_apart(nlp: Language, dateline: str) -> None:
    body = "Egypt on Friday invited both sides to new talks."
    assert _sentences(nlp, dateline + body) == [dateline.strip(), body]
    assert dateline_length(dateline + body) == len(dateline)


@pytest.mark.parametrize("before", ["", "Egypt invites both sides\n\n", "Talks to resume\nBy Salma Nour\n\n"])
def test_what_follows_a_dateline_reads_as_if_it_opened_the_text(nlp: Language, before: str) -> None:
    body = "Norway on Thursday offered Sudan a ship. Sudan refused it."
    [alone] = analyse(nlp, [body])
    for dateline in DATELINES:
        [doc] = analyse(nlp, [before + dateline + body])
        rest = [t for t in doc if t.idx >= len(before + dateline)]
        assert doc.text == before + dateline + body
        assert [(t.text, t.dep_, t.head.text, t.is_sent_start) for t in rest] == [
            (t.text, t.dep_, t.head.text, t.is_sent_start) for t in alone
        ]


def test_many_datelines_are_no_burden() -> None:
    assert analyse_text(load_nlp(), "KYIV — Talks failed.\n" * 1500).text.count("—") == 1500


@pytest.mark.parametrize(
    "text",
    [
        "NATO — the alliance — said so.",
        "The plan — Egypt's own — failed.",
        "Lima said no.",
        "It was over (again) — or not.",
        "Paris — Charles's own town — refused.",
        "Israel - Hamas talks resumed.",
        "Lima: The minister said no.",
        "May 2 - the day of the vote - was quiet.",
    ],
)
def test_other_dashes_make_no_dateline(text: str) -> None:
    assert dateline_length(text) == 0


@pytest.mark.parametrize(
    "sentences",
    [
        ["Mr. Smith met Dr. Jones of the U.S. delegation on Jan. 5.", "They talked for an hour."],
        ["The U.N. envoy left Geneva.", "He will return on Monday."],
        ["The minister refused to comment.", '"We have nothing to say," he told reporters.'],
        ["George W. Bush visited Peru.", "He stayed for two days."],
        ["J. K. Mensah and A. B. Okoro spoke first.", "The others left."],
        ["The firm, Alder Inc., sold 3.5 million shares at $2.40 each.", "It kept the rest."],
        ["Prices rose by approx. 4 percent in Sept. and fell in Oct. after the vote."],
        ["The vote was 52-48 vs. 50-50 a year ago.", "No. 10 did not comment."],
        ["“We came to talk.", "We did not come to beg,” the envoy said.", "“Nobody listened.”", "The hall was silent."],
        ["He said: “It is over.”", "Then he left."],
        ["Why did they leave?", "Nobody knows.", "“Ask them!” she said."],
    ],
)
def test_sentences(nlp: Language, sentences: list[str]) -> None:
    assert _sentences(nlp, " ".join(sentences)) == sentences


def test_what_follows_a_dateline_or_a_space_keeps_the_vectors_that_chains_are_ranked_by(nlp: Language) -> None:
    for text in ("LIMA (Reuters) - Peru has agreed. Chile has not.", "\n\nPeru has agreed. Chile has not."):
        [doc] = analyse(nlp, [text])
        assert doc.tensor.shape[0] == len(doc)
