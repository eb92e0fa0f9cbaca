"""The ontology folder as plain, immutable look-ups; the only reader of ``ontology/``.

``kg.ttl`` gives classes and properties, ``lexicon.ttl`` what words evoke them and where their
arguments stand, ``names/*.csv`` the word lists. A new relation is an edit there, not here.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache, partial
from hashlib import sha256
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from kg.errors import OntologyError
from kg.model import Curie
from kg.own_names import add_own_names, hash_files, read_own_names
from kg.wordlists import (
    Name,
    Place,
    find_openings,
    read_column,
    read_event_heads,
    read_event_names,
    read_gazetteer,
    read_genders,
    read_names,
    read_weights,
)

NAMESPACES = {
    "https://example.org/kg/ontology#": "kg:",
    "https://example.org/kg/lexicon#": "lex:",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
    "http://www.w3.org/2000/01/rdf-schema#": "rdfs:",
    "http://www.w3.org/2002/07/owl#": "owl:",
    "http://www.w3.org/2001/XMLSchema#": "xsd:",
}
_INSTALLED = Path(__file__).parent / "data" / "ontology"
ONTOLOGY_FOLDER = _INSTALLED if _INSTALLED.is_dir() else Path(__file__).parent.parent / "ontology"

Triple = tuple[Curie, Curie, str]
_PATHS = frozenset({"lex:path", "lex:passivePath", "lex:requires", "lex:excludes"})


@dataclass(frozen=True, slots=True)
class Frame:
    """Words that evoke a term, and the positions its arguments stand in.

    ``arguments`` pairs a property (``lex:subject``, ``lex:object`` of a relation) with a position; one path of
    ``requires`` must exist, none of ``excludes``; ``subject_class``, ``target_class`` narrow of whom it is said.
    """

    id: Curie
    evokes: Curie
    pos: str
    arguments: tuple[tuple[Curie, Curie], ...]
    needs: tuple[Curie, ...]
    requires: tuple[str, ...]
    excludes: tuple[str, ...]
    subject_class: Curie
    target_class: Curie
    implied: Curie


@dataclass(frozen=True, slots=True)
class CueClass:
    """What a cue does to the factuality of what it governs, plain and under negation."""

    id: Curie
    gives: str
    negated: str
    sourced: bool


@dataclass(frozen=True, slots=True, eq=False)
class Ontology:
    """Everything that drives the extraction; ``ancestors`` include the term itself. Equal is only the same one."""

    ancestors: Mapping[Curie, frozenset[Curie]]
    labels: Mapping[Curie, str]
    domain: Mapping[Curie, Curie]
    range: Mapping[Curie, Curie]
    becomes: Mapping[Curie, Curie]
    symmetric: frozenset[Curie]
    attempt_counts: frozenset[Curie]
    identified_by: Mapping[Curie, Curie]
    joints: Mapping[Curie, str]
    frames: Mapping[str, tuple[tuple[tuple[str, ...], Frame], ...]]
    positions: Mapping[Curie, tuple[str, ...]]
    passive_positions: Mapping[Curie, tuple[str, ...]]
    cues: Mapping[tuple[str, str], CueClass]
    event_arguments: tuple[tuple[Curie, Curie], ...]
    tenure_arguments: tuple[tuple[Curie, Curie], ...]
    ner: Mapping[str, Curie]
    names: Mapping[str, Name]
    country_codes: Mapping[str, str]
    event_names: Mapping[str, Name]
    openings: Mapping[str, int]
    event_heads: Mapping[str, tuple[tuple[str, Curie], ...]]
    nominals: Mapping[str, Curie]
    heads: Mapping[str, Curie]
    irregular_pasts: Mapping[str, str]
    genders: Mapping[str, str]
    given_names: frozenset[str]
    surnames: frozenset[str]
    gazetteer: Mapping[str, tuple[Place, ...]]
    words: Mapping[str, frozenset[str]]
    salience: Mapping[str, float]
    hash: str

    def is_a(self, term: Curie, other: Curie) -> bool:
        """True where ``term`` is ``other`` or below it."""
        return other in self.ancestors.get(term, (term,))


def load_ontology(folder: Path = ONTOLOGY_FOLDER, names: Sequence[Path] = ()) -> Ontology:
    """The look-ups of ``folder`` and the user's own ``names``; OntologyError names the file and what is wrong in it."""
    return _load_with_names(folder, tuple(names)) if names else _load_folder(folder)


