"""The engine of a name."""

from functools import partial

from kg.engines.cluster import read_by_ray
from kg.errors import PipelineError
from kg.mapping import Engine


def choose_engine(name: str, address: str, jobs: int) -> Engine | None:
    """What reads on a cluster; None for the processes of this machine, PipelineError where they get an address."""
    if name == "ray":
        return partial(read_by_ray, address=address, jobs=jobs)
    if address:
        raise PipelineError(f"--address {address}: is where a Ray cluster is", hint="say --engine ray too")
    return None
