"""Where a position's path leads to, though the text says it of somebody else: whose arrest of whom, whose president."""

from collections.abc import Sequence
from functools import lru_cache

from spacy.tokens import Token

from kg.model import Curie
from kg.nlp.paths import parse_path
from kg.nlp.spans import lemma
from kg.nlp.subjects import SUBJECTS
from kg.nlp.tree import children_of, labels_below
from kg.ontology import Ontology

_OF_OBJECTS = frozenset({"of", "for", "from", "into"})  # 'blamed him *for* …', 'stopped him *from* …'
_CLAUSES = frozenset({"conj", "advcl", "xcomp", "pcomp", "ccomp"})
_UNDERGONE, _DONE_BY = "lex:Of", "lex:By"
_BESIDE_FIRST = frozenset({"^conj appos", "^conj ^compound"})


def leads_astray(trigger: Token, position: Curie, path: str, ends: Sequence[Token], ontology: Ontology) -> bool:
    """True of a path that exists and yet leads to an argument of another word."""
    own = trigger.pos_ == "VERB" and not labels_below(trigger).isdisjoint(SUBJECTS)
    return (
        (own and _is_borrowed(path))
        or _is_owners(trigger, position, path)
        or _is_objects(trigger, path, ontology)
        or _is_subjects(trigger, path)
        or _is_firsts(trigger, path, ends)
        or _is_another(trigger, path)
        or (path == "appos compound" and all(end.ent_type_ == "PERSON" for end in ends))  # '*Ann* Bo'
        or (path.startswith("^conj agent") and "agent" in labels_below(trigger))
        or (path == "^appos" and (_is_ruled_out(trigger) or _is_named_otherwise(trigger)))
    )


@lru_cache(maxsize=1024)
def _is_borrowed(path: str) -> bool:
    """In 'Ann fled after a friend *was killed*' it is not Ann."""
    steps = parse_path(path)
    if not steps:
        return False
    (upward, label, _), (climbs, end, _) = steps[0], steps[-1]
    return upward and label in _CLAUSES and not climbs and end in SUBJECTS | {"dobj"}


def _is_owners(trigger: Token, position: Curie, path: str) -> bool:
    """'*Ann Bo's* arrest' is hers, '*Ann Bo's* arrest of Cy Di' is his."""
    if path != "poss" or position not in (_UNDERGONE, _DONE_BY):
        return False
    of = any(child.lower_ == "of" for child in children_of(trigger) if child.dep_ == "prep")
    return of if position == _UNDERGONE else not of


def _is_objects(trigger: Token, path: str, ontology: Ontology) -> bool:
    """'Ann accused *Bo* of killing him', 'Ann kept *the police* from arresting him': it is not Ann who does it."""
    if path != "^pcomp ^prep nsubj" or trigger.head.lower_ not in _OF_OBJECTS:
        return False
    objects = (child for child in children_of(trigger.head.head) if child.dep_ == "dobj")
    return any(child.pos_ in ("PROPN", "PRON") or lemma(child) in ontology.nominals for child in objects)


def _is_subjects(trigger: Token, path: str) -> bool:
    """'*As mayor*, Ann married Bo': what stands before the verb is said of its subject."""
    return path == "^pobj:as ^prep dobj" and trigger.head.i < trigger.head.head.i


def _is_firsts(trigger: Token, path: str, ends: Sequence[Token]) -> bool:
    """'founder and *leader* of the party' is both; 'president of Chile and *leader*' leads something else."""
    return path.startswith("^conj prep:") and any(end.i < trigger.i for end in ends)


def _is_another(trigger: Token, path: str) -> bool:
    """'the writer Ann Bo and *the premier*' are two; 'Ann Bo, a writer and the premier' is one."""
    joined = path in _BESIDE_FIRST or (path.startswith("^conj") and trigger.head.pos_ == "PROPN")
    return joined and any(child.lower_ == "the" for child in children_of(trigger))


def _is_ruled_out(trigger: Token) -> bool:
    """'Ann Bo, *not her cousin* Cy Bo': the cousin is Cy."""
    before = trigger.left_edge.nbor(-1).lower_ if trigger.left_edge.i else ""
    return before == "not" and any(child.dep_ == "appos" and child.pos_ == "PROPN" for child in children_of(trigger))


def _is_named_otherwise(trigger: Token) -> bool:
    """'At the request of Chad's leader, Ann Bo, *the president* of Mali, *Cy Di*, came': he is, where no row of people
    goes on behind him."""
    beside = (child for word in (trigger, trigger.head) for child in children_of(word) if child.dep_ == "appos")
    names = [child for child in beside if child.ent_type_ == "PERSON" and child.i > trigger.i]
    behind = names and labels_below(names[-1]).isdisjoint(("appos", "conj"))
    return bool(behind) and trigger.left_edge.lower_ == "the" and trigger.head.ent_type_ == "PERSON"
