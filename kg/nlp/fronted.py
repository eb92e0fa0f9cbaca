"""The date that a sentence begins with, and which of its verbs it belongs to."""

from collections.abc import Mapping
from itertools import takewhile

from spacy.tokens import Span, Token

from kg.nlp.breaks import sentence_of
from kg.nlp.spans import lemma
from kg.nlp.tense import is_over
from kg.nlp.tree import children_of, forms_of, tokens_of
from kg.ontology import Ontology

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_LEADS = frozenset({"on", "in", "during", "at", "early", "late"})
_LATER = frozenset({"later", "then", "after", "afterwards", "subsequently", "eventually", "since", "soon", "until"})
_TOGETHER = frozenset({"when", "while", "as"})
_VERBS = frozenset({"VERB", "AUX"})
_INERT = frozenset({"ADJ", "NOUN", "PROPN", "ADP", "NUM", "SCONJ"})
_ASIDES = frozenset({"relcl", "acl", "appos", "parataxis", "advcl"})
_BESIDE = frozenset({"after", "before", "following", "since", "during", "amid", "despite", "until", "from", "than"})
_FULL = len("2010-05-03")
_FAR = 7  # words between a verb and its day
_TIMES = frozenset({"kg:Date", "kg:Duration"})


def find_fronted_date(verb: Token, mentions: Mapping[int, Span]) -> Span | None:
    """'*On 3 May 2010* he was caught and shot': the day with which a sentence begins is that of its main verbs."""
    main = verb
    while main.dep_ == "conj" and main.head.pos_ == "VERB":
        main = main.head
    if main.dep_ != "ROOT" or verb.pos_ != "VERB":
        return None
    start, _ = sentence_of(verb)
    date = next((span for i in range(start, start + 3) if (span := mentions.get(i)) and span.start == i), None)
    if date is None or date.label_ != "kg:Date" or not date.kb_id_ or not _opens(date, start, main):
        return None
    return date if verb == main or not _is_later(verb, mentions) else None


def find_date_beside(verb: Token, mentions: Mapping[int, Span]) -> Span | None:
    """'was killed *when a bomb exploded on 3 May*', 'deposed *while he was abroad in 1966*': at the same time."""
    for clause in (child for child in children_of(verb) if child.dep_ == "advcl" and child.i > verb.i):
        together = any(child.lower_ in _TOGETHER and child.i < clause.i for child in children_of(clause))
        if together and is_over(clause) and is_over(verb):
            return _find_day(clause, mentions)
    return None


def find_date_above(word: Token, mentions: Mapping[int, Span]) -> Span | None:
    """'died on 3 May *when the army shelled Lima*', 'a raid on 3 May *in which he was shot*': at the same time."""
    clause = next((above for above in (word, *word.ancestors) if above.pos_ in _VERBS), word)
    if clause.dep_ == "pcomp" and clause.head.lower_ == "by" and is_over(clause.head.head):
        return _find_day(clause.head.head, mentions)  # 'broke with custom in May *by imposing* sanctions'
    outer = clause.head
    together = any(child.lower_ in _TOGETHER and child.i < clause.i for child in children_of(clause))
    beside = clause.dep_ == "advcl" and together and outer.pos_ == "VERB" and outer.i < clause.i
    if not is_over(clause) or not ((beside and is_over(outer)) or _is_inside(clause)):
        return None
    return _find_day(outer, mentions)


def _find_day(outer: Token, mentions: Mapping[int, Span]) -> Span | None:
    """Where parsers hang a clause on its day that is the day, too."""
    days = [day for prep in children_of(outer) if prep.lower_ in ("on", "in") for day in children_of(prep)]
    found = (span for day in (outer, *days) if (span := mentions.get(day.i)) is not None)
    return next((span for span in found if span.label_ == "kg:Date" and span.kb_id_), None)


def _is_inside(clause: Token) -> bool:
    """'a raid *in which* he was shot', 'on 3 May, *when* he was shot'."""
    below = children_of(clause)
    inside = (word for prep in below if prep.lower_ in ("in", "during") for word in children_of(prep))
    when = any(child.lower_ == "when" for child in below)
    return clause.dep_ == "relcl" and (when or any(word.lower_ == "which" for word in inside))


def find_day_below(verb: Token, mentions: Mapping[int, Span], ontology: Ontology) -> Span | None:
    """'jailed for ten years for fraud *on 3 May 2010*': a day behind what is no event is the verb's."""
    if verb.pos_ != "VERB" or "on" not in forms_of(verb.doc):
        return None
    behind = tokens_of(verb.doc)[verb.i + 1 : verb.right_edge.i]
    for token in (token for token in behind if token.lower_ == "on"):
        line = list(takewhile(lambda word: word != verb, token.ancestors))
        day = next((span for child in children_of(token) if (span := mentions.get(child.i)) is not None), None)
        dated = day is not None and day.label_ == "kg:Date" and len(day.kb_id_) == _FULL
        if dated and len(line) < _FAR and not any(_is_apart(word, ontology) for word in line):
            return day
    return None


def _is_apart(word: Token, ontology: Ontology) -> bool:
    """True of what may have a day of its own: clauses, persons, events."""
    if word.pos_ not in _INERT or word.dep_ in _ASIDES or word.lower_ in _BESIDE or word.ent_type_ == "PERSON":
        return True
    evoked = (frame.evokes for _, frame in ontology.frames.get(lemma(word), ()))
    return lemma(word) in ontology.nominals or any(ontology.is_a(kind, "kg:Event") for kind in evoked)


def _opens(date: Span, start: int, main: Token) -> bool:
    """True where nothing but 'on', 'in early' stands before it, and a comma or the subject behind."""
    if any(token.lower_ not in _LEADS for token in date.doc[start : date.start]) or date.end >= main.i:
        return False
    subjects = (child.left_edge.i for child in children_of(main) if child.dep_ in _SUBJECTS)
    behind = date.doc[date.end]
    return behind.text == "," or any(date.start <= edge <= date.end for edge in subjects)


def _is_later(verb: Token, mentions: Mapping[int, Span]) -> bool:
    """'joined in 1990 and was shot *two years later*': the second verb has a time of its own."""
    below = [token for token in verb.subtree if token.i >= verb.left_edge.i]
    timed = (span for token in below if (span := mentions.get(token.i)))
    return any(token.lower_ in _LATER for token in below) or any(span.label_ in _TIMES for span in timed)
