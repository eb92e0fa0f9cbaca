"""Pages of things, statements, documents and the ontology: statements as sentences, each with its quotes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from pyoxigraph import NamedNode

from kg.errors import GraphError
from kg.model import Curie
from kg.rdf.tables import ask
from kg.rdf.terms import to_iri
from kg.serve.claims import Claim, Term, read_claims
from kg.serve.holding import Holding
from kg.serve.links import link
from kg.serve.passages import cut_text
from kg.serve.templates import render

_NARROWEST = """
SELECT ?kind { VALUES ?kind { %s } FILTER NOT EXISTS { VALUES ?other { %s } ?other rdfs:subClassOf+ ?kind } }
"""
_OWN = "SELECT DISTINCT ?p ?o { GRAPH ?g { %s ?p ?o } } ORDER BY ?p ?o"
_DOCUMENT = "SELECT ?p ?o { GRAPH kgg:documents { %s ?p ?o } }"


def show_thing(holding: Holding, curie: Curie, root: str) -> str:
    """An entity with all that is said of it; of evidence and the like, their own triples."""
    claims, more = read_claims(holding, curie, "s", "o")
    own = [claim for claim in claims if claim.subject.curie == curie]
    return _render(
        holding,
        root,
        "thing.html",
        curie=curie,
        title=holding.labels.get(curie, curie),
        kinds=_narrow(holding, [claim.object for claim in own if claim.predicate.curie == "rdf:type"]),
        aliases=sorted({claim.object.words for claim in own if claim.predicate.curie == "skos:altLabel"}),
        rows=() if claims else _list_own(holding, curie),
        more=more,
        **_part(claims),
    )


def show_statement(holding: Holding, curie: Curie, root: str) -> str:
    """One statement with all its evidence; GraphError where it has none."""
    claims, _ = read_claims(holding, curie, "statement")
    if not claims:
        raise GraphError(f"{curie}: is damaged, it has no evidence", hint="see `kg validate`")
    claim = claims[0]
    title = f"{claim.subject.words} — {claim.predicate.words} → {claim.object.words}"
    return _render(holding, root, "statement.html", curie=curie, title=title, claim=claim)


def show_document(holding: Holding, curie: Curie, root: str) -> str:
    """A text, marked where it is evidence, and what was read in it."""
    claims, more = read_claims(holding, curie, "document")
    node = NamedNode(to_iri(curie, holding.base))
    known = {row["p"]: row["o"] for row in ask(holding.store, _DOCUMENT % node, holding.base)}
    passages = ((quote.start, quote.end) for claim in claims for quote in claim.quotes)
    return _render(
        holding,
        root,
        "document.html",
        curie=curie,
        title=known.get("rdfs:label", curie),
        known=known,
        segments=cut_text(known.get("kg:fullText", ""), passages),
        more=more,
        **_part(claims),
    )


def show_ontology(holding: Holding, curie: Curie, root: str) -> str:
    """Classes and properties; each has its name as an anchor, so that its IRI leads to it."""
    terms = holding.about["vocabulary"]["terms"]
    return _render(holding, root, "ontology.html", curie=curie, title="Classes and properties", terms=terms)


def _part(claims: Sequence[Claim]) -> dict[str, object]:
    """Facts, what follows from them, what is no fact, and names."""
    return {
        "facts": [claim for claim in claims if claim.fact and not claim.names and not claim.implied],
        "others": [claim for claim in claims if not claim.fact and not claim.names],
        "implied": [claim for claim in claims if claim.fact and claim.implied and not claim.names],
        "names": [claim for claim in claims if claim.names],
    }


def _render(holding: Holding, root: str, template: str, *, curie: Curie, **parts: object) -> str:
    return render(
        template,
        curie=curie,
        iri=to_iri(curie, holding.base).rstrip("#"),
        root=root,
        link=partial(link, root=root, base=holding.base),
        **parts,
    )


def _narrow(holding: Holding, kinds: Iterable[Term]) -> list[Term]:
    """Those without a narrower one among them."""
    named = {kind.curie: kind for kind in kinds}
    values = " ".join(str(NamedNode(to_iri(curie, holding.base))) for curie in sorted(named))
    kept = ask(holding.store, _NARROWEST % (values, values), holding.base) if named else ()
    return sorted(named[row["kind"]] for row in kept)


def _list_own(holding: Holding, curie: Curie) -> list[tuple[Term, Term]]:
    node = NamedNode(to_iri(curie, holding.base))
    names = holding.labels
    return [
        (Term(row["p"], names.get(row["p"], row["p"])), Term(row["o"], names.get(row["o"], row["o"])))
        for row in ask(holding.store, _OWN % node, holding.base)
    ]


PAGES: Mapping[str, Callable[[Holding, Curie, str], str]] = {
    "document": show_document,
    "entity": show_thing,
    "ontology": show_ontology,
    "statement": show_statement,
}
