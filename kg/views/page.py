"""The network as one self-contained page: no request leaves it, and texts are data, never markup."""

import json
import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from pyvis.edge import Edge
from pyvis.node import Node

from kg.views.importance import weigh_nodes
from kg.views.layout import Places, place_nodes
from kg.views.network import Network
from kg.views.payload import Mentions, make_payload

_FOLDER = Path(__file__).parent
THEME = _FOLDER / "theme.css"
"""Colours and what else all pages share."""
SCRIPTS = (
    *("data.js", "words.js", "dom.js", "state.js", "loader.js", "paths.js", "selection.js"),
    *("panel.js", "statements.js", "node.js", "document.js"),
    *("shapes.js", "labels.js", "scene.js", "graph.js", "camera.js", "pointing.js"),
    *("dates.js", "timeline.js", "lanes.js"),
    *("outline.js", "map.js", "cartography.js", "mapping.js", "table.js"),
    *("pen.js", "picture.js", "csv.js", "turtle.js", "takeaway.js"),
    *("legend.js", "narrowing.js", "brush.js", "keyboard.js", "search.js", "main.js"),
)
"""The page's own code, in the order in which it is joined: a file uses at once only what stands before it."""
STYLES = (
    *("page.css", "filters.css", "brush.css", "panel.css"),
    *("timeline.css", "map.css", "table.css", "takeaway.css", "small.css"),
)
_VIS = "templates/lib/vis-9.1.2"
_DATA = '<script type="application/json" id="data">'
"""Where the data begin; no title has this tag, as it is escaped."""
_FOREIGN = re.compile("[^ -~]")
"""What is not ASCII that can be seen."""


MOST_NODES = 10_000
"""Nodes that a page can hold and still be fast; of more it holds the most important."""
MOST_EDGES = 30_000
"""Edges that a page of a build holds: it has so many nodes that no more join two of them."""


def to_html(network: Network, *, title: str, mentions: Mentions | None = None, most: int = MOST_NODES) -> str:
    """A page that draws ``network``; the same network gives the same bytes.

    ``mentions`` tell where in the documents things are mentioned, so that the page can mark them. It holds the ``most``
    important things and what is said between them.
    """
    return write_page(network, place_nodes(_choose_part(network, most)), title=title, mentions=mentions)


def write_page(network: Network, places: Places, *, title: str, mentions: Mentions | None = None) -> str:
    """As ``to_html``, of what has a place."""
    payload = make_payload(network, places, title=title, mentions=mentions)
    before, after = _fill_template({"title": title, "made": str(payload["made"])})
    return f"{before}{_to_json(payload | _draw(payload))}{after}"


def _choose_part(network: Network, most: int) -> Network:
    importance = weigh_nodes(network) if len(network) > most else {}
    ranked = sorted(importance, key=lambda curie: (-importance[curie], curie))
    return network.subgraph(ranked[:most]) if importance else network


def _draw(payload: Mapping[str, Any]) -> dict[str, object]:
    """Nodes and edges as pyvis holds them: what it draws by, and all that we tell of them beside it.

    Its canvas looks through all nodes for each edge: of ten thousand that takes longer than to lay them out.
    """
    nodes = [Node(number, "dot", **node) for number, node in enumerate(payload["nodes"])]
    edges = [Edge(edge.pop("from"), edge.pop("to"), directed=True, **edge) for edge in map(dict.copy, payload["edges"])]
    return {"nodes": [node.options for node in nodes], "edges": [edge.options for edge in edges]}


def _to_json(data: object) -> str:
    """JSON that cannot end the script element it stands in (HTML Living Standard, 4.12.1.3)."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False)
    for letter in "<>&":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text if text.isprintable() else _FOREIGN.sub(_escape, text)  # sooner asked of all than of each


def _escape(match: re.Match[str]) -> str:
    """A letter is itself; what can't be seen is written as its number, or left out where JSON has none for it."""
    letter = match[0]
    hidden = f"\\u{ord(letter):04x}" if ord(letter) < 0x10000 else ""
    return letter if letter.isprintable() else hidden


def _fill_template(parts: Mapping[str, str]) -> tuple[str, str]:
    """The template with styles and scripts in it, and a policy that allows just these (CSP Level 3), cut in two.

    The data stand between the two: Jinja would copy them four times, and they are large.
    """
    from jinja2 import Environment, StrictUndefined

    vis = files("pyvis").joinpath(_VIS)
    own = _FOLDER / "page"
    styles = _join([THEME, *(own / name for name in STYLES)])
    scripts = [vis.joinpath("vis-network.min.js").read_text("utf-8"), _close(_join(own / name for name in SCRIPTS))]
    policy = (
        "default-src 'none'; connect-src 'none'; img-src data: blob:; base-uri 'none'; form-action 'none'; "
        f"style-src '{_hash(styles)}'; script-src {' '.join(repr(_hash(script)) for script in scripts)}"
    )
    template = Environment(autoescape=True, undefined=StrictUndefined).from_string(
        (own / "template.html").read_text("utf-8")
    )
    before, tag, after = template.render(policy=policy, styles=styles, scripts=scripts, **parts).partition(_DATA)
    return before + tag, after


def _join(paths: Iterable[Path]) -> str:
    return "".join(path.read_text("utf-8") for path in paths)


def _close(script: str) -> str:
    """One closure: what a file names is known to the others, and to nothing else in the page."""
    return f'(() => {{\n"use strict";\n{script}}})();\n'


def _hash(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()
