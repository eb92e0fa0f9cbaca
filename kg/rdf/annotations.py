"""Evidence as W3C Web Annotations (2017): what is said of a stretch of a text, found by position and by quote."""

import json
from collections.abc import Iterator

from pyoxigraph import Store

from kg.rdf.tables import Row, ask, read_labels
from kg.rdf.terms import BASE, to_iri

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_EVIDENCE = """
SELECT ?e ?statement ?s ?p ?o ?held ?rule ?document ?text ?start ?end ?full WHERE {
  GRAPH kgg:statements {
    ?statement rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kg:evidence ?e .
    ?e kg:factuality ?held ; kg:rule ?rule ; kg:passage ?passage .
    ?passage kg:text ?text ; kg:start ?start ; kg:end ?end ; kg:document ?document .
  }
  OPTIONAL { GRAPH kgg:documents { ?document kg:fullText ?full } } %s
} ORDER BY ?document ?start ?end ?statement ?e
"""
_FACT = "GRAPH kgg:facts { ?s ?p ?o }"
_AROUND = 32
"""Characters before and after a quote that tell it from another like it."""


def write_annotations(store: Store, base: str = BASE, *, facts_only: bool = False) -> bytes:
    """An annotation page in JSON-LD, one annotation for each piece of evidence of each statement, or of each fact."""
    labels = read_labels(store, base)
    page = {
        "@context": _CONTEXT,
        "id": to_iri("kgg:annotations", base),
        "type": "AnnotationPage",
        "items": list(_make_annotations(store, labels, base, _FACT if facts_only else "")),
    }
    return (json.dumps(page, ensure_ascii=False, indent=1) + "\n").encode()


def _make_annotations(store: Store, labels: dict[str, str], base: str, only: str) -> Iterator[dict[str, object]]:
    for row in ask(store, _EVIDENCE % only, base):
        words = " — ".join(labels.get(row[name], row[name]) for name in ("s", "p", "o"))
        terms = " ".join(row[name] for name in ("s", "p", "o"))
        statement = row["statement"].rpartition("/")[2]
        yield {
            "id": f"{to_iri(row['e'], base)}/{statement}",
            "type": "Annotation",
            "motivation": "identifying",
            "body": [
                {"id": to_iri(row["statement"], base), "type": "Statement"},
                {
                    "type": "TextualBody",
                    "value": f"{words} ({terms}; {row['held']}; {row['rule']})",
                    "format": "text/plain",
                },
            ],
            "target": {"source": to_iri(row["document"], base), "selector": _select(row)},
        }


def _select(row: Row) -> list[dict[str, object]]:
    """By offsets and by words, with those around them where the graph holds the text."""
    start, end, full = int(row["start"]), int(row["end"]), row.get("full")
    around = (
        {} if full is None else {"prefix": full[max(0, start - _AROUND) : start], "suffix": full[end : end + _AROUND]}
    )
    return [
        {"type": "TextPositionSelector", "start": start, "end": end},
        {"type": "TextQuoteSelector", "exact": row["text"], **around},
    ]
