"""What the frames of a word refuse to read, however well examples taught it: 'a *forged* Greek passport'."""

from collections.abc import Iterator

from spacy.tokens import Token

from kg.model import Curie
from kg.nlp.candidates import Pair
from kg.nlp.parse import Parse
from kg.nlp.path_features import find_path
from kg.nlp.paths import walk_all
from kg.nlp.tree import tokens_of
from kg.ontology import Ontology

_APART = frozenset({"after", "before", "since", "until"})


def is_refused(pair: Pair, relation: Curie, parse: Parse, ontology: Ontology) -> bool:
    """True where a word on the way between the ends tells of the relation, and each of its frames rules it out; and of
    a day that is not that of the words for it."""
    path, tokens = find_path(pair.subject.root, pair.object.root, parse), tokens_of(pair.subject.span.doc)
    telling = (i for i in (*path.up, path.join, *path.down) if relation in parse.evoked[i])
    ruled_out = any(_is_ruled_out(tokens[i], parse.lemmas[i], relation, ontology) for i in telling)
    return ruled_out or _is_of_another_time(pair, relation, parse)


def _is_ruled_out(word: Token, form: str, relation: Curie, ontology: Ontology) -> bool:
    frames = [frame for _, frame in ontology.frames.get(form, ()) if frame.evokes == relation]
    return bool(frames) and all(frame.excludes and walk_all(word, frame.excludes) for frame in frames)


def is_wanting(pair: Pair, relation: Curie, parse: Parse, ontology: Ontology) -> bool:
    """True where the words on the way that tell of the relation do so only with others, which are not there: 'lost
    *her keys*' is not 'lost *her life*'. It takes more than a candidate's odds to read it all the same."""
    path, tokens = find_path(pair.subject.root, pair.object.root, parse), tokens_of(pair.subject.span.doc)
    telling = [i for i in (*path.up, path.join, *path.down) if relation in parse.evoked[i]]
    frames = [(tokens[i], frame) for i in telling for _, frame in ontology.frames.get(parse.lemmas[i], ())]
    wanted = [(word, frame.requires) for word, frame in frames if frame.evokes == relation]
    return bool(wanted) and all(requires and not walk_all(word, requires) for word, requires in wanted)


def _is_of_another_time(pair: Pair, relation: Curie, parse: Parse) -> bool:
    """'opened a branch in *1921*, twenty years after its *foundation*': the year is that of the branch."""
    telling = [i for i in range(*pair.subject.sentence) if relation in parse.evoked[i]]
    above = set(_climb(pair.object.root, parse))
    apart = (any(parse.words[j] in _APART and j not in above for j in _climb(i, parse)) for i in telling)
    return pair.object.kind == "Date" and bool(telling) and all(apart)


def _climb(i: int, parse: Parse) -> Iterator[int]:
    """The words above a word, the nearest first."""
    while parse.heads[i] != i:
        i = parse.heads[i]
        yield i
