"""Which mentions become one chain, sieve by sieve, on stored parses; every chain of two and more is written out."""

import pytest
from parses import read_docs
from spacy.lang.en import English
from spacy.tokens import Doc, Span

from kg.model import Form
from kg.nlp.chains import find_gender, find_roles
from kg.nlp.components import annotate
from kg.nlp.genders import name_gender, title_gender
from kg.nlp.partition import join, make_chains
from kg.nlp.quotations import find_quotations
from kg.nlp.salience import Candidate, find_features
from kg.nlp.spans import CHAIN, MENTIONS, make_span
from kg.ontology import load_ontology

NAMES = [
    ("Britain left the union. The UK had voted in 2016.", ["Britain = UK"]),
    ("Lenín Moreno won. Critics of Lenin Moreno protested.", ["Lenín Moreno = Lenin Moreno"]),
    ("Georgia signed the treaty. Georgian officials praised Peru.", ["Georgia = Georgian"]),
]
SHORT_FORMS = [
    (
        "The International Monetary Fund (IMF) lent the money. The IMF wants it back.",
        ["International Monetary Fund = IMF = IMF"],
    ),
    (
        "The Rural Workers' League (RWL) called a strike. The RWL has many members.",
        ["Rural Workers' League = RWL = RWL"],
    ),
    ("The League for Rural Action (LRA) called a strike.", ["League for Rural Action = LRA"]),
    ("The Spanish Party of Work (XYZ) lost. XYZ will meet in May.", ["Spanish Party of Work = XYZ = XYZ"]),
    ("Spanish Socialist Workers' Party (PSOE) members voted.", ["Spanish Socialist Workers' Party = PSOE"]),
    (
        "The Peruvian Constitutional Tribunal met on Monday. The Tribunal will rule in Lima on Friday.",
        ["Peruvian Constitutional Tribunal = Tribunal"],
    ),
]
BEARERS = [
    ("Kim Hye-rin arrived on Monday. Kim Hyerin left on Friday.", ["Kim Hye-rin = Kim Hyerin"]),
    ("Marta Ruiz Ortega arrived on Monday. Marta Ruiz left on Friday.", ["Marta Ruiz Ortega = Marta Ruiz"]),
    ("Marta Ruiz arrived on Monday. Marta Ruiz Ortega left on Friday.", ["Marta Ruiz = Marta Ruiz Ortega"]),
    ("Marta Ruiz arrived on Monday. Pedro Ruiz left on Friday.", []),
    ("Gabriel García Soto wrote a book. García Soto died in Mexico.", ["Gabriel García Soto = García Soto"]),
    (
        "The observer, Marta Ruiz, arrived on Monday. The attorney, Marta Ruiz Ortega, left on Friday.",
        ["The observer = Marta Ruiz", "The attorney = Marta Ruiz Ortega"],
    ),
    ("Marta Ruiz met Daniel Marsh. Marsh thanked Ruiz.", ["Marta Ruiz = Ruiz", "Daniel Marsh = Marsh"]),
    ("Marsh left. Daniel Marsh was tired.", ["Marsh = Daniel Marsh"]),
    ("Ana Ruiz was elected. Ana was tired.", ["Ana Ruiz = Ana"]),
    ("Marsh arrived on Monday. On Tuesday Marsh left.", ["Marsh = Marsh"]),
    (
        "She is the niece of Daniel Marsh, a judge. Marsh studied law and she won a prize.",
        ["Daniel Marsh = a judge", "Marsh = she"],
    ),
    (
        "Marsh, the sister of the judge Daniel Marsh, said she was ill.",
        ["Marsh = the sister = she", "the judge = Daniel Marsh"],
    ),
    ("Marsh married Peter Marsh in 1990. She died in 2004.", ["Marsh = She"]),
    ("Ana Ruiz married Peter Marsh in 1990. Marsh was a farmer.", ["Peter Marsh = Marsh"]),
    ("Daniel Marsh spoke first. Mrs Marsh said nothing.", []),
    ("Daniel Marsh met Emma Marsh. Mrs Marsh thanked Mr Marsh.", ["Daniel Marsh = Marsh", "Emma Marsh = Marsh"]),
    (
        "Judge Daniel Marsh met the minister, Peter Marsh. Judge Marsh left early.",
        ["Judge = Daniel Marsh = Judge = Marsh", "the minister = Peter Marsh"],
    ),
    ("Daniel Marsh arrived.\n\nPeter Marsh was there too. Marsh left on Friday.", ["Peter Marsh = Marsh"]),
    ("Ana Ruiz met her mother, Marta Ruiz. Ruiz studied law.", ["Ana Ruiz = her = Ruiz", "mother = Marta Ruiz"]),
]
DEFINITES = [
    ("The president, Emma Stone, spoke first.", ["The president = Emma Stone"]),
    ("Emma Stone, the former finance minister, spoke first.", ["Emma Stone = the former finance minister"]),
    ("Former minister Emma Stone spoke first.", ["Former minister = Emma Stone"]),
    ("The head of the mission, Emma Stone, spoke first.", ["The head = Emma Stone"]),
    ("Her vice-president, Emma Stone, spoke first.", ["vice-president = Emma Stone"]),
    ("The minister, Emma Stone and Daniel Marsh spoke first.", []),
    ("Emma Stone was president until 2018. The president lives in Lima.", ["Emma Stone = The president"]),
    ("Emma Stone was sworn in as president. The president spoke of peace.", ["Emma Stone = The president"]),
    (
        "Finance minister Emma Stone met vice president Daniel Marsh. "
        "The minister left and the vice president followed.",
        ["Finance minister = Emma Stone = The minister", "vice president = Daniel Marsh = the vice president"],
    ),
    ("Vice president Daniel Marsh met the press. The president stayed away.", ["Vice president = Daniel Marsh"]),
    (
        "Former president Emma Stone met president Daniel Marsh. "
        "The former president smiled, and the president frowned.",
        ["Former president = Emma Stone = The former president", "president = Daniel Marsh = the president"],
    ),
    (
        "Minister Emma Stone resigned on Monday. The former minister left for Chile.",
        ["Minister = Emma Stone = The former minister"],
    ),
    ("Emma Stone was minister. The former minister lives in Lima.", []),
    (
        "The Peruvian president met the Chilean president, Emma Stone. The Peruvian president left.",
        ["Peruvian = Peruvian", "president = Emma Stone"],
    ),
    ("The president of the club left. Emma Stone stayed.", []),
    ("Emma Stone is the minister. A minister resigned in Peru.", []),
    ("The Green Party lost. The party will meet in May.", ["Green Party = The party"]),
    (
        "The National Electoral Council of Ecuador met in Quito. The members of the council counted the votes.",
        ["National Electoral Council of Ecuador = the council"],
    ),
    ("Chile signed, Peru did not, and Chile paid. The country is rich.", ["Chile = Chile = The country"]),
]
RELATIVES = [
    (
        "Emma Stone and her husband, Daniel Marsh, arrived. Her husband spoke first.",
        ["Emma Stone = her = Her", "husband = Daniel Marsh = husband"],
    ),
    (
        "Daniel Marsh came with his wife, Emma Stone. Her husband spoke first.",
        ["Daniel Marsh = his = husband", "wife = Emma Stone = Her"],
    ),
    (
        "Emma Stone came with her father, Daniel Marsh. His daughter spoke first.",
        ["Emma Stone = her = daughter", "father = Daniel Marsh = His"],
    ),
    (
        "Emma Stone thanked her predecessor, Daniel Marsh. His successor smiled.",
        ["Emma Stone = her = successor", "predecessor = Daniel Marsh = His"],
    ),
    (
        "Emma Stone met her brother, Daniel Marsh. "
        "Clara Novak met her brother, Peter Novak. Stone thanked her brother.",
        [
            "Emma Stone = her = Stone = her",
            "brother = Daniel Marsh = brother",
            "Clara Novak = her",
            "brother = Peter Novak",
        ],
    ),
    (
        "Emma Stone came with her sister, Clara Stone. Her brother stayed away.",
        ["Emma Stone = her = Her", "sister = Clara Stone"],
    ),
]
QUOTATIONS = [
    ('"I take no joy in this," said Emma Stone. "My party has lost."', ["I = Emma Stone = My"]),
    ('Emma Stone said: "I will stay." "I hope so," said Daniel Marsh.', ["Emma Stone = I", "I = Daniel Marsh"]),
    ('"He is my friend," Emma Stone said of Daniel Marsh.', ["my = Emma Stone"]),
    ('"I will stay," said Emma Stone.\n\n"I am tired," the reporter wrote.', ["I = Emma Stone", "I = the reporter"]),
    ('"I will stay," the report said.', []),
    ("I met Emma Stone.", []),
]
DATELINES = [
    ("LIMA, 3 May 2011 - The mayor of Lima resigned.", ["LIMA = Lima"]),
    ("SAN SALVADOR (Wire) - San Salvador has a new mayor.", ["SAN SALVADOR = San Salvador"]),
    ("NAIROBI - Police arrested a man in Nairobi.", ["NAIROBI = Nairobi"]),
]
PRONOUNS = [
    ("Emma Stone met Daniel Marsh before she left.", ["Emma Stone = she"]),
    ("Emma Stone met Daniel Marsh before he left.", ["Daniel Marsh = he"]),
    ("Emma Stone met Clara Novak. Novak said she was ill.", ["Clara Novak = Novak = she"]),
    ("Ms Stone met Daniel Marsh. He thanked her.", ["Stone = her", "Daniel Marsh = He"]),
    ("The spokeswoman met Daniel Marsh. She thanked him.", ["The spokeswoman = She", "Daniel Marsh = him"]),
    ("The Green Party met Daniel Marsh. They thanked him.", ["Green Party = They", "Daniel Marsh = him"]),
    ("The Green Party met the minister. He thanked it.", ["Green Party = it", "the minister = He"]),
    ("Daniel Marsh praised him.", []),
    ("Daniel Marsh hurt himself.", ["Daniel Marsh = himself"]),
    ("Emma Stone came and saw her.", []),
    ("Vodalink said it would pay.", ["Vodalink = it"]),
    ("Tanahill grew up in Lima. She studied law.", ["Tanahill = She"]),
    ('Emma Stone told reporters: "She played well." Clara Novak was pleased.', []),
    ("Daniel Marsh met Peter Novak, who resigned after he was shot.", ["Peter Novak = who = he"]),
    ("Emma Stone demanded her arrest.", []),
    ("Daniel Marsh left. Judge Peter Novak found him guilty.", ["Daniel Marsh = him", "Judge = Peter Novak"]),
    ("Emma Stone announced her resignation.", ["Emma Stone = her"]),
    ("In her speech, Emma Stone thanked the voters.", ["her = Emma Stone"]),
    ("Before him, Daniel Marsh was mayor.", []),
    ("The minister who resigned is Emma Stone.", ["The minister = who"]),
    ("Emma Stone, whose party lost, resigned.", ["Emma Stone = whose"]),
    ("It is clear that Emma Stone lost.", []),
    ("Emma Stone left Lima in 2016. The votes were counted. She returned in 2018.", ["Emma Stone = She"]),
    (
        "Emma Stone left Lima in 2016. "
        "The votes were counted. The rain came. The harvest was good. She returned in 2018.",
        [],
    ),
]
"""Three sentences are as far as a pronoun reaches back."""
CASES = [*NAMES, *SHORT_FORMS, *BEARERS, *DEFINITES, *RELATIVES, *QUOTATIONS, *DATELINES, *PRONOUNS]
GENDERS = [
    ("Emma Stone met Daniel Marsh before she left.", {"Emma Stone": "f", "Daniel Marsh": "m"}),
    ("Daniel Marsh met Emma Marsh. Mrs Marsh thanked Mr Marsh.", {"Daniel Marsh": "m", "Emma Marsh": "f"}),
    ("Marsh left. Daniel Marsh was tired.", {"Marsh": "", "Daniel Marsh": "m"}),
    ("The spokeswoman met Daniel Marsh. She thanked him.", {"The spokeswoman": "f"}),
    ("Kim Hye-rin arrived on Monday. Kim Hyerin left on Friday.", {"Kim Hyerin": ""}),
]
TEXTS = sorted({text for text, _ in CASES})
DOCS = read_docs(English().vocab, "coreference")
ONTOLOGY = load_ontology()


