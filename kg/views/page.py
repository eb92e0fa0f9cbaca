"""The network as one self-contained page: no request leaves it, and texts are data, never markup."""

import json
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from kg.views.layout import place_nodes
from kg.views.network import Network

_FOLDER = Path(__file__).parent
THEME = _FOLDER / "theme.css"
"""Colours and what else all pages share."""
_VIS = "templates/lib/vis-9.1.2"
_SHAPES = {
    "kg:Person": ("dot", "#0072b2"),
    "kg:Politician": ("dot", "#0072b2"),
    "kg:President": ("star", "#0072b2"),
    "kg:Country": ("square", "#009e73"),
    "kg:Place": ("square", "#009e73"),
    "kg:Organization": ("triangle", "#cc79a7"),
    "kg:Event": ("diamond", "#d55e00"),
}
"""Shape and colour by broad kind, from the palette of Okabe & Ito (2008) that colour-blind people can tell apart."""
_OTHER = ("hexagon", "#8c8c8c")


def to_html(network: Network, *, title: str) -> str:
    """A page that draws ``network``; the same network gives the same bytes."""
    from pyvis.network import Network as Canvas  # imports IPython: 1.2 s that only who makes a page should wait

    canvas = Canvas(directed=True, cdn_resources="in_line")
    places = place_nodes(network)
    for number, name in enumerate(network.nodes):
        canvas.add_node(number, **_draw_node(name, network, places[name]))
    numbers = {name: number for number, name in enumerate(network)}
    for subject, target, edge in network.edges(data=True):
        canvas.add_edge(numbers[subject], numbers[target], **_draw_edge(edge))
    data = {"title": title, "nodes": canvas.nodes, "edges": canvas.edges}
    return _fill_template({"title": title, "made": str(network.graph.get("made", "")), "data": _to_json(data)})


def _draw_node(name: str, network: Network, place: tuple[int, int]) -> dict[str, object]:
    node = network.nodes[name]
    shape, colour = _style(str(node["type"]), str(name))
    return {
        "label": str(node["label"]),
        "curie": name,
        "kind": node["kind"],
        "names": list(node["aliases"]) if isinstance(node["aliases"], tuple) else [],
        "values": list(node["values"]) if isinstance(node["values"], tuple) else [],
        "asserted": node["asserted"],
        "shape": shape,
        "color": colour,
        "size": 8 + 4 * min(10, network.degree(name)) ** 0.5 * 1.6,
        "x": place[0],
        "y": place[1],
    }


def _style(kind: str, name: str) -> tuple[str, str]:
    if kind in _SHAPES:
        return _SHAPES[kind]
    broad = {
        "kgr:place": "kg:Place",
        "kgr:organization": "kg:Organization",
        "kgr:event": "kg:Event",
        "kgr:person": "kg:Person",
    }
    return _SHAPES.get(broad.get(name.partition("/")[0], ""), _OTHER)


def _draw_edge(edge: Mapping[str, object]) -> dict[str, object]:
    return {
        "relation": edge["label"],
        "status": edge["factuality"] if edge["fact"] or edge["factuality"] != "CT+" else "candidate",
        "fact": edge["fact"],
        "sources": edge["sources"],
        "disputed": edge["disputed"],
        "evidence": [dict(item) for item in edge["evidence"]] if isinstance(edge["evidence"], tuple) else [],
    }


def _to_json(data: object) -> str:
    """JSON that cannot end the script element it stands in (HTML Living Standard, 4.12.1.3)."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return "".join(c if c.isprintable() or c == " " else f"\\u{ord(c):04x}" if ord(c) < 0x10000 else "" for c in text)


def _fill_template(parts: Mapping[str, str]) -> str:
    """The template with styles and scripts in it, and a policy that allows just these (CSP Level 3)."""
    from jinja2 import Environment, StrictUndefined

    vis = files("pyvis").joinpath(_VIS)
    styles = "".join(
        sheet.read_text("utf-8") for sheet in (vis.joinpath("vis-network.css"), THEME, _FOLDER / "page.css")
    )
    scripts = [vis.joinpath("vis-network.min.js").read_text("utf-8"), (_FOLDER / "page.js").read_text("utf-8")]
    policy = (
        "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; "
        f"style-src '{_hash(styles)}'; script-src {' '.join(repr(_hash(script)) for script in scripts)}"
    )
    template = Environment(autoescape=True, undefined=StrictUndefined).from_string(
        (_FOLDER / "template.html").read_text("utf-8")
    )
    return template.render(policy=policy, styles=styles, scripts=scripts, **parts)


def _hash(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()
