"""Typed names against CrossNER politics (Liu et al. 2021): strict span and type, micro F1.

``python benchmarks/crossner.py --data FOLDER --split dev`` where FOLDER holds ``dev.txt``: token TAB BIO tag.
Gold tokens are given to the pipeline; each sentence is a text of its own.
"""

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as Span_

from kg.nlp.event_names import annotate_event_names
from kg.nlp.pipeline import make_pipeline
from kg.nlp.politicians import annotate_politicians
from kg.nlp.spans import EVENT_NAMES, MENTIONS, POLITICIANS, is_name
from kg.ontology import ONTOLOGY_FOLDER, Ontology, load_ontology

Span = tuple[int, int, str]
DATA = Path(__file__).parents[2] / "shared" / "bench" / "crossner_politics"
CLASSES = {  # the first that fits
    "kg:Politician": "politician",
    "kg:Person": "person",
    "kg:PoliticalParty": "politicalparty",
    "kg:Organization": "organisation",
    "kg:Election": "election",
    "kg:Referendum": "election",
    "kg:Event": "event",
    "kg:Country": "country",
    "kg:Place": "location",
}
COARSE = {
    "politician": "person",
    "politicalparty": "organisation",
    "country": "location",
    "election": "event",
}


def read_sentences(path: Path) -> Iterator[tuple[list[str], list[str]]]:
    """Words and tags of each sentence."""
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines()]
        yield [row[0] for row in rows], [row[1] for row in rows]


def gold_spans(tags: list[str]) -> set[Span]:
    """First token, token after the last, type."""
    spans = []
    for i, tag in enumerate([*tags, "O"]):
        if spans and len(spans[-1]) == 2 and not tag.startswith("I-"):
            spans[-1] = (spans[-1][0], i, spans[-1][1])
        if tag.startswith("B-"):
            spans.append((i, tag[2:]))
    return set(spans)


def found_spans(doc: Doc, ontology: Ontology) -> set[Span]:
    """What the pipeline reads as names, in CrossNER's types; two steps are for these alone."""
    annotate_politicians(annotate_event_names(doc, ontology=ontology), ontology=ontology)
    events = list(doc.spans[EVENT_NAMES])
    inside = {i for span in events for i in range(span.start, span.end)}
    mentions = [span for span in doc.spans[MENTIONS] if span.start not in inside and _is_named(span)]
    politicians = {span.start for span in doc.spans[POLITICIANS]}
    return {
        (span.start, span.end, "politician" if span.start in politicians else to_type(span.label_, span.id_, ontology))
        for span in [*events, *mentions]
    }


def _is_named(span: Span_) -> bool:
    """Names, and people and countries by a capitalised adjective: 'Republicans', 'Italian'."""
    by_adjective = span.label_ in {"kg:Group", "kg:Country", "kg:PoliticalParty"} and span.id_ == "nominal"
    return span[0].text[0].isupper() and (is_name(span) or (by_adjective and span.root.text[0].isupper()))


def to_type(kind: str, form: str, ontology: Ontology) -> str:
    """CrossNER's type of one of our classes."""
    if form == "nominal":
        return "misc"
    return next((name for other, name in CLASSES.items() if ontology.is_a(kind, other)), "misc")


def make_doc(nlp: Language, words: list[str]) -> Doc:
    """The words with the spaces English has."""
    spaces = [
        not (after in {",", ".", ")", ":", ";", "'s", "n't"} or word in {"(", "“"})
        for word, after in zip(words, [*words[1:], "."], strict=True)
    ]
    return Doc(nlp.vocab, words=words, spaces=spaces)


def score(gold: Counter, found: Counter, right: Counter) -> dict[str, float]:
    """F1 per type and over all."""
    return {kind: 2 * right[kind] / max(1, gold[kind] + found[kind]) for kind in [*sorted(set(gold) - {"all"}), "all"]}


def main() -> None:
    """Scores one split and prints its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--split", default="dev")
    parser.add_argument("--errors", action="store_true", help="list what was missed and what was wrong")
    options = parser.parse_args()
    path = options.data / f"{options.split}.txt"
    if not path.is_file():
        raise SystemExit(f"{path} is not here: give the folder with --data")
    ontology, nlp = load_ontology(), make_pipeline(ONTOLOGY_FOLDER)
    counts = {name: (Counter(), Counter(), Counter()) for name in ("nine", "coarse", "span")}
    views = {"nine": lambda kind: kind, "coarse": lambda kind: COARSE.get(kind, kind), "span": lambda kind: "any"}
    sentences = list(read_sentences(path))
    docs = nlp.pipe(make_doc(nlp, words) for words, _ in sentences)
    for (words, tags), doc in zip(sentences, docs, strict=True):
        gold, found = gold_spans(tags), found_spans(doc, ontology)
        if options.errors:
            show_errors(words, gold, found)
        for name, view in views.items():
            g, f = ({(a, b, view(kind)) for a, b, kind in spans} for spans in (gold, found))
            for counter, spans in zip(counts[name], (g, f, g & f), strict=True):
                counter.update([kind for *_, kind in spans] + ["all"] * len(spans))
    for name, (gold, found, right) in counts.items():
        print(name, " ".join(f"{kind} {value:.3f}" for kind, value in score(gold, found, right).items()))
        print(f"    all: P {right['all'] / max(1, found['all']):.3f} R {right['all'] / gold['all']:.3f}")


def show_errors(words: list[str], gold: set[Span], found: set[Span]) -> None:
    """One sentence and its differences."""
    if gold == found:
        return
    print(" ".join(words))
    for mark, spans in (("-", gold - found), ("+", found - gold)):
        for start, end, kind in sorted(spans):
            print(f"   {mark} {' '.join(words[start:end])}  [{kind}]")


if __name__ == "__main__":
    main()
