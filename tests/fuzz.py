"""Targets of fuzzing: each takes bytes, and whatever these are, gives what we promise or the error we name.

``python tests/fuzz.py TARGET SECONDS`` runs one under atheris (``pip install atheris``); the tests run all for seconds.
"""

import re
import shutil
import sys
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pyoxigraph
from samples import sample_store

from kg.documents import make_draft_document
from kg.errors import DocumentError, OntologyError, QueryError
from kg.nlp.parts import cut_document
from kg.ontology import ONTOLOGY_FOLDER, load_ontology
from kg.own_names import read_own_names
from kg.rdf.queries import bind_parameters, load_queries
from kg.rdf.sparql import run_query
from kg.rdf.terms import to_curie, to_iri
from kg.readers import dispatch
from kg.readers.drafts import Stranger, Wishes
from kg.readers.kinds import ENDINGS
from kg.readers.quoting import part_voices
from kg.readers.wrapping import join_lines

_WORD = re.compile(r"[^\s>]+")
WISHES = Wishes({"text": "data.text"})


def read_any(data: bytes) -> None:
    """The first byte chooses the kind."""
    if data:
        read_as(ENDINGS[data[0] % len(ENDINGS)], data[1:])


def read_as(ending: str, data: bytes) -> None:
    for wishes in (Wishes(), WISHES):
        for name, draft in dispatch.read_content(data, f"x{ending}", wishes):
            assert name.startswith("x")
            if isinstance(draft, Stranger):
                continue
            try:
                if isinstance(draft, DocumentError):
                    raise draft
                document = make_draft_document(name, draft, name, wishes)
            except DocumentError as error:
                assert "\n" not in str(error), repr(str(error))
                str(error).encode()
                continue
            text = document.text
            assert text.strip()
            assert unicodedata.is_normalized("NFC", text)
            assert not set(text) & set("\r\0\u00ad\ufeff")
            assert "".join(part.text for part in cut_document(document)) == text
            for field in (document.id, text, document.title, document.author, document.source, document.url):
                field.encode()
            pyoxigraph.NamedNode(to_iri(f"kgr:document/{document.id}"))


@cache
def copy_ontology() -> Path:
    folder = Path(mkdtemp()) / "ontology"
    shutil.copytree(ONTOLOGY_FOLDER, folder)
    return folder


def load(data: bytes) -> None:
    """An ontology folder with one file of it replaced, or a table of one's own names."""
    folder = copy_ontology()
    if not data:
        return
    name = ("kg.ttl", "lexicon.ttl", "names.csv")[data[0] % 3]
    path = folder / name
    before = path.read_bytes() if path.exists() else None
    path.write_bytes(data[1:])
    try:
        if before is None:
            tuple(read_own_names([path], frozenset({"kg:Person", "kg:City"})))
        else:
            load_ontology(folder)
    except OntologyError as error:
        assert "\n" not in str(error), repr(str(error))
    finally:
        path.unlink() if before is None else path.write_bytes(before)


def mint(data: bytes) -> None:
    """Any text makes an IRI, and different texts make different ones."""
    text = data.decode("utf-8", "surrogateescape")
    iri = to_iri(f"kgr:person/{text}")
    assert pyoxigraph.NamedNode(iri).value == iri
    line = f"<{iri}> <{iri}> <{iri}> .\n".encode()
    assert len(list(pyoxigraph.parse(line, format=pyoxigraph.RdfFormat.N_TRIPLES))) == 1
    turtle = f"<{iri}> a <{iri}> .".encode()
    assert len(list(pyoxigraph.parse(turtle, format=pyoxigraph.RdfFormat.TURTLE))) == 1
    assert to_iri(to_curie(iri)) == iri
    iri.encode("ascii" if iri.isascii() else "utf-8")


@cache
def hold_store() -> tuple[pyoxigraph.Store, int]:
    store = sample_store()
    return store, len(store)


