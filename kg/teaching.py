"""The verb by which the scorer is taught, and its flow: examples, pairs, weights, file and card."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import click

from kg.options import NAMES, ONTOLOGY, SPACY


@click.command()
@click.argument("examples", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), required=True, help="Where to write; the card goes beside it."
)
@click.option(
    "--candidate",
    "candidates",
    multiple=True,
    help="A relation that is never to be more than a candidate; may be said again.",
)
@NAMES
@SPACY
@ONTOLOGY
def train(
    examples: tuple[Path, ...],
    output: Path,
    candidates: tuple[str, ...],
    names: tuple[Path, ...],
    model: str,
    folder: Path,
) -> None:
    """Learn relations from EXAMPLES: JSON lines of texts with their facts."""
    relations, features = train_weights(
        examples, output, candidates=candidates, model=model, ontology_folder=folder, names=names
    )
    click.echo(f"{relations} relations, {features} features: {output}, {output.with_suffix('.md')}")


def train_weights(
    paths: Sequence[Path],
    output: Path,
    *,
    candidates: Sequence[str] = (),
    model: str = "",
    ontology_folder: Path,
    names: Sequence[Path] = (),
) -> tuple[int, int]:
    """Writes weights and card; the numbers of relations and features. ``candidates`` are relations never stated.

    ExampleError where examples can't be read or are too few, TrainingError where scikit-learn is absent.
    """
    from kg.examples import name_relation, read_examples
    from kg.nlp.pipeline import make_pipeline
    from kg.nlp.weights import list_features, write_weights
    from kg.ontology import load_ontology
    from kg.rdf.files import write_atomically
    from kg.training.card import write_card
    from kg.training.learning import learn
    from kg.training.regression import check_learner
    from kg.training.samples import make_corpus

    check_learner()
    ontology = load_ontology(ontology_folder, names)
    examples = [example for path in paths for example in read_examples(path, ontology.domain)]
    nlp = make_pipeline(ontology_folder, model, names, weights=None)
    corpus = make_corpus(examples, nlp.pipe(example.text for example in examples), ontology)
    learned = learn(corpus, unstated=frozenset(map(name_relation, candidates)))
    digest = sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()[:16]
    flags = "".join(f" --candidate {name}" for name in candidates)
    command = f"kg train {' '.join(path.name for path in paths)} -o {output.name}{flags}"
    write_atomically(output, write_weights(learned.scorers, learned.tables, digest))
    card = write_card(output.name, examples, digest, learned, command)
    write_atomically(output.with_suffix(".md"), card.encode())
    return len(learned.scorers), len(list_features(learned.tables))


VERBS = (train,)
