"""spaCy's attribute ruler with its answers kept: it tries some two hundred patterns at each word of a text.

Nearly all of them ask for one word's tag, form and label, so that they say the same of every word alike in these.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc

_NAME = "attribute_ruler"
_ASKED = ("TAG", "LOWER", "DEP", "IS_SPACE")
Alike = tuple[int, ...]
"""What is asked of a word; its form is 0 where no pattern knows it."""
Match = tuple[int, int, int, int]
"""Number of a rule, the same as spaCy's hash, start and end: what a ruler's own matching gives."""


def keep_answers(nlp: Language) -> None:
    """Lets the ruler look up what its patterns of one word say; it matches the others as before."""
    if _NAME not in nlp.pipe_names:
        return
    ruler: Any = nlp.get_pipe(_NAME)
    alone, others = Matcher(ruler.vocab), Matcher(ruler.vocab)
    forms: set[int] = set()
    for number, rule in enumerate(ruler.patterns):
        plain = all(len(words) == 1 and _is_plain(words[0]) for words in rule["patterns"])
        (alone if plain else others).add(str(number), rule["patterns"])
        forms.update(ruler.vocab.strings.add(form) for words in rule["patterns"] if plain for form in _forms(words[0]))
    ruler.match = partial(_match, alone=alone, others=others, forms=frozenset(forms), known={})


def _is_plain(word: Mapping[str, Any]) -> bool:
    """True of a pattern for a word that asks for nothing else, and for a form by itself or in a list."""
    form = word.get("LOWER", "")
    return set(word) <= set(_ASKED) and (isinstance(form, str) or set(form) == {"IN"})


def _forms(word: Mapping[str, Any]) -> Sequence[str]:
    form = word.get("LOWER", ())
    return (form,) if isinstance(form, str) else form["IN"] if form else ()


def _match(
    doc: Doc, *, alone: Matcher, others: Matcher, forms: frozenset[int], known: dict[Alike, Sequence[tuple[int, int]]]
) -> list[Match]:
    """In the order of the rules: a later one has precedence."""
    found = [(*_number(key, doc), start, end) for key, start, end in others(doc, allow_missing=True)]
    for i, alike in enumerate(_read_asked(doc, forms)):
        if alike not in known:
            known[alike] = [_number(key, doc) for key, _, _ in alone(doc[i : i + 1], allow_missing=True)]
        found += [(number, key, i, i + 1) for number, key in known[alike]]
    return sorted(found)


def _read_asked(doc: Doc, forms: frozenset[int]) -> Iterator[Alike]:
    rows: list[list[int]] = doc.to_array(list(_ASKED)).tolist()
    for tag, form, label, space in rows:
        yield tag, form if form in forms else 0, label, space


def _number(key: int, doc: Doc) -> tuple[int, int]:
    return int(doc.vocab.strings[key]), key
