"""Execute the notebooks and keep their pictures in docs/images: `python -m tests.notebooks.pictures`."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def executed(path: Path) -> nbformat.NotebookNode:
    """Execute a notebook from a clean kernel."""
    notebook = nbformat.read(path, as_version=4)
    resources = {"metadata": {"path": str(path.parent)}}
    return NotebookClient(notebook, timeout=600, kernel_name="python3", resources=resources).execute()


def outputs(notebook: nbformat.NotebookNode, kind: str) -> list[str]:
    """Give what the cells show, of one MIME type."""
    return [
        output["data"][kind]
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if kind in output.get("data", {})
    ]


def kept(notebook: nbformat.NotebookNode) -> list[tuple[str, bytes]]:
    """Give the pictures of an executed notebook: what they are ("svg" or "png") and their bytes, drawings first."""
    drawn = [("svg", text.encode()) for text in outputs(notebook, "image/svg+xml")]
    lives = [html for html in outputs(notebook, "text/html") if html.startswith("<figure") and "<svg" in html]
    drawn += [("svg", svg.encode()) for html in lives for svg in re.findall(r"<svg.*?</svg>", html, re.DOTALL)[:2]]
    return drawn + [("png", base64.b64decode(data)) for data in outputs(notebook, "image/png")]


def main() -> None:
    """Write the pictures of every notebook, numbered."""
    images = ROOT / "docs" / "images"
    images.mkdir(exist_ok=True)
    for path in NOTEBOOKS:
        for number, (suffix, data) in enumerate(kept(executed(path)), 1):
            (images / f"{path.stem}-{number}.{suffix}").write_bytes(data)


if __name__ == "__main__":
    main()
