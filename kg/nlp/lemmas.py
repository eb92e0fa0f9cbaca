"""What the lemmatizer of the model is taught: verbs it does not know, and forms it takes for those of another verb."""

import re
from typing import Any

from spacy.language import Language

from kg.ontology import Ontology

_LONG = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]e")
"""A verb of whose forms those of a shorter one are made by doubling: "hope" and "hop", "wage" and "wag"."""


def teach_lemmas(nlp: Language, ontology: Ontology) -> None:
    """'He *hoped*' is of "hope", of "hop" is 'hopped'; what the lexicon names as a verb is one: '*reappointed*'."""
    lemmatizer: Any = nlp.get_pipe("lemmatizer") if nlp.has_pipe("lemmatizer") else None
    if lemmatizer is None or not lemmatizer.lookups.has_table("lemma_index"):
        return
    lemmas, forms = (lemmatizer.lookups.get_table(f"lemma_{name}") for name in ("index", "exc"))
    known = frozenset(lemmas["verb"]) | _list_verbs(ontology)
    shorter = {verb[:-1] for verb in known if _LONG.fullmatch(verb) and verb[:-1] in known}
    lemmas["verb"] = known - shorter  # of a form of both the lemmatizer takes the shorter
    for verb in shorter:
        forms["verb"].setdefault(f"{verb}{verb[-1]}ed", [verb])
        forms["verb"].setdefault(f"{verb}{verb[-1]}ing", [verb])


def _list_verbs(ontology: Ontology) -> frozenset[str]:
    """The triggers of one word that are verbs."""
    found = (entry for entries in ontology.frames.values() for entry in entries)
    return frozenset(words[0] for words, frame in found if frame.pos == "VERB" and len(words) == 1)
