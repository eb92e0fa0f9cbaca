"""What our steps cost beside the model's own: seconds per step over the same texts in one run.

``python benchmarks/throughput.py --data FOLDER`` of ``.txt`` and ``.md`` texts (the examples if not said), each read
``--times`` times. The ratio is the time of the model's pipeline as its makers ship it over that of all steps after it.
"""

import argparse
from collections import Counter
from pathlib import Path
from time import process_time

from kg.documents import read_documents
from kg.nlp.models import load_model
from kg.nlp.pipeline import make_pipeline
from kg.ontology import ONTOLOGY_FOLDER

EXAMPLES = Path(__file__).parent.parent / "examples"


def main() -> None:
    """Prints seconds per step and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=EXAMPLES)
    parser.add_argument("--times", type=int, default=5)
    options = parser.parse_args()
    model, nlp = load_model(), make_pipeline(ONTOLOGY_FOLDER)
    texts = [document.text for document in read_documents([options.data]).documents] * options.times
    nlp(texts[0])
    model(texts[0])
    spent: Counter[str] = Counter()
    for text in texts:
        started = process_time()
        model(text)
        spent["model"] += process_time() - started
        doc = nlp.make_doc(text)
        for name, step in nlp.pipeline:
            started = process_time()
            doc = step(doc)
            spent[name if name.startswith("kg_") else "model in kg"] += process_time() - started
    ours = sum(seconds for name, seconds in spent.items() if name.startswith("kg_"))
    print(", ".join(f"{name} {seconds:.2f}" for name, seconds in spent.most_common()))
    print(f"{len(texts)} texts: model {spent['model']:.2f} s, ours {ours:.2f} s, ratio {spent['model'] / ours:.2f}")


if __name__ == "__main__":
    main()
