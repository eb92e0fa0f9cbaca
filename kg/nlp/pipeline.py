"""The language pipeline: a spaCy model with our steps behind it."""

import gc
import traceback
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, count, groupby
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language

from kg.errors import DocumentError
from kg.garbage import uncollected
from kg.languages import ENGLISH
from kg.model import Document, Extraction
from kg.nlp import components
from kg.nlp.encoding import quicken
from kg.nlp.known_lemmas import replace_lemmatizer
from kg.nlp.lemmas import teach_lemmas
from kg.nlp.memory import forget_texts
from kg.nlp.models import load_model
from kg.nlp.parsing import PARSER, replace_parser
from kg.nlp.parts import Part, cut_document, group_parts, join_parts
from kg.nlp.reading import read_extraction
from kg.nlp.recogniser import replace_recogniser
from kg.nlp.ruler import keep_answers
from kg.nlp.tokens import WHOLE_WORDS, make_doc
from kg.nlp.weights import SHIPPED
from kg.ontology import load_ontology

_WORDS = frozenset({"wed"})
"""What spaCy takes for a contraction ("we'd") and is a word of its own."""
_YOUNG = 20_000
"""Objects made before the collector looks for cycles: a text is read into many thousands, none of which lasts."""
_PARSED = 4
"""spaCy's own parser takes a quarter of a batch at a time, and is faster with all of one."""
_numbers = count()
"""The number of the next pipeline."""
_WITH_ONTOLOGY = frozenset(components.STEPS) - {"kg_values"}


@uncollected()
def make_pipeline(
    ontology_folder: Path, model: str = "", names: Sequence[Path] = (), *, weights: Path | None = SHIPPED
) -> Language:
    """The model named (see ``kg.nlp.models``) and our steps.

    Relations are read by frames and, unless ``weights`` is None, by what examples taught; of a model for another
    language than English, only names.

    PipelineError where there is no such model.
    """
    forget_texts()
    ontology = load_ontology(ontology_folder, names)  # a fault in it is told before the model is loaded
    nlp = load_model(model)
    tokenizer: Any = nlp.tokenizer
    tokenizer.rules = {form: parts for form, parts in tokenizer.rules.items() if form.lower() not in _WORDS}
    for word in WHOLE_WORDS if nlp.lang == ENGLISH else ():
        tokenizer.add_special_case(word, [{"ORTH": word}])
        tokenizer.add_special_case(word.capitalize(), [{"ORTH": word.capitalize()}])
    if nlp.lang == ENGLISH:
        teach_lemmas(nlp, ontology)
    keep_answers(nlp)
    quicken(nlp)
    replace_lemmatizer(nlp)
    replace_recogniser(nlp)
    nlp.add_pipe("kg_paragraphs", before=PARSER if PARSER in nlp.pipe_names else None)
    replace_parser(nlp)
    config = {"ontology": str(ontology_folder), "names": [str(path) for path in names]}
    steps = components.STEPS if nlp.lang == ENGLISH else components.STEPS_OF_ANY_LANGUAGE
    for step in steps:
        nlp.add_pipe(step, config=config if step in _WITH_ONTOLOGY else {})
    if weights is not None and nlp.lang == ENGLISH:
        nlp.add_pipe("kg_scores", config={**config, "weights": str(weights)})
    _freeze()
    return nlp


def _freeze() -> None:
    """Model and word lists stay: the collector need not look at them again; a pipeline dropped before may go."""
    if next(_numbers):
        gc.unfreeze()
        gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG)


Outcome = Extraction | DocumentError
"""What a document says, or that one of our own steps failed on it."""


def extract(nlp: Language, documents: Iterable[Document]) -> Iterator[Outcome]:
    """One Extraction a document, in their order; of a long one, joined from its parts."""
    parts = chain.from_iterable(map(cut_document, documents))
    read = chain.from_iterable(_read_group(nlp, group) for group in group_parts(parts))
    for _, pairs in groupby(read, key=lambda pair: pair[0].id):
        found = [one for _, one in pairs]
        fault = next((one for one in found if isinstance(one, DocumentError)), None)
        yield fault or join_parts([one for one in found if isinstance(one, Extraction)])


def _read_group(nlp: Language, parts: Sequence[Part]) -> Sequence[tuple[Document, Outcome]]:
    """Each part's document with what is read in the part; where a step fails, only those it fails on are lost."""
    try:
        return [(part.document, one) for part, one in zip(parts, _extract_parts(nlp, parts), strict=True)]
    except Exception as error:  # whatever a step may raise on a text that nobody thought of
        if len(parts) > 1:
            return [pair for part in parts for pair in _read_group(nlp, (part,))]
        return [(parts[0].document, _tell_failure(parts[0], error))]


def _extract_parts(nlp: Language, parts: Sequence[Part]) -> Iterator[Extraction]:
    pairs = ((_make_doc(nlp, part), part) for part in parts)
    for doc, part in nlp.pipe(pairs, as_tuples=True, batch_size=_PARSED * len(parts)):
        yield read_extraction(doc, part)


def _tell_failure(part: Part, error: Exception) -> DocumentError:
    """On one line, with the place in the code for whoever mends it."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    said = " ".join(f"{type(error).__name__}: {error}".split())[:100]
    message = f"{part.document.id}: kg failed on it in {Path(place.filename).name}:{place.lineno}: {said}"
    return DocumentError(message, hint="leave it out, and report this with the text")


def _make_doc(nlp: Language, part: Part) -> spacy.tokens.Doc:
    doc = make_doc(nlp, part.text)
    published = part.document.published
    doc._.published = published.isoformat() if published else ""
    return doc
