"""``python -m kg`` and the ``kg`` command."""

import sys

import click

from kg.cli import cli
from kg.errors import KGError


def main() -> None:
    """Runs a verb; a fault of ours or the user's is one line and exit code 2."""
    try:
        cli(standalone_mode=False)
    except KGError as error:
        _fail(str(error))
    except click.Abort:
        _fail("interrupted")
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()


def _fail(message: str) -> None:
    click.echo(f"kg: {message}", err=True)
    sys.exit(2)


if __name__ == "__main__":
    main()
