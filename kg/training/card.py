"""What a file of weights was learned from, and how right it was on parts it had not seen: Markdown, for people."""

from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.metadata import version

from kg.examples import Example
from kg.nlp.weights import list_features
from kg.training.learning import Learned
from kg.training.thresholds import Held, measure


def write_card(name: str, examples: Sequence[Example], digest: str, learned: Learned, command: str) -> str:
    """The card of the file ``name``; no clock: the same examples, the same card."""
    count = len(list_features(learned.tables))
    return "\n".join(
        (
            f"# {name}",
            "",
            "Weights of a logistic regression a relation over features that people can read; what they mean is told in",
            f"`kg/nlp/features.py`. {count} features. Made by `{command}` with kg {version('kg')}, "
            f"scikit-learn {version('scikit-learn')}",
            f"and spaCy {version('spacy')}.",
            "",
            f"Examples: {len(examples)} texts, SHA-256 {digest}.",
            "",
            *_list_sources(examples),
            "",
            "Held out are three parts in turn. At the strict threshold a relation is stated, at the loose one it is a",
            "candidate. Precision and recall are of judged pairs that the reader sees as pairs, in those texts",
            "that count most: text that nobody chose for a relation has more false ones.",
            "",
            "| relation | facts | strict | precision | recall | loose | precision | recall |",
            "|---|---|---|---|---|---|---|---|",
            *_list_relations(learned),
            "",
        )
    )


def _list_sources(examples: Sequence[Example]) -> Iterator[str]:
    for source, count in sorted(Counter(example.source for example in examples).items()):
        yield f"- {source or 'no source named'}: {count} texts"


def _list_relations(learned: Learned) -> Iterator[str]:
    for relation, scorer in sorted(learned.scorers.items()):
        held = learned.held[relation]
        cells = [f"{threshold:.3f} | {_tell(*measure(held, threshold))}" for threshold in (scorer.strict, scorer.loose)]
        name = relation if scorer.stated else f"{relation}, as a candidate only"
        yield f"| {name} | {sum(label for _, label in held)} | {cells[0]} | {cells[1]} |"
    strict, loose = (_pool(learned, level) for level in ("strict", "loose"))
    facts = sum(label for _, label in strict)
    yield f"| together | {facts} | | {_tell(*measure(strict, 0.0))} | | {_tell(*measure(loose, 0.0))} |"


def _pool(learned: Learned, level: str) -> Held:
    """The held-out pairs of all relations, scored from their thresholds on."""
    return [
        (score - getattr(scorer, level), label)
        for relation, scorer in learned.scorers.items()
        for score, label in learned.held[relation]
    ]


def _tell(precision: float, recall: float) -> str:
    return f"{precision:.3f} | {recall:.3f}"
