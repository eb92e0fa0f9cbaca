"""KnowledgeNet (Mesquita et al. 2019): relations from raw text, by the rules of its "text" score.

``python benchmarks/knowledgenet.py`` scores folds 1-3, each by weights learned from the other two and from what `make
model` teaches beside: Re-DocRED and Text2KGBench, in which no text of KnowledgeNet is. ``--data FILE`` of a single fold
is scored by ``--weights`` (the shipped ones, learned from folds 1-3 and these, if not said). A fact counts
where its property was judged in the passage; it is right where property and both spans meet gold. All mentions of a
passage are asked for, pronouns included, so strays are scored, too; frames take part as features.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import convert_redocred
import convert_text2kgbench
from convert_knowledgenet import DATA, RELATIONS, read_passages
from spacy.tokens import Doc

from kg.examples import Example, Fact, overlap, parse_example
from kg.nlp.pipeline import make_pipeline
from kg.nlp.scoring import score_pairs
from kg.nlp.weights import SHIPPED, Weights, parse_weights, read_weights, write_weights
from kg.ontology import ONTOLOGY_FOLDER, Ontology, load_ontology
from kg.training.learning import learn
from kg.training.samples import Corpus, make_corpus, stretch_of

LEVELS = ("loose", "strict")


class Counts(NamedTuple):
    """How many facts were said, how many of these are right, and how many of the gold were wanted and found."""

    said: int
    right: int
    wanted: int
    found: int


def read_others() -> list[Example]:
    """The examples that are of no fold."""
    for module in (convert_redocred, convert_text2kgbench):
        if not module.DATA.is_file():
            raise SystemExit(f"{module.DATA} is not here: it is taught beside KnowledgeNet")
    documents = json.loads(convert_redocred.DATA.read_text(encoding="utf-8"))
    lines = convert_text2kgbench.DATA.read_text(encoding="utf-8").splitlines()
    rows = (row for document in documents for row in convert_redocred.convert(document))
    more = filter(None, (convert_text2kgbench.convert(json.loads(line)) for line in lines))
    return [parse_example(row) for row in chain(rows, more)]


def cross_validate(
    folds: Sequence[int],
    examples: Sequence[Example],
    docs: Sequence[Doc],
    others: Sequence[Example],
    read: Iterable[Doc],
) -> Iterator[list[list[Fact]]]:
    """The facts said in each passage by weights that have not seen its fold: loose and strict."""
    ontology = load_ontology()
    corpus = make_corpus([*examples, *others], chain(docs, read), ontology)
    weights = {fold: _learn_without(fold, folds, corpus) for fold in sorted(set(folds))}
    for fold, example, doc in zip(folds, examples, docs, strict=True):
        yield _say(example, doc, weights[fold], ontology)


def _learn_without(fold: int, folds: Sequence[int], corpus: Corpus) -> Weights:
    left_out = {number for number, found in enumerate(folds) if found == fold}
    samples = tuple(sample for sample in corpus.samples if sample.example not in left_out)
    learned = learn(corpus._replace(samples=samples))
    return parse_weights(write_weights(learned.scorers, learned.tables, f"without fold {fold}"))


def _say(example: Example, doc: Doc, weights: Weights, ontology: Ontology) -> list[list[Fact]]:
    said: list[list[Fact]] = [[], []]
    for item in score_pairs(doc, weights, ontology, strays=True)[0]:
        for relation, probability in item.scores.items():
            scorer = weights.scorers[relation]
            fact = Fact(relation, stretch_of(item.pair.subject), stretch_of(item.pair.object))
            for place, threshold in zip(said, (scorer.loose, scorer.strict), strict=True):
                if probability >= threshold and relation in example.relations:
                    place.append(fact)
    return said


def count(example: Example, said: Sequence[Fact], relation: str) -> Counts:
    """The counts of one relation in one passage."""
    gold = [fact for fact in example.facts if fact.relation == relation]
    own = [fact for fact in said if fact.relation == relation]
    right = [fact for fact in own if any(_meets(fact, other) for other in gold)]
    found = [fact for fact in gold if any(_meets(fact, other) for other in own)]
    return Counts(len(own), len(right), len(gold), len(found))


def _meets(fact: Fact, other: Fact) -> bool:
    return overlap(fact.subject, other.subject) and overlap(fact.object, other.object)


def _total(counts: Sequence[Counts]) -> Counts:
    return Counts(*(sum(column) for column in zip(*counts, strict=True)))


def _tell(counts: Counts) -> str:
    precision = counts.right / counts.said if counts.said else 1.0
    recall = counts.found / counts.wanted if counts.wanted else 1.0
    return f"P {precision:.3f} R {recall:.3f} F1 {2 * precision * recall / max(1e-9, precision + recall):.3f}"


def main() -> None:
    """Prints precision, recall and F1 at both thresholds, of each relation and of all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--weights", type=Path, default=SHIPPED, help="for a file of one fold")
    options = parser.parse_args()
    if not options.data.is_file():
        raise SystemExit(f"{options.data} is not here: give the file with --data")
    folds, examples = zip(*read_passages(options.data), strict=True)
    nlp = make_pipeline(ONTOLOGY_FOLDER, weights=None)
    docs = list(nlp.pipe(example.text for example in examples))
    if len(set(folds)) > 1:
        others = read_others()
        said = list(cross_validate(folds, examples, docs, others, nlp.pipe(example.text for example in others)))
    else:
        weights, ontology = read_weights(options.weights), load_ontology()
        said = [_say(example, doc, weights, ontology) for example, doc in zip(examples, docs, strict=True)]
    for level, name in enumerate(LEVELS):
        counts = {
            relation: _total(
                [count(example, each[level], relation) for example, each in zip(examples, said, strict=True)]
            )
            for relation in sorted(RELATIONS.values())
        }
        for relation, found in counts.items():
            print(f"  {name:6} {relation:20} {_tell(found)}")
        print(f"{name} threshold, {len(examples)} passages: {_tell(_total(list(counts.values())))}")


if __name__ == "__main__":
    main()
