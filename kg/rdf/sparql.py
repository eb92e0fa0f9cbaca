"""SPARQL over a graph: read-only and offline, with errors that say where and what was meant."""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from itertools import chain
from typing import NamedTuple

from pyoxigraph import NamedNode, Store

from kg.errors import QueryError
from kg.rdf.answers import Answer
from kg.rdf.tables import ask, name_graphs
from kg.rdf.terms import BASE, make_prefixes, to_iri

LONGEST = 1 << 20  # characters of a query
_DEEPEST = 200  # brackets within brackets: the parser goes down as deep as they go
_PREFIX = r"(?:\w[\w.-]{0,31})?"  # bounded, so that a long text is read in linear time
_LOCAL = r"(?:[\w:]|%[0-9A-Fa-f]{2}|\\[_~.!$&'()*+,;=/?#@%-])"  # a letter of a name after its prefix
_TOKEN = re.compile(
    r"""(?P<skip><[^<>"{}|^`\\\s]*>|\"\"\".*?\"\"\"|'''.*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\#[^\n]*)|"""
    r"""(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|@[a-zA-Z]+(?:-[a-zA-Z0-9]+)*(?:--(?:ltr|rtl))?|"""
    rf"""(?P<word>[?$]\w+|{_PREFIX}:(?:{_LOCAL}(?:\.*(?:{_LOCAL}|-))*)?|\w+)|"""
    r"""(?P<open>[({\[])|(?P<close>[)}\]])""",
    re.DOTALL,
)
# The parser needs no space around a keyword.
_RUN_ON = re.compile(r"(?:ASK|CONSTRUCT|(?:TRUE|FALSE)\.?)?(SERVICE|FROM)")
_FORBIDDEN = {
    "SERVICE": "asks another server",
    "FROM": "names another dataset",
    **dict.fromkeys(
        ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD"), "changes the graph"
    ),
}
_KEYWORDS = ("A", "ABS", "AS", "ASC", "ASK", "AVG", "BASE", "BIND", "BNODE", "BOUND", "BY", "CEIL", "COALESCE",
             "CONCAT", "CONSTRUCT", "CONTAINS", "COUNT", "DATATYPE", "DAY", "DESC", "DESCRIBE", "DISTINCT",
             "ENCODE_FOR_URI", "EXISTS", "FALSE", "FILTER", "FLOOR", "GRAPH", "GROUP", "GROUP_CONCAT", "HAVING",
             "HOURS", "IF", "IN", "IRI", "ISBLANK", "ISIRI", "ISLITERAL", "ISNUMERIC", "ISURI", "LANG",
             "LANGMATCHES", "LCASE", "LIMIT", "MAX", "MD5", "MIN", "MINUS", "MINUTES", "MONTH", "NOT", "NOW",
             "OFFSET", "OPTIONAL", "ORDER", "PREFIX", "RAND", "REDUCED", "REGEX", "REPLACE", "ROUND", "SAMETERM",
             "SAMPLE", "SECONDS", "SELECT", "SEPARATOR", "SHA1", "SHA256", "SHA384", "SHA512", "STR", "STRAFTER",
             "STRBEFORE", "STRDT", "STRENDS", "STRLANG", "STRLEN", "STRSTARTS", "STRUUID", "SUBSTR", "SUM",
             "TIMEZONE", "TRUE", "TZ", "UCASE", "UNDEF", "UNION", "URI", "UUID", "VALUES", "WHERE", "YEAR")  # fmt: skip
_AT = re.compile(r"^error at (\d+):(\d+): (?:expected )?(?:one of )?(.*)$", re.DOTALL)
_CLASS = re.compile(r"\[[^\]]*\](?:\.\.=)?|\|")  # of characters, among what the parser expected
_NO_PREFIX = "Prefix not found"
_MOST = 4  # things it expected that are told
_TERMS = "SELECT DISTINCT ?term { GRAPH kgg:ontology { ?term ?p ?o } FILTER(ISIRI(?term)) }"


class Scope(NamedTuple):
    """The graphs that a query asks: by plain patterns, and by GRAPH."""

    default: tuple[NamedNode, ...]
    named: tuple[NamedNode, ...]


def run_query(store: Store, text: str, *, base: str = BASE, scope: Scope | None = None) -> Answer:
    """The answer to ``text``; plain patterns ask the facts and the ontology, GRAPH all graphs, if no ``scope`` is said.

    Our prefixes need no declaration. QueryError where it is no SPARQL, writes, reaches out of the graph, or asks for
    a term that neither the ontology nor the graph has.
    """
    refuse_unsafe(text)
    try:
        answer = store.query(
            text,
            prefixes=dict(make_prefixes(base)),
            default_graph=list(scope.default) if scope else name_graphs(("facts", "ontology"), base),
            named_graphs=list(scope.named) if scope else None,
        )
    except SyntaxError as error:
        raise QueryError(_tell(str(error), text), hint="see https://www.w3.org/TR/sparql11-query/") from error
    except (ValueError, OSError) as error:
        raise QueryError(f"query: {error}") from error
    _refuse_unknown(store, text, base)
    return answer


