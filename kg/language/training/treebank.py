"""CoNLL-U treebanks as gold `Doc`s of several sentences, with the white space of the raw text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from spacy.tokens import Doc

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Set
    from pathlib import Path

    from spacy.vocab import Vocab


@dataclass(frozen=True, slots=True)
class Word:
    """One syntactic word; `head` counts from 0 within the sentence and is the word itself for the root."""

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    dep: str
    space: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """One tree; `opens` tells what it begins: "doc", "par" or nothing ("")."""

    words: tuple[Word, ...]
    opens: str

    def forms(self) -> tuple[str, ...]:
        """Return the words as they are spelled."""
        return tuple(word.form for word in self.words)


def read_sentences(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of a CoNLL-U file; empty nodes are left out, multiword tokens give their words."""
    opens = "doc"
    rows: list[list[str]] = []
    text = ""
    with path.open(encoding="utf-8") as lines:
        for line in (raw.rstrip("\n") for raw in lines):
            if line.startswith("# newdoc"):
                opens = "doc"
            elif line.startswith("# newpar"):
                opens = opens or "par"
            elif line.startswith("# text = "):
                text = line.removeprefix("# text = ")
            elif line and line[0].isdigit():
                columns = line.split("\t")
                if columns[0].isdigit():
                    rows.append(columns)
            elif not line and rows:
                yield Sentence(tuple(_words(rows, text)), opens)
                rows, opens = [], ""
    if rows:
        yield Sentence(tuple(_words(rows, text)), opens)


REPEATED = 8
"""Words from which on a sentence that stands in two files is a repetition and not a phrase like "Thank you."."""


def without(sentences: list[Sentence], known: Set[tuple[str, ...]]) -> list[Sentence]:
    """Return the sentences but the longer ones among `known`; what follows such a gap opens a document."""
    kept: list[Sentence] = []
    gap = False
    for sentence in sentences:
        if len(sentence.words) >= REPEATED and sentence.forms() in known:
            gap = True
            continue
        kept.append(replace(sentence, opens="doc") if gap else sentence)
        gap = False
    return kept


def _words(rows: list[list[str]], text: str) -> Iterator[Word]:
    """Yield the words of one tree; whether a space follows is read off the sentence's own text."""
    at = 0
    for i, row in enumerate(rows):
        found = text.find(row[1], at)
        at = (found if found >= 0 else at) + len(row[1])
        head = int(row[6]) - 1
        yield Word(
            form=row[1].replace("\u00a0", "_").replace(" ", "_"),
            lemma=row[1] if row[2] == "_" and row[1] != "_" else row[2],
            upos=row[3],
            xpos="" if row[4] == "_" else row[4],
            feats="" if row[5] == "_" else row[5],
            head=i if head < 0 else head,
            dep="ROOT" if head < 0 else row[7],
            space=text[at : at + 1].isspace() or i + 1 == len(rows),
        )


def chunks(sentences: list[Sentence], rng: random.Random, *, single: float, most: int) -> Iterator[list[Sentence]]:
    """Cut a treebank into runs of 1 to `most` consecutive sentences of one document; a share `single` stands alone."""
    run: list[Sentence] = []
    size = 1
    for sentence in sentences:
        if run and (sentence.opens == "doc" or len(run) >= size):
            yield run
            run = []
        if not run:
            size = 1 if rng.random() < single else rng.randint(2, most)
        run.append(sentence)
    if run:
        yield run


def gold_doc(vocab: Vocab, run: list[Sentence], rng: random.Random | None = None) -> Doc:
    """Join a run of sentences into one gold `Doc`.

    White space between paragraphs becomes a token of its own, as spaCy's tokenizer has it, and hangs
    on the word before. With `rng`, typography and line ends are varied the way news text varies them.
    """
    words: list[Word] = []
    starts: list[int] = []
    wrap = rng is not None and rng.random() < 0.05
    for i, sentence in enumerate(run):
        base = len(words)
        starts.append(base)
        order: list[int] = []
        local = _restyled(sentence.words, rng) if rng is not None else list(sentence.words)
        for k, word in enumerate(local):
            order.append(len(words))
            last = k + 1 == len(local)
            gap = _gap(run, i, rng) if last else ("\n" if wrap and word.space and k % 13 == 12 else "")
            words.append(word if not gap else _with_space(word, False))
            if gap and not (last and i + 1 == len(run)):
                words.append(Word(gap, gap, "SPACE", "_SP", "", -1, "dep", False))
        for k, position in enumerate(order):
            words[position] = _with_head(words[position], order[local[k].head])
    heads = [i - 1 if word.head < 0 else word.head for i, word in enumerate(words)]
    marks = set(starts)
    return Doc(
        vocab,
        words=[word.form for word in words],
        spaces=[word.space for word in words[:-1]] + [False],
        tags=[word.xpos for word in words],
        pos=[word.upos for word in words],
        morphs=[word.feats for word in words],
        lemmas=[word.lemma for word in words],
        heads=heads,
        deps=[word.dep for word in words],
        sent_starts=[i in marks for i in range(len(words))],
    )


def _gap(run: list[Sentence], i: int, rng: random.Random | None) -> str:
    """Return the white space token after sentence i of a run, or "" for a single space."""
    if i + 1 == len(run):
        return ""
    if run[i + 1].opens == "par":
        return "\n\n" if rng is None else rng.choices(["\n\n", "\n", ""], [6, 3, 1])[0]
    return "\n" if rng is not None and rng.random() < 0.05 else ""


def _with_space(word: Word, space: bool) -> Word:
    return Word(word.form, word.lemma, word.upos, word.xpos, word.feats, word.head, word.dep, space)


def _with_head(word: Word, head: int) -> Word:
    return Word(word.form, word.lemma, word.upos, word.xpos, word.feats, head, word.dep, word.space)


def _restyled(words: tuple[Word, ...], rng: random.Random) -> list[Word]:
    """Vary the typography of one sentence: curly quotes and apostrophes, typographic dashes."""
    curly = rng.random() < 0.4
    dashes = rng.random() < 0.5
    out: list[Word] = []
    for word in words:
        form, lemma = word.form, word.lemma
        if curly and form in {'"', "''", "``"}:
            form = lemma = "“" if word.xpos == "``" else "”"
        elif curly and form == "'" and word.xpos in {"``", "''"}:
            form = lemma = "‘" if word.xpos == "``" else "’"
        elif curly and "'" in form and len(form) > 1:
            form = form.replace("'", "’")
        elif dashes and form in {"--", "-", "—", "–"} and word.xpos == ":" and word.space:
            form = lemma = rng.choice(["—", "–", "--"])
        out.append(Word(form, lemma, word.upos, word.xpos, word.feats, word.head, word.dep, word.space))
    return out
