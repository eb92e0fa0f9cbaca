"""Whether the words that join two names in a sentence are said of a third, who only stands between them."""

from kg.nlp.candidates import End, Pair
from kg.nlp.openings import SUBJECTS
from kg.nlp.parse import Parse
from kg.nlp.path_features import Path
from kg.nlp.tree import tokens_of
from kg.ontology import Ontology

_CLAUSES = frozenset({"relcl", "acl"})
_BESIDE = frozenset({"poss", "appos", "compound", "nmod"})
_TAKEN = frozenset({"pobj", "dobj", "dative"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_SAYING_WHAT = frozenset({"be", "become", "remain", "name", "call"})
_NAMING = frozenset({"call", "name", "know", "dub", "title"})
_PARTITIVE = frozenset({"as", "among", "like", "including", "than"})
_GOVERNORS = frozenset({"VERB", "ADJ"})


def is_of_a_third(path: Path, pair: Pair, parse: Parse, ontology: Ontology) -> bool:
    """True where a clause on the way is another's, or a noun on it is what somebody else is or has, or
    the way somewhere."""
    return (
        any(_is_anothers(i, pair, parse) for i in (*path.up, path.join, *path.down))
        or any(_is_somebody_elses(i, path, pair, parse, ontology) for i in (*path.up[1:], *path.down[:-1]))
        or _is_on_the_way(path, pair, parse, ontology)
        or _is_wed_by(path, pair, parse, ontology)
        or any(_is_bracketed(*ends, parse) for ends in ((pair.subject, pair.object), (pair.object, pair.subject)))
        or any(_is_in_law(i, parse) for i in (*path.up, path.join, *path.down))
    )


def _is_anothers(i: int, pair: Pair, parse: Parse) -> bool:
    """True of the clause of a third: 'writes to a friend *who lives* in Lima', 'fed the first bear *born* in Oslo'."""
    host = parse.heads[i]
    if parse.labels[i] not in _CLAUSES or parse.labels[host] not in _TAKEN or parse.lemmas[i] in _NAMING:
        return False
    spans = [range(end.start, end.end) for end in (pair.subject, pair.object)]
    subjects = [child for child in parse.children.get(i, ()) if parse.labels[child] in SUBJECTS]
    own = any(child in span for child in subjects for span in spans)  # 'the house where *Ann* was born'
    return not own and not any(host in span for span in spans)


def _is_somebody_elses(i: int, path: Path, pair: Pair, parse: Parse, ontology: Ontology) -> bool:
    """'was helped by a *citizen* of Chad', 'the *students* of Yale wrote to Ann', 'an hour from its *headquarters*':
    what one is, is said beside the name or behind a verb of being."""
    tokens = tokens_of(pair.subject.span.doc)
    person = ontology.nominals.get(parse.lemmas[i]) == "kg:Person"
    if tokens[i].pos_ not in _NOUNS or not (person or parse.evoked[i]):
        return False
    head = parse.heads[i]
    if parse.labels[i] in SUBJECTS:
        return person and head == path.join and parse.lemmas[head] not in _SAYING_WHAT and not _is_owned(i, pair, parse)
    above = parse.heads[head]
    if parse.labels[i] != "pobj" or parse.words[head] in _PARTITIVE or above not in (path.join, *path.up, *path.down):
        return False
    if tokens[above].pos_ == "NOUN":  # 'her *portrait of the founder*'; not 'one of the founders', 'the post of'
        return (
            person and parse.lemmas[above] not in ontology.words["lex:Share"] and not _is_place(above, parse, ontology)
        )
    return tokens[above].pos_ in _GOVERNORS and parse.words[head] != "of"


def _is_place(i: int, parse: Parse, ontology: Ontology) -> bool:
    return ontology.is_a(ontology.nominals.get(parse.lemmas[i], "kg:Entity"), "kg:Place")


def _is_on_the_way(path: Path, pair: Pair, parse: Parse, ontology: Ontology) -> bool:
    """'on her *way* to Lima': nobody lives there for that."""
    placed = ontology.is_a(pair.object.span.label_, "kg:Place")
    return placed and any(parse.lemmas[i] in ontology.words["lex:Journey"] for i in (*path.up, path.join, *path.down))


def _is_bracketed(end: End, other: End, parse: Parse) -> bool:
    """'Ann Bo (*born 1950*) and her brother Cy': what stands in brackets is said of the name before them."""
    before = range(end.sentence[0], end.start)
    opened = max((i for i in before if parse.words[i] == "("), default=-1)
    if opened < 0 or ")" in parse.words[opened : end.start]:
        return False
    if other.start > opened:  # it stands in the same brackets, or behind them
        return ")" in parse.words[end.end : other.start]
    return any(mask.end == opened for i, mask in parse.masks.items() if other.end <= i < opened)


def _is_in_law(i: int, parse: Parse) -> bool:
    """'his *father-in-law*' is not his father."""
    return list(parse.words[i + 1 : i + 5]) == ["-", "in", "-", "law"]


def _is_owned(i: int, pair: Pair, parse: Parse) -> bool:
    """'*his mother* was born in Lima' is for the rule of kin; 'the founder *Ann Bo*' is what she is."""
    return any(parse.heads[end.root] == i and parse.labels[end.root] in _BESIDE for end in (pair.subject, pair.object))


def _is_wed_by(path: Path, pair: Pair, parse: Parse, ontology: Ontology) -> bool:
    """'Father Bo married *Ann and Cy*': he weds the two to each other."""
    several = any(
        parse.labels[end.root] == "conj" or any(parse.labels[i] == "conj" for i in parse.children.get(end.root, ()))
        for end in (pair.subject, pair.object)
        if parse.labels[end.root] in ("dobj", "conj")
    )
    wedder = not ontology.words["lex:Clergy"].isdisjoint(parse.words[pair.subject.sentence[0] : path.join])
    return several and wedder and parse.lemmas[path.join] == "marry"
