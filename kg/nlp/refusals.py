"""What the frames of a word refuse to read, however well examples taught it: 'a *forged* Greek passport'."""

from spacy.tokens import Token

from kg.model import Curie
from kg.nlp.candidates import Pair
from kg.nlp.parse import Parse
from kg.nlp.path_features import find_path
from kg.nlp.paths import walk_all
from kg.nlp.tree import tokens_of
from kg.ontology import Ontology


def is_refused(pair: Pair, relation: Curie, parse: Parse, ontology: Ontology) -> bool:
    """True where a word on the way between the ends tells of the relation, and each of its frames rules it out."""
    path, tokens = find_path(pair.subject.root, pair.object.root, parse), tokens_of(pair.subject.span.doc)
    telling = (i for i in (*path.up, path.join, *path.down) if relation in parse.evoked[i])
    return any(_is_ruled_out(tokens[i], parse.lemmas[i], relation, ontology) for i in telling)


def _is_ruled_out(word: Token, form: str, relation: Curie, ontology: Ontology) -> bool:
    frames = [frame for _, frame in ontology.frames.get(form, ()) if frame.evokes == relation]
    return bool(frames) and all(frame.excludes and walk_all(word, frame.excludes) for frame in frames)
