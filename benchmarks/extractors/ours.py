"""The facts of kg: relations and roles of events between things, values too; no names, classes and broader terms."""

import json
import sys
import time
import warnings
from collections.abc import Sequence

from kg.documents import make_document
from kg.facts.reduction import reduce_extractions
from kg.model import DERIVED, Entity, Extraction, Statement, Value
from kg.nlp.pipeline import extract, make_pipeline
from kg.ontology import ONTOLOGY_FOLDER, Ontology, load_ontology
from kg.rdf.dataset import is_fact

_NAMING = {"rdf:type", "rdfs:label", "skos:altLabel", "owl:sameAs", "kg:isoCode"}


def main() -> None:
    """Texts from standard input, triples and seconds to standard output, both as JSON."""
    warnings.simplefilter("ignore")
    documents = [make_document(name, text) for name, text in json.load(sys.stdin)["texts"]]
    nlp, ontology = make_pipeline(ONTOLOGY_FOLDER), load_ontology()
    started = time.process_time()
    extractions = [one for one in extract(nlp, documents) if isinstance(one, Extraction)]
    entities, fusion = reduce_extractions(extractions)
    facts = [statement for statement in fusion.statements if is_fact(statement) and _is_told(statement)]
    seconds = time.process_time() - started
    json.dump({"seconds": seconds, "triples": _tell(_choose_narrow(facts, ontology), entities, ontology)}, sys.stdout)


def _is_told(statement: Statement) -> bool:
    return statement.predicate not in _NAMING and any(DERIVED not in item.rule for item in statement.evidence)


def _choose_narrow(facts: Sequence[Statement], ontology: Ontology) -> list[Statement]:
    """Without those that a narrower property says of the same two: whoever is an actor takes part."""
    said: dict[object, set[str]] = {}
    for fact in facts:
        said.setdefault((fact.subject, fact.object), set()).add(fact.predicate)
    return [
        fact
        for fact in facts
        if not any(
            other != fact.predicate and ontology.is_a(other, fact.predicate)
            for other in said[fact.subject, fact.object]
        )
    ]


def _tell(facts: Sequence[Statement], entities: Sequence[Entity], ontology: Ontology) -> list[tuple[str, ...]]:
    """Each with the first sentence that asserts it."""
    labels = {entity.id: entity.label for entity in entities}
    told = []
    for fact in facts:
        end = fact.object.lexical if isinstance(fact.object, Value) else labels.get(fact.object, fact.object)
        evidence = next(item for item in fact.evidence if item.factuality.value == "CT+")
        sentence = " ".join(evidence.passage.text.split())
        told.append((sentence, labels[fact.subject], ontology.labels[fact.predicate], end))
    return told


main()