def refuse_unsafe(text: str) -> None:
    """QueryError where it is too long or deep, or a keyword (no string, comment or IRI) writes or reaches out."""
    if len(text) > LONGEST:
        raise QueryError(f"query: longer than {LONGEST:,} characters", hint="ask for less at once")
    depth = 0
    for match in _TOKEN.finditer(text):
        depth += bool(match["open"]) - bool(match["close"])
        word = _find_keyword(match)
        if word in _FORBIDDEN:
            raise QueryError(
                f"{_place(text, match.start())}: {word} {_FORBIDDEN[word]}", hint="kg only reads its own graph"
            )
        if depth > _DEEPEST:
            raise QueryError(f"{_place(text, match.start())}: more than {_DEEPEST} brackets deep")


def _find_keyword(match: re.Match[str]) -> str:
    """The word in capitals; of words written together, the one that reaches out."""
    word = (match["word"] or "").upper()
    run_on = _RUN_ON.match(word)
    return run_on[1] if run_on else word


def _place(text: str, start: int) -> str:
    line = text.count("\n", 0, start) + 1
    return f"query, line {line}, column {start - text.rfind(chr(10), 0, start)}"


def _tell(error: str, text: str) -> str:
    """The parser's error: where, and the keyword that was perhaps meant, or what the parser expected there."""
    match = _AT.match(error)
    if not re.sub(r"#[^\n]*", "", text).strip():
        return "query: it is empty"
    if match is None:
        return f"query: {error}"
    place = f"query, line {match[1]}, column {match[2]}"
    start = sum(len(line) + 1 for line in text.split("\n")[: int(match[1]) - 1]) + int(match[2]) - 1
    words = [(word["word"], word.start()) for word in _TOKEN.finditer(text) if word["word"] and word.start() <= start]
    if _NO_PREFIX in match[3]:
        named = next((word for word, _ in reversed(words) if ":" in word), "")
        return f"{place}: no prefix {named.partition(':')[0]}:; declare it with PREFIX"
    for word, at in words:
        meant = get_close_matches(word.upper(), _KEYWORDS, n=1, cutoff=0.75) if word.isalpha() else []
        if meant and word.upper() not in _KEYWORDS:
            return f"{_place(text, at)}: {word}; did you mean {meant[0]}?"
    unclosed = sum(bool(mark["open"]) - bool(mark["close"]) for mark in _TOKEN.finditer(text))
    return f"{place}: a bracket is not closed" if unclosed > 0 else f"{place}: {_shorten(match[3])}"


def _shorten(expected: str) -> str:
    """The first few things the parser expected, or what it said in words."""
    items = [_CLASS.sub("", item).strip() for item in expected.split(", ")]
    said = next((item for item in items if item[:1].isalpha() and " " in item), "")
    told = [item for item in items if item.strip("'\\ \n") and item not in _FORBIDDEN and item != "LATERAL"]
    return said or (f"expected {' or '.join(told[:_MOST])}" if told else "expected something else before this")


def _refuse_unknown(store: Store, text: str, base: str) -> None:
    """Any ``kg:`` term has to be there, but for what a CONSTRUCT makes; a ``kg:`` of its own may be anything."""
    if any(prefix == "kg:" and iri != to_iri("kg:", base) for prefix, iri in _find_prefixes(text)):
        return
    for word, start in _find_asked(text):
        if re.fullmatch(r"kg:\w+", word) and not _is_used(store, NamedNode(to_iri(word, base))):
            known = {row["term"] for row in ask(store, _TERMS, base)}
            raise QueryError(
                f"{_place(text, start)}: no {_kind(word)} {word}{_suggest(word, known)}", hint="see `kg ontology`"
            )


def _find_prefixes(text: str) -> Iterator[tuple[str, str]]:
    """The prefixes that the query declares, with their IRIs."""
    tokens = [token[0] for token in _TOKEN.finditer(text) if not token[0].startswith("#")]
    for word, prefix, iri in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if word.upper() == "PREFIX" and iri.startswith("<"):
            yield prefix, iri[1:-1]


def _find_asked(text: str) -> Iterator[tuple[str, int]]:
    """The words and their places, without the template of a CONSTRUCT."""
    last, depth = "", 0
    for token in _TOKEN.finditer(text):
        if token["skip"]:
            continue
        if depth or (token["open"] and last == "CONSTRUCT"):
            depth += bool(token["open"]) - bool(token["close"])
        elif token["word"]:
            yield token["word"], token.start()
        last = (token["word"] or "").upper()


def _is_used(store: Store, term: NamedNode) -> bool:
    found = chain(
        store.quads_for_pattern(term, None, None, None),
        store.quads_for_pattern(None, term, None, None),
        store.quads_for_pattern(None, None, term, None),
    )
    return next(found, None) is not None


def _kind(word: str) -> str:
    return "class" if word.partition(":")[2][:1].isupper() else "property"


def _suggest(word: str, known: Iterable[str]) -> str:
    lowered = {term.lower(): term for term in _sorted(known)}
    meant = get_close_matches(word.lower(), lowered, n=1)
    return f"; did you mean {lowered[meant[0]]}?" if meant else ""


def _sorted(terms: Iterable[str]) -> Iterator[str]:
    return iter(sorted(term for term in terms if term.startswith("kg:")))
