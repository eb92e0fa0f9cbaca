"""Pictures of the page to look at: each view, light and dark, on a phone, with few things and with very many.

``python benchmarks/screenshots.py FOLDER`` (``--readme`` makes the two of the README, into ``examples/``).
"""

import argparse
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from page import EXAMPLES, FLAGS
from pagegraph import make_graph
from playwright.sync_api import Browser, sync_playwright

from kg.build import build_graph
from kg.rdf.files import read_store
from kg.views.network import to_network
from kg.views.page import to_html

DARK: dict[str, Any] = {"color_scheme": "dark"}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 780}, "device_scale_factor": 2}
LAPTOP: dict[str, Any] = {"viewport": {"width": 1360, "height": 850}}
CORREA, ASSANGE = "node=kgr:person/rafael-correa", "node=kgr:person/julian-assange"
CLAIMS = "show=alleged&show=denied&show=planned&show=candidate"
SHOTS: dict[str, tuple[str, dict[str, Any]]] = {
    "light": ("", {}),
    "dark": ("", DARK),
    "node": (f"#{CORREA}", {}),
    "claims": (f"#{CLAIMS}&{ASSANGE}", DARK),
    "focus": (f"#{ASSANGE}&steps=2", {}),
    "way": ("#path=kgr:person/rafael-correa&path=kgr:person/julian-assange", {}),
    "edge": ("#edge=kgr:person/julian-assange kg:bornIn kgr:place/townsville", {}),
    "timeline": (f"#view=timeline&{CLAIMS}", {}),
    "timeline-dark": ("#view=timeline&since=2019&until=2020", DARK),
    "map": ("#view=map", {}),
    "map-dark": (f"#view=map&{ASSANGE}", DARK),
    "table": (f"#view=table&{CLAIMS}", {}),
    "phone": ("", PHONE),
    "phone-node": (f"#{CORREA}", PHONE),
    "phone-timeline": ("#view=timeline", PHONE | DARK),
    "phone-map": ("#view=map", PHONE),
    "phone-table": ("#view=table", PHONE),
}
LARGE: dict[str, tuple[str, dict[str, Any]]] = {
    "large": ("", {}),
    "large-all": ("#all=true", {}),
    "large-claims": ("#all=true&show=alleged", DARK),
    "large-timeline": ("#view=timeline", {}),
    "large-table": ("#view=table", {}),
}
README: dict[str, tuple[str, dict[str, Any]]] = {
    "page": (f"#{CORREA}", {}),
    "page-timeline": ("#view=timeline&node=kgr:event/arrest-2019-04-11-london-julian-assange", {}),
}


def main() -> None:
    """Writes a PNG for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=EXAMPLES.parent)
    parser.add_argument("--readme", action="store_true")
    parser.add_argument("--nodes", type=int, default=5000)
    options = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not chromium:
        sys.exit("no Chromium here: install the package chromium")
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS.split())
        build_graph([EXAMPLES], Path(folder))
        take(browser, Path(folder) / "graph.html", README if options.readme else SHOTS, options.folder)
        if not options.readme:
            for name, path in make_pages(Path(folder), options.nodes).items():
                take(browser, path, LARGE if name == "large" else {name: ("", {})}, options.folder)
        browser.close()


def make_pages(folder: Path, nodes: int) -> dict[str, Path]:
    """A large graph, and the smallest."""
    network = to_network(read_store(folder))
    pages = {
        "large": to_network(make_graph(nodes)),
        "one": network.subgraph(["kgr:place/quito"]),
        "none": network.subgraph([]),
    }
    paths = {name: folder / f"{name}.html" for name in pages}
    for name, path in paths.items():
        path.write_text(to_html(pages[name], title="Knowledge graph"), encoding="utf-8")
    return paths


def take(browser: Browser, path: Path, shots: dict[str, tuple[str, dict[str, Any]]], folder: Path) -> None:
    """Opens the page anew for each, as it was asked for."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (fragment, options) in shots.items():
        page = browser.new_page(**(LAPTOP | options))
        page.goto(path.as_uri() + fragment)
        page.wait_for_selector("html[data-ready]")
        page.wait_for_timeout(600)
        page.screenshot(path=folder / f"{name}.png")
        page.close()


if __name__ == "__main__":
    main()
