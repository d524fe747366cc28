"""Explanations as JSON, and the schema of it (https://json-schema.org, draft 2020-12)."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter

from kg.explain.records import Explanation

DRAFT = "https://json-schema.org/draft/2020-12/schema"


@lru_cache(maxsize=1)
def _adapter() -> TypeAdapter[Explanation]:
    return TypeAdapter(Explanation)


def as_json(explanation: Explanation) -> str:
    """Write an explanation as JSON, two spaces a level, text as it is."""
    return json.dumps(_adapter().dump_python(explanation, mode="json"), ensure_ascii=False, indent=2)


def from_json(text: str) -> Explanation:
    """Read an explanation back. Raises `pydantic.ValidationError` where it does not keep the schema."""
    return _adapter().validate_json(text)


def schema() -> dict[str, Any]:
    """The JSON schema: every record, with what its fields mean."""
    return {"$schema": DRAFT, **_adapter().json_schema(mode="serialization")}
