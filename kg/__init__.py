"""Texts to a knowledge graph in which nothing stands without its evidence."""

from importlib import import_module

from kg.errors import (
    DecisionError,
    DocumentError,
    GoldError,
    GraphError,
    KGError,
    OntologyError,
    PipelineError,
    QueryError,
)
from kg.model import (
    Decision,
    Document,
    Entity,
    Evidence,
    Extraction,
    Factuality,
    Form,
    Mention,
    Passage,
    Relation,
    Statement,
    Thing,
    Value,
    Verdict,
)

__all__ = [
    "Decision",
    "DecisionError",
    "Document",
    "DocumentError",
    "Entity",
    "Evidence",
    "Extraction",
    "Factuality",
    "Form",
    "GoldError",
    "GraphError",
    "KGError",
    "Mention",
    "OntologyError",
    "Passage",
    "PipelineError",
    "QueryError",
    "Relation",
    "Statement",
    "Thing",
    "Value",
    "Verdict",
    "build_graph",
    "open_graph",
]


_LATE = {"build_graph": "kg.build", "open_graph": "kg.graph"}


def __getattr__(name: str) -> object:
    """What is loaded on first use: importing ``kg`` loads no language model."""
    if name in _LATE:
        return getattr(import_module(_LATE[name]), name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
