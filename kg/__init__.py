"""News text to an auditable knowledge graph.

    import kg
    kg.build(["articles.jsonl"], graph="graph")
    with kg.open("graph") as graph:
        print(graph.query("who-proposed-what").to_pandas())

The public names are loaded when they are first used, so that `import kg` costs nothing.
"""

from __future__ import annotations

TYPE_CHECKING = False  # type checkers know the name; `typing` itself takes longer than all else here

if TYPE_CHECKING:
    from kg.exporters import export as export
    from kg.graph import Graph as Graph
    from kg.graph import open as open
    from kg.language import load_nlp as load_nlp
    from kg.runner import build as build

    __version__: str

__all__ = ["Graph", "__version__", "build", "export", "load_nlp", "open"]

_HOMES = {
    "build": "kg.runner",
    "open": "kg.graph",
    "Graph": "kg.graph",
    "export": "kg.exporters",
    "load_nlp": "kg.language",
}


def __getattr__(name: str) -> object:
    """Load a public name on first use (PEP 562)."""
    if name == "__version__":
        from importlib.metadata import PackageNotFoundError, version

        try:
            value: object = version("newskg")
        except PackageNotFoundError:  # a bare checkout on sys.path
            value = "0+unknown"
    elif name in _HOMES:
        from importlib import import_module

        value = getattr(import_module(_HOMES[name]), name)
    else:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Show the lazy names, too."""
    return sorted({*globals(), *__all__})
