"""The few groups of kinds that a view tells apart by colour and shape."""

from kg.model import Curie
from kg.views.vocabulary import Vocabulary, climb

GROUPS = {
    "kg:Person": "person",
    "kg:Organization": "organization",
    "kg:Group": "organization",
    "kg:Place": "place",
    "kg:Event": "event",
    "kg:Position": "position",
    "kg:Tenure": "position",
    "kg:Law": "work",
    "kg:Work": "work",
}
"""Class → group of all that stands below it."""
OTHER = "thing"


def find_group(vocabulary: Vocabulary, kind: Curie) -> str:
    """The group of the nearest class above ``kind`` that has one."""
    return next((GROUPS[term] for term in climb(vocabulary, kind) if term in GROUPS), OTHER)