def annotated(text: str) -> Doc:
    return annotate(DOCS[text].copy(), ONTOLOGY)


def find_chains(doc: Doc) -> list[str]:
    chains = [doc.spans[key] for key in doc.spans if key.startswith(CHAIN)]
    return [" = ".join(span.text for span in chain) for chain in chains if len(chain) > 1]


def mentions_of(doc: Doc) -> dict[str, Span]:
    return {span.text: span for span in reversed(doc.spans[MENTIONS])}


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_chains(text: str, expected: list[str]):
    assert find_chains(annotated(text)) == expected


def test_who_is_the_subject_of_its_clause():
    doc = annotated("Daniel Marsh met Peter Novak, who resigned after he was shot.")
    pronoun = next(token for token in doc if token.text == "he")
    for name, above in (("Peter Novak", True), ("Daniel Marsh", False)):
        members = [span for span in doc.spans[MENTIONS] if span.text in (name, "who" if above else "")]
        features = set(find_features(pronoun, Candidate(0, members, 1, "m", 0, foremost=True), load_ontology()))
        assert ("subject above 1" in features) is above


@pytest.mark.parametrize(("text", "expected"), GENDERS, ids=[text for text, _ in GENDERS])
def test_a_gender_is_told_by_title_role_and_given_name(text: str, expected: dict[str, str]):
    mentions = mentions_of(annotated(text))
    told = {name: title_gender(mentions[name], ONTOLOGY) or name_gender(mentions[name], ONTOLOGY) for name in expected}
    assert told == expected


