"""Our page beside plain pyvis on the same graph, in one run, in headless Chromium without a GPU.

``python benchmarks/page.py`` (``--nodes 2000 5000 10000``, ``--cap`` seconds that plain pyvis gets to be ready). The
graph of the examples, then graphs of ``pagegraph.py``; everything is drawn, what is no fact too. *Ready* is from
opening the file to the first frame that can be used; frames are counted for four seconds while the mouse drags the
picture, and for four while its wheel zooms. Plain pyvis is what its manual shows: add nodes and edges, write the page.
"""

import argparse
import math
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from pagegraph import make_graph
from playwright.sync_api import Browser, Page, TimeoutError, sync_playwright

from kg.rdf.files import read_store
from kg.views.network import Network, to_network
from kg.views.page import to_html

Launch = Callable[[], Browser]
EXAMPLES = Path(__file__).parent.parent / "examples" / "ecuador"
SECONDS = 4.0  # of dragging, and of zooming
ALL = "#all=true&show=possible&show=alleged&show=denied&show=planned&show=disputed&show=candidate&unlinked=true"
FLAGS = (
    "--no-sandbox --disable-gpu --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
FRAME = "const frame = () => requestAnimationFrame(() => setTimeout(() => { window.readyAt = performance.now(); }));"
READY = """
new MutationObserver((_, observer) => {
  if (!("ready" in document.documentElement.dataset)) return;
  observer.disconnect();
  frame();
}).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-ready"] });
"""
PYVIS_READY = """
const timer = setInterval(() => {
  if (!window.network?.physics) return;
  clearInterval(timer);
  if (network.physics.stabilized) frame(); else network.once("stabilizationIterationsDone", frame);
}, 20);
"""
COUNT = """() => {
  const told = window.told = { frames: 0, since: performance.now(), on: true };
  const next = () => { told.frames += 1; if (told.on) requestAnimationFrame(next); };
  requestAnimationFrame(next);
}"""
TELL = "() => { told.on = false; return told.frames / (performance.now() - told.since) * 1000; }"


def main() -> None:
    """Prints a line for each page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nodes", type=int, nargs="*", default=[2000, 5000, 10_000])
    parser.add_argument("--cap", type=float, default=60)
    options = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not chromium:
        sys.exit("no Chromium here: install the package chromium")
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        launch = partial(playwright.chromium.launch, executable_path=chromium, args=FLAGS.split())
        for name, network in list_networks(Path(folder), options.nodes):
            compare(name, network, Path(folder), launch, options.cap)


def list_networks(folder: Path, sizes: list[int]) -> Iterator[tuple[str, Network]]:
    """The examples, then made ones."""
    from kg.build import build_graph

    build_graph([EXAMPLES], folder / "examples")
    yield "examples", to_network(read_store(folder / "examples"))
    for nodes in sizes:
        yield f"{nodes:,}", to_network(make_graph(nodes))


def compare(name: str, network: Network, folder: Path, launch: Launch, cap: float) -> None:
    """Three lines: our page as it opens, ours with everything drawn, plain pyvis."""
    print(f"{name}: {len(network)} nodes, {network.number_of_edges()} edges", flush=True)
    started = perf_counter()
    ours = write(folder / "ours.html", to_html(network, title="Knowledge graph"))
    print(f"  made in {perf_counter() - started:.1f} s, {ours.stat().st_size / 1e6:.1f} MB", flush=True)
    report("as it opens", measure(launch, ours.as_uri(), cap))
    report("everything drawn", measure(launch, ours.as_uri() + ALL, cap))
    plain = write(folder / "plain.html", make_plain(network))
    report("plain pyvis", measure(launch, plain.as_uri(), cap, PYVIS_READY))


def make_plain(network: Network) -> str:
    """The page that pyvis gives, its data in the file and its physics on."""
    from pyvis.network import Network as Canvas

    canvas = Canvas(directed=True, cdn_resources="in_line", height="800px")
    for curie, node in network.nodes(data=True):
        canvas.add_node(curie, label=str(node["label"]))
    for subject, target, edge in network.edges(data=True):
        canvas.add_edge(subject, target, title=str(edge["label"]))
    return str(canvas.generate_html())


def write(path: Path, text: str) -> Path:
    """The path, written."""
    path.write_text(text, encoding="utf-8")
    return path


def report(what: str, told: tuple[float, float, float] | None) -> None:
    """One line."""
    figures = "ready in {:.2f} s, {:.0f} fps dragged, {:.0f} fps zoomed".format(*told) if told else "not ready in time"
    print(f"  {what}: {figures}", flush=True)


def measure(launch: Launch, address: str, cap: float, ready: str = READY) -> tuple[float, float, float] | None:
    """Seconds until ready, frames a second dragged and zoomed; None where it is not ready in time."""
    with open_page(launch, cap, ready) as page:
        try:
            page.goto(address, wait_until="commit")
            page.wait_for_function("window.readyAt", timeout=cap * 1000)
        except TimeoutError:
            return None
        return float(page.evaluate("readyAt / 1000")), count_frames(page, drag), count_frames(page, zoom)


@contextmanager
def open_page(launch: Launch, cap: float, ready: str) -> Iterator[Page]:
    """An empty page that may ask for nothing but files, in a browser of its own: pages that compute end with it."""
    browser = launch()
    page = browser.new_page(viewport={"width": 1400, "height": 800}, bypass_csp=True)  # to be asked whether it is ready
    page.set_default_timeout(cap * 1000)
    page.route("**/*", lambda route: route.continue_() if route.request.url.startswith("file:") else route.abort())
    page.add_init_script(FRAME + ready)
    yield page
    browser.close()


def count_frames(page: Page, move: Callable[[Page, float, float], None]) -> float:
    """Frames a second while the mouse is moved so."""
    box = page.locator("canvas").first.bounding_box() or {"x": 0, "y": 0, "width": 800, "height": 600}
    x, y = box["x"] + box["width"] / 2, box["y"] + 12  # where no node is: it would be dragged alone
    page.mouse.move(x, y)
    page.evaluate(COUNT)
    move(page, x, y)
    return float(page.evaluate(TELL))


def drag(page: Page, x: float, y: float) -> None:
    """In circles, the button held."""
    page.mouse.down()
    end, step = perf_counter() + SECONDS, 0
    while perf_counter() < end:
        page.mouse.move(x + 200 * math.sin(step / 9), y + 120 * (1 - math.cos(step / 7)))
        page.wait_for_timeout(8)
        step += 1
    page.mouse.up()


def zoom(page: Page, x: float, y: float) -> None:
    """In and out again."""
    end, step = perf_counter() + SECONDS, 0
    while perf_counter() < end:
        page.mouse.wheel(0, -120 if step % 20 < 10 else 120)
        page.wait_for_timeout(40)
        step += 1


if __name__ == "__main__":
    main()
