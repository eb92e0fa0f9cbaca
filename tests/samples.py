"""Small records by hand for the tests of what comes after reading."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from pyoxigraph import Store

from kg.model import Document, Evidence, Factuality, Form, Mention, Passage, Statement, Value
from kg.ontology import ONTOLOGY_FOLDER
from kg.rdf.dataset import make_store
from kg.rdf.quads import Run
from kg.rdf.turtle import write_facts

HOSTILE = "</script><img src=x onerror=alert(1)> \"q\" 'a' href\u202e\n=1+1"
RUN = Run("kg 0", "none 0", "0" * 16, "1" * 16, "base b; names none; decisions 0")
TEXT = "Ann Bo is president of Chile. The police deny the arrest of Ann Bo."
POLICE = Mention(Passage("a.md", 30, 40, "The police"), "kg:SecurityForce", Form.NOMINAL)
SAID = Evidence(Passage("a.md", 0, 29, TEXT[:29]), Factuality.FACT, "president-noun “president”", 0.9)
DENIED = Evidence(Passage("a.md", 30, 67, TEXT[30:]), Factuality.COUNTERFACT, "arrest-noun “arrest”", 0.9, POLICE)
DOCUMENTS = (Document("a.md", TEXT, title="A day", source="Wire", published=date(2010, 10, 1)),)
ANN, CHILE, ARREST = "kgr:person/ann-bo", "kgr:place/chile", "kgr:event/arrest-ann-bo"
SOURCES = {POLICE: "kgr:organization/police"}
STATEMENTS = (
    Statement(ANN, "rdf:type", "kg:President", (SAID,)),
    Statement(ANN, "rdf:type", "kg:Person", (SAID,)),
    Statement(ANN, "rdf:type", "kg:Agent", (SAID,)),
    Statement(ANN, "rdfs:label", Value("Ann Bo", "xsd:string"), (SAID,)),
    Statement(ANN, "skos:altLabel", Value(HOSTILE, "xsd:string"), (SAID,)),
    Statement(ANN, "kg:presidentOf", CHILE, (SAID,)),
    Statement(ANN, "kg:bornOn", Value("1960-05", "xsd:gYearMonth"), (SAID,)),
    Statement(CHILE, "rdf:type", "kg:Country", (SAID,)),
    Statement(CHILE, "rdf:type", "kg:Place", (SAID,)),
    Statement(CHILE, "rdfs:label", Value("Chile", "xsd:string"), (SAID,)),
    Statement(ARREST, "rdf:type", "kg:Arrest", (DENIED,)),
    Statement(ARREST, "rdf:type", "kg:Event", (DENIED,)),
    Statement(ARREST, "rdfs:label", Value("Arrest of Ann Bo", "xsd:string"), (DENIED,)),
    Statement(ARREST, "kg:target", ANN, (DENIED,)),
    Statement(ANN, "rdf:type", "kg:Politician", (SAID,)),
    Statement(CHILE, "rdf:type", "kg:Agent", (SAID,)),
)


def sample_store(base: str = "https://example.org/kg/") -> Store:
    """The dataset of the statements above."""
    return make_store(
        STATEMENTS,
        DOCUMENTS,
        run=RUN,
        ontology_folder=ONTOLOGY_FOLDER,
        base=base,
        sources=SOURCES,
    )


def serialize_facts(store: Store, base: str = "https://example.org/kg/") -> bytes:
    """The file of facts that a build writes of the store."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "facts.ttl"
        write_facts(store, path, base)
        return path.read_bytes()
