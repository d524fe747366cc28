"""The query library: one `.rq` file per question, its metadata in `#+` comments at the top.

    #+ question: Who proposed what, and what came of it?
    #+ description: One row per proposal and addressee …
    #+ param: proposer name optional - a name of the proposer
    #+ param: status enum(accepted|rejected) optional - only proposals that stand so
    #+ thing: proposal
    #+ by: addresseeName status
    #+ narrows: proposal document from until actor min-confidence
    #+ suggest: status choices
    #+ tags: proposals, mission
    #+ view: table

The file is valid SPARQL as it stands. The line `#+ values` in its WHERE clause is where the values of parameters go, as
`VALUES ?param_NAME { … }`; the query tests `!BOUND(?param_NAME)`, so a parameter left out leaves the answer whole. A
parameter of type `name` (an actor) or `place` takes any name, and the query compares the one that answers give.

`thing` names the columns that tell one thing from another: an answer has one row for each, and what else is told of it
is joined. Where that mixes up what holds for whom, `by` says on which column others depend.

`narrows` names the variable of an event and the shared parameters that the question takes besides
(`kg/questions/narrowing.py`). `suggest` says where suggestions for a parameter come from, one of `SUGGESTS`; without it
that follows from its type. `reach` gives the path from that event to whom a parameter of the question's own names, so
that only what somebody has a part in is looked at. `#+ page` in the query tells where `LIMIT` and
`OFFSET` may stand (`kg/questions/pages.py`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from kg.errors import QueryError
from kg.questions.narrowing import TAKES, Narrowing, parse_narrowing
from kg.resources import queries_dir

TYPES = ("string", "name", "place", "document", "iri", "integer", "decimal", "date", "enum")
_FIELDS = ("question", "description", "param", "narrows", "reach", "suggest", "thing", "by", "tags", "view")
NAMED = ("name", "place")
"""The types of `TYPES` that take any name of somebody, or of a place, and mean the one that answers give."""
VIEWS = ("table", "graph", "timeline", "map")
SUGGESTS = ("actors", "places", "documents", "publishers", "topics", "days", "choices")
"""Where suggestions for a parameter come from: `kg.questions.suggestions` looks them up in a graph."""
_SUGGESTED = {"name": "actors", "place": "places", "document": "documents", "date": "days", "enum": "choices"}
VALUES_LINE = re.compile(r"^[ \t]*#\+ values[ \t]*$", re.MULTILINE)
_SPARQL = re.compile(r"\s*(?:BASE|PREFIX|SELECT|ASK|CONSTRUCT|DESCRIBE)\b[\s*?$<(]", re.IGNORECASE)
_FIELD = re.compile(r"^#\+ (\w+):[ \t]*(.*?)[ \t]*$", re.MULTILINE)
_PARAM = re.compile(r"(?P<name>[A-Za-z][\w-]*) (?P<type>\w+)(?:\((?P<choices>[^)]*)\))? (?P<need>\S+) - (?P<text>.+)")


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter: `type` is one of `TYPES`, `choices` are those of an enum, `default` is None where there is none.

    `suggest` is one of `SUGGESTS`, or "" where nothing can be suggested. `shared` tells that it is one of those that
    `narrows` brings in (`kg/questions/narrowing.py`).
    """

    name: str
    type: str
    text: str
    required: bool = False
    default: str | None = None
    choices: tuple[str, ...] = ()
    suggest: str = ""
    shared: bool = False

    @property
    def variable(self) -> str:
        """The name of its variable in SPARQL, where a hyphen cannot stand."""
        return f"param_{self.name.replace('-', '_')}"


@dataclass(frozen=True, slots=True)
class Question:
    """A named query with what its header says of it; `view` is how an explorer would show the answer.

    `thing` are the columns that identify what a row is about, none if every row is by itself; of `by` the first is the
    column on which the others depend.
    """

    name: str
    sparql: str
    question: str = ""
    description: str = ""
    params: tuple[Param, ...] = ()
    tags: tuple[str, ...] = ()
    view: str = "table"
    where: str = ""
    thing: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    narrows: Narrowing | None = None
    reach: Mapping[str, str] = field(default_factory=dict, hash=False)


@cache
def questions() -> tuple[Question, ...]:
    """Give the shipped questions, sorted by name."""
    return tuple(read(path) for path in sorted(queries_dir().glob("*.rq")))


