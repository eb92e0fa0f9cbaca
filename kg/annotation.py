"""An Extraction in words: the author's microscope."""

from kg.model import Chain, Extraction, Mention, Relation


def describe(extraction: Extraction) -> str:
    """Chains with their mentions, then relations with factuality, rule and source."""
    chains = [line for chain in extraction.chains if chain for line in _describe_chain(chain)]
    relations = [_describe_relation(relation) for relation in extraction.relations]
    return "".join(f"{line}\n" for line in ["mentions", *chains, "", "relations", *relations])


def _describe_chain(chain: Chain) -> list[str]:
    lead = next((mention for mention in chain if mention.form.value == "name"), chain[0])
    known = f" = {lead.known_as}" if lead.known_as else ""
    return [
        f"  {lead.passage.text}{known} ({lead.type})",
        *(f"      {_describe_mention(mention)}" for mention in chain),
    ]


def _describe_mention(mention: Mention) -> str:
    value = f" = {mention.value}" if mention.value else ""
    return f"{mention.passage.start}-{mention.passage.end} {mention.form.value}: {mention.passage.text}{value}"


def _describe_relation(relation: Relation) -> str:
    target = relation.object if isinstance(relation.object, str) else relation.object.passage.text
    evidence = relation.evidence
    says = f", said by {evidence.source.passage.text}" if evidence.source else ""
    return (
        f"  {evidence.factuality.value:3} {relation.subject.passage.text} — {relation.predicate} — {target}"
        f"   [{evidence.rule}, {evidence.score}{says}]"
    )
