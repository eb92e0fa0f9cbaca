"""Options that several verbs share."""

from datetime import date
from pathlib import Path

import click

from kg.ontology import ONTOLOGY_FOLDER
from kg.readers.fields import NAMES as NAMES_OF_FIELDS
from kg.remote import find_place

GRAPH = click.option(
    "--graph",
    "-g",
    type=click.Path(path_type=Path),
    default=Path("output"),
    show_default=True,
    help="Graph folder or graph.nq.",
)
ONTOLOGY = click.option(
    "--ontology",
    "folder",
    type=click.Path(path_type=Path),
    default=ONTOLOGY_FOLDER,
    help="Ontology folder; ours by default.",
)
NAMES = click.option(
    "--names",
    multiple=True,
    type=click.Path(path_type=Path),
    help="CSV file of your own names: name,type,aliases,identifier; may be said again.",
)
SPACY = click.option("--model", default="", help="spaCy model, by name or path.")
WEIGHTS = click.option(
    "--weights", type=click.Path(path_type=Path), help="File that `kg train` wrote; ours by default."
)
NO_MODEL = click.option("--no-model", "plain", is_flag=True, help="Read by frames alone, without learned weights.")
DECISIONS = click.option(
    "--decisions",
    type=click.Path(path_type=Path),
    help="File of your decisions; decisions.ttl in the folder of the graph if not said.",
)
TIMEOUT = click.option(
    "--timeout", type=click.FloatRange(min=0.1), default=60.0, show_default=True, help="Seconds a query may take."
)
MEMORY = click.option(
    "--memory", type=click.IntRange(min=256), default=4096, show_default=True, help="Megabytes a query may take."
)


def _read_day(context: click.Context, option: click.Parameter, value: str | None) -> date | None:
    try:
        return None if value is None else date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"{value!r} is no day; write it as 2010-09-30") from None


DATE = click.option(
    "--date", "day", callback=_read_day, help="Day of the texts that do not tell theirs, as 2010-09-30."
)
SINCE = click.option("--since", callback=_read_day, help="Only what documents of this day or later say.")


def _split_fields(context: click.Context, option: click.Parameter, values: tuple[str, ...]) -> list[tuple[str, str]]:
    pairs = [(name, field) for name, _, field in (value.partition("=") for value in values)]
    for name, field in pairs:
        if name not in NAMES_OF_FIELDS or not field:
            raise click.BadParameter(f"{name!r} is none of {', '.join(NAMES_OF_FIELDS)}; write --field text=NAME")
    return pairs


FIELDS = click.option(
    "--field",
    "fields",
    multiple=True,
    callback=_split_fields,
    help="Where JSON and CSV have it: text=NAME, also for id, title, author, source, url, language, date.",
)
OUTPUT = click.option(
    "--output",
    "-o",
    type=find_place,
    metavar="PATH",
    default="output",
    show_default=True,
    help="Folder of the graph, here or in a store: s3://bucket/graph.",
)
PATHS = click.argument("paths", nargs=-1, required=True, type=find_place, metavar="PATHS...")
QUIET = click.option("--quiet", "-q", is_flag=True, help="Say nothing but errors.")
JSON = click.option("--json", "as_json", is_flag=True, help="Say as JSON what was made, and nothing else.")
JOBS = click.option(
    "--jobs",
    "-j",
    type=click.IntRange(min=0),
    default=0,
    help="Processes that read; if not said one a core, and one where there is little to read.",
)
ENGINE = click.option(
    "--engine",
    type=click.Choice(["local", "ray"]),
    default="local",
    show_default=True,
    help="Read on this machine, or on a Ray cluster.",
)
ADDRESS = click.option("--address", default="", help="Address of a running Ray cluster; else one is begun here.")


def choose_weights(weights: Path | None, *, plain: bool) -> Path | None:
    """The user's, ours, or none."""
    from kg.nlp.weights import SHIPPED

    if plain and weights:
        raise click.UsageError("--weights or --no-model, not both")
    return None if plain else weights or SHIPPED
