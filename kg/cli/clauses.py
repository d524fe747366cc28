"""`kg clauses`: who does what to whom in any text, clause by clause, with the rules that found it; needs no graph."""

from __future__ import annotations

import json
import os
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import frames_option, nlp_option
from kg.errors import InputError
from kg.model import Analysis, Argument, Attribution, Clause, Document, Modality, Span
from kg.textnorm import harmless

if TYPE_CHECKING:
    from kg.read import Problem


@click.command(short_help="Show the clauses of a sentence or file, with the rules that found them.")
@click.argument("text", metavar="TEXT|FILE")
@click.option("--format", "format", type=click.Choice(("text", "json")), default="text", help="Default: text.")
@nlp_option
@frames_option
@click.option("--any-language", is_flag=True, help="Read a file that is not English, too.")
@click.pass_context
def clauses(
    ctx: click.Context, text: str, format: str, nlp: str | None, frames: tuple[Path, ...], any_language: bool
) -> None:
    """Show every clause of a sentence or file: predicate, arguments, polarity, modality, tense, who says it, and rules.

    \b
      kg clauses "Norway did not sign the treaty that Chile had proposed."
      kg clauses article.txt --format json

    FILE is whatever `kg build` reads; - is standard input. JSON gives offsets in Unicode code points of the text.
    """
    from kg import pipeline
    from kg.language import analyse, load_nlp

    documents, problems = _documents(text, any_language=any_language)
    model = load_nlp(nlp)
    analyses = (
        pipeline.analyse(document, doc, frames=frames)
        for document, doc in zip(documents, analyse(model, (d.text for d in documents)), strict=True)
    )
    if format == "json":
        click.echo(json.dumps({"documents": [as_record(a) for a in analyses]}, ensure_ascii=False, indent=2))
    else:
        for number, analysis in enumerate(analyses):
            lines = [f"# {analysis.document.id}", ""] if len(documents) > 1 else []
            click.echo(harmless("\n".join(([""] if number else []) + lines + list(_page(analysis)))))
    for problem in problems:
        click.echo(str(problem), err=True)
    if not all(problem.passed for problem in problems):
        ctx.exit(2)


def _documents(text: str, *, any_language: bool) -> tuple[list[Document], list[Problem]]:
    """The documents of a file or folder, or the text itself as one. Raises `InputError` where there is nothing."""
    from kg.read import Problem, read

    where = "standard input" if text == "-" else "TEXT"
    if text == "-":
        text = _given()
    elif _names_a_file(text):
        found = list(read([text], any_language=any_language))
        problems = [one for one in found if isinstance(one, Problem)]
        return [one for one in found if isinstance(one, Document)], problems
    if not text.strip():
        raise InputError("the text is empty", where="TEXT", remedy="give a sentence in quotation marks, or a file")
    if not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text):
        raise _not_utf8(where)  # what Python makes of a byte that is none
    return [Document(id="text", text=text)], []


def _given() -> str:
    try:
        return sys.stdin.read()
    except UnicodeDecodeError as error:
        raise _not_utf8("standard input") from error


def _not_utf8(where: str) -> InputError:
    remedy = "convert it, for example with: iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW"
    return InputError("the text is not UTF-8", where=where, remedy=remedy)


def _names_a_file(text: str) -> bool:
    """Whether it is a path that exists, or a single word that can only be meant as one ("article.txt")."""
    from kg.read.files import suffixes

    try:
        if os.path.exists(text):
            return True
    except ValueError:
        return False  # a null character: no path
    suffix = os.path.splitext(text)[1].lstrip(".").lower()
    return len(text.split()) == 1 and ("/" in text or (bool(suffix) and suffix in suffixes()))


def _page(analysis: Analysis) -> Iterator[str]:
    text = analysis.document.text
    attributions = _by_sentence(analysis, [a.cue.begin for a in analysis.attributions])
    for number, sentence in enumerate(analysis.sentences):
        own = [c for c in analysis.clauses if c.sentence == sentence.index]
        if number:
            yield ""
        yield said(text, sentence.span)
        for clause in own:
            yield from (f"  {line}" for line in clause_lines(text, clause, analysis.clauses))
        for k in attributions.get(sentence.index, ()):
            yield from (f"  {line}" for line in attribution_lines(text, analysis.attributions[k]))
        if not own:
            yield "  no clause"


def _by_sentence(analysis: Analysis, begins: Sequence[int]) -> dict[int, list[int]]:
    starts = [s.span.begin for s in analysis.sentences]
    out: dict[int, list[int]] = {}
    for k, begin in enumerate(begins):
        out.setdefault(max(0, bisect_right(starts, begin) - 1), []).append(k)
    return out


