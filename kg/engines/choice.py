"""The engine of a name."""

from functools import partial

from kg.engines.cluster import read_by_ray
from kg.mapping import Engine

ENGINES = ("local", "ray")


def choose_engine(name: str, address: str, jobs: int) -> Engine | None:
    """What reads on a cluster; None for the processes of this machine."""
    return partial(read_by_ray, address=address, jobs=jobs) if name == "ray" else None
