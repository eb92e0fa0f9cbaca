"""The errors a caller may meet, on one screen.

KGError                shown as one line, exit code 2; each has a ``hint``: the way out
  DocumentError        a text that can't be read
  OntologyError        a fault in the ontology folder: file, term, rule broken
  PipelineError        no spaCy model, or one that does not fit
  GraphError           a graph file that is missing, is no RDF, or is not ours; a store that does not take one
  QueryError           a query that is malformed, writes, or reaches for the network
  DecisionError        a decision that can't be read, names nothing or several things, or contradicts another
  ExampleError         a file of examples that can't be read, or from which nothing can be learned
  TrainingError        nothing to learn with: scikit-learn is absent, or all examples are alike
  ServerError          an address that is taken, or a system that can't serve
  GoldError            a gold file that can't be read, or speaks of what the ontology has not
"""


def escape_marks(text: str) -> str:
    """A text as people can read it on one line: marks that can't be printed, or are halves of one, as "%0A"."""
    if text.isprintable():
        return text
    return "".join(mark if mark.isprintable() else f"%{ord(mark):02X}" for mark in text)


class KGError(Exception):
    """What went wrong, where, and what to do next."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        """Takes the fault, with where it is, and the way out of it."""
        super().__init__(message)
        self.hint = hint

    def __str__(self) -> str:
        """One line for people."""
        message = super().__str__()
        return f"{message} ({self.hint})" if self.hint else message


class DocumentError(KGError):
    """A document can't be read."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        """Takes the fault on one line, whatever marks are in the names of files and fields."""
        super().__init__(escape_marks(message), hint=hint)


class OntologyError(KGError):
    """The ontology folder breaks one of its own rules."""


class PipelineError(KGError):
    """The language pipeline can't be built."""


class GraphError(KGError):
    """A graph can't be read or written."""


class QueryError(KGError):
    """A query can't be answered."""


class DecisionError(KGError):
    """A decision of the user can't be taken or applied."""


class ServerError(KGError):
    """The graph can't be served."""


class GoldError(KGError):
    """A gold file can't be read."""


class ExampleError(KGError):
    """Examples can't be read, or teach nothing."""


class TrainingError(KGError):
    """Nothing can be learned here."""
