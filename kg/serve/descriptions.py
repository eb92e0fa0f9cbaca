"""What the graph says of a thing, as triples."""

from collections.abc import Callable, Iterable, Mapping

from pyoxigraph import BlankNode, NamedNode, Triple

from kg.model import Curie
from kg.rdf.terms import to_iri
from kg.serve.holding import Holding

Triples = set[Triple]
_FULL_TEXT = "kg:fullText"


def describe_thing(holding: Holding, curie: Curie) -> Triples:
    """The facts that name it, the labels of what they tie it to, and the statements about it; no evidence."""
    node = _node(holding, curie)
    facts = _find(holding, node, None, None, "facts") | _find(holding, None, None, node, "facts")
    ties = {term for triple in facts for term in (triple.subject, triple.object) if isinstance(term, NamedNode)}
    own = _find(holding, node, None, None, "statements") | _find(holding, node, None, None, "documents")
    statements = _find(holding, None, _node(holding, "rdf:subject"), node, "statements")
    return facts | own | _label(holding, ties) | _follow(holding, (triple.subject for triple in statements))


def describe_statement(holding: Holding, curie: Curie) -> Triples:
    """The statement, its evidence, their passages and documents, and the labels of its terms."""
    stated = _find(holding, _node(holding, curie), None, None, "statements")
    evidence = _follow(holding, _ends(holding, stated, "kg:evidence"))
    passages = _follow(holding, _ends(holding, evidence, "kg:passage"))
    text = _node(holding, _FULL_TEXT)
    documents = {
        triple
        for document in _ends(holding, passages, "kg:document")
        for triple in _find(holding, document, None, None, "documents")
        if triple.predicate != text
    }
    terms = {triple.object for triple in stated if isinstance(triple.object, NamedNode)}
    return stated | evidence | passages | documents | _label(holding, terms)


def describe_document(holding: Holding, curie: Curie) -> Triples:
    """All that is known of the document, its text too."""
    return _find(holding, _node(holding, curie), None, None, "documents")


def describe_graph(holding: Holding, curie: Curie) -> Triples:
    """All triples of a named graph."""
    return {quad.triple for quad in holding.store.quads_for_pattern(None, None, None, _node(holding, curie))}


def describe_ontology(holding: Holding, _: Curie) -> Triples:
    """The ontology that the graph was built with."""
    return describe_graph(holding, "kgg:ontology")


def _node(holding: Holding, curie: Curie) -> NamedNode:
    return NamedNode(to_iri(curie, holding.base))


def _find(
    holding: Holding, subject: object, predicate: NamedNode | None, target: NamedNode | None, graph: str
) -> Triples:
    named = _node(holding, f"kgg:{graph}")
    start = subject if isinstance(subject, NamedNode | BlankNode) else None
    return {quad.triple for quad in holding.store.quads_for_pattern(start, predicate, target, named)}


def _follow(holding: Holding, subjects: Iterable[object]) -> Triples:
    return {triple for node in set(subjects) for triple in _find(holding, node, None, None, "statements")}


def _ends(holding: Holding, triples: Triples, predicate: Curie) -> set[object]:
    wanted = _node(holding, predicate)
    return {triple.object for triple in triples if triple.predicate == wanted}


def _label(holding: Holding, terms: Iterable[NamedNode]) -> Triples:
    label = _node(holding, "rdfs:label")
    return {
        triple
        for term in terms
        for graph in ("facts", "ontology")
        for triple in _find(holding, term, label, None, graph)
    }


DESCRIBE: Mapping[str, Callable[[Holding, Curie], Triples]] = {
    "document": describe_document,
    "entity": describe_thing,
    "graph": describe_graph,
    "ontology": describe_ontology,
    "statement": describe_statement,
}
