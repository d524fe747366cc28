"""What a frame file has to look like: its keys, their types and closed lists, and where in the file it does not.

pydantic (https://docs.pydantic.dev) checks; the messages are those of this package: what, in which line, what to do.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from kg.errors import FrameError
from kg.model import Role, Status
from kg.vocab import EVENT_CLASSES, PLOVER_CODES

KINDS = frozenset({"propose", "offer", "invite", "plan", "request", "urge", "demand", "threaten"})
_SLOT = re.compile(r"[a-z]+(?: [a-z]+)*(?::[a-z]*)?(?:\.[a-z]+(?::[a-z]+)?)?")
_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*(?:"([^"]+)"|'([^']+)'|([A-Za-z0-9_-]+))\s*=""")


class _Refused(ValueError):
    """A value that its list does not hold, with what to do about it."""

    def __init__(self, said: str, remedy: str) -> None:
        super().__init__(said)
        self.remedy = remedy


def _one_of(what: str, known: Sequence[str]) -> AfterValidator:
    """A closed list: another word is refused, and the nearest of the list is told."""

    def check(value: str) -> str:
        if value not in known:
            near = difflib.get_close_matches(value, known, n=1)
            meant = f"did you mean {near[0]!r}? " if near else ""
            raise _Refused(f"{value!r} is {what}", f"{meant}use one of {', '.join(known)}")
        return value

    return AfterValidator(check)


def _slot(value: str) -> str:
    if not _SLOT.fullmatch(value):
        raise _Refused(f"{value!r} is no slot", "use a slot, a preposition or SLOT.SLOT")
    return value


Text = Annotated[str, Field(min_length=1)]
Word = Annotated[str, Field(min_length=1, pattern=r"^\S+( \S+)*$")]
SlotName = Annotated[str, AfterValidator(_slot)]
ClassName = Annotated[str, _one_of("no event class of ontology/news.ttl", EVENT_CLASSES)]
RoleName = Annotated[str, _one_of("an unknown role", [role.value for role in Role])]
Slots = list[SlotName]
Conditions = list[dict[SlotName, list[Text]]]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Changes(_Table):
    """What a denial of the frame changes: any key but its name."""

    cls: ClassName | None = Field(default=None, alias="class")
    kind: Annotated[str, _one_of("no kind of initiative", sorted(KINDS))] | None = None
    plover: Annotated[str, _one_of("no PLOVER root code", PLOVER_CODES)] | None = None
    verbs: list[Word] = []
    nouns: list[Word] = []
    adjectives: list[Word] = []
    roles: dict[RoleName, Slots] = {}
    noun_roles: dict[RoleName, Slots] = {}
    content: Slots = []
    said: bool = False
    when: Conditions = []
    unless: Conditions = []
    answers: Slots = []
    status: Annotated[str, _one_of("no status", [status.value for status in Status])] | None = None
    denies: bool = False
    link: Literal["forward", "backward"] | None = None


class _Frame(_Changes):
    name: Text
    cls: ClassName = Field(alias="class")
    negated: _Changes | None = None


class _File(_Table):
    words: dict[str, list[Text]] = {}
    frame: list[_Frame] = []


def read_file(path: Path) -> dict[str, Any]:
    """The tables of one frame file. Raises `FrameError` with the line of the first thing that is wrong in it."""
    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise FrameError(
            f"cannot be read as TOML ({error})", where=str(path), remedy="mend the file or leave it out"
        ) from error
    try:
        _File.model_validate(data)
    except ValidationError as error:
        first = min(error.errors(), key=lambda one: line_of(text, one["loc"]))
        raise _refusal(first, text, data, path) from error
    return data


def _refusal(error: Mapping[str, Any], text: str, data: dict[str, Any], path: Path) -> FrameError:
    """One fault as what, where and remedy."""
    loc = [part for part in error["loc"] if part != "[key]"]
    key = next((str(part) for part in reversed(loc) if isinstance(part, str)), "")
    where = place(text, loc, path)
    if len(loc) > 1 and loc[0] == "frame" and isinstance(loc[1], int):
        table = data["frame"][loc[1]]
        name = table.get("name") if isinstance(table, dict) else None
        where += f", frame {name!r}" if name else ""
    given = error.get("ctx", {})
    refused = given.get("error")
    if isinstance(refused, _Refused):
        return FrameError(str(refused), where=where, remedy=refused.remedy)
    if error["type"] == "missing":
        lacks = "a frame has no name" if key == "name" else "a frame has no ontology class"
        return FrameError(lacks, where=where, remedy=f'give it a line {key} = "…"')
    if error["type"] == "extra_forbidden":
        known = sorted(_known(loc))
        near = difflib.get_close_matches(key, known, n=1)
        meant = f"did you mean {near[0]!r}? " if near else ""
        return FrameError(f"unknown key {key!r}", where=where, remedy=f"{meant}use one of {', '.join(known)}")
    if error["type"] == "literal_error":
        return FrameError(f"{error['input']!r} is no {key}", where=where, remedy=f"use {given['expected']}")
    wanted = _WANTED.get(error["type"], "what docs/frames.md says")
    return FrameError(f"{key} is {_shown(error['input'])}", where=where, remedy=f"write {wanted}")


_WANTED = {
    "list_type": 'a list, as in verbs = ["score"]',
    "dict_type": "a table, as in [frame.roles]",
    "model_type": "a table, as in [[frame]]",
    "string_type": "words in quotation marks",
    "string_too_short": "at least one letter",
    "string_pattern_mismatch": "one word, or several with single spaces between",
    "bool_type": "true or false, without quotation marks",
}
"""What is asked for where pydantic finds another type."""


def _shown(value: Any) -> str:
    kinds = {str: "a text", list: "a list", dict: "a table", bool: "true or false", int: "a number", float: "a number"}
    return f"{kinds.get(type(value), 'something else')} ({value!r:.40})"


def _known(loc: Sequence[str | int]) -> Iterator[str]:
    model: type[BaseModel] = _File if len(loc) == 1 else _Changes if "negated" in loc else _Frame
    for name, field in model.model_fields.items():
        yield field.alias or name


def place(text: str, loc: Sequence[str | int], path: Path) -> str:
    """The file and line of a key, as errors name it."""
    return f"{path}, line {line_of(text, loc)}"


def line_of(text: str, loc: Sequence[str | int]) -> int:
    """The line (from 1) of what a path of keys and indices leads to, or of the nearest table around it.

    >>> line_of('[[frame]]\\nname = "x"\\n[frame.roles]\\nagent = 1', ("frame", 0, "roles", "agent"))
    4
    """
    wanted = [part for part in loc if isinstance(part, str) and part != "[key]"]
    nth = next((part for part in loc if isinstance(part, int)), 0) if loc and loc[0] == "frame" else 0
    best, reached, count, table = 1, 0, -1, [""]
    for number, line in enumerate(text.splitlines(), start=1):
        header, key = _HEADER.match(line), _KEY.match(line)
        if header is not None:
            table = [part.strip().strip("\"'") for part in header[2].split(".")]
            count += header[1] == "[[" and table == ["frame"]
            found = table
        elif key is not None:
            found = [*table, key[1] or key[2] or key[3]] if table != [""] else [key[1] or key[2] or key[3]]
        else:
            continue
        if found[0] == "frame" and count != nth:
            continue
        if found == wanted[: len(found)] and len(found) > reached:
            best, reached = number, len(found)
    return best