@lru_cache(maxsize=8)
def _load_with_names(folder: Path, names: tuple[Path, ...]) -> Ontology:
    ontology = _load_folder(folder)
    things = frozenset(term for term, above in ontology.ancestors.items() if "kg:Entity" in above)
    known = add_own_names(ontology.names, read_own_names(names, things))
    openings = find_openings(known, ontology.event_names)
    return replace(ontology, names=known, openings=openings, hash=ontology.hash[:8] + hash_files(names)[:8])


@lru_cache(maxsize=8)
def _load_folder(folder: Path) -> Ontology:
    schema = _read_triples(folder / "kg.ttl")
    lexicon = _read_triples(folder / "lexicon.ttl")
    ancestors = _close_hierarchy(schema)
    _check_lexicon(folder / "lexicon.ttl", lexicon, ancestors)
    paths, arguments = _open_word_classes(lexicon), _arguments(lexicon)
    names = folder / "names"
    listed, events = read_names(names), read_event_names(names)
    given = read_column(names / "given_names.csv", "name", "gender")
    return Ontology(
        ancestors=ancestors,
        labels=_column(schema, "rdfs:label"),
        domain=_column(schema, "rdfs:domain"),
        range=_column((*schema, *lexicon), "rdfs:range"),
        becomes=_column(schema, "kg:becomes"),
        symmetric=_instances(schema, "owl:SymmetricProperty"),
        attempt_counts=frozenset(s for s, p, o in lexicon if p == "lex:attemptCounts" and o == "true"),
        identified_by=_column(lexicon, "lex:identifiedBy"),
        joints=_column(lexicon, "lex:joint"),
        frames=_index_frames(paths),
        positions=_group(paths, "lex:path"),
        passive_positions=_group(paths, "lex:passivePath"),
        cues=_index_cues(lexicon),
        event_arguments=arguments.get("lex:EveryEvent", ()),
        tenure_arguments=arguments.get("lex:EveryTenure", ()),
        ner={label: s for s, p, label in lexicon if p == "lex:ner"},
        names=listed,
        country_codes=read_column(names / "countries.csv", "name", "iso"),
        event_names=events,
        openings=find_openings(listed, events),
        event_heads=read_event_heads(names),
        nominals=read_column(names / "nominals.csv", "lemma", "class"),
        heads=read_column(names / "organization_heads.csv", "word", "class"),
        irregular_pasts=read_column(names / "irregular_pasts.csv", "past", "verb"),
        genders=read_genders(names, given),
        given_names=frozenset(given),
        surnames=frozenset(read_column(names / "census_surnames.csv", "name", "name")),
        gazetteer=read_gazetteer(names),
        words={s: frozenset(values) for s, values in _group(lexicon, "lex:word").items()},
        salience=read_weights(folder / "salience.csv"),
        hash=hash_folder(folder),
    )


def hash_folder(folder: Path) -> str:
    """Sixteen hex digits over names and bytes of all files that drive the build."""
    digest = sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".ttl", ".csv"} or path.parent.name == "rules":
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _read_triples(path: Path) -> tuple[Triple, ...]:
    shorten = cache(_shorten)  # most terms stand in many triples
    try:
        found = parse(path=str(path), format=RdfFormat.TURTLE)
        return tuple(sorted((shorten(quad.subject), shorten(quad.predicate), shorten(quad.object)) for quad in found))
    except FileNotFoundError as error:
        raise OntologyError(f"{path}: no such file", hint="an ontology folder holds kg.ttl and lexicon.ttl") from error
    except SyntaxError as error:
        raise OntologyError(f"{path}: {error}", hint="mend the Turtle there") from error


def _shorten(term: object) -> str:
    if isinstance(term, NamedNode):
        space = next((iri for iri in NAMESPACES if term.value.startswith(iri)), "")
        return NAMESPACES[space] + term.value[len(space) :] if space else term.value
    return term.value if isinstance(term, Literal | BlankNode) else str(term)


def _close_hierarchy(schema: Iterable[Triple]) -> dict[Curie, frozenset[Curie]]:
    parents: dict[Curie, set[Curie]] = {}
    for subject, predicate, target in schema:
        known = parents.setdefault(subject, set()) if subject.startswith("kg:") else set()
        if predicate in ("rdfs:subClassOf", "rdfs:subPropertyOf") and target.startswith("kg:"):
            known.add(target)

    def climb(term: Curie, seen: frozenset[Curie]) -> frozenset[Curie]:
        if term in seen:
            return seen
        for parent in sorted(parents.get(term, ())):
            seen = climb(parent, seen | {term})
        return seen | {term}

    return {term: climb(term, frozenset()) for term in sorted(parents)}


