"""One normal form of values and names, before any writer: what every file format can hold and every reader gives back.

None and values that no file can hold (NaN, infinities) are left out, dates are ISO strings, texts lose what XML cannot
hold and spaces around them, whole numbers beyond 64 bits are strings, several values are joined and counted, and a
column has one type. Only what offsets count in, tables keep as it is stored (`normal_rows`).
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping, Set
from datetime import date, time
from decimal import Decimal
from enum import Enum

Value = str | int | float | bool
"""What is left of a value."""

SEPARATOR = " | "
"""What stands between values that are joined; the column `NAME_count` tells how many there are."""

KEPT = frozenset(
    "id type source target start end viz name pid label weight key value data parent x y z interaction".split()
)
"""Names that some format or library keeps for itself, so that an attribute of that name is lost or breaks the file."""

# XML 1.0 has no way to write these, not even escaped; C1 controls and DEL it only advises against
_UNFIT = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BREAKS = re.compile("\r\n|[\r\x85\u2028\u2029]")  # parsers of XML make a space of some of these
_WHOLE = range(-(2**63), 2**63)


def clean(text: str) -> str:
    """Give text as every format gives it back: line breaks as LF, no controls, no spaces around it.

    >>> clean(" a\\r\\nb\\x0b\\ud800 ")
    'a\\nb'
    """
    return _UNFIT.sub("", _BREAKS.sub("\n", text)).strip()


def plain(value: object) -> Value | None:
    """Give one value in its normal form, or None where there is nothing to write.

    >>> plain(float("nan")), plain(2**70), plain(date(2025, 5, 24)), plain(["b", None, "a", "b"])
    (None, '1180591620717411303424', '2025-05-24', 'b | a')
    """
    if isinstance(value, Enum):
        value = value.value
    if not isinstance(value, str | bool | int | float | Decimal) and callable(getattr(value, "item", None)):
        value = value.item()  # type: ignore[attr-defined]  # a scalar of numpy
    match value:
        case None:
            return None
        case bool():
            return value
        case int():
            return value if value in _WHOLE else str(value)
        case float() | Decimal():
            number = float(value)
            return number if math.isfinite(number) else None
        case str():
            return clean(value) or None
        case date() | time():
            return value.isoformat()
        case bytes() | bytearray():
            return clean(bytes(value).decode("utf-8", errors="replace")) or None
        case Mapping():
            return clean(json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)) or None
        case Iterable():
            return SEPARATOR.join(_text(one) for one in several(value)) or None
    return clean(str(value)) or None


def several(values: Iterable[object]) -> list[Value]:
    """Give what is left of several values, each once, in their order; of a set, sorted."""
    ordered = sorted(values, key=str) if isinstance(values, set | frozenset) else values
    found = [one for one in (plain(value) for value in ordered) if one is not None]
    return [*{(type(one), one): one for one in found}.values()]


def is_list(value: object) -> bool:
    """Tell whether a value is several: joined when it is written, and counted."""
    return isinstance(value, Iterable) and not isinstance(value, str | bytes | bytearray | Mapping)


def normal_rows(
    rows: Iterable[Mapping[str, object]],
    *,
    meant: Iterable[str] = (),
    exact: Iterable[str] = (),
    kept: Iterable[str] = (),
) -> list[dict[str, Value]]:
    """Give the rows of one table in normal form: fit names, one type in each column.

    Where a row has several values in a column, they are joined, and `NAME_count` tells of every row how many.
    `meant` are names that may stay as they are although a format keeps them for itself, `kept` more names that may not.
    Texts of the columns `exact` stay as they are, for offsets count in them.
    """
    given, untouched = [dict(row) for row in rows], {*exact}
    names = fit_names(dict.fromkeys(str(name) for row in given for name in row), meant=meant, kept=kept)
    lists = {
        (at, name): len(several(value))
        for at, row in enumerate(given)
        for name, value in row.items()
        if isinstance(value, Iterable) and is_list(value)
    }
    counted = {name for (_, name), count in lists.items() if count > 1}
    out: list[dict[str, Value]] = []
    for at, row in enumerate(given):
        fit: dict[str, Value] = {}
        for name, value in row.items():
            one = value or None if name in untouched and isinstance(value, str) else plain(value)
            if one is None:
                continue
            fit[names[str(name)]] = one
            if name in counted:
                fit[f"{names[str(name)]}_count"] = lists.get((at, name), 1)
        out.append(fit)
    return _one_type(out)


def fit_names(names: Iterable[str], *, meant: Iterable[str] = (), kept: Iterable[str] = ()) -> dict[str, str]:
    """Give for each name one that every format takes and that is not `kept`, no two alike even if case does not count.

    >>> fit_names(["type", "Type", "a b", "9", ""])
    {'type': 'type_', 'Type': 'Type_2', 'a b': 'a_b', '9': '_9', '': 'attribute'}
    """
    allowed, taken, reserved = set(meant), set(), KEPT.union(kept)
    out: dict[str, str] = {}
    for name in names:
        fit = name if name in allowed else _fit(name, reserved)
        number, unique = 1, fit
        while unique.casefold() in taken:
            number += 1
            unique = f"{fit}{number}" if fit.endswith("_") else f"{fit}_{number}"
        taken.add(unique.casefold())
        out[name] = unique
    return out


def _fit(name: str, reserved: Set[str]) -> str:
    fit = re.sub(r"\W+", "_", clean(name)).strip("_") or "attribute"
    if fit[0].isdigit():
        fit = f"_{fit}"
    return f"{fit}_" if fit.casefold() in reserved else fit


def column_types(rows: Iterable[Mapping[str, Value]]) -> dict[str, type]:
    """Give each column's type: str, int, float or bool, in the order in which the columns first come."""
    found: dict[str, type] = {}
    for row in rows:
        for name, value in row.items():
            found.setdefault(name, type(value))
    return found


def _one_type(rows: list[dict[str, Value]]) -> list[dict[str, Value]]:
    kinds: dict[str, set[type]] = {}
    for row in rows:
        for name, value in row.items():
            kinds.setdefault(name, set()).add(type(value))
    for name, types in kinds.items():
        if len(types) == 1 and (types != {bool} or all(name in row for row in rows)):
            continue  # igraph takes a truth value that is lacking for false, so such a column is text
        exact = types == {int, float} and all(abs(row[name]) <= 2**53 for row in rows if name in row)  # type: ignore[arg-type]
        for row in rows:
            if name in row:
                row[name] = float(row[name]) if exact else _text(row[name])
    return rows


def _text(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
