"""The network in the formats of other graph tools: GraphML, GEXF, Cypher, tables. Facts alone if not said otherwise."""

import csv
import json
import re
from io import BytesIO, StringIO

import networkx as nx

from kg.errors import GraphError
from kg.views.attributes import Attributes
from kg.views.network import Network

FORMATS = ("graphml", "gexf", "cypher")
NODE = ("id", "label", "type", "kind", "aliases", "values")
EDGE = ("source", "target", "label", "predicate", "factuality", "score", "sources", "sentence", "document")
_FORMULA = frozenset("=+-@\t\r")
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DAY = re.compile(rb' lastmodifieddate="[^"]*"')


def exchange(network: Network, kind: str, *, whole: bool = False) -> bytes:
    """The facts of the network, or with ``whole`` all that is said, in the format ``kind``; the same bytes each time.

    GraphError where nobody knows the format.
    """
    plain = _make_plain(network, whole=whole)
    if kind == "graphml":
        return _write(nx.write_graphml_xml, plain)
    if kind == "gexf":
        return _DAY.sub(b"", _write(nx.write_gexf, plain), count=1)  # the day it was written: nobody's fact
    if kind == "cypher":
        return _write_cypher(plain)
    raise GraphError(f"no format {kind}", hint=f"choose one of {', '.join((*FORMATS, 'csv'))}")


def exchange_tables(network: Network, *, whole: bool = False) -> dict[str, bytes]:
    """The same as two tables by file name: nodes.csv and edges.csv (RFC 4180)."""
    plain = _make_plain(network, whole=whole)
    nodes = [{"id": curie, **fields} for curie, fields in plain.nodes(data=True)]
    edges = [{"source": s, "target": t, **fields} for s, t, fields in plain.edges(data=True)]
    return {"nodes.csv": _write_table(NODE, nodes), "edges.csv": _write_table(EDGE, edges)}


def _write_table(names: tuple[str, ...], rows: list[dict[str, object]]) -> bytes:
    stream = StringIO()
    writer = csv.writer(stream)
    writer.writerow(names)
    writer.writerows([_cell(row[name]) for name in names] for row in rows)
    return stream.getvalue().encode()


def _cell(value: object) -> object:
    """A cell that a spreadsheet would run as a formula is quoted with an apostrophe (OWASP, CSV injection)."""
    return f"'{value}" if isinstance(value, str) and value[:1] in _FORMULA else value


def _make_plain(network: Network, *, whole: bool) -> Network:
    """Plain texts and numbers as attributes; of facts no node that nothing asserts, no edge that is no fact."""
    plain: Network = nx.MultiDiGraph()
    for curie, node in network.nodes(data=True):
        if whole or node["asserted"]:
            plain.add_node(curie, **_plain_node(node))
    for subject, target, predicate, edge in network.edges(keys=True, data=True):
        if (whole or edge["fact"]) and subject in plain and target in plain:
            plain.add_edge(subject, target, key=predicate, **_plain_edge(edge))
    return plain


def _plain_node(node: Attributes) -> dict[str, str]:
    joined = {name: "; ".join(node[name]) for name in ("aliases", "values")}  # type: ignore[arg-type]
    return {"label": _clean(node["label"]), "type": str(node["type"]), "kind": _clean(node["kind"])} | {
        name: _clean(text) for name, text in joined.items()
    }


def _plain_edge(edge: Attributes) -> dict[str, str | float | int]:
    evidence: tuple[dict[str, str], ...] = edge["evidence"]  # type: ignore[assignment]
    return {
        "label": _clean(edge["label"]),
        "predicate": str(edge["predicate"]),
        "factuality": str(edge["factuality"]),
        "score": float(str(edge["score"])),
        "sources": int(str(edge["sources"])),
        "sentence": _clean(evidence[0]["text"]),
        "document": _clean(evidence[0]["title"]),
    }


def _clean(text: object) -> str:
    """XML has no place for control characters and lone surrogates."""
    return _NO_XML.sub("\ufffd", " ".join(str(text).split()))


def _write(writer: object, network: Network) -> bytes:
    stream = BytesIO()
    writer(network, stream)  # type: ignore[operator]
    return stream.getvalue()


def _write_cypher(network: Network) -> bytes:
    """One MERGE a node and an edge (openCypher 9), so that it can be run again."""
    lines = []
    for curie, node in network.nodes(data=True):
        kind = re.sub(r"\W", "_", node["type"].partition(":")[2])
        lines.append(f"MERGE (n:Entity {{id: {_quote(curie)}}}) SET n:`{kind}`, n += {_map(node)};")
    for subject, target, predicate, edge in network.edges(keys=True, data=True):
        lines.append(
            f"MATCH (a:Entity {{id: {_quote(subject)}}}), (b:Entity {{id: {_quote(target)}}}) "
            f"MERGE (a)-[r:`{_upper(predicate)}`]->(b) SET r += {_map(edge)};"
        )
    return "".join(f"{line}\n" for line in lines).encode()


def _upper(predicate: str) -> str:
    """'kg:presidentOf' → 'PRESIDENT_OF', as relationships are written there."""
    return re.sub(r"\W", "_", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", predicate.partition(":")[2])).upper()


def _map(fields: dict[str, object]) -> str:
    return f"{{{', '.join(f'{name}: {_quote(value)}' for name, value in sorted(fields.items()))}}}"


def _quote(value: object) -> str:
    """A number, or a string: JSON's escapes are Cypher's."""
    return json.dumps(value, ensure_ascii=False)