def _check_lexicon(path: Path, lexicon: Iterable[Triple], known: Mapping[Curie, object]) -> None:
    for subject, predicate, target in lexicon:
        for term in (predicate, target):
            if term.startswith("kg:") and term not in known:
                raise OntologyError(f"{path}: {subject} uses {term}", hint="declare the term in kg.ttl")


def _column(triples: Iterable[Triple], predicate: Curie) -> dict[Curie, str]:
    return {s: o for s, p, o in triples if p == predicate}


def _group(triples: Iterable[Triple], predicate: Curie) -> dict[Curie, tuple[str, ...]]:
    found: dict[Curie, list[str]] = {}
    for subject, relation, target in triples:
        if relation == predicate:
            found.setdefault(subject, []).append(target)
    return {subject: tuple(sorted(values)) for subject, values in found.items()}


def _open_word_classes(lexicon: tuple[Triple, ...]) -> tuple[Triple, ...]:
    """The words of a class for its name: "^dobj:@Support" is "^dobj:declare|hold|…", a lemma "@Trade" one of each."""
    words = {f"@{name.removeprefix('lex:')}": found for name, found in _group(lexicon, "lex:word").items()}
    opened = ((s, p, each) for s, p, o in lexicon for each in words.get(o, (o,)))
    fill = partial(re.sub, r"@\w+", lambda match: "|".join(words[match[0]]))
    return tuple((s, p, fill(o) if p in _PATHS else o) for s, p, o in opened)


def _instances(triples: Iterable[Triple], kind: Curie) -> frozenset[Curie]:
    return frozenset(s for s, p, o in triples if p == "rdf:type" and o == kind)


def _arguments(lexicon: Iterable[Triple]) -> dict[Curie, tuple[tuple[Curie, Curie], ...]]:
    """Frame → its arguments."""
    found: dict[Curie, list[tuple[Curie, Curie]]] = {}
    for s, p, o in lexicon:
        if o.startswith("lex:") and (p.startswith("kg:") or p in ("lex:subject", "lex:object")):
            found.setdefault(s, []).append((p, o))
    return {frame: tuple(arguments) for frame, arguments in found.items()}


def _index_frames(lexicon: tuple[Triple, ...]) -> dict[str, tuple[tuple[tuple[str, ...], Frame], ...]]:
    """Last word of the trigger → (all its words, frame), longest trigger first, then what requires more than a word."""
    index: dict[str, list[tuple[tuple[str, ...], Frame]]] = {}
    columns = ("evokes", "pos", "implied", "subjectClass", "targetClass")
    evokes, pos, implied, narrowed, targets = (_column(lexicon, f"lex:{name}") for name in columns)
    names, arguments = ("requires", "excludes", "needs", "lemma"), _arguments(lexicon)
    requires, excludes, needs, lemmas = (_group(lexicon, f"lex:{name}") for name in names)
    for key in sorted(evokes):
        frame = Frame(
            id=key,
            evokes=evokes[key],
            pos=pos[key],
            arguments=arguments.get(key, ()),
            needs=needs.get(key, ()),
            requires=requires.get(key, ()),
            excludes=excludes.get(key, ()),
            subject_class=narrowed.get(key, ""),
            target_class=targets.get(key, ""),
            implied=implied.get(key, ""),
        )
        for lemma in lemmas[key]:
            words = tuple(lemma.split())
            index.setdefault(words[-1], []).append((words, frame))
    return {
        word: tuple(sorted(found, key=lambda item: (-len(item[0]), not item[1].requires, item[1].id)))
        for word, found in index.items()
    }


def _index_cues(lexicon: tuple[Triple, ...]) -> dict[tuple[str, str], CueClass]:
    gives, negated, sourced = (_column(lexicon, f"lex:{name}") for name in ("gives", "negated", "sourced"))
    classes = {key: CueClass(key, gives[key], negated[key], sourced.get(key) == "true") for key in gives}
    return {
        (lemma, relation.removeprefix("lex:")): classes[key]
        for key, relation, lemma in lexicon
        if key in classes
        and relation in ("lex:verb", "lex:noun", "lex:modifier", "lex:auxiliary", "lex:marker", "lex:preposition")
    }
