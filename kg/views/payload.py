"""The network as the JSON that the page reads; nodes, documents and passages are told once and named by number."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

from kg.model import DERIVED, Curie, Mention
from kg.rdf.quads import name_document
from kg.rdf.terms import BASE, make_prefixes
from kg.views.importance import weigh_nodes
from kg.views.layout import Places
from kg.views.network import Network
from kg.views.places import find_positions, read_outline
from kg.views.texts import MOST_TEXT, UNKNOWN, Text

Mentions = Mapping[Mention, Curie]
_Passage = tuple[Curie, str, str, str]
"""Document, start, end and text, as a piece of evidence has them."""
_DATE = re.compile(r"\d{4}(-\d\d){0,2}")
_BEGINS, _ENDS = ("kg:begin", "kg:date"), ("kg:until", "kg:endDate")


def make_payload(
    network: Network,
    places: Places,
    *,
    title: str,
    mentions: Mentions | None = None,
    degrees: Mapping[Curie, int] | None = None,
) -> dict[str, object]:
    """What the page knows of the nodes that have a place, of the edges between them, and of what is said of both.

    ``total`` is how many nodes there are; ``outline`` is that of the world, where anything has a position on it, else
    null. ``degrees`` are those of the network if not said.
    """
    numbers = {curie: number for number, curie in enumerate(name for name in network if name in places)}
    placed = (edge for edge in _choose_edges(network) if edge[0] in numbers and edge[1] in numbers)
    edges = sorted(placed, key=itemgetter(0, 1, 2))
    passages = _list_passages(network, numbers, edges)
    documents = _number_documents(network, passages)
    index = {passage: number for number, passage in enumerate(passages)}
    nodes = _tell_nodes(network, places, index, degrees or dict(network.degree()))
    return {
        "title": title,
        "made": str(network.graph.get("made", "")),
        "iris": dict(make_prefixes(str(network.graph.get("base", BASE)))),
        "total": network.graph.get("total", network.number_of_nodes()),
        "nodes": nodes,
        "outline": read_outline() if any("at" in node for node in nodes) else None,
        "edges": [_tell_edge(numbers[s], numbers[t], edge, index) for s, t, _, edge in edges],
        "passages": [
            {"document": documents[document], "start": int(start), "end": int(end), "text": text}
            for document, start, end, text in passages
        ],
        "documents": list(_tell_documents(network, documents, numbers, mentions or {})),
    }


def _tell_nodes(
    network: Network, places: Places, index: Mapping[_Passage, int], degrees: Mapping[Curie, int]
) -> list[dict[str, object]]:
    importance, positions = weigh_nodes(network), find_positions(network)
    return [
        _tell_node(curie, network.nodes[curie], places[curie], index)
        | {"importance": importance[curie], "weight": degrees[curie]}
        | ({"at": list(positions[curie])} if curie in positions else {})
        for curie in network
        if curie in places
    ]


def _choose_edges(network: Network) -> Iterator[tuple[Curie, Curie, Curie, dict[str, Any]]]:
    """All but those that only follow from another between the same two: a participant that is said to be the actor."""
    edges = [(*edge, _is_implied(edge[-1])) for edge in network.edges(keys=True, data=True)]
    own = {(s, t, edge["status"]) for s, t, _, edge, implied in edges if not implied}
    for s, t, predicate, edge, implied in edges:
        if not (implied and ((s, t, "fact") in own or (s, t, edge["status"]) in own)):
            yield s, t, predicate, edge


def _is_implied(edge: Mapping[str, Any]) -> bool:
    return all([DERIVED in piece["rule"] for piece in edge["evidence"]])


def _list_passages(network: Network, names: Iterable[Curie], edges: Iterable[tuple[Any, ...]]) -> list[_Passage]:
    details = [detail for name in names for detail in network.nodes[name]["details"]]
    told = [*details, *(edge for *_, edge in edges)]
    return sorted({_locate(piece) for statement in told for piece in statement["evidence"]}, key=_by_offset)


_locate: Callable[[Mapping[str, str]], _Passage] = itemgetter("document", "start", "end", "text")


def _by_offset(passage: _Passage) -> tuple[Curie, int, int, str]:
    document, start, end, text = passage
    return document, int(start), int(end), text


def _number_documents(network: Network, passages: Iterable[_Passage]) -> dict[Curie, int]:
    named = {*network.graph.get("documents", ()), *(passage[0] for passage in passages)}
    return {curie: number for number, curie in enumerate(sorted(named))}


def _tell_node(
    curie: Curie, node: Mapping[str, Any], place: tuple[int, int], index: Mapping[_Passage, int]
) -> dict[str, object]:
    dates = {
        detail["predicate"]: detail["value"]
        for detail in node["details"]
        if detail["status"] == node["status"] and _DATE.fullmatch(detail["value"])
    }
    told = {name: node[name] for name in ("label", "type", "kind", "group", "status", "category")}
    return told | {
        "curie": curie,
        "names": list(node["aliases"]),
        "x": place[0],
        "y": place[1],
        "begin": _first(dates, _BEGINS),
        "end": _first(dates, _ENDS),
        "values": [{"value": detail["value"], **_tell_statement(detail, index)} for detail in node["details"]],
    }


def _first(dates: Mapping[str, str], predicates: Sequence[str]) -> str:
    return next((dates[predicate] for predicate in predicates if predicate in dates), "")


def _tell_edge(source: int, target: int, edge: Mapping[str, Any], index: Mapping[_Passage, int]) -> dict[str, object]:
    return {"from": source, "to": target, **_tell_statement(edge, index)}


def _tell_statement(statement: Mapping[str, Any], index: Mapping[_Passage, int]) -> dict[str, object]:
    left = {"more": statement["more"]} if statement.get("more") else {}
    return left | {
        "predicate": statement["predicate"],
        "relation": statement["label"],
        "status": statement["status"],
        "disputed": statement["disputed"],
        "sources": statement["sources"],
        "evidence": [_tell_evidence(piece, index) for piece in statement["evidence"]],
    }


def _tell_evidence(piece: Mapping[str, str], index: Mapping[_Passage, int]) -> dict[str, object]:
    return {
        "passage": index[_locate(piece)],
        "score": float(piece["score"]),
        "status": piece["status"],
        "rule": piece["rule"],
        "says": piece["says"],
    }


def _tell_documents(
    network: Network, documents: Mapping[Curie, int], numbers: Mapping[Curie, int], mentions: Mentions
) -> Iterator[dict[str, object]]:
    known: Mapping[Curie, Text] = network.graph.get("documents", {})
    whole = network.graph.get("whole", True) and sum(len(text["text"]) for text in known.values()) <= MOST_TEXT
    found = _list_mentions(numbers, mentions if whole else {})
    for curie in documents:
        told = known.get(curie, UNKNOWN)
        kept = {} if whole else {"text": ""}
        yield {"curie": curie, **told, **kept, "mentions": sorted(found.get(curie, []))}


def _list_mentions(numbers: Mapping[Curie, int], mentions: Mentions) -> dict[Curie, list[tuple[int, int, int]]]:
    """Document → start, end and number of each thing that is mentioned in it."""
    found = defaultdict[str, list[tuple[int, int, int]]](list)
    for mention, thing in mentions.items():
        number = numbers.get(thing)
        if number is not None:
            name, start, end, _ = mention.passage
            found[name].append((start, end, number))
    return {name_document(name): told for name, told in found.items()}
