"""``python -m kg`` and the ``kg`` command."""

import os
import sys

import click

from kg.cli import cli
from kg.errors import KGError


def run() -> None:
    """``main`` as a process of its own, which ends at once: to take all apart that a build holds takes seconds."""
    main()
    if not sys.stderr.closed:
        sys.stderr.flush()
        os._exit(0)


def main() -> None:
    """Runs a verb; a fault of ours or the user's is one line and exit code 2."""
    try:
        cli(prog_name="kg", standalone_mode=False)
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
        sys.stderr.close()
    except OSError as error:
        _fail(f"{error.filename or 'the output'}: {error.strerror}")


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
