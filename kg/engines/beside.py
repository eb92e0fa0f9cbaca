"""Work that a copy of this process does while this one does something else."""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import NamedTuple

from kg.apart import end_with_parent
from kg.engines.spawning import choose_start

Work = Callable[[], None]
_DONE = b"."


class _Copy(NamedTuple):
    """A process, and where it tells of each work that it is done."""

    process: BaseProcess
    told: int


@contextmanager
def beside(*works: Work, apart: bool) -> Iterator[Callable[[int], None]]:
    """The works, which leave nothing but files, are done one after the other, all of them when the block ends.

    What the block is given waits for the first so many. ``apart`` a copy of this process does them while the block goes
    on: it has in memory all that this one has, which is there twice as far as either looks at it. If there can be no
    copy, or it fails, this process does what is left when it is waited for, and so it is here that its faults are
    raised. The copy is gone when the block ends, and with this process.
    """
    copy = _begin(works) if apart and choose_start() == "fork" else None
    rest = list(works)

    def finish(count: int) -> None:
        while len(works) - len(rest) < count:
            if copy is None or os.read(copy.told, 1) != _DONE:
                rest[0]()
            del rest[0]

    try:
        yield finish
        finish(len(works))
    finally:
        if copy:
            copy.process.kill()
            copy.process.join()
            os.close(copy.told)


def _begin(works: Sequence[Work]) -> _Copy | None:
    """None where the system has no room for one."""
    told, telling = os.pipe()
    process = get_context("fork").Process(target=_do, args=(works, telling))
    try:
        process.start()
    except OSError:
        os.close(told)
        return None
    finally:
        os.close(telling)  # so that what is told ends with the copy
    return _Copy(process, told)


def _do(works: Sequence[Work], telling: int) -> None:
    """Ends at once: what this process would tidy up as it ends is the other one's."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=end_with_parent, daemon=True).start()
    try:
        for work in works:
            work()
            os.write(telling, _DONE)
    except BaseException:  # the other process does it again, and hears why not
        os._exit(1)
    os._exit(0)
