"""Readers on files that real programs made: whole sentences, nothing of the page around them, what is known of each."""

import io
import json
import sys
import zipfile
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest

from kg.build import build_graph
from kg.documents import read_documents
from kg.model import Document
from kg.rdf.files import read_store
from kg.rdf.sparql import run_query
from kg.readers.drafts import Wishes

FILES = Path(__file__).parent / "files"
SENTENCES = (
    "Mariela Quispe became president of Ecuador on 4 March 2011, after the electoral tribunal confirmed that she had"
    " defeated Tomás Irigoyen by fewer than nine thousand ballots.",
    "His representatives filed an extraordinary complaint with the constitutional court and demanded that the"
    " commission recount every ballot in the southern provinces, where turnout had been unexpectedly high.",
    "The outgoing government officially congratulated her, and the office of the vice-president published the final"
    " figures on the following morning.",
    "The interior ministry said that the demonstration had been peaceful; organisers nevertheless complained about"
    " disproportionate controls at the entrances of the capital, and about the confiscation of loudspeakers, banners"
    " and an ambulance.",
    "Her deputy, a constitutional scholar without parliamentary experience, will be responsible for the negotiations"
    " about the transcontinental railway and for the administration of development programmes in the neighbouring"
    " countries.",
    "The constitutional court has nine judges.",
)
ARTICLE = (
    "Elena Cisneros, the labour minister of Ecuador, ended a nine-day strike of bus drivers in Loja on Monday.",
    "Cisneros flew back to Quito in the evening, where she reported to President Mariela Quispe.",
    "Cisneros denied that the government had threatened to arrest him.",
)
MESSAGE = (
    "Ofelia Maldonado became mayor of Esmeraldas last night, after the provincial court had annulled the first count.",
    "Her rival, Hugo Zambrano Peña, denied that he had ordered the burning of ballots.",
)


def read(path: Path, **wishes: object) -> list[Document]:
    readings = read_documents([path], wishes=Wishes(**wishes))  # type: ignore[arg-type]
    assert readings.errors == ()
    return list(readings.documents)


@pytest.mark.parametrize(
    ("name", "sentences"),
    [
        ("report.odt", SENTENCES),
        ("report.docx", SENTENCES),
        ("report.pdf", SENTENCES),
        ("report.txt", (SENTENCES[0], SENTENCES[2])),
        ("saved.html", ARTICLE),
        ("saved.mhtml", ARTICLE),
        ("printed.pdf", ARTICLE),
        ("neomutt.eml", MESSAGE),
        ("snail.eml", MESSAGE),
    ],
)
def test_sentences_are_whole(name: str, sentences: tuple[str, ...]):
    text = read(FILES / name)[0].text
    assert [sentence for sentence in sentences if sentence not in text] == []


@pytest.mark.parametrize("name", ["list.json", "lines.jsonl", "table.csv"])
def test_records_are_found_by_the_names_of_their_fields(name: str):
    one, other = read(FILES / name, fields={"text": "body", "title": "headline"})
    assert (one.id, other.id) == (f"{name}/loja-1", f"{name}/loja-2")
    assert (one.text, other.text) == ("\n".join(ARTICLE[:2]), ARTICLE[2])
    assert (one.title, other.title, one.published) == ("Strike ends, talks go on", '"No threat"', date(2012, 6, 18))


def test_a_reply_and_what_it_quotes_are_two_documents():
    own, quoted = read(FILES / "reply.eml")
    assert (own.text.strip(), own.author) == ("The court of Quito has confirmed it.", "Cy Di <cy@wire.example>")
    assert quoted.text.split("\n\n") == list(MESSAGE)
    assert (quoted.id, quoted.author) == ("reply.eml/quoted-1", "Ofelia Maldonado <ofelia@wire.example>")


def test_an_archive_of_a_packer_is_read():
    texts = {document.id: document.text for document in read(FILES / "all.zip")}
    assert set(texts) == {"all.zip/report.txt", "all.zip/mail/snail.eml"}
    assert (SENTENCES[0] in texts["all.zip/report.txt"]) and (MESSAGE[0] in texts["all.zip/mail/snail.eml"])


