"""Steps that look at other records of the text look at a bounded number of them, however long it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import overload

from kg.extract.frames.borrowed import without_borrowed
from kg.extract.frames.both_sides import _between
from kg.model import Event, Evidence, Factuality, Mention, MentionKind, Span


class Watched(Sequence[Mention]):
    """Mentions that count how often one of them is looked at."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self.mentions, self.looked = mentions, 0

    @overload
    def __getitem__(self, at: int) -> Mention: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Mention]: ...
    def __getitem__(self, at: int | slice) -> Mention | Sequence[Mention]:
        self.looked += 1
        return self.mentions[at]

    def __iter__(self) -> Iterator[Mention]:
        for one in self.mentions:
            self.looked += 1
            yield one

    def __len__(self) -> int:
        return len(self.mentions)


def sentence(number: int) -> list[Mention]:
    """Three mentions of one sentence: two names and the group that they are, after "between"."""
    at = number * 3
    plain = Mention(at, number, Span(at, at + 1), Span(at, at + 1), "x", "x", MentionKind.NAME)
    both = replace(plain, index=at + 2, members=(at, at + 1), marker="between")
    return [plain, replace(plain, index=at + 1), both]


def test_the_group_of_a_mention_is_looked_for_in_its_sentence() -> None:
    mentions = Watched([one for number in range(2_000) for one in sentence(number)])
    found = _between(mentions.mentions[4_501].index, mentions)
    assert found is not None and found.index == 4_502
    assert mentions.looked < 40
    assert _between(None, mentions) is None


def initiative(index: int, trigger: int, *content: Span) -> Event:
    return Event(
        index, "Proposal", "propose", Span(trigger, trigger + 1), "propose", "", Factuality.HAPPENED,
        (Evidence(Span(0, 9)),), kind="propose", content_text="words", content_spans=content,
    )  # fmt: skip


def test_a_borrowed_content_is_found_wherever_its_owner_stands_and_however_long_it_is() -> None:
    owners = [initiative(k, 1_000 * k, Span(1_000 * k + 10, 1_000 * k + 20)) for k in range(50)]
    owners.append(initiative(50, 60_000, Span(20, 60_010)))  # a long one that begins far before
    for begin, is_borrowed in ((1_015, True), (60_011, False), (60_005, True), (59_000, True), (5, False)):
        mine = initiative(51, 70_000, Span(begin, begin + 3))
        [told] = without_borrowed([mine], owners)
        assert (told.content_text == "") is is_borrowed, begin
    [own] = without_borrowed([owners[7]], owners)
    assert own.content_text == "words"