def ask(data: bytes) -> None:
    """Any query is answered or refused, and writes nothing; any values of a named query stay values."""
    store, size = hold_store()
    text = data.decode("utf-8", "surrogateescape")
    try:
        answer = run_query(store, text)
        if hasattr(answer, "__next__"):
            next(answer, None)
    except QueryError as error:
        assert str(error)
    assert len(store) == size
    queries = [one for one in load_queries(ONTOLOGY_FOLDER).values() if one.parameters]
    query = queries[len(data) % len(queries)]
    halves = [text[i :: len(query.parameters)] for i in range(len(query.parameters))]
    try:
        bound = bind_parameters(query, halves)
    except QueryError:
        return
    run_query(store, bound)


def part(data: bytes) -> None:
    """Any body of a message comes apart into voices; no word of it is lost but those that announce a quotation."""
    text = data.decode("utf-8", "surrogateescape")
    voices = part_voices(text)
    assert sum(len(voice.text) for voice in voices) <= 2 * len(text)
    for voice in voices:
        assert join_lines(voice.text).split() == voice.text.split()
        assert set(_WORD.findall(voice.text)) <= set(_WORD.findall(text))
    if not set(text) & set(">:_-"):
        assert [voice.text.split() for voice in voices] == [text.split()]


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "readers": read_any,
    "mail": part,
    "ontology": load,
    "iris": mint,
    "queries": ask,
}


def main() -> None:
    import atheris

    dispatch._read_apart = lambda read, content, where, wishes: read(content, where, wishes)  # type: ignore[assignment]
    target, seconds = TARGETS[sys.argv[1]], sys.argv[2]
    atheris.instrument_all()
    corpus = Path(mkdtemp())
    for number, seed in enumerate(seeds(sys.argv[1])):
        (corpus / str(number)).write_bytes(seed)
    atheris.Setup([sys.argv[0], str(corpus), f"-max_total_time={seconds}", "-max_len=60000", "-timeout=60"], target)
    atheris.Fuzz()


def seeds(target: str) -> list[bytes]:
    """What fuzzing begins with: files of every kind, the ontology, queries."""
    files = Path(__file__).parent / "files"
    if target == "readers":
        known = {path.suffix: path.read_bytes() for path in sorted(files.iterdir()) if path.suffix in ENDINGS}
        known |= {".zip": known[".docx"], ".json": b'[{"text": "a"}]', ".jsonl": b'{"data": {"text": "a"}}\n{}'}
        known |= {".csv": b'id,text\n1,"a, b"\n', ".md": b"---\ntitle: a\n---\nText."}
        return [bytes([ENDINGS.index(ending)]) + content for ending, content in known.items()]
    if target == "ontology":
        names = b"name,type,aliases,identifier\nAnn Bo,Person,Bo,http://a.example/1\n"
        return [
            bytes([i]) + (ONTOLOGY_FOLDER / name).read_bytes() for i, name in enumerate(("kg.ttl", "lexicon.ttl"))
        ] + [b"\2" + names]
    if target == "mail":
        head = (
            "-----Original Message-----\nFrom: Ann <a@b.example>\nSent: March 3, 2014 4:11 PM\nTo: Bo\nSubject: Re\n\n"
        )
        wrote = "On Mon, Mar 3, 2014 at 4:11 PM, Ann Bo\n<a@b.example> wrote:\n\n> Who?\n>> Cy.\n\nYes.\n"
        return [f"No.\n\n{head}Who?\n".encode(), wrote.encode(), f"- item\n  more\nWhere: here\n{wrote}{head}".encode()]
    if target == "queries":
        return [query.text.encode() for query in load_queries(ONTOLOGY_FOLDER).values()]
    return [b"rafael-correa", '\u202e\ud800<>"{}|\\^` \n\x7f'.encode("utf-8", "surrogatepass")]


if __name__ == "__main__":
    main()