def load(name: str | Path) -> Question:
    """Give a question by its name in the library, read it from a file (a path, or a name ending in `.rq`) or from text.

    Text with a brace or a line break, or that begins as a query does, is SPARQL. Raises `QueryError` with the nearest
    names if there is none.
    """
    if isinstance(name, str) and ("{" in name or "\n" in name or _SPARQL.match(name)):
        return parse(name)
    if isinstance(name, Path) or name.endswith(".rq") or "/" in name:
        return read(Path(name))
    library = {question.name: question for question in questions()}
    if name in library:
        return library[name]
    near = get_close_matches(name, library, n=3, cutoff=0.4)
    meant = f"did you mean {' or '.join(near)}?" if near else f"it may be {', '.join(sorted(library))};"
    remedy = f"{meant} kg queries lists them all, and a file's name has to end in .rq"
    raise QueryError("there is no such query", where=f"query {name!r}", remedy=remedy)


def read(path: Path) -> Question:
    """Read a query file. Raises `QueryError` if it cannot be read or its header is malformed."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise QueryError(
            f"the query file cannot be read ({reason})", where=str(path), remedy="check the path"
        ) from error
    return parse(text, name=path.stem, where=str(path))


def parse(text: str, *, name: str = "", where: str = "the SPARQL query") -> Question:
    """Read the header of a query; a query without one is a question without parameters."""
    fields: dict[str, list[str]] = {}
    for key, value in _FIELD.findall(text):
        fields.setdefault(key, []).append(value)
    unknown = fields.keys() - set(_FIELDS)
    if unknown:
        raise QueryError(
            f"the header has the unknown field {min(unknown)!r}",
            where=where,
            remedy=f"use one of {', '.join(_FIELDS)}",
        )
    narrows = _narrowing(fields.get("narrows", ()), where)
    suggest = dict(line.split(maxsplit=1) for line in fields.get("suggest", ()) if " " in line)
    own = [_param(line, text, where, suggest) for line in fields.get("param", ())]
    shared = [one for one in _shared(narrows) if one.name not in {param.name for param in own}]
    params = (*own, *shared)
    if params and not VALUES_LINE.search(text):
        raise QueryError(
            "the query has parameters but no place for their values",
            where=where,
            remedy="add the line `#+ values` inside WHERE",
        )
    view = "".join(fields.get("view", ["table"]))
    if view not in VIEWS:
        raise QueryError(f"the view {view!r} is unknown", where=where, remedy=f"use one of {', '.join(VIEWS)}")
    return Question(
        name=name,
        sparql=text,
        question=" ".join(fields.get("question", ())),
        description=" ".join(fields.get("description", ())),
        params=params,
        tags=tuple(tag.strip() for tag in ",".join(fields.get("tags", ())).split(",") if tag.strip()),
        view=view,
        where=where,
        thing=tuple(" ".join(fields.get("thing", ())).split()),
        by=tuple(" ".join(fields.get("by", ())).split()),
        narrows=narrows,
        reach=dict(line.split(maxsplit=1) for line in fields.get("reach", ()) if " " in line),
    )


def _narrowing(lines: Sequence[str], where: str) -> Narrowing | None:
    try:
        return parse_narrowing(" ".join(lines)) if lines else None
    except ValueError as error:
        raise QueryError("the line `#+ narrows` is malformed", where=where, remedy=str(error)) from error


def _shared(narrows: Narrowing | None) -> list[Param]:
    taken = narrows.takes if narrows else ()
    return [
        Param(name, type, text, suggest=_SUGGESTED.get(type, ""), shared=True)
        for name, (type, text) in TAKES.items()
        if name in taken
    ]


def _param(line: str, sparql: str, where: str, suggest: Mapping[str, str]) -> Param:
    found = _PARAM.fullmatch(line)
    if not found or found["type"] not in TYPES or (found["type"] == "enum") != bool(found["choices"]):
        raise QueryError(
            f"the parameter line {line!r} is malformed",
            where=where,
            remedy="write `#+ param: NAME TYPE required|optional|DEFAULT - TEXT`, an enum as enum(a|b)",
        )
    if f"?param_{found['name'].replace('-', '_')}" not in VALUES_LINE.sub("", sparql):
        raise QueryError(
            f"the parameter {found['name']} is declared but never used",
            where=where,
            remedy=f"test ?param_{found['name']} in a FILTER",
        )
    source = suggest.get(found["name"], _SUGGESTED.get(found["type"], ""))
    if source and source not in SUGGESTS:
        raise QueryError(
            f"suggestions cannot come from {source!r}", where=where, remedy=f"use one of {', '.join(SUGGESTS)}"
        )
    need = found["need"]
    return Param(
        name=found["name"],
        type=found["type"],
        text=found["text"],
        required=need == "required",
        default=None if need in ("required", "optional") else need,
        choices=tuple(found["choices"].split("|")) if found["choices"] else (),
        suggest=source,
    )
