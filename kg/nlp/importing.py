"""spaCy imported without its own command line, which takes a third of the time and which nobody here uses."""

import sys
from importlib import import_module
from types import ModuleType

_COMMANDS = "spacy.cli.info"
"""What of it spaCy imports as it is imported itself."""


def import_spacy() -> None:
    """Where nothing has imported it; afterwards its command line can be imported as ever."""
    if "spacy" in sys.modules:
        return
    stand_in = ModuleType(_COMMANDS)
    stand_in.__dict__["info"] = _tell_info
    sys.modules[_COMMANDS] = stand_in
    try:
        import_module("spacy")
    finally:
        del sys.modules[_COMMANDS]


def _tell_info(*given: object, **named: object) -> object:
    return import_module(_COMMANDS).info(*given, **named)
