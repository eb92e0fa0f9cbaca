"""``python -m kg`` and the ``kg`` command."""

import os
import sys
from contextlib import suppress

import click

from kg.cli import cli
from kg.errors import KGError


def run() -> None:
    """``main`` as a process of its own, which ends at once: to take all apart that a build holds takes seconds."""
    code = 0
    try:
        main()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(bool(ended.code))
    for stream in filter(None, (sys.stdout, sys.stderr)):  # none where it was closed from the first
        with suppress(OSError, ValueError):  # of what can't be written all is told by now
            stream.flush()
    os._exit(code)


def main() -> None:
    """Runs a verb; a fault of ours or the user's is one line and exit code 2."""
    try:
        cli(prog_name="kg", standalone_mode=False)
        if sys.stdout:
            sys.stdout.flush()
    except KGError as error:
        _fail(str(error))
    except click.Abort:
        _fail("interrupted")
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(2)
    except click.ClickException as error:
        _fail(_tell(error))
    except BrokenPipeError:
        pass  # who reads what is said has had enough of it
    except OSError as error:
        _fail(f"{error.filename}: {error.strerror}" if error.filename else str(error) or type(error).__name__)


def _tell(error: click.ClickException) -> str:
    """click's message on one line, and where to read on."""
    said = " ".join(error.format_message().split()).removesuffix(".")
    verb = getattr(error, "ctx", None)
    said = said[:1].lower() + said[1:] if said[1:2].islower() else said
    return f"{said} (see `{verb.command_path} --help`)" if verb else said


def _fail(message: str) -> None:
    click.echo(f"kg: {message}", err=True)
    sys.exit(2)


if __name__ == "__main__":
    run()
