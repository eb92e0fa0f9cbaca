"""Who is a politician: a person with a cue, said so that it can be judged.

An office or party at the name is firm; a sentence about elections, parties or offices alone is only a hint. No build
asks for it, where the class follows from an office: it is for those who type names, as the benchmark of CrossNER does.
"""

from collections.abc import Mapping, Sequence

from spacy.tokens import Doc, Span

from kg.nlp.breaks import sentence_of
from kg.nlp.paths import walk_all
from kg.nlp.spans import (
    EVENT_NAMES,
    POLITICIANS,
    Stretch,
    index_mentions,
    is_name,
    lemma,
    list_mentions,
    read_spans,
    write_spans,
)
from kg.ontology import Ontology

FIRM, HINT = "firm", "hint"
_TITLE_PATHS = (
    *(
        "compound",
        "nmod",
        "amod",
        "appos",
        "^appos",
        "^compound",
        "^poss",
        "^dobj oprd",
        "^nsubj attr",
        "^nsubjpass oprd",
    ),
    *(f"{head}prep:as pobj" for head in ("", "^nsubj ", "^nsubjpass ", "^dobj ")),
)
_PARTY_PATHS = ("prep:of pobj", "prep:from pobj", "poss", "appos", "compound", "nmod", "^nsubj prep:of pobj")
_POLITICAL = frozenset({"kg:Election", "kg:PoliticalParty", "kg:Legislature", "kg:Ministry", "kg:GovernmentBody"})
_ROLES = frozenset({"nsubj", "nsubjpass", "dobj", "pobj"})


def annotate_politicians(doc: Doc, *, ontology: Ontology) -> Doc:
    """Fills ``doc.spans["politicians"]`` with names of persons; ``id_`` is "firm" or "hint", ``kb_id_`` the cue."""
    persons = [span for span in list_mentions(doc) if is_name(span) and ontology.is_a(span.label_, "kg:Person")]
    mentions = index_mentions(doc)
    found: dict[int, str] = {span.start: cue for span in persons if (cue := _find_cue(span, mentions, ontology))}
    found.update(_share(persons, found))
    unsure = [span for span in persons if span.start not in found]
    political = [span for span in (*read_spans(doc, EVENT_NAMES), *list_mentions(doc)) if span.label_ in _POLITICAL]
    hints = {span.start: hint for span in unsure if (hint := _find_hint(span, political, ontology))}
    cues = hints | found
    told = (span for span in persons if span.start in cues)
    write_spans(doc, POLITICIANS, (_name_politician(span, cues[span.start], span.start in found) for span in told))
    return doc


def _name_politician(span: Span, cue: str, firm: bool) -> Span:
    return Stretch(span.doc, span.start, span.end, label="kg:Politician", kb_id=cue, span_id=FIRM if firm else HINT)


def _find_cue(span: Span, mentions: Mapping[int, Span], ontology: Ontology) -> str:
    """'*Senator* Ann Bo', 'Ann Bo, the *minister*', 'Ann Bo of the *Green Party*', 'was *elected*'; else ''."""
    root = span.root
    for token in walk_all(root, _TITLE_PATHS):
        if lemma(token) in ontology.words["lex:PoliticalOffice"] or lemma(token) in ontology.words["lex:Partisan"]:
            return token.text
    for token in walk_all(root, _PARTY_PATHS):
        party = mentions.get(token.i)
        if party is not None and party.label_ == "kg:PoliticalParty":
            return party.text
    verb = root.head
    if root.dep_ in _ROLES and verb.pos_ == "VERB" and lemma(verb) in ontology.words["lex:PoliticalVerb"]:
        return verb.text
    return ""


def _share(persons: list[Span], found: dict[int, str]) -> dict[int, str]:
    """'*Senators* Ann Bo and Cy Do': what a politician is coordinated with, of the same kind."""
    shared: dict[int, str] = {}
    starts = {token.i: span.start for span in persons for token in span}
    for span in persons:
        for end in span.root.conjuncts:
            office = found.get(starts.get(end.i, -1), "")
            if office and span.start not in found:
                shared[span.start] = office
    return shared


def _find_hint(span: Span, political: Sequence[Span], ontology: Ontology) -> str:
    """A word of the sentence that is about politics, else a ``political`` name in it; none where it tells a trade."""
    start, end = sentence_of(span[0])
    words = {lemma(token): token for token in span.doc[start:end]}
    if words.keys() & ontology.words["lex:OtherTrade"]:
        return ""
    hint = next((token.text for word, token in words.items() if word in ontology.words["lex:Politics"]), "")
    return hint or next((name.text for name in political if start <= name.start < end), "")
