"""The library as a page: `docs/library.md` is written by `kg queries --markdown`, and a test holds it equal."""

from __future__ import annotations

from kg.questions.library import Param, questions

_HEAD = """# The questions

`kg queries` lists them; each is a file in `queries/`. Written by `kg queries --markdown > docs/library.md`.

    kg query NAME --graph mygraph --param NAME=VALUE --limit 20 --offset 40

`--document`, `--from`, `--until`, `--actor`, `--place` and `--min-confidence` mean the same in every question that
takes them: what this document tells; not before and not after a day (what has no day of its own counts at its
article's); what somebody takes part in; what happened there; what is at least so sure, from 0 to 1.
"""


def library_markdown() -> str:
    """Give every question with what it answers, its parameters, tags and view, in Markdown."""
    parts = [_HEAD]
    for question in questions():
        shared = [f"`--{param.name}`" for param in question.params if param.shared or param.name == "document"]
        own = [_own(param) for param in question.params if not param.shared and param.name != "document"]
        parts.append(
            "\n".join(
                (
                    f"## {question.name}\n",
                    f"**{question.question}** {question.description}\n",
                    *own,
                    f"- {', '.join(shared)}",
                    f"- view: {question.view}; tags: {', '.join(question.tags)}\n",
                )
            )
        )
    return "\n".join(parts)


def _own(param: Param) -> str:
    kind = ", ".join(param.choices) or param.type
    where = f"; suggestions: {param.suggest}" if param.suggest and not param.choices else ""
    return f"- `--param {param.name}=…` ({kind}{where}): {param.text}"
