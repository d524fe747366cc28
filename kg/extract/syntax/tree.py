"""A dependency tree as plain lists: what the clause rules read.

spaCy's token objects cost about a microsecond per attribute, and every rule asks for many; copying the few attributes
once into lists keeps the clause layer linear and fast, and free of the engine's types.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.syntax.quotes import trim
from kg.extract.syntax.repair_contents import OF
from kg.extract.syntax.repair_names import join_given_names, part_months
from kg.extract.syntax.repairs import mend
from kg.model import Span
from kg.textnorm import visible

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

NEGATIONS = frozenset({"not", "n't", "n’t", "never", "nor", "hardly", "neither"})
NO_WORDS = frozenset({"no", "none", "nobody", "nothing", "neither"})


@dataclass(frozen=True, slots=True)
class Tree:
    """Parallel lists over the tokens of one text. `head[i] == i` for a root; `children[i]` are in text order.

    `left[i]` and `right[i]` are the outermost tokens of i's subtree; `sentence[i]` is the index of its sentence.
    """

    word: list[str]
    lower: list[str]
    lemma: list[str]
    pos: list[str]
    dep: list[str]
    head: list[int]
    form: list[str]
    tense: list[str]
    begin: list[int]
    end: list[int]
    children: list[list[int]]
    left: list[int]
    right: list[int]
    sentence: list[int]
    roots: list[int]
    entity: list[str]

    def __len__(self) -> int:
        return len(self.word)

    def child(self, i: int, *deps: str) -> int | None:
        """The first child of i with one of these relations."""
        for c in self.children[i]:
            if self.dep[c] in deps:
                return c
        return None

    def each(self, i: int, *deps: str) -> Iterator[int]:
        """All children of i with one of these relations, in text order."""
        return (c for c in self.children[i] if self.dep[c] in deps)

    def under(self, i: int, *without: str) -> list[int]:
        """The tokens of i and of all that hangs on it, but for children whose relation begins like one of `without`."""
        loose = [c for c in self.children[i] if without and self.dep[c].startswith(without)]
        out = {at for c in loose for at in range(self.left[c], self.right[c] + 1)}
        return [at for at in range(self.left[i], self.right[i] + 1) if at not in out]

    def case(self, i: int) -> str:
        """The case marker of a nominal, lower case, multi-word ones joined ("because of"); "" if none.

        The first one counts where several stand: "from behind" is "from".
        """
        c = self.child(i, "case")
        if c is None or self.lower[c] in ("'s", "’s", "'", "’"):
            return ""
        return " ".join([self.lower[c], *(self.lower[f] for f in self.each(c, "fixed"))])

    def marker(self, i: int) -> str:
        """The word that introduces a clause: complementizer, subordinator or preposition; "" if none."""
        c = self.child(i, "mark")
        if c is None:
            c = self.child(i, "case")
        if c is None:
            return ""
        return " ".join([self.lower[c], *(self.lower[f] for f in self.each(c, "fixed"))])

    def span(self, first: int, last: int) -> Span:
        """Characters from token `first` to token `last`, both included."""
        return Span(self.begin[first], self.end[last])

    def trimmed(self, first: int, last: int) -> Span:
        """As `span`, without punctuation and white space at either end, but for a mark whose fellow stands within."""
        return self.span(*trim(self.word, self.pos, first, last))

    def conjuncts(self, i: int) -> list[int]:
        """i and everything coordinated with it, in text order; nested coordination is flattened."""
        out = [i]
        for c in self.each(i, "conj"):
            out += self.conjuncts(c)
        return out

    def negated(self, i: int) -> bool:
        """Whether a negation word depends on i directly."""
        return any(
            self.lower[c] in NEGATIONS and self.dep[c] in ("advmod", "cc", "neg", "det", "cc:preconj")
            for c in self.children[i]
        )

    def has_no(self, i: int) -> bool:
        """Whether a nominal is denied by its determiner ("no agreement", "neither Mali nor Chad") or means nothing."""
        return self.lower[i] in NO_WORDS or any(
            self.lower[c] in NO_WORDS and self.dep[c] in ("det", "advmod", "nummod", "cc:preconj")
            for c in self.children[i]
        )


IRREGULAR = {
    form: verb
    for verb, forms in {
        "withdraw": "withdrew withdrawn",
        "shoot": "shot",
        "seek": "sought",
        "strike": "struck stricken",
        "fight": "fought",
        "break": "broke broken",
        "flee": "fled",
        "hold": "held",
        "meet": "met",
        "begin": "began begun",
        "give": "gave given",
        "forgive": "forgave forgiven",
        "take": "took taken",
        "overthrow": "overthrew overthrown",
        "throw": "threw thrown",
        "send": "sent",
        "lead": "led",
        "leave": "left",
        "forbid": "forbade forbidden",
        "steal": "stole stolen",
        "drive": "drove driven",
        "swear": "swore sworn",
        "shrink": "shrank shrunk",
        "freeze": "froze frozen",
        "choose": "chose chosen",
        "arise": "arose arisen",
        "tear": "tore torn",
        "win": "won",
        "lose": "lost",
        "build": "built",
        "buy": "bought",
        "sell": "sold",
        "teach": "taught",
        "bring": "brought",
        "catch": "caught",
        "lend": "lent",
        "pay": "paid",
        "lay": "laid",
        "blow": "blew blown",
        "grow": "grew grown",
        "draw": "drew drawn",
        "speak": "spoke spoken",
        "write": "wrote written",
        "undertake": "undertook undertaken",
        "uphold": "upheld",
        "withhold": "withheld",
    }.items()
    for form in forms.split()
}
"""Past forms that no spelling rule leads back from, of verbs that news turn on."""


def base_forms(word: str) -> Iterator[str]:
    """What an inflected English word may be a form of, by the spelling rules; most are no words."""
    if word in IRREGULAR:
        yield IRREGULAR[word]
    for ending, instead in (("ies", "y"), ("ied", "y"), ("es", ""), ("s", ""), ("ed", ""), ("d", ""), ("ing", "")):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word[: len(word) - len(ending)] + instead
            yield stem
            yield stem + "e"
            if len(stem) > 3 and stem[-1] == stem[-2]:
                yield stem[:-1]


_PLURAL = re.compile(r"[^aious]s$|[aeiou]es$")
_SIBILANT = re.compile(r"(?:ch|sh|ss|x|z)es$")


def _lemma(lemma: str, word: str, pos: str, known: AbstractSet[str], *, plural: bool) -> str:
    """The pipeline's lemma; where it is no word the lexicon knows, a form by rule that is.

    `plural` says that the word is a capitalised plural: trained lemmatizers take those for names and leave them.
    """
    if lemma in known or pos not in ("VERB", "NOUN") or not known:
        return lemma or word
    found = next((form for form in base_forms(word) if form in known), None)
    if found is None and plural and lemma in ("", word) and _PLURAL.search(word):
        return f"{word[:-3]}y" if word.endswith("ies") else word[: -2 if _SIBILANT.search(word) else -1]
    return found or lemma or word


def _join_hyphens(lower: list[str], lemma: list[str], pos: list[str], known: AbstractSet[str]) -> None:
    """Treebanks part hyphenated words; "cease-fire" and "build-up" are one word to the lexicon all the same."""
    for i, word in enumerate(lower):
        if word != "-" or not 0 < i < len(lower) - 1 or pos[i + 1] not in ("NOUN", "VERB", "ADP", "ADV"):
            continue
        whole = f"{lower[i - 1]}-{lemma[i + 1]}"
        if whole in known:
            at = i + 1 if pos[i + 1] in ("NOUN", "VERB") else i - 1
            lemma[at] = whole


def _lemmas(tokens: Sequence[Token], lower: Sequence[str], pos: Sequence[str], known: AbstractSet[str]) -> list[str]:
    """The lemma of each token, by its own rules for plural nouns that look like names."""
    return [
        _lemma(
            t.lemma_.lower(),
            w,
            p,
            known,
            plural=p == "NOUN" and t.text.istitle() and "Plur" in t.morph.get("Number", []),
        )
        for t, w, p in zip(tokens, lower, pos, strict=True)
    ]


def read_tree(doc: Doc, *, known: AbstractSet[str] = frozenset()) -> Tree:
    """Copy a parsed spaCy `Doc` into lists. The relation of a root is "root", whatever its case in the pipeline.

    `known` are lemmas that matter: trained lemmatizers invent stems for rare verbs ("shelled"), spelling rules do not.
    """
    tokens = list(doc)  # each pass over a Doc makes its Token objects anew
    n = len(tokens)
    head = [t.head.i for t in tokens]
    words = [visible(t.text) or t.text for t in tokens]
    lower = [w.lower() for w in words]
    dep = ["root" if h == i else t.dep_.lower() for i, (t, h) in enumerate(zip(tokens, head, strict=True))]
    pos = [t.pos_ for t in tokens]
    sents = [(sent.start, sent.end) for sent in doc.sents]
    finite = ["Fin" in t.morph.get("VerbForm", []) for t in tokens]
    join_given_names(head, dep, words, pos, [first for first, _ in sents], finite)
    part_months(head, dep, words)
    lemma = _lemmas(tokens, lower, pos, known | OF)
    _join_hyphens(lower, lemma, pos, known)
    morphs = [t.morph for t in tokens]
    mend(head, dep, lower, pos, lemma, [m.get("VerbForm", []) == ["Fin"] for m in morphs])
    children: list[list[int]] = [[] for _ in range(n)]
    roots = []
    for i, h in enumerate(head):
        if h == i:
            roots.append(i)
        else:
            children[h].append(i)
    left, right = _edges(roots, children, n)
    sentence = [0] * n
    for k, (first, end) in enumerate(sents):
        sentence[first:end] = [k] * (end - first)
    begin = [t.idx for t in tokens]
    return Tree(
        word=words,
        lower=lower,
        lemma=lemma,
        pos=pos,
        dep=dep,
        head=head,
        form=[(m.get("VerbForm", []) or [""])[0] for m in morphs],
        tense=[(m.get("Tense", []) or [""])[0] for m in morphs],
        begin=begin,
        end=[b + len(t.text) for b, t in zip(begin, tokens, strict=True)],
        children=children,
        left=left,
        right=right,
        sentence=sentence,
        roots=roots,
        entity=[t.ent_type_ for t in tokens],
    )


def _edges(roots: list[int], children: list[list[int]], n: int) -> tuple[list[int], list[int]]:
    """Outermost tokens of every subtree, without recursion: sentences of any length."""
    left, right = list(range(n)), list(range(n))
    order: list[int] = []
    stack = list(roots)
    while stack:
        i = stack.pop()
        order.append(i)
        stack.extend(children[i])
    for i in reversed(order):
        for c in children[i]:
            left[i] = min(left[i], left[c])
            right[i] = max(right[i], right[c])
    return left, right
