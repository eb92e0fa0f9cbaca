"""What a worker can be asked to do; each job is a flat record."""

from collections.abc import Mapping
from traceback import format_exc
from typing import Any

from kg.errors import GraphError
from kg.serve.answers import answer_query
from kg.serve.holding import Holding
from kg.serve.neighbourhoods import find_names, tell_neighbourhood
from kg.serve.replies import Reply, refuse
from kg.serve.resources import show_resource


def do_job(holding: Holding, job: Mapping[str, Any], rows: int) -> Reply:
    """The reply to a query; what is around a thing, is called so, or is at a path; 500 where we are at fault."""
    try:
        if "query" in job:
            return answer_query(holding, rows=rows, **job)
        if "around" in job:
            return tell_neighbourhood(holding, **job)
        if "named" in job:
            return find_names(holding, **job)
        return show_resource(holding, **job)
    except MemoryError:
        raise
    except GraphError as error:
        return refuse(500, str(error), f"kg: {error}")
    except Exception as error:
        return refuse(500, f"{type(error).__name__}: {error}", format_exc())
