"""Where another process may be started, and how: one begun anew imports the main module of this one, and so runs a
script again."""

import re
import sys
import threading
from pathlib import Path

_GUARD = re.compile(r"""^if __name__ == ["']__main__["']""", re.MULTILINE)


def can_spawn() -> bool:
    """True of a command, of a session without a file, and of a script that tells when it is the main module."""
    main = sys.modules["__main__"]
    path = getattr(main, "__file__", None)
    name = getattr(main.__spec__, "name", "")
    if path is None or name.rpartition(".")[2] == "__main__":
        return True  # of these nothing is imported
    try:
        return bool(_GUARD.search(Path(path).read_text(encoding="utf-8", errors="replace")))
    except OSError:
        return False  # 'python -' calls its file <stdin>


def choose_start() -> str:
    """A copy of this process has imported at once what it needs; it is safe on Linux where no thread runs beside it.

    Otherwise a process is begun anew.
    """
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"
