"""HTML from templates in which every text is escaped, always."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

FOLDER = Path(__file__).parent / "templates"


def render(template: str, **parts: object) -> str:
    """The page; a part that is missing is an error."""
    return _load().get_template(template).render(parts)


def load_templates() -> None:
    """Compiles all, so that the forks of this process need not."""
    for name in _load().list_templates():
        _load().get_template(name)


@cache
def _load() -> Environment:
    return Environment(
        loader=FileSystemLoader(FOLDER, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
