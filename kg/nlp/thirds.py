"""Whether the words that join two names in a sentence are said of a third, who only stands between them."""

from collections.abc import Iterator

from kg.nlp.candidates import Pair
from kg.nlp.parse import Parse
from kg.nlp.path_features import Path
from kg.nlp.tree import tokens_of
from kg.ontology import Ontology

_CLAUSES = frozenset({"relcl", "acl"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_TAKEN = frozenset({"pobj", "dobj", "dative"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_HOLDERS = ("kg:Agent", "kg:Person", "kg:Organization", "kg:Group", "kg:Company")
_SAYING_WHAT = frozenset({"be", "become", "remain", "name", "call"})
_NAMING = frozenset({"call", "name", "know", "dub", "title"})
_PARTITIVE = frozenset({"as", "of", "among", "like", "including", "than"})


def is_of_a_third(path: Path, pair: Pair, parse: Parse, ontology: Ontology) -> bool:
    """True where a clause on the way is another's, or a noun on it is what somebody else is or has."""
    return (
        any(_is_holder(i, parse, ontology) for i in _find_hosts(path, pair, parse))
        or any(_is_somebody_elses(i, path, pair, parse, ontology) for i in (*path.up[1:], *path.down[:-1]))
        or _is_wed_by(path, pair, parse)
    )


def _find_hosts(path: Path, pair: Pair, parse: Parse) -> Iterator[int]:
    """The nouns by whose clauses one goes: 'writes to a *friend* who lives in Lima'."""
    for i in (*path.up, *path.down):
        host = parse.heads[i]
        outside = not any(end.start <= host < end.end for end in (pair.subject, pair.object))
        named = parse.lemmas[i] in _NAMING  # 'an agency *called* Red Cap'
        if parse.labels[i] in _CLAUSES and outside and not named and parse.labels[host] in _TAKEN:
            yield host


def _is_holder(i: int, parse: Parse, ontology: Ontology) -> bool:
    """True of a word for what may have such relations of its own."""
    kind = ontology.nominals.get(parse.lemmas[i])
    return kind is not None and any(ontology.is_a(kind, holder) for holder in _HOLDERS)


def _is_somebody_elses(i: int, path: Path, pair: Pair, parse: Parse, ontology: Ontology) -> bool:
    """'was helped by a *citizen* of Chad', 'the *students* of Yale wrote to Ann', 'an hour from its *headquarters*':
    what one is, is said beside the name or behind a verb of being."""
    token = tokens_of(pair.subject.span.doc)[i]
    person = ontology.nominals.get(parse.lemmas[i]) == "kg:Person"
    if token.pos_ not in _NOUNS or not (person or parse.evoked[i]):
        return False
    head = parse.heads[i]
    if parse.labels[i] in _SUBJECTS:
        return person and head == path.join and parse.lemmas[head] not in _SAYING_WHAT and not _is_owned(i, pair, parse)
    if parse.labels[i] != "pobj" or parse.words[head] in _PARTITIVE:
        return False
    return (
        parse.heads[head] in (path.join, *path.up, *path.down)
        and tokens_of(token.doc)[parse.heads[head]].pos_ == "VERB"
    )


def _is_owned(i: int, pair: Pair, parse: Parse) -> bool:
    """'*his mother* was born in Lima' is for the rule of kin."""
    return any(parse.labels[end.root] == "poss" and parse.heads[end.root] == i for end in (pair.subject, pair.object))


def _is_wed_by(path: Path, pair: Pair, parse: Parse) -> bool:
    """'Father Bo married *Ann and Cy*': nobody marries two at once but for those that he weds."""
    several = any(
        parse.labels[end.root] == "conj" or any(parse.labels[i] == "conj" for i in parse.children.get(end.root, ()))
        for end in (pair.subject, pair.object)
        if parse.labels[end.root] in ("dobj", "conj")
    )
    return several and parse.lemmas[path.join] == "marry"