@pytest.mark.parametrize(
    ("name", "title", "author", "published"),
    [
        ("report.odt", "The week in Puerto Alba", "Inés Carvajal", date(2011, 3, 5)),
        ("report.docx", "The week in Puerto Alba", "Inés Carvajal", date(2011, 3, 5)),
        ("report.pdf", "The week in Puerto Alba", "Inés Carvajal", date(2026, 11, 26)),  # the day it was printed
        ("saved.html", "Strike ends after talks in Loja", "Julián Paredes", date(2012, 6, 18)),
        ("saved.mhtml", "Strike ends after talks in Loja", "Julián Paredes", date(2012, 6, 18)),
        (
            "neomutt.eml",
            "Mayor of Esmeraldas – Zambrano's denial",
            "Tamara Ortiz <tamara@wire.example>",
            date(2026, 11, 26),
        ),
        ("snail.eml", "Peña Zárate in Quito", "Tamara Ortiz <tamara@wire.example>", date(2026, 11, 26)),
    ],
)
def test_what_a_file_says_of_itself_is_kept(name: str, title: str, author: str, published: date):
    document = read(FILES / name)[0]
    assert (document.title, document.author, document.published) == (title, author, published)


@pytest.mark.parametrize("name", ["saved.html", "saved.mhtml"])
def test_a_page_is_its_article(name: str):
    (document,) = read(FILES / name)
    for around in ("Subscribe", "Most read", "Vilcabamba", "All rights", "Privacy"):
        assert around not in document.text
    assert (document.source, document.url) == ("Andean Bulletin", "https://bulletin.example/loja-strike")


def test_running_heads_page_numbers_and_hyphens_are_no_text():
    (document,) = read(FILES / "report.pdf")
    for around in ("Alba Weekly Review", "Page 1", "of 2", "-\n", "\u00ad", "\ufb01", "  "):
        assert around not in document.text
    assert document.text.rstrip().endswith("The constitutional court has nine judges.")


def test_what_is_attached_is_a_document_of_its_own():
    letter, report = read(FILES / "neomutt.eml")
    assert (letter.id, report.id) == ("neomutt.eml", "neomutt.eml/report.docx")
    assert report.text == read(FILES / "report.docx")[0].text
    assert "Coastal Wire" not in letter.text, "that is the signature"


def test_a_message_forwarded_is_read_and_a_picture_is_not(tmp_path: Path):
    inner, outer = EmailMessage(), EmailMessage()
    inner["Subject"], outer["Subject"] = "Inner", "Outer"
    inner.set_content("> Ann Bo resigned on a day on which nobody had thought of it,\n> and left.\n-- \nCy\n")
    outer.set_content("See below.\n-- \nDi\n" + "Long after the signature.\n" * 20)
    outer.add_attachment(inner)
    outer.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="a.png")
    outer.add_attachment("Text.", filename="../a.txt")
    (tmp_path / "a.eml").write_bytes(outer.as_bytes())
    documents = read(tmp_path)
    assert [document.id for document in documents] == ["a.eml", "a.eml/.._a.txt", "a.eml/part-1.eml/quoted-1"]
    assert "Long after the signature." in documents[0].text
    assert documents[2].title == "Inner"
    assert documents[2].text.strip() == "Ann Bo resigned on a day on which nobody had thought of it, and left."


def test_the_day_in_a_file_name_goes_before_the_day_of_printing(tmp_path: Path):
    (tmp_path / "2011-03-06-week.pdf").write_bytes((FILES / "report.pdf").read_bytes())
    (tmp_path / "2011-03-06-mail.eml").write_bytes((FILES / "snail.eml").read_bytes())
    assert [document.published for document in read(tmp_path)] == [date(2026, 11, 26), date(2011, 3, 6)]


def test_the_day_given_is_for_texts_that_tell_none(tmp_path: Path):
    (tmp_path / "a.txt").write_text("Text.")
    (tmp_path / "b.md").write_text("---\ndate: 2010-01-02\n---\nText.")
    assert [item.published for item in read(tmp_path, day=date(2020, 5, 6))] == [date(2020, 5, 6), date(2010, 1, 2)]


def test_json_lines_and_tables_have_their_fields_where_the_user_says(tmp_path: Path):
    lines = [{"id": "x", "data": {"body": "One."}, "when": "2010-01-02T10:00"}, {"data": {"body": "Two."}}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)))
    (tmp_path / "b.json").write_text(json.dumps(lines))
    (tmp_path / "c.csv").write_text('id,data.body,when\nx,"One,\nand ""more"".",2010-01-02\n,Two.,\n')
    (tmp_path / "d.csv").write_text("data.body;when\nOne.;2010-01-02\n", encoding="utf-8-sig")
    documents = read(tmp_path, fields={"text": "data.body", "date": "when"})
    assert [document.id for document in documents] == [
        *("a.jsonl/2", "a.jsonl/x", "b.json/2", "b.json/x", "c.csv/3", "c.csv/x", "d.csv/2")
    ]
    assert [document.published for document in documents[1::2]] == [date(2010, 1, 2)] * 3
    assert documents[5].text == 'One,\nand "more".'


