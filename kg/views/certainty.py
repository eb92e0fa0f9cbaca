"""How sure a statement is, in the one word by which a view draws, filters and names it."""

from kg.model import Factuality
from kg.rdf.tables import Row

_WORDS = {
    Factuality.FACT: "candidate",  # asserted, but read too unsurely: else it were a fact
    Factuality.PROBABLE: "possible",
    Factuality.POSSIBLE: "possible",
    Factuality.COUNTERFACT: "denied",
    Factuality.IMPROBABLE: "denied",
    Factuality.DOUBTFUL: "denied",
}
_ASSERTED = Factuality.FACT.value


def judge_statement(stated: Row, *, says: str) -> str:
    """'fact', or what keeps the statement from being one; ``says`` is who says it."""
    if "fact" in stated:
        return "fact"
    return "disputed" if stated.get("disputed") == "true" else judge(stated["held"], says=says)


def judge_evidence(factuality: str, *, says: str) -> str:
    """'fact', or what keeps this sentence alone from making one."""
    return "fact" if factuality == _ASSERTED else judge(factuality, says=says)


def judge(factuality: str, *, says: str) -> str:
    """Of what nothing commits to, what somebody says is alleged, all else planned or supposed."""
    return _WORDS.get(Factuality(factuality), "alleged" if says else "planned")
