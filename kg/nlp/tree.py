"""The parse as look-ups: a token's children, made once for each Doc, for rules that ask for them again and again."""

from functools import lru_cache

from spacy.tokens import Doc, Token


def children_of(token: Token) -> tuple[Token, ...]:
    """The syntactic children in text order."""
    return _list_children(token.doc)[token.i]


def labels_below(token: Token) -> frozenset[str]:
    """The dependency labels of the children."""
    return _list_labels(token.doc)[token.i]


def depth_of(token: Token) -> int:
    """The words above it, 0 of a root."""
    return _list_depths(token.doc)[token.i]


@lru_cache(maxsize=2)
def _list_children(doc: Doc) -> tuple[tuple[Token, ...], ...]:
    found: list[list[Token]] = [[] for _ in doc]
    for token in doc:
        head = token.head.i
        if head != token.i:
            found[head].append(token)
    return tuple(map(tuple, found))


@lru_cache(maxsize=2)
def _list_labels(doc: Doc) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(child.dep_ for child in children) for children in _list_children(doc))


@lru_cache(maxsize=2)
def _list_depths(doc: Doc) -> tuple[int, ...]:
    depths = [0] * len(doc)
    level = [token for token in doc if token.head.i == token.i]
    depth = 0
    while level:
        for token in level:
            depths[token.i] = depth
        level = [child for token in level for child in children_of(token)]
        depth += 1
    return tuple(depths)
