"""Questions that people wrote for verbs and nouns of sentences (QANom, QA-SRL), "someone" filled from their answers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.ask.answers.asked import Pair
from tests.ask.answers.made import Maker, other_nouns
from tests.ask.answers.words import unlike

FILES = ("qanom_train.jsonl", "qasrl_gs_wikinews_dev.jsonl", "qasrl_gs_wikipedia_dev.jsonl")
_EACH, _LONGEST, _FILLER = 2, 420, 8
_ANYTHING = re.compile(r"\b(?:someone|something)\b")
_MARKS = ((r" ([.,;:!?%)\]])", r"\1"), (r"([(\[$]) ", r"\1"), (r" (n't|'s|'re|'ve|'ll|'d|'m|')\b", r"\1"))


def labelled_questions(folder: Path, make: Maker) -> Iterator[Pair]:
    """Give questions of the files in a folder, and the same with another verb."""
    for name in FILES:
        for line in (folder / name).read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            text = joined(record["words"])
            if len(text) > _LONGEST:
                continue
            found = [(q, pred["verb"]) for pred in record["preds"] for q in _questions(pred, record["words"])]
            make.rng.shuffle(found)
            for question, verb in found[:_EACH]:
                if make.rng.random() < 0.3:
                    question = other_nouns(question, 0.4, make.rng)
                yield Pair(question, text, "", True)
                yield from _otherwise(question, verb, text, make)


def joined(words: Sequence[str]) -> str:
    """Join words of the Penn treebank's tokens to a text.

    >>> joined(["He", "did", "n't", "say", "``", "no", "''", "."])
    'He didn\\'t say "no".'
    """
    text = " ".join(words)
    for pattern, put in _MARKS:
        text = re.sub(pattern, put, text)
    return text.replace("`` ", '"').replace(" ''", '"')


def _questions(pred: Mapping[str, Any], words: Sequence[str]) -> Iterator[str]:
    answers: dict[str, str] = {}
    for one in pred["qa"]:
        begin, end = one["spans"][0]
        if one["wh"] in ("who", "what") and not one["prep"] and end - begin <= _FILLER:
            asked = one["passive"] or (one["subj"] and not one["obj"])
            answers.setdefault("obj" if asked else "subj", joined(words[begin:end]))
    for one in pred["qa"]:
        question = one["q"]
        if one["subj"] and (filler := answers.get("obj" if one["passive"] else "subj")):
            question = _ANYTHING.sub(lambda _, filler=filler: filler, question, count=1)
        if one["obj"] and not one["passive"] and (filler := answers.get("obj")):
            head, found, tail = question.rpartition(one["obj"])
            question = f"{head}{filler}{tail}" if found else question
        question = re.sub(r" (?:somewhere|doing something)", "", question)
        if len(_ANYTHING.findall(question)) < 2 and 3 <= len(question.split()) <= 24:
            yield question


def _otherwise(question: str, verb: str, text: str, make: Maker) -> Iterator[Pair]:
    """The question with another verb, of which the sentence has nothing."""
    form = next((word for word in question.strip("?").split() if word[:4] == verb[:4] and len(word) > 3), "")
    pool = unlike(verb, make.common) if make.rng.random() < 0.5 else make.common
    pool = [one for one in pool if one[:4] not in text.lower()]
    if form and pool and make.rng.random() < 0.8:
        other = make.rng.choice(pool)
        if form.endswith("ing"):
            other = f"{other.removesuffix('e')}ing"
        elif form != verb:
            other = make.forms.participle(other)
        yield Pair(question.replace(form, other, 1), text, "", False)
