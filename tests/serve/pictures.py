"""Take the explorer's pictures in docs/images from the demo graph: `python -m tests.serve.pictures`."""

from __future__ import annotations

import io
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from PIL import Image

import kg
from kg.resources import examples_dir
from tests.serve.conftest import Server, serving
from tests.serve.test_browser import CHROMIUM

if TYPE_CHECKING:
    from playwright.sync_api import Browser

IMAGES = Path(__file__).parents[2] / "docs" / "images"
LAPTOP: dict[str, Any] = {"viewport": {"width": 1200, "height": 820}}
WIDE: dict[str, Any] = {"viewport": {"width": 1360, "height": 860}}
DARK: dict[str, Any] = {**LAPTOP, "color_scheme": "dark"}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 1.5,
    "is_mobile": True,
    "has_touch": True,
}


def pages(server: Server) -> dict[str, tuple[str, dict[str, Any]]]:
    """Give what is shown: the name of each picture, its address, and the screen it is seen on."""

    def known(path: str) -> dict[str, Any]:
        return dict(json.loads(server.get(path).body))

    def key(row: dict[str, Any]) -> str:
        return str(row["iri"]).rpartition("/")[2]

    proposals = {f"/proposal/{key(row)}": row for row in known("/proposals.json")["proposals"]}
    life = max(proposals, key=lambda path: len(known(f"{path}.json")["steps"]))
    told = next(row for row in proposals.values() if row["status"] == "accepted")
    event = max(known("/events.json")["events"], key=lambda row: int(row["accounts"]))
    return {
        "start": ("/", LAPTOP),
        "question": ("/question/who-proposed-what?proposer=Ukraine", WIDE),
        "proposal": (life, LAPTOP),
        "document": (f"/document/{told['document']}?at={told['begin']}-{told['end']}", LAPTOP),
        "event": (f"/event/{key(event)}", LAPTOP),
        "network-dark": ("/network", DARK),
        "phone": (life, PHONE),
    }


def taken(browser: Browser, server: Server, path: str, screen: dict[str, Any]) -> bytes:
    """Take one picture, as a PNG of few colours."""
    context = browser.new_context(base_url=server.address, reduced_motion="reduce", **screen)
    page = context.new_page()
    page.goto(path)
    shot = Image.open(io.BytesIO(page.screenshot()))
    context.close()
    out = io.BytesIO()
    shot.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def main() -> None:
    """Write all pictures."""
    from playwright.sync_api import sync_playwright

    with TemporaryDirectory() as folder:
        graph = Path(folder) / "istanbul"
        kg.build(examples_dir() / "istanbul", graph=graph).close()
        with serving(graph, "--workers", "2") as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            for name, (path, screen) in pages(server).items():
                (IMAGES / f"{name}.png").write_bytes(taken(browser, server, path, screen))
            browser.close()


if __name__ == "__main__":
    main()
