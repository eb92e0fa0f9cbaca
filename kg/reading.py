"""The map step: documents to lines of extractions, a batch at a time, in this process or in any other."""

from collections.abc import Iterable, Iterator, Sequence

from spacy.language import Language

from kg.errors import DocumentError
from kg.journal import Read
from kg.model import Document
from kg.nlp.pipeline import extract, make_pipeline
from kg.records import write_line
from kg.settings import Settings

Batch = tuple[Document, ...]
_MOST, _LONGEST = 32, 50_000
"""Documents of a batch, and characters: some seconds of work, which is what a process that dies can lose."""


def make_reader(settings: Settings) -> Language:
    """The pipeline that reads as ``settings`` say."""
    return make_pipeline(settings.ontology_folder, settings.model, settings.names, weights=settings.weights)


def read_batch(nlp: Language, batch: Sequence[Document]) -> Iterator[Read]:
    """What each document of the batch says."""
    for document, found in zip(batch, extract(nlp, batch), strict=True):
        if isinstance(found, DocumentError):
            yield Read(document.id, b"", found)
        else:
            yield Read(document.id, write_line(found))


def cut_batches(documents: Iterable[Document]) -> Iterator[Batch]:
    """Documents in their order, as many together as are read in some seconds."""
    held: list[Document] = []
    for document in documents:
        full = len(held) == _MOST or sum(len(one.text) for one in held) + len(document.text) > _LONGEST
        if held and full:
            yield tuple(held)
            held = []
        held.append(document)
    if held:
        yield tuple(held)
