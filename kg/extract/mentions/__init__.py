"""From a parsed text to its sentences and mentions: every phrase that names, describes or points to something.

Dependency trees say where phrases begin and end, names (see `mention_names`) what stands in them. A name inside a
larger phrase ("Kyiv" in "Kyiv's allies", "Ukrainian" in "Ukrainian officials") is a mention of its own.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.lookup import lookup
from kg.extract.mentions.drafts import Draft, groups, is_ticker, join, parentheses, representatives
from kg.extract.mentions.name import Name
from kg.extract.mentions.names import find_names
from kg.extract.mentions.spans import SLOTS, is_head, is_possessive_mark, left_edges, right_edges
from kg.extract.mentions.teams import is_match_report, is_team
from kg.extract.mentions.types import gender_of, is_pattern_name, mention_type
from kg.extract.mentions.vessels import without_ships
from kg.extract.syntax.quotes import find_quotations
from kg.extract.syntax.tree import Tree, read_tree
from kg.extract.words import (
    BODY_NOUNS,
    DETERMINERS,
    MEETING_NOUNS,
    PERSON_NOUNS,
    PRONOUNS,
    RECIPROCALS,
    TITLE_HEADS,
    TITLES,
)
from kg.model import EntityType, Gazetteer, Mention, MentionKind, Sentence, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["find_mentions"]

FOREIGN_EDGE = frozenset({"PUNCT", "SPACE", "ADP", "SCONJ", "CCONJ"})
PLACE_REACH = 12  # tokens after a happening in which its place may stand
PRENOMINAL = ("compound", "amod", "nmod", "nmod:desc")
MODIFIERS = frozenset({"amod", "compound", "nummod", "nmod:desc"})


def find_mentions(
    doc: Doc, gazetteer: Gazetteer, *, tree: Tree | None = None
) -> tuple[tuple[Sentence, ...], tuple[Mention, ...]]:
    """The sentences and mentions of a parsed text, both in text order, offsets in code points of `doc.text`.

    A mention that shares its head word with a coordination is the shorter of the two. Linear in the length of the
    text. Times and bare quantities are no mentions. `tree` is the tree of `doc`, if it has been read already.
    """
    return _sentences(doc), _Reader(doc, tree or read_tree(doc), gazetteer).mentions()


def _sentences(doc: Doc) -> tuple[Sentence, ...]:
    out = []
    for k, sent in enumerate(doc.sents):
        text = sent.text
        begin = sent.start_char + len(text) - len(text.lstrip())
        out.append(Sentence(k, Span(begin, max(begin, sent.start_char + len(text.rstrip())))))
    return tuple(out)


class _Reader:
    """The working state of one text."""

    def __init__(self, doc: Doc, tree: Tree, gazetteer: Gazetteer) -> None:
        self.tree = tree
        self.text = doc.text
        self.gazetteer = gazetteer
        entities = [(e.start, e.end - 1, e.label_) for e in doc.ents]
        names = without_ships(tree, find_names(tree, entities, gazetteer, self.text))
        self.names = [n for n in names if not is_ticker(tree, n.first)]
        self.number = [(t.morph.get("Number", []) or [""])[0] for t in doc]
        self.name_at: dict[int, Name] = {i: n for n in self.names for i in range(n.first, n.last + 1)}
        self.report = is_match_report(tree, self.text)
        self.left = left_edges(tree)
        self.right, self.full = right_edges(tree)
        self.by_head: dict[int, Draft] = {}

    def mentions(self) -> tuple[Mention, ...]:
        """Draft names, then the remaining phrases, then what joins them; freeze in text order."""
        drafts = [d for name in self.names if (d := self._named(name))]
        for i in range(len(self.tree)):
            if (
                i not in self.by_head
                and i not in self.name_at
                and is_head(self.tree, i, named=False)
                and not is_ticker(self.tree, i)
            ):
                drafts.append(self._phrase(i))
        joined = groups(self.tree, self.by_head)
        representatives(self.tree, self.by_head, joined)
        drafts += joined
        join(self.tree, self.by_head)
        parentheses(self.tree, drafts)
        drafts.sort(key=lambda d: (d.first, -d.last, bool(d.members)))
        order = {id(d): k for k, d in enumerate(drafts)}
        starts, quotations = self._quotations()
        return tuple(self._freeze(d, order, starts, quotations) for d in drafts)

    # ------------------------------------------------------------------ drafts
    def _named(self, name: Name) -> Draft | None:
        """The mention of a name: with its title or head noun where it has one, else the name alone."""
        tree = self.tree
        top = self._top(name)
        pattern = self._pattern(name, top)
        plain = not name.known and pattern is None and name.type in (EntityType.NORP, None)
        if plain and tree.dep[top] == "amod" and (tree.pos[top] == "ADJ" or name.type is not None):
            return None  # "European allies": an adjective that is no state's does not refer by itself
        head = self._title_head(name, top)
        if self.report and is_team(tree, name, head, self.gazetteer):
            name = replace(name, type=EntityType.ORG)
        if head != top and tree.lemma[head] in BODY_NOUNS and name.type is not EntityType.ORG:
            name = replace(name, type=EntityType.ORG, known=())  # "mining company Santa Lucia" is no place
        draft = Draft(head, name.first, name.last, MentionKind.NAME, name)
        if name.title is not None:
            draft.first = min(draft.first, name.title)
        elif name.type is EntityType.PERSON:
            draft.first = self._title_before(name)
        if head != top or (name.type is EntityType.PERSON and tree.dep[head] in SLOTS):
            first = self.left[head]
            if tree.sentence[first] == tree.sentence[name.first] and name.first - first <= 8:
                draft.first = min(draft.first, first)
        elif self.left[head] == name.first - 1 and tree.lower[name.first - 1] == "the":
            draft.first = name.first - 1
        if pattern is not None:
            head, noun_type = pattern
            draft.head, draft.last = head, head
            draft.first = min(draft.first, max(self.left[head], name.first - 1))
            draft.name = replace(name, type=noun_type)
        if draft.head in self.by_head:
            return None
        self.by_head[draft.head] = draft
        return draft

    def _top(self, name: Name) -> int:
        """The token of a name that hangs on what is outside it; one that heads a phrase before any other."""
        tree = self.tree
        own = range(name.first, name.last + 1)
        outside = [i for i in own if tree.head[i] not in own or tree.head[i] == i]
        return next((i for i in outside if tree.dep[i] in SLOTS), outside[0] if outside else name.last)

    def _title_head(self, name: Name, top: int) -> int:
        """The title that a parser took for the head of a titled name ("creator Jane Doe"), else the name's own."""
        tree = self.tree
        head = tree.head[top]
        close = 0 < name.first - head <= 3 and "," not in tree.word[head : name.first]
        titled = tree.dep[top] in ("flat", "appos", "compound", "dep") and close and head not in self.name_at
        office = tree.lower[head] in TITLE_HEADS or tree.lemma[head] in PERSON_NOUNS
        if titled and office and name.type in (EntityType.PERSON, None):
            return head
        return head if self._says_what(name, top) else top

    def _says_what(self, name: Name, top: int) -> bool:
        """Whether a name is told what it is by the noun right before it: "pension fund Laurentia Capital"."""
        tree = self.tree
        noun = tree.head[top]
        close = tree.dep[top] in ("flat", "appos", "nmod:desc") and noun == name.first - 1 and noun not in self.name_at
        if not close or tree.pos[noun] != "NOUN" or self.number[noun] == "Plur":
            return False
        return name.type is EntityType.ORG or (name.type is not EntityType.NORP and tree.lemma[noun] in BODY_NOUNS)

    def _title_before(self, name: Name) -> int:
        """The first of the lower-case title words before a person's name ("former prime minister Jane Doe")."""
        tree, i = self.tree, name.first
        while i > 0 and tree.lower[i - 1] in TITLES and tree.sentence[i - 1] == tree.sentence[name.first]:
            i -= 1
        return i

    def _pattern(self, name: Name, top: int) -> tuple[int, EntityType] | None:
        """The common noun that completes a name: "Rift district", "Tabaski holiday", "Saami community"."""
        tree = self.tree
        noun = name.last + 1
        if noun >= len(tree) or tree.head[top] != noun or tree.dep[top] not in PRENOMINAL:
            return None
        if self.number[noun] == "Plur" or not is_head(tree, noun, named=False):
            return None
        whole = f"{' '.join(tree.lower[name.first : name.last + 1])} {tree.lower[noun]}"
        if any(known.type is EntityType.GPE for known in lookup(self.gazetteer, whole)):
            return noun, EntityType.GPE  # "Washington state"
        kind = is_pattern_name(name, " ".join(tree.lower[name.first : name.last + 1]), tree.lemma[noun])
        return (noun, kind) if kind is not None else None

    def _phrase(self, i: int) -> Draft:
        """A descriptive phrase or pronoun."""
        if self.tree.lower[i : i + 2] in RECIPROCALS:
            draft = Draft(i, i, i + 1, MentionKind.PRONOUN)
        elif self.tree.pos[i] == "PRON":
            draft = Draft(i, i, i, MentionKind.PRONOUN)
        else:
            draft = Draft(i, self.left[i], self.right[i], MentionKind.NOMINAL)
        self.by_head[i] = draft
        return draft

    # ------------------------------------------------------------------ freezing
    def _quotations(self) -> tuple[list[int], tuple[Span, ...]]:
        quotations = find_quotations(self.text)
        return [q.begin for q in quotations], quotations

    def _freeze(self, d: Draft, order: dict[int, int], starts: list[int], quotations: tuple[Span, ...]) -> Mention:
        tree = self.tree
        first, last = self._clean(d)
        span = self._trimmed(tree.span(first, last))
        k = bisect_right(starts, span.begin) - 1
        person, number, gender = self._features(d)
        name = d.name
        modifiers = tuple(
            tree.lemma[c] for c in tree.children[d.head] if c < d.head and tree.dep[c] in MODIFIERS and c >= first
        )
        return Mention(
            index=order[id(d)],
            sentence=tree.sentence[d.head],
            span=span,
            head=tree.span(d.head, d.head),
            text=self.text[span.begin : span.end],
            head_lemma=tree.lemma[d.head],
            kind=d.kind,
            type=mention_type(d.name, d.kind, tree, d.head, self.number[d.head], self._proper(d), bool(d.members)),
            name=self._trimmed(tree.span(name.first, max(name.last, d.last if d.head > name.last else 0)))
            if name
            else None,
            number=number,
            person=person,
            gender=gender,
            determiner=self._determiner(d, first),
            modifiers=() if d.kind is MentionKind.PRONOUN else modifiers,
            possessor=order.get(id(d.possessor)) if d.possessor else None,
            apposition_of=order.get(id(d.apposition)) if d.apposition else None,
            members=tuple(sorted(order[id(m)] for m in d.members if id(m) in order)),
            quoted=k >= 0 and quotations[k].end > span.begin,
            marker=tree.case(d.head) or (tree.lower[d.first] if tree.pos[d.first] == "ADP" and d.first < first else ""),
            relation=tree.dep[d.head],
        )

    def _trimmed(self, span: Span) -> Span:
        """Without the white space that a tokenizer leaves on a token (a no-break space, say)."""
        text = self.text[span.begin : span.end]
        return Span(span.begin + len(text) - len(text.lstrip()), span.begin + len(text.rstrip()))

    def _clean(self, d: Draft) -> tuple[int, int]:
        """The edges without punctuation, possessive marks and prepositions that a parser hung on a modifier."""
        tree, first, last = self.tree, d.first, d.last
        while last > max(d.head, first) and (tree.pos[last] in ("PUNCT", "SPACE") or is_possessive_mark(tree, last)):
            last -= 1
        while (
            first < d.head
            and first < last
            and not (tree.lower[first] == "at" and tree.lower[first + 1] in ("least", "most"))
            and (tree.pos[first] in FOREIGN_EDGE or (tree.pos[first] == "ADV" and tree.pos[first + 1] == "PUNCT"))
        ):
            first += 1
        return first, last

    def _features(self, d: Draft) -> tuple[int, str, str]:
        """Person, number and gender."""
        tree = self.tree
        if d.kind is MentionKind.PRONOUN:
            return PRONOUNS.get(tree.lower[d.head], (3, self.number[d.head].lower()[:4], ""))
        if d.members:
            return 3, "plur", ""
        if d.name is not None and d.name.type is not EntityType.NORP:
            return 3, "sing", gender_of(tree, range(d.first, d.last + 1), d.name.type)
        number = self.number[d.head].lower()[:4]
        return 3, number, gender_of(tree, (d.head,), None)

    def _determiner(self, d: Draft, first: int) -> str:
        tree = self.tree
        for c in tree.children[d.head]:
            if c >= d.head or c < first:
                continue
            if tree.dep[c] == "nmod:poss":
                return "possessive"
            if tree.dep[c].startswith("det"):
                return DETERMINERS.get(tree.lower[c], "")
        return DETERMINERS.get(tree.lower[first], "") if first < d.head else ""

    def _proper(self, d: Draft) -> list[tuple[str, Name]]:
        """The names that modify the head directly, each with its relation or preposition."""
        out: list[tuple[str, Name]] = []
        for c in self.tree.children[d.head]:
            other = self.by_head.get(c)
            if other is not None and other is not d and other.name is not None:
                out.append((self.tree.case(c) or self.tree.dep[c], other.name))
            elif other is not None and other.members:
                out += [(self.tree.case(c) or self.tree.dep[c], m.name) for m in other.members if m.name]
        if self.tree.lemma[d.head] in MEETING_NOUNS:
            reach = range(d.head + 2, min(d.last, d.head + PLACE_REACH) + 1)
            out += [(self.tree.lower[i - 1], self.name_at[i]) for i in reach if i in self.name_at]
        return out
