"""The questions of `corpus/several.txt`, each of which asks several things at once, as questions about stories.

Each part is asked for by itself with the others behind it, as `kg ask` asks the network (`kg.asking.several.beside`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from kg.asking.several import apart, beside
from tests.ask.answers.asked import Question
from tests.ask.answers.stories import Story, read_told

_BLOCK = re.compile(r"\[(.+)\]")


def read_several(corpus: Path, name: str = "several.txt") -> list[Story]:
    """Read the stories of which a file asks several things at once, and what is asked about each, part by part."""
    told = read_told(corpus)
    found: dict[str, Story] = {}
    story = ""
    for line in (corpus / name).read_text(encoding="utf-8").splitlines():
        block = _BLOCK.fullmatch(line)
        if block:
            story = block[1]
            found[story] = Story(story, told[story], ())
        elif " | " in line:
            text, _, golds = line.partition(" | ")
            asked = _parts(found[story], text, golds.split("; "))
            found[story] = replace(found[story], questions=found[story].questions + asked)
    return list(found.values())


def _parts(story: Story, text: str, golds: list[str]) -> tuple[Question, ...]:
    """What each part of a question asks for; nothing where it is not taken apart as it was written."""
    parts = apart(text)
    if len(parts) != len(golds) or len(parts) < 2:
        return ()
    return tuple(question(story, asked, gold) for asked, gold in zip(beside(parts), golds, strict=True))


def question(story: Story, text: str, gold: str) -> Question:
    """A question about a story by the words of its answer, for yes or no those after "yes=" or "no=", "-" for none."""
    sentences = tuple(one for article in story.articles for one in article)
    truth = re.match(r"(yes|no)=", gold)
    words = [] if gold == "-" else [one.strip().lower() for one in gold[truth.end() if truth else 0 :].split("/")]
    right = tuple(at for at, one in enumerate(sentences) if any(word in one.lower() for word in words))
    return Question(story.name, text, sentences, right, tuple(words), truth[1] == "yes" if truth else None)
