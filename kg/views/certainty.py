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


def judge_statement(row: Row) -> str:
    """'fact', or what keeps the statement of the row from being one."""
    if "fact" in row:
        return "fact"
    return "disputed" if row.get("disputed") == "true" else judge(row["held"], says=row.get("says", ""))


def judge_evidence(row: Row) -> str:
    """'fact', or what keeps this sentence alone from making one."""
    if row["factuality"] == Factuality.FACT.value:
        return "fact"
    return judge(row["factuality"], says=row.get("says", ""))


def judge(factuality: str, *, says: str) -> str:
    """Of what nothing commits to, what somebody says is alleged, all else planned or supposed."""
    return _WORDS.get(Factuality(factuality), "alleged" if says else "planned")
