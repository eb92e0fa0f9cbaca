"""Libraries imported without a module that they import themselves, which takes long and which nobody here uses."""

import sys
from importlib import import_module
from types import ModuleType


def import_without(library: str, unused: str, term: str) -> None:
    """Imports the library, which finds of the ``unused`` module a stand-in that has a ``term`` alone.

    Called, that imports the module. Where either is imported already nothing stands in for it; afterwards the module
    can be imported as ever.
    """
    if library in sys.modules or unused in sys.modules:
        return

    def call(*given: object, **named: object) -> object:
        return getattr(import_module(unused), term)(*given, **named)

    stand_in = ModuleType(unused)
    setattr(stand_in, term, call)
    sys.modules[unused] = stand_in
    try:
        import_module(library)
    finally:
        del sys.modules[unused]
