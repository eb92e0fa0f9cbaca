"""Persons called by a part of their name elsewhere in the text: 'Correa', 'Han', 'Hugo', and 'Ms Lima', no city."""

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from kg.model import Form
from kg.nlp.persons import is_given_name, is_human
from kg.nlp.spans import is_name, make_span
from kg.nlp.tree import index_texts
from kg.ontology import Ontology

_LOCATIVES = frozenset({"in", "at", "near", "from", "to", "outside", "around", "across", "through", "via", "of"})


def settle_bare_names(doc: Doc, spans: list[Span], ontology: Ontology) -> list[Span]:
    """The names, with parts of full names that stand alone as persons: new ones, and those taken for something else."""
    full = [span for span in spans if is_name(span) and span.label_ == "kg:Person" and len(span.text.split()) > 1]
    parts = {part for span in full for part in _find_parts(span, ontology)}
    owners = {i: span for span in spans for i in range(span.start, span.end)}
    called = sorted(token for part in parts for token in index_texts(doc).get(part, ()))
    bare = [token for token in called if _is_bare(token, owners, ontology)]
    inside = {token.i for token in bare}
    kept = [span for span in spans if not (len(span) == 1 and span.start in inside)]
    found = (make_span(doc, token.i, token.i + 1, "kg:Person", Form.NAME) for token in bare)
    return sorted([*kept, *found], key=lambda span: span.start)


def _find_parts(name: Span, ontology: Ontology) -> Iterator[str]:
    """'Gutiérrez' and 'Lucio' of 'Lucio Gutiérrez', 'Han' of 'Han Seung-woo'."""
    first, *_, last = name.text.split()
    if last.isalpha() and len(last) > 2:
        yield last
    if is_given_name(first, ontology) or "-" in last:
        yield first


def _is_bare(token: Token, owners: dict[int, Span], ontology: Ontology) -> bool:
    """Not within a longer name, nor where the text speaks of the place of that name: 'born in *Trujillo*'."""
    owner = owners.get(token.i)
    if owner is None:
        before = owners.get(token.i - 1)
        torn = before is not None and before.root.head == token  # '*Paris* Ndiaye' is not Florence Ndiaye
        return token.pos_ == "PROPN" and not torn and not _is_next_to_name(token)
    if len(owner) > 1:
        return False
    return bool(owner.label_ != "kg:Person" and (_is_like_person(token, ontology) or not _may_be_place(owner)))


def _is_next_to_name(token: Token) -> bool:
    """'Trujillo *State*' is not Trujillo."""
    return token.dep_ == "compound" and token.head.i == token.i + 1 and token.head.pos_ == "PROPN"


def _may_be_place(span: Span) -> bool:
    return bool(span.kb_id_) or (span.root.dep_ == "pobj" and span.root.head.lower_ in _LOCATIVES)


def _is_like_person(token: Token, ontology: Ontology) -> bool:
    """'*Ms* Lima', 'Lima *said*', 'Trujillo, *71*,'."""
    before = token.nbor(-1) if token.i else None
    titled = before is not None and before.lower_.rstrip(".") in ontology.words["lex:Title"]
    doc = token.doc
    aged = token.i + 3 < len(doc) and doc[token.i + 1].text == "," and doc[token.i + 2].like_num
    return titled or is_human(token, ontology) or (aged and doc[token.i + 3].text in (",", "."))