def test_an_archive_is_read_as_a_folder_is(tmp_path: Path):
    names = ("report.odt", "report.pdf", "saved.html", "snail.eml")
    with zipfile.ZipFile(tmp_path / "all.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.write(FILES / name, f"in/{name}")
        archive.writestr("__MACOSX/in/report.odt", "x")
        archive.writestr("in/picture.png", "x")
        archive.writestr("in/.hidden.txt", "x")
    plain = {f"all.zip/in/{document.id}": document.text for name in names for document in read(FILES / name)}
    assert {document.id: document.text for document in read(tmp_path / "all.zip")} == plain


@pytest.mark.parametrize("name", ["report.odt", "report.docx", "report.pdf", "saved.html", "saved.mhtml"])
def test_standard_input_is_known_by_its_first_bytes(name: str):
    stdin = io.TextIOWrapper(io.BytesIO((FILES / name).read_bytes()))
    readings = read_documents([Path("-")], stdin=stdin)
    assert [(item.id, item.text) for item in readings.documents] == [("stdin", read(FILES / name)[0].text)]


@pytest.mark.parametrize(
    ("name", "reader", "module", "extra"),
    [
        ("report.odt", "opendocument", "odfdo", "odt"),
        ("report.docx", "word", "docx", "docx"),
        ("report.pdf", "pdf", "pypdf", "pdf"),
        ("saved.html", "web", "trafilatura", "web"),
        ("saved.mhtml", "web", "trafilatura", "web"),
    ],
)
def test_a_missing_library_is_told_with_what_to_install(
    name: str, reader: str, module: str, extra: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delitem(sys.modules, f"kg.readers.{reader}", raising=False)
    monkeypatch.setitem(sys.modules, module, None)
    (error,) = read_documents([FILES / name]).errors
    assert f"{name}: a " in str(error)
    assert str(error).endswith(f"(pip install 'kg[{extra}]')")


@pytest.mark.slow
def test_offsets_lead_to_the_sentence_in_the_text_that_is_stored(tmp_path: Path):
    names = ("report.odt", "report.docx", "report.pdf", "saved.html", "saved.mhtml", "printed.pdf", "neomutt.eml")
    names += ("reply.eml", "report.txt", "lines.jsonl", "table.csv", "all.zip")
    build_graph([FILES / name for name in names], tmp_path, wishes=Wishes({"text": "body"}))
    rows = {tuple(term.value for term in row) for row in run_query(read_store(tmp_path), QUOTES)}
    assert all(full[int(start) : int(end)] == text for _, text, start, end, full in rows)
    quoted = {(document, text) for document, text, *_ in rows}
    for name in ("report.odt", "report.docx", "report.pdf", "neomutt.eml/report.docx"):
        assert (name, SENTENCES[0]) in quoted
    for name in ("saved.html", "saved.mhtml", "printed.pdf", "lines.jsonl/loja-1", "table.csv/loja-1"):
        assert (name, ARTICLE[0]) in quoted
    for name in ("report.txt", "all.zip/report.txt"):
        assert (name, SENTENCES[0]) in quoted
    assert ("reply.eml/quoted-1", MESSAGE[0]) in quoted


QUOTES = """
SELECT DISTINCT ?id ?text ?start ?end ?full {
  GRAPH kgg:statements { ?p kg:document ?d ; kg:start ?start ; kg:end ?end ; kg:text ?text }
  GRAPH kgg:documents { ?d kg:fullText ?full } BIND(STRAFTER(STR(?d), "/document/") AS ?id) }
"""
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "iso-8859-1")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encodings_are_found_out(encoding: str, tmp_path: Path):
    text = (
        "Álvaro Noboa and Lenín Moreno met in Guayaquil. The mayor's office said that señora Peña had left early.\n" * 3
    )
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    assert read(tmp_path)[0].text == text


def test_what_typesetting_left_in_a_text_is_taken_out(tmp_path: Path):
    text = (
        "\ufeffThe of\ufb01ce of the ex-\r\npresident said that the presi-\r\ndent of Al-\r\nJazeera re\u00adsigned"
        " on\u00a05 May. Le\u0301on was the ex-\r\ntraordinary envoy.\u2028The president is gone."
    )
    (tmp_path / "a.txt").write_bytes(text.encode())
    assert read(tmp_path)[0].text == (
        "The office of the ex-president said that the president of Al-Jazeera resigned on 5 May. Léon was the"
        " extraordinary envoy.\nThe president is gone."
    )