def test_a_chain_has_the_gender_of_its_title_and_else_of_its_longest_name():
    doc = annotated("Marsh left. Daniel Marsh was tired.")
    mentions = list(doc.spans[MENTIONS])
    assert find_gender(mentions, make_chains([0, 0]), 0, ONTOLOGY) == "m"
    assert find_gender(mentions, make_chains([0, 1]), 0, ONTOLOGY) == ""


def test_roles_are_the_nouns_of_a_chain():
    doc = annotated("Emma Stone, the former finance minister, spoke first.")
    mentions = list(doc.spans[MENTIONS])
    assert find_roles(mentions, make_chains([0] * len(mentions)), 0) == {"minister"}


def test_the_earlier_leader_leads_and_members_stay_in_text_order():
    chains = make_chains([0, 1, 0, 3])
    join(chains, 3, 2)
    join(chains, 1, 1)
    assert chains.leaders == [0, 1, 0, 0]
    assert chains.members == {0: [0, 2, 3], 1: [1]}


def test_no_quotation_runs_over_a_blank_line():
    doc = DOCS['"I will stay," said Emma Stone.\n\n"I am tired," the reporter wrote.']
    assert [span.text for span in find_quotations(doc)] == ['"I will stay,"', '"I am tired,"']


QUOTED = [
    ('He said "yes" and “no”.', ['"yes"', "“no”"]),
    ("„Ja“, „nein“.", ["„Ja“", "„nein“"]),
    ("``Yes,'' he said, and «no».", ["``Yes,''", "«no»"]),
    ("“I am here. \n“I will stay,” he said.", ["“I am here. \n", "“I will stay,”"]),
    ('“He said "no" to me,” she said.', ['“He said "no" to me,”']),
]


@pytest.mark.parametrize(("text", "expected"), QUOTED, ids=[text for text, _ in QUOTED])
def test_a_quotation_ends_at_the_mark_that_closes_it(text: str, expected: list[str]):
    assert [span.text for span in find_quotations(English()(text))] == expected


def test_the_members_of_a_chain_have_its_type():
    doc = annotated("The Green Party lost. The party will meet in May.")
    assert [span.label_ for span in doc.spans[f"{CHAIN}1"]] == ["kg:PoliticalParty", "kg:PoliticalParty"]


def test_a_span_carries_class_form_and_known_name():
    span = make_span(DOCS["I met Emma Stone."], 2, 4, "kg:Person", Form.NAME, "Emma Stone")
    assert (span.text, span.label_, span.id_, span.kb_id_) == ("Emma Stone", "kg:Person", "name", "Emma Stone")
