"""Areas that bear the name of another country: the Georgia of Atlanta is a state of the United States.

Nothing is assumed of a bare name: an area it is where the text says so ('the governor of Georgia', 'Atlanta, Georgia',
'Florida and Georgia') and says nothing of the country ('Tbilisi', 'Georgian', 'the president of Georgia').
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from spacy.tokens import Span, Token

from kg.model import Curie
from kg.nlp.paths import walk_all
from kg.nlp.spans import is_name, lemma, relabel
from kg.nlp.tree import children_of
from kg.ontology import Ontology
from kg.wordlists import fold

_AREA: Curie = "kg:AdministrativeArea"
_OFFICE_PATHS = ("^pobj:of ^prep", "^compound", "^nmod", "^poss")
_KIND_PATHS = ("^pobj:of ^prep", "^compound", "appos", "^nsubj:be attr")
Owners = Mapping[int, Span]


def settle_namesakes(spans: Sequence[Span], ontology: Ontology) -> list[Span]:
    """The spans, a country's name with the class of an area where the text means that one."""
    areas = {name for name in _find_doubtful(spans, ontology) if _is_area(name, spans, ontology)}
    return [_rename(span) if _is_bare(span) and span.text in areas else span for span in spans]


def _is_bare(span: Span) -> bool:
    """'Georgia', not 'Georgian' or 'Republic of Georgia'."""
    return is_name(span) and span.label_ == "kg:Country" and span.kb_id_ == span.text


def _rename(span: Span) -> Span:
    return relabel(span, kind=_AREA, known_as="")


def _find_doubtful(spans: Iterable[Span], ontology: Ontology) -> list[str]:
    """Countries named in the text whose names other countries' areas have, too."""
    called = sorted({span.text for span in spans if _is_bare(span)})
    return [name for name in called if _find_homes(name, ontology)]


def _find_homes(country: str, ontology: Ontology) -> frozenset[str]:
    """ISO codes of the other countries that have an area of this name."""
    own = ontology.country_codes.get(country, "")
    places = ontology.gazetteer.get(fold(country), ())
    return frozenset(place.country for place in places if place.type == _AREA and place.country != own)


def _is_area(name: str, spans: Sequence[Span], ontology: Ontology) -> bool:
    homes = _find_homes(name, ontology)
    owners = {i: span for span in spans for i in range(span.start, span.end)}
    own = [span for span in spans if _is_bare(span) and span.text == name]
    if any(_speaks_of(span, name, ontology) for span in spans):
        return False
    if any(_is_state(span, homes, owners, ontology) for span in own):
        return False
    near = any(_home_of(span, ontology) in homes for span in spans)
    return any(
        _has_governor(span, ontology)
        or _is_in_row_or_address(span, homes, owners, ontology)
        or (near and _is_called_area(span, ontology))
        for span in own
    )


def _speaks_of(span: Span, country: str, ontology: Ontology) -> bool:
    """'Georgian', 'Republic of Georgia', 'Tbilisi'."""
    name = ontology.names.get(span.kb_id_)
    return (span.kb_id_ == country and span.text != country) or (name is not None and name.country == country)


def _home_of(span: Span, ontology: Ontology) -> str:
    """ISO code of a country, or of the country a listed place lies in; '' of all else."""
    name = ontology.names.get(span.kb_id_)
    return ontology.country_codes.get(name.country or name.known_as, "") if name else ""


def _is_state(span: Span, homes: frozenset[str], owners: Owners, ontology: Ontology) -> bool:
    """'the president of *Georgia*', 'Armenia and *Georgia*'."""
    offices = {lemma(noun) for noun in _find_nouns(span)} & ontology.words["lex:StateOffice"]
    row = (owners[token.i] for token in span.root.conjuncts if token.i in owners)
    countries = (other for other in row if other.label_ == "kg:Country")
    return bool(offices) or any(_home_of(other, ontology) not in homes for other in countries)


def _has_governor(span: Span, ontology: Ontology) -> bool:
    """'*Georgia* Governor Brian Kemp', but not 'the central bank governor of *Georgia*'."""
    nouns = (noun for noun in _find_nouns(span) if lemma(noun) in ontology.words["lex:AreaOffice"])
    return any(
        not any(child.dep_ == "compound" and child.text.islower() for child in children_of(noun)) for noun in nouns
    )


def _find_nouns(span: Span) -> Iterator[Token]:
    """What the name belongs to, and what follows it."""
    yield from walk_all(span.root, _OFFICE_PATHS)
    yield from span.doc[span.end : span.end + 1]


def _is_called_area(span: Span, ontology: Ontology) -> bool:
    """'the state of *Georgia*', '*Luxembourg* province', '*Georgia*, a state in the South'."""
    return any(ontology.nominals.get(lemma(noun)) == _AREA for noun in walk_all(span.root, _KIND_PATHS))


def _is_in_row_or_address(span: Span, homes: frozenset[str], owners: Owners, ontology: Ontology) -> bool:
    """'Florida and *Georgia*', 'Atlanta, *Georgia*'."""
    row = [owners[token.i] for token in span.root.conjuncts if token.i in owners]
    city = owners.get(span.start - 2) if span.doc[span.start - 1 : span.start].text == "," else None
    return any(_lies_in(other, homes, _AREA, ontology) for other in row) or (
        city is not None and _lies_in(city, homes, "kg:City", ontology)
    )


def _lies_in(span: Span, homes: frozenset[str], kind: Curie, ontology: Ontology) -> bool:
    """True where the listed place, else the largest of that name and class, lies in one of these countries."""
    if not is_name(span) or span.label_ == "kg:Country":
        return False
    if span.kb_id_:
        return span.label_ == kind and _home_of(span, ontology) in homes
    namesakes = (place for place in ontology.gazetteer.get(fold(span.text), ()) if place.type == kind)
    return any(place.country in homes for place in islice(namesakes, 1))
