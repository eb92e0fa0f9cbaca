"""What the network's page asks for where its file holds but a part: a thing with its neighbours, and things by name."""

import json
from unicodedata import combining, normalize

from kg.serve.holding import Holding
from kg.serve.replies import Reply, refuse
from kg.views.neighbourhood import count_neighbours, to_neighbourhood
from kg.views.payload import make_payload

_JSON = "application/json"
_MOST = 12  # names of an answer


def tell_neighbourhood(holding: Holding, *, around: str) -> Reply:
    """The thing of that name and its neighbours as the page holds them, each with its degree in the whole graph."""
    curie = f"kgr:{around}"
    network = to_neighbourhood(holding.store, curie, holding.base)
    if curie not in network:
        return refuse(404, f"{curie}: no such thing in the graph")
    places = dict.fromkeys(network, (0, 0))  # the page knows where there is room
    degrees = {name: count_neighbours(holding.store, name, holding.base) for name in network}
    return _reply(make_payload(network, places, title="", degrees=degrees))


def find_names(holding: Holding, *, named: str) -> Reply:
    """Things by any part of their name, whatever its accents; those that begin with it and the shorter come first."""
    wanted = _fold(named.strip())
    labels = ((curie, label) for curie, label in holding.labels.items() if curie.startswith("kgr:"))
    found = [(curie, label) for curie, label in labels if wanted and wanted in _fold(label)]
    best = sorted(found, key=lambda it: (not _fold(it[1]).startswith(wanted), len(it[1]), it))
    return _reply([{"curie": curie, "label": label} for curie, label in best[:_MOST]])


def _fold(text: str) -> str:
    return "".join(letter for letter in normalize("NFD", text) if not combining(letter)).casefold()


def _reply(told: object) -> Reply:
    return Reply(200, _JSON, json.dumps(told, sort_keys=True).encode())