def clause_lines(text: str, clause: Clause, clauses: Sequence[Clause]) -> Iterator[str]:
    """One clause for people to read: predicate and traits, then each argument, then rules, indented below."""
    yield f"{clause.lemma} ({', '.join(traits(clause))}) {said(text, clause.span)}"
    if clause.governor is not None:
        above = f"{clause.relation or 'part'} of {clauses[clause.governor].lemma}"
        yield f"    {'stands':<11} as {above}{f', after “{clause.marker}”' if clause.marker else ''}"
    for argument in clause.arguments:
        marker = f"{argument.marker} … " if argument.marker else ""
        yield f"    {argument.slot.value:<11} {marker}{said(text, argument.span)}{rules(argument.rules)}"
    if clause.rules:
        yield f"    {'rules':<11} {', '.join(dict.fromkeys(clause.rules))}"


def traits(clause: Clause) -> list[str]:
    """Word class, polarity, modality, tense and voice of a clause, in words."""
    told = clause.modality.value if clause.modality is not Modality.REAL else ""
    return [
        one
        for one in (
            clause.category.value,
            "negated" if clause.negated else "",
            told,
            f"{clause.tense} tense" if clause.tense else "",
            "passive" if clause.passive else "",
            "quoted" if clause.quoted else "",
        )
        if one
    ]


def attribution_lines(text: str, attribution: Attribution) -> Iterator[str]:
    """Who says what, for people to read."""
    kind = "direct" if attribution.direct else "indirect"
    yield f"{said(text, attribution.cue)} attributes ({kind})"
    source = said(text, attribution.source.span) if attribution.source else "nobody is named"
    yield f"    {'source':<11} {source}"
    for span in attribution.content:
        yield f"    {'content':<11} {said(text, span)}"
    yield f"    {'rules':<11} {', '.join(attribution.rules)}"


def rules(names: Iterable[str]) -> str:
    """Rule names as they stand after what they found."""
    told = ", ".join(dict.fromkeys(names))
    return f"  [{told}]" if told else ""


def said(text: str, span: Span) -> str:
    """The words of a span on one line, in quotation marks."""
    return f"“{' '.join(text[span.begin : span.end].split())}”"


def as_record(analysis: Analysis) -> dict[str, Any]:
    """One document as JSON: `id`, `text`, and per sentence its `clauses` and `attributions`, spans as begin and end.

    `clause` and `governor` are the `index` of another clause of the same document.
    """
    text = analysis.document.text
    attributions = _by_sentence(analysis, [a.cue.begin for a in analysis.attributions])
    return {
        "id": analysis.document.id,
        "text": text,
        "sentences": [
            {
                **_span(text, s.span),
                "clauses": [_clause(text, c) for c in analysis.clauses if c.sentence == s.index],
                "attributions": [_attribution(text, analysis.attributions[k]) for k in attributions.get(s.index, ())],
            }
            for s in analysis.sentences
        ],
    }


def _clause(text: str, clause: Clause) -> dict[str, Any]:
    return {
        "index": clause.index,
        **_span(text, clause.span),
        "predicate": {**_span(text, clause.trigger), "lemma": clause.lemma, "category": clause.category.value},
        "negated": clause.negated,
        "modality": clause.modality.value,
        "tense": clause.tense or None,
        "passive": clause.passive,
        "quoted": clause.quoted,
        "governor": clause.governor,
        "relation": clause.relation,
        "marker": clause.marker or None,
        "arguments": [_argument(text, a) for a in clause.arguments],
        "rules": list(clause.rules),
    }


def _argument(text: str, argument: Argument) -> dict[str, Any]:
    return {
        "slot": argument.slot.value,
        "marker": argument.marker or None,
        **_span(text, argument.span),
        "head": {**_span(text, argument.head), "lemma": argument.head_lemma},
        "clause": argument.clause,
        "rules": list(argument.rules),
    }


def _attribution(text: str, attribution: Attribution) -> dict[str, Any]:
    return {
        "cue": _span(text, attribution.cue),
        "source": _span(text, attribution.source.span) if attribution.source else None,
        "content": [_span(text, span) for span in attribution.content],
        "direct": attribution.direct,
        "clause": attribution.clause,
        "rules": list(attribution.rules),
    }


def _span(text: str, span: Span) -> dict[str, Any]:
    return {"begin": span.begin, "end": span.end, "text": text[span.begin : span.end]}
