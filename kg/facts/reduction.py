"""The reduce step: extractions of all documents to entities and statements."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kg.facts.decisions import decide, find_refused
from kg.facts.fusion import Fusion, fuse
from kg.facts.known import join_known
from kg.facts.links import link
from kg.facts.occurrences import resolve_events
from kg.facts.resolution import index_mentions, resolve_names
from kg.facts.stored import add
from kg.model import Chain, Decision, Entity, Extraction
from kg.ontology import ONTOLOGY_FOLDER, load_ontology


def reduce_extractions(
    extractions: Iterable[Extraction],
    ontology_folder: Path = ONTOLOGY_FOLDER,
    names: Sequence[Path] = (),
    decisions: Sequence[Decision] = (),
    *,
    folder: Path | None = None,
) -> tuple[tuple[Entity, ...], Fusion]:
    """All entities and statements of the extractions, whatever their order; the user's decisions overrule the texts.

    Extractions are gone through several times; what is no sequence has to be in the order of their documents' ids.
    Statements that are more than memory holds lie in ``folder``, if one is given, as long as they are wanted.
    """
    ontology = load_ontology(ontology_folder, names)
    ordered = _order(extractions)
    on_events = [decision for decision in decisions if decision.subject.id.startswith("kgr:event/")]
    on_names = [decision for decision in decisions if not decision.subject.id.startswith("kgr:event/")]
    named = decide(join_known(resolve_names(ordered, ontology), ontology), on_names, _list_chains(ordered), ontology)
    labels = {entity.id: entity.label for entity in named.entities}
    ids = index_mentions(named.entities)
    found = resolve_events(ordered, ids, labels, ontology)
    events = decide(found, on_events, _list_chains(ordered), ontology)
    ids |= index_mentions(events.entities)
    entities = tuple(sorted((*named.entities, *events.entities), key=lambda entity: entity.id))
    refused, idle = find_refused(entities, decisions, _list_chains(ordered))
    fusion = fuse(ordered, entities, ids, ontology, refused, folder)
    links = link(entities, fusion.statements, ontology)
    kept = (found for found in links if (found.subject, found.predicate, found.object) not in refused)
    return entities, fusion._replace(
        statements=add(fusion.statements, kept), idle=(*named.idle, *events.idle, *idle), refused=frozenset(refused)
    )


def _order(extractions: Iterable[Extraction]) -> Iterable[Extraction]:
    if isinstance(extractions, Sequence):
        return sorted(extractions, key=lambda extraction: extraction.document.id)
    return extractions


def _list_chains(extractions: Iterable[Extraction]) -> Iterator[Chain]:
    return (chain for extraction in extractions for chain in extraction.chains)
