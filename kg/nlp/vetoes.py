"""What forbids to read a relation from the shape of a sentence alone, however well its words fit."""

from collections.abc import Iterator

from spacy.tokens import Token

from kg.model import Curie, Factuality
from kg.nlp.assertions import is_quoted, read_factuality
from kg.nlp.candidates import End, Pair
from kg.nlp.gaps import ORPHAN
from kg.nlp.kin import is_kin_word
from kg.nlp.modality import assess_alone
from kg.nlp.parse import Parse
from kg.nlp.path_features import Path, find_path
from kg.nlp.spans import find_chain
from kg.nlp.stance import to_factuality
from kg.nlp.thirds import is_of_a_third
from kg.nlp.tree import tokens_of
from kg.ontology import Ontology

_ASSESSED = frozenset({"VERB", "AUX", "NOUN", "PROPN", "ADJ"})
_VERBS = frozenset({"VERB", "AUX"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_CLAUSES = frozenset({"relcl", "acl"})
_RELATIVE = frozenset({"who", "whom", "which", "that"})
_TAKEN = frozenset({"dobj", "oprd"})
_INSERTED = 12  # tokens, more than a remark between commas has
_BESIDE = frozenset({"conj", "appos"})
_INEXACT = frozenset({"before", "after", "around", "about", "circa", "c.", "ca.", "between", "until", "by", "since",
                      "approximately", "roughly", "from"})  # fmt: skip
_WHERE = frozenset({"in", "at", "from", "near"})
_HONORARY = frozenset({"honorary", "honourary", "honoris"})
_PHRASES = (["or", "around"], ["prior", "to"])


def is_forbidden(pair: Pair, parse: Parse, ontology: Ontology) -> bool:
    """True where what joins the two is said of a third, or is ruled out."""
    path = find_path(pair.subject.root, pair.object.root, parse)
    return (
        "respectively" in parse.words[slice(*pair.subject.sentence)]  # who with whom is for the frames to count out
        or _is_anothers_clause(pair, parse)
        or _is_by_way_of_another(path, pair, parse)
        or _is_givers(path, parse, ontology)
        or _is_of_a_gap(path, parse)
        or _is_about(pair.object, parse)
        or _is_scene(pair.object, parse, ontology)
        or _is_of_a_holder(path, parse, ontology)
        or _is_of_a_relative(path, pair, parse, ontology)
        or _is_of_a_servant(path, pair, parse, ontology)
        or _is_where_another_is(path, parse, ontology)
        or _is_honorary(path, parse)
        or is_of_a_third(path, pair, parse, ontology)
        or _is_only_called(path, pair, parse, ontology)
        or any(_is_one_of_two(end, parse) for end in (pair.subject, pair.object))
        or any(_is_ruled_out(end, parse, ontology) for end in (pair.subject, pair.object))
    )


def _is_anothers_clause(pair: Pair, parse: Parse) -> bool:
    """'Ann founded X, and *Bo founded Y*', '*her son was born in May*, a year after Ann moved'."""
    tokens = tokens_of(pair.subject.span.doc)
    own, other = (_find_verb(end, tokens, parse) for end in (pair.subject, pair.object))
    if other < 0 or own == other:
        return False
    subjects = [i for i in parse.children.get(other, ()) if parse.labels[i] in _SUBJECTS]
    return any(parse.words[i] not in _RELATIVE and not _is_end(i, pair, parse) for i in subjects)


def _find_verb(end: End, tokens: tuple[Token, ...], parse: Parse) -> int:
    """The nearest verb above, -1 where there is none."""
    i = end.root
    while parse.heads[i] != i:
        i = parse.heads[i]
        if tokens[i].pos_ in _VERBS:
            return i
    return -1


def _is_by_way_of_another(path: Path, pair: Pair, parse: Parse) -> bool:
    """'Ann married *Bo Li*, the son of Cy': Cy's son is Bo; but 'Ann and *Bo Li*, founders of X', 'Lima, *Peru*'."""
    beside = {parse.heads[end.root] for end in (pair.subject, pair.object) if parse.labels[end.root] in _BESIDE}
    others = (i for i in (*path.up, path.join, *path.down) if i in parse.masks and not parse.masks[i].bare)
    return any(i not in beside and not _is_end(i, pair, parse) for i in others)


def _is_givers(path: Path, parse: Parse, ontology: Ontology) -> bool:
    """'founded by Ann *with money lent by* Bo, *with help from* Cy': what they gave or made has another part in it."""
    for way, given in (((path.join, *reversed(path.up)), {"from"}), ((path.join, *path.down), set())):
        for noun, below, last in zip(way, way[1:], way[2:], strict=False):
            lent = parse.labels[below] == "acl" and parse.labels[last] == "agent"
            person = ontology.nominals.get(parse.lemmas[noun]) == "kg:Person"
            thing = parse.labels[noun] == "pobj" and noun not in parse.masks and not person
            if thing and (lent or parse.words[below] in given):
                return True
    return False


def _is_of_a_gap(path: Path, parse: Parse) -> bool:
    """'Ann works for A, and *Bo for B*': what the clause without a verb says is for the frames to say again."""
    nodes = {*path.up, path.join, *path.down}
    apart = (i for i in nodes if any(parse.labels[child] == ORPHAN for child in parse.children.get(i, ())))
    return any(parse.labels[i] == ORPHAN for i in nodes) or any(parse.heads[i] in nodes - {i} for i in apart)


def _is_end(i: int, pair: Pair, parse: Parse) -> bool:
    """True for a word of an end, or of the same thing."""
    if any(end.start <= i < end.end for end in (pair.subject, pair.object)):
        return True
    mask = parse.masks.get(i)
    chain = find_chain(mask.start, mask.end, parse.chains) if mask else ""
    return chain in (pair.subject.chain, pair.object.chain)


def _is_about(end: End, parse: Parse) -> bool:
    """'born *before 1901*', 'in *about* 1901', 'between 1901 and 1903', 'in 1901 *or* 1902': on no day that is told."""
    if end.span.label_ != "kg:Date":
        return False
    before = [parse.words[i] for i in range(max(end.start - 2, 0), end.start)]
    behind = parse.words[end.end : end.end + 1]
    return not _INEXACT.isdisjoint(before[-1:]) or before in _PHRASES or list(behind) == ["or"] or before[-1:] == ["or"]


def _is_scene(end: End, parse: Parse, ontology: Ontology) -> bool:
    """'dragged from his home and *arrested in Cairo*': where something happened nobody lives or has a seat for it."""
    prep = parse.heads[end.root]
    if parse.labels[end.root] != "pobj" or not ontology.is_a(end.span.label_, "kg:Place"):
        return False
    frames = ontology.frames.get(parse.lemmas[parse.heads[prep]], ())
    return bool(frames) and all(ontology.is_a(frame.evokes, "kg:Event") for _, frame in frames)


def _is_of_a_holder(path: Path, parse: Parse, ontology: Ontology) -> bool:
    """'the *widow* of the *founder* of X' founded nothing."""
    return len(_find_roles(path, parse, ontology)) > 1


def _is_of_a_relative(path: Path, pair: Pair, parse: Parse, ontology: Ontology) -> bool:
    """'Ann Bo's *father*, Cy, was born in Lima': she was not; but 'Ann Bo's *father* is Cy'. 'married to Ann Bo's
    *brother*': not to her."""
    tokens = tokens_of(pair.subject.span.doc)
    inner = (*path.up[1:], *path.down[:-1])
    kin = [i for i in inner if is_kin_word(tokens[i], "NOUN", ontology)]
    owned = any(
        parse.labels[end.root] == "poss" and parse.heads[end.root] in kin for end in (pair.subject, pair.object)
    )
    return owned or (parse.lemmas[path.join] != "be" and any(parse.labels[i] in _SUBJECTS for i in kin))


def _is_of_a_servant(path: Path, pair: Pair, parse: Parse, ontology: Ontology) -> bool:
    """'*his gardener*, who founded X', '*Ann's lawyer* was born in Lima': what one's people do is not one's own."""
    whole = (*path.up, path.join, *path.down)
    ways = ((pair.subject, whole), (pair.object, whole[::-1]))
    return any(
        parse.labels[end.root] == "poss" and way[1] == parse.heads[end.root] and _acts(way[1], way[2], parse, ontology)
        for end, way in ways
        if len(way) > 2
    )


def _acts(noun: int, verb: int, parse: Parse, ontology: Ontology) -> bool:
    """'his *lawyer* was born', 'her *firm* was founded', 'his gardener, *who* founded it'."""
    if parse.labels[verb] == "relcl":
        return any(parse.words[i] == "who" and parse.labels[i] in _SUBJECTS for i in parse.children.get(verb, ()))
    told = ontology.nominals.get(parse.lemmas[noun]) == "kg:Person" or (parse.evoked[verb] and not parse.evoked[noun])
    return bool(told) and parse.heads[noun] == verb and parse.labels[noun] in _SUBJECTS


def _is_one_of_two(end: End, parse: Parse) -> bool:
    """'born in *Oslo or Lima*'."""
    first = parse.heads[end.root] if parse.labels[end.root] == "conj" else end.root
    children = parse.children.get(first, ())
    joined = any(parse.labels[i] == "conj" for i in children)
    return joined and any(parse.labels[i] == "cc" and parse.words[i] == "or" for i in children)


def _is_where_another_is(path: Path, parse: Parse, ontology: Ontology) -> bool:
    """'sends money to *her family in Chad*', '*his brother at Oxford*': it is said of whom somebody has there."""
    ways = zip((path.join, *path.down), path.down, strict=False)
    nouns = [i for i, below in ways if parse.words[below] in _WHERE]
    people = [i for i in nouns if ontology.nominals.get(parse.lemmas[i]) in ("kg:Person", "kg:Group")]
    return any(parse.labels[child] == "poss" for i in people for child in parse.children.get(i, ()))


def _is_honorary(path: Path, parse: Parse) -> bool:
    """'received an *honorary* degree from X': who has one did not study there."""
    below = [i for node in (*path.up, path.join, *path.down) for i in parse.children.get(node, ())]
    words = {parse.words[i] for child in below for i in (child, *parse.children.get(child, ()))}
    return not words.isdisjoint(_HONORARY)


def _find_roles(path: Path, parse: Parse, ontology: Ontology) -> list[int]:
    """Nouns between the two for what a person is."""
    nodes = (*path.up[1:], path.join, *path.down[:-1])
    return [i for i in nodes if ontology.nominals.get(parse.lemmas[i]) == "kg:Person"]


def _is_only_called(path: Path, pair: Pair, parse: Parse, ontology: Ontology) -> bool:
    """'styled himself *founder* of X', 'met the *founder* of X': only verbs of holding say that one is it."""
    tokens = tokens_of(pair.subject.span.doc)
    for i in _find_roles(path, parse, ontology):
        head = parse.heads[i]
        below_as = parse.labels[i] == "pobj" and parse.words[head] == "as"
        verb = parse.heads[head] if below_as else head
        if (below_as or parse.labels[i] in _TAKEN) and tokens[verb].pos_ == "VERB":
            return parse.lemmas[verb] not in ontology.words["lex:HoldingVerb"]
    return False


def _is_ruled_out(end: End, parse: Parse, ontology: Ontology) -> bool:
    """'born *not in Belgrade* but in Niš', '*instead of* Ann the board chose Bo'."""
    head = parse.heads[end.root]
    first = head if parse.labels[end.root] == "pobj" else end.start
    if _is_behind_not(first, parse):
        return True
    phrases = (f"{parse.words[parse.heads[head]]} {parse.words[head]}", f"{parse.words[head - 1]} {parse.words[head]}")
    return any((phrase, "preposition") in ontology.cues for phrase in (*phrases, parse.words[head]))


def _is_behind_not(first: int, parse: Parse) -> bool:
    """'*not* in Belgrade', '*not*, as many believe, by Ann': what commas enclose is passed over."""
    if first > 0 and parse.words[first - 1] == ",":
        earlier = range(first - 2, max(first - _INSERTED, 0), -1)
        first = next((i for i in earlier if parse.words[i] == ","), 0)
    return first > 0 and parse.words[first - 1] == "not"


def is_open_elsewhere(pair: Pair, relation: Curie, parse: Parse, ontology: Ontology) -> bool:
    """'has an office in Nairobi but is *not based* there': what the sentence denies, asks or leaves open by a word for
    it is not guessed from its other words."""
    tokens = tokens_of(pair.subject.span.doc)
    evoking = (tokens[i] for i in range(*pair.subject.sentence) if relation in parse.evoked[i])
    return any(word.pos_ in _ASSESSED and read_factuality(word, ontology) != Factuality.FACT.value for word in evoking)


def is_of_one_alone(pair: Pair, relation: Curie, parse: Parse) -> bool:
    """'Ann sued the *Post*, which was *founded* by Bo': all words for it stand in a clause on the one end, in which the
    other has no part."""
    evoking = [i for i in range(*pair.subject.sentence) if relation in parse.evoked[i]]
    ends = ((pair.subject, pair.object), (pair.object, pair.subject))
    return bool(evoking) and any(all(_is_in_clause_on(i, *each, parse) for i in evoking) for each in ends)


def _is_in_clause_on(i: int, end: End, other: End, parse: Parse) -> bool:
    """True of a word in a clause that hangs on a word of ``end``, or on what 'which' stands for, if ``other`` does not
    stand in it."""
    relative = parse.words[end.root] in _RELATIVE
    while parse.heads[i] != i:
        if parse.labels[i] in _CLAUSES and (
            _is_below(end.root, i, parse) if relative else end.start <= parse.heads[i] < end.end
        ):
            return not _is_below(other.root, i, parse)
        i = parse.heads[i]
    return False


def _is_below(i: int, top: int, parse: Parse) -> bool:
    while i != top and parse.heads[i] != i:
        i = parse.heads[i]
    return i == top


def assess_pair(pair: Pair, parse: Parse, ontology: Ontology) -> tuple[str, Token]:
    """The first value on the path between the ends that is not CT+, and the word that has it; else CT+ and the join.

    The ends themselves are taken for granted ('Ann, his wife, *may* win'), but for what hangs on them: '*not* Ann'.
    """
    tokens = tokens_of(pair.subject.span.doc)
    path = find_path(pair.subject.root, pair.object.root, parse)
    ends = {*range(pair.subject.start, pair.subject.end), *range(pair.object.start, pair.object.end)}
    for i in (path.join, *path.up, *path.down):
        for value in _read_values(tokens[i], inside=i in ends, ontology=ontology):
            if value is not Factuality.FACT:
                return value.value, tokens[i]
    return Factuality.FACT.value, tokens[path.join]


def _read_values(token: Token, *, inside: bool, ontology: Ontology) -> Iterator[Factuality]:
    if is_quoted(token, ontology):
        yield Factuality.UNCOMMITTED
    if inside:
        yield to_factuality(assess_alone(token, ontology))
    elif token.pos_ in _ASSESSED:
        yield Factuality(read_factuality(token, ontology))
