"""The reduce step: extractions of all documents to entities and statements."""

from collections.abc import Sequence
from pathlib import Path

from kg.facts.decisions import decide, find_refused
from kg.facts.fusion import Fusion, fuse, sort_key
from kg.facts.known import join_known
from kg.facts.links import link
from kg.facts.occurrences import resolve_events
from kg.facts.resolution import index_mentions, resolve_names
from kg.model import Decision, Entity, Extraction
from kg.ontology import ONTOLOGY_FOLDER, load_ontology


def reduce_extractions(
    extractions: Sequence[Extraction],
    ontology_folder: Path = ONTOLOGY_FOLDER,
    names: Sequence[Path] = (),
    decisions: Sequence[Decision] = (),
) -> tuple[tuple[Entity, ...], Fusion]:
    """All entities and statements of the extractions, whatever their order; the user's decisions overrule the texts."""
    ontology = load_ontology(ontology_folder, names)
    ordered = sorted(extractions, key=lambda extraction: extraction.document.id)
    chains = [chain for extraction in ordered for chain in extraction.chains]
    on_events = [decision for decision in decisions if decision.subject.id.startswith("kgr:event/")]
    on_names = [decision for decision in decisions if not decision.subject.id.startswith("kgr:event/")]
    named = decide(join_known(resolve_names(ordered, ontology), ontology), on_names, chains, ontology)
    labels = {entity.id: entity.label for entity in named.entities}
    found = resolve_events(ordered, index_mentions(named.entities), labels, ontology)
    events = decide(found, on_events, chains, ontology)
    entities = tuple(sorted((*named.entities, *events.entities), key=lambda entity: entity.id))
    refused, idle = find_refused(entities, decisions, chains)
    fusion = fuse(ordered, entities, ontology, refused)
    links = link(entities, fusion.statements, ontology)
    kept = (found for found in links if (found.subject, found.predicate, found.object) not in refused)
    statements = tuple(sorted((*fusion.statements, *kept), key=sort_key))
    return entities, fusion._replace(
        statements=statements, idle=(*named.idle, *events.idle, *idle), refused=frozenset(refused)
    )
