"""Options that several verbs share."""

from pathlib import Path

import click

from kg.ontology import ONTOLOGY_FOLDER

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
