"""Evidence gathered by its triple: our merge sort beside DuckDB's, from records to records.

``pip install duckdb pyarrow`` beside ``kg``, then ``python benchmarks/gathering.py GRAPH``, a folder that ``kg build``
made. Both are given the same relations in the order of the texts, may hold so much of them, have a folder for the rest
and give them back as records, sorted. The ends of a triple are what the text calls them, which stand here for IRIs.
DuckDB is given columns (Arrow) and one thread, as ours has one.
"""

import argparse
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.facts import gathering
from kg.facts.rows import Triple, pack_evidence, unpack_evidence
from kg.garbage import uncollected
from kg.model import Evidence, Relation
from kg.records import FILE, read_extractions

try:
    import duckdb
    import pyarrow
except ImportError as error:
    raise SystemExit(f"{error.name}: not here (pip install duckdb pyarrow)") from None

Found = Sequence[tuple[Triple, Evidence]]
_TOGETHER = 50_000
_TEXT, _PLACE = pyarrow.string(), pyarrow.int32()
_SPOKEN = [("document", _TEXT), ("first", _PLACE), ("last", _PLACE), ("words", _TEXT)]
_JUDGED = [("factuality", _TEXT), ("rule", _TEXT), ("score", pyarrow.float64())]
_SOURCE = [
    *((f"source_{name}", kind) for name, kind in _SPOKEN),
    *((f"source_{name}", _TEXT) for name in ("type", "form", "value", "known_as")),
]
_COLUMNS = [
    *((name, _TEXT) for name in ("subject", "predicate", "object")),
    *(_SPOKEN + _JUDGED + _SOURCE),
    ("digest", _TEXT),
]
_SCHEMA = pyarrow.schema(_COLUMNS)
_FROM, _TO = 10, 18
"""Where the source stands in a row."""


def main() -> None:
    """Prints a line a run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graph", type=Path, help="folder with a graph")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--most", type=int, default=20_000, help="pieces of evidence that we hold at a time")
    parser.add_argument("--memory", default="300MB", help="what DuckDB may hold")
    options = parser.parse_args()
    gathering.MOST = options.most
    extractions = read_extractions(options.graph / FILE)
    found = [_name(relation) for extraction in extractions for relation in extraction.relations]
    print(f"{len(found):,} pieces of evidence")
    for _ in range(options.times):
        ours, theirs = _time(merge, found), _time(lambda rows: ask_duckdb(rows, options.memory), found)
        print(f"ours {ours:.2f} s, DuckDB {theirs:.2f} s, {theirs / ours:.2f} times ours")


def _name(relation: Relation) -> tuple[Triple, Evidence]:
    target = relation.object if isinstance(relation.object, str) else relation.object.passage.text
    return (relation.subject.passage.text, relation.predicate, target), relation.evidence


def _time(gather: Callable[[Found], Iterable[tuple[Triple, Evidence]]], found: Found) -> float:
    """Seconds; ValueError where something is lost."""
    started = time.perf_counter()
    with uncollected():  # as in a build
        count = sum(1 for _ in gather(found))
    spent = time.perf_counter() - started
    if count != len(found):
        raise ValueError(f"{count} of {len(found)} came back")
    return spent


def merge(found: Found) -> Iterator[tuple[Triple, Evidence]]:
    """By ``kg.facts.gathering``."""
    with TemporaryDirectory() as folder:
        for _, told in gathering.gather(found, Path(folder)):
            for triple, pieces in told.items():
                yield from ((triple, piece) for piece in pieces)


def ask_duckdb(found: Found, memory: str) -> Iterator[tuple[Triple, Evidence]]:
    """By a table in a file, sorted."""
    with TemporaryDirectory() as folder, duckdb.connect(f"{folder}/evidence.duckdb") as engine:
        engine.execute(f"set threads = 1; set memory_limit = '{memory}'; set preserve_insertion_order = false")
        batch = _SCHEMA.empty_table()
        engine.execute("create table evidence as from batch")
        for start in range(0, len(found), _TOGETHER):
            batch = _make_table(found[start : start + _TOGETHER])  # noqa: F841  # DuckDB finds it by its name
            engine.execute("insert into evidence from batch")
        told = engine.execute("from evidence order by subject, predicate, object")
        while rows := told.fetchmany(_TOGETHER):
            yield from map(_unpack, rows)


def _make_table(found: Found) -> pyarrow.Table:
    columns = zip(*map(_pack, found), strict=True)
    return pyarrow.table(
        [pyarrow.array(column, kind) for column, (_, kind) in zip(columns, _COLUMNS, strict=True)], _SCHEMA
    )


def _pack(found: tuple[Triple, Evidence]) -> tuple[object, ...]:
    *said, source, digest = pack_evidence(found[1])
    return (*found[0], *said, *(source or (None,) * len(_SOURCE)), digest)


def _unpack(row: tuple[object, ...]) -> tuple[Triple, Evidence]:
    source = row[_FROM:_TO] if row[_FROM] is not None else None
    return row[:3], unpack_evidence((*row[3:_FROM], source, row[_TO]))


if __name__ == "__main__":
    main()
