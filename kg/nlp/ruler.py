"""spaCy's attribute ruler with its answers kept: it tries some two hundred patterns at each word of a text.

Nearly all of them ask for one word's tag, form and label, so that they say the same of every word alike in these: what
they say is looked up, and written for all words at once.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc

from kg.nlp.starts import Starts

_NAME = "attribute_ruler"
_ASKED = ("TAG", "LOWER", "DEP", "IS_SPACE")
_WRITTEN = ("LEMMA", "POS", "TAG", "DEP", "MORPH")
_KEPT = 1 << 16
"""Words unlike each other; then all are forgotten."""
_AS_IT_IS = (1 << 64) - 1
Alike = tuple[int, int, int, int]
"""What is asked of a word; its form is 0 where no pattern knows it."""
Match = tuple[int, int, int, int]
"""Number of a rule, the same as spaCy's hash, start and end: what a ruler's own matching gives."""


def keep_answers(nlp: Language) -> None:
    """Lets the ruler look up what its patterns of one word say; it matches the others as before."""
    if _NAME in nlp.pipe_names:
        ruler: Any = nlp.get_pipe(_NAME)
        answers = Answers(ruler)
        ruler.match, ruler.set_annotations = answers.match, answers.write


class Answers:
    """What the rules of one word say, kept by all that they ask of it."""

    def __init__(self, ruler: Any) -> None:  # noqa: ANN401  # spaCy's has no types
        """Takes the rules of ``ruler``."""
        strings = ruler.vocab.strings
        self._attributes: Sequence[Mapping[int, int]] = ruler.attrs
        self._columns = [strings[name] for name in _WRITTEN]
        self._write: Callable[[Doc, list[Match]], None] = ruler.set_annotations
        self._alone, self._others = Matcher(ruler.vocab), Matcher(ruler.vocab)
        forms: set[int] = set()
        for number, rule in enumerate(ruler.patterns):
            plain = self._is_plain(rule, ruler.attrs[number])
            (self._alone if plain else self._others).add(str(number), rule["patterns"])
            forms.update(strings.add(form) for words in rule["patterns"] if plain for form in _forms(words[0]))
        self._forms = frozenset(forms)
        self._starts = Starts(ruler.vocab, self._list_starts(ruler))
        self._known: dict[Alike, tuple[int, ...]] = {}

    def _is_plain(self, rule: Mapping[str, Any], attributes: Mapping[int, int]) -> bool:
        """True of a rule of one word that sets what is written at once."""
        alone = rule["index"] == 0 and all(len(words) == 1 and _is_plain(words[0]) for words in rule["patterns"])
        return alone and attributes.keys() <= set(self._columns)

    def _list_starts(self, ruler: Any) -> list[Mapping[str, Any]]:  # noqa: ANN401
        """The first word of each pattern of the other rules."""
        others = (rule for number, rule in enumerate(ruler.patterns) if str(number) in self._others)
        return [words[0] for rule in others for words in rule["patterns"]]

    def match(self, doc: Doc) -> list[Match]:
        """Those of other rules; with the words they are of, those of one word: a later rule has precedence."""
        found = self._match(self._others, doc, 0) if self._starts.are_in(doc) else []
        near = {i for *_, start, end in found for i in range(start, end)}
        found += (match for i in near for match in self._match(self._alone, doc[i : i + 1], i))
        return sorted(found)

    def _match(self, rules: Matcher, words: Any, start: int) -> list[Match]:  # noqa: ANN401
        found = rules(words, allow_missing=True)
        strings = words.vocab.strings
        return [(int(strings[key]), key, start + first, start + last) for key, first, last in found]

    def write(self, doc: Doc, matches: list[Match]) -> None:
        """What rules of one word say, and then the matches."""
        if not len(doc):
            return
        table: Any = doc.to_array([*_ASKED, *_WRITTEN])
        rows: list[list[int]] = table[:, : len(_ASKED)].tolist()
        said = np.array([self._look_up(doc, i, row) for i, row in enumerate(rows)], dtype="uint64")
        as_it_is: Any = table[:, len(_ASKED) :]
        written: Any = np.where(said == _AS_IT_IS, as_it_is, said)
        doc.from_array(list(_WRITTEN), written)
        self._write(doc, matches)

    def _look_up(self, doc: Doc, i: int, asked: Sequence[int]) -> tuple[int, ...]:
        """What is written to the word ``i``, column by column."""
        tag, form, label, space = asked
        word = (tag, form if form in self._forms else 0, label, space)
        found = self._known.get(word)
        if found is None:
            if len(self._known) > _KEPT:
                self._known.clear()
            set_last: dict[int, int] = {}
            for number, *_ in sorted(self._match(self._alone, doc[i : i + 1], i)):
                set_last |= self._attributes[number]
            found = self._known[word] = tuple(set_last.get(column, _AS_IT_IS) for column in self._columns)
        return found


def _is_plain(word: Mapping[str, Any]) -> bool:
    """True of a pattern for a word that asks for nothing else, and for a form by itself or in a list."""
    form = word.get("LOWER", "")
    return set(word) <= set(_ASKED) and (isinstance(form, str) or set(form) == {"IN"})


def _forms(word: Mapping[str, Any]) -> Sequence[str]:
    form = word.get("LOWER", ())
    return (form,) if isinstance(form, str) else form["IN"] if form else ()
