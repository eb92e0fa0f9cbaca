"""Which language a text is in: what it says itself, else what its letters tell; doubtful ones count as English."""

import csv
from concurrent.futures import Future
from functools import cache
from importlib.resources import files
from threading import Thread
from typing import NamedTuple

import numpy as np
from py3langid.langid import MODEL_FILE, LanguageIdentifier

ENGLISH = "en"
_SURE = 0.8
"""Below that a text is as likely a list of foreign names in English."""
_STRETCHES, _LENGTH = 9, 100
"""What is looked at of a long text: so many stretches of so many characters, lest what stands around it decides."""


def find_language(text: str, declared: str = "") -> str:
    """The ISO 639-1 code of the language; English where nothing tells another surely."""
    if declared:
        return declared.lower().replace("_", "-").split("-")[0]
    language, share = foresee_languages().get().classify(_sample(text))
    return str(language) if share >= _SURE else ENGLISH


def _sample(text: str) -> str:
    """Stretches from its beginning to its end, as far from one another; all of a short text."""
    rest = len(text) - _LENGTH
    if rest < (_STRETCHES - 1) * _LENGTH:
        return text
    starts = (rest * number // (_STRETCHES - 1) for number in range(_STRETCHES))
    return "\n".join(text[start : start + _LENGTH] for start in starts)


def tell_language(code: str) -> str:
    """As in "Spanish (es)"; the code alone where we have no name for it."""
    name = _load_names().get(code)
    return f"{name} ({code})" if name else code


@cache
def _load_names() -> dict[str, str]:
    with (files("kg") / "languages.csv").open(encoding="utf-8") as table:
        return {row["code"]: row["name"] for row in csv.DictReader(table)}


class Foreseen(NamedTuple):
    """What a thread loads."""

    thread: Thread
    loading: Future[LanguageIdentifier]

    def get(self) -> LanguageIdentifier:
        """What it has loaded; the thread is gone, so that this process may be copied."""
        self.thread.join()
        return self.loading.result()


@cache
def foresee_languages() -> Foreseen:
    """Begins to load what tells languages, beside whatever else is done; unpacking it needs no Python."""
    loading = Future[LanguageIdentifier]()
    thread = Thread(target=_fulfil, args=(loading,), daemon=True)  # who ends before does not wait for it
    thread.start()
    return Foreseen(thread, loading)


def _fulfil(loading: Future[LanguageIdentifier]) -> None:
    try:
        loading.set_result(_load())
    except Exception as error:
        loading.set_exception(error)


def _load() -> LanguageIdentifier:
    """Among the languages that we can name, lest a Spanish text be half Extremaduran."""
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(set(_load_names()) & set(identifier.labels))
    identifier.nb_ptc = np.ascontiguousarray(identifier.nb_ptc)  # what is asked together stands together: half the time
    return identifier
