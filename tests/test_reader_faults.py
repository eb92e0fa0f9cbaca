"""What a review of the readers found: files that hang, parts that vanish unsaid, texts that are garbled."""

import os
import zipfile
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest

from kg.documents import make_document, read_documents
from kg.errors import DocumentError
from kg.readers.cleaning import clean, unwrap
from kg.readers.drafts import Wishes
from kg.readers.lines import Line, make_text

PAGE = """<html lang="en"><head><title>Vote</title>%s</head><body><article><h1>Vote</h1><p>Ann Bo won the vote in the
assembly of Chile by nine votes, and her party had not thought that she would.</p><p>Cy Di lost it.</p></article>
<aside><time datetime="2003-01-02">2 January 2003</time> Older: the storm of 2003-01-02</aside></body></html>"""


def read(folder: Path, name: str, content: bytes, **wishes: object):
    (folder / name).write_bytes(content)
    return read_documents([folder / name], wishes=Wishes(**wishes))  # type: ignore[arg-type]


def faults(folder: Path, name: str, content: bytes) -> list[str]:
    return [str(error).partition(": ")[2] for error in read(folder, name, content).errors]


def test_front_matter_that_bursts_or_goes_on_for_ever_is_refused():
    bomb = "a: &a {x: 1}\n" + "".join(
        f"{b}: &{b} {{<<: [{', '.join(['*' + a] * 9)}]}}\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    with pytest.raises(DocumentError, match="front matter refers to itself"):
        make_document("a.md", f"---\n{bomb}---\nText.")
    with pytest.raises(DocumentError, match="more than 20,000 characters"):
        make_document("a.md", f"---\n{'a: 1' * 20_000}\n---\nText.")
    assert make_document("a.md", "---\nA rule, and a text.\n---\nMore.").text.startswith("---\nA rule")


def test_marks_piled_up_over_a_letter_are_few():
    assert len(clean("e" + "\u0301" * 400_000 + " a" + "\u0316\u0301" * 200_000)) < 70
    assert clean("Le\u0301on") == "Léon"


def test_a_pipe_is_told_and_not_waited_for(tmp_path: Path):
    os.mkfifo(tmp_path / "a.txt")
    (error,) = read_documents([tmp_path / "a.txt"]).errors
    assert "is no file but a pipe or device" in str(error)


@pytest.mark.parametrize(
    "content", ["Lenín Moreno, Peña".encode() + b"\xf1 resigned.", "It rained. Lenín ñ".encode()[:-1]]
)
def test_a_bad_byte_in_utf8_is_told_and_garbles_nothing(content: bytes, tmp_path: Path):
    (fault,) = faults(tmp_path, "a.txt", content)
    assert fault.startswith("is UTF-8 but for 1 bytes, the first at ")


def test_links_out_of_the_folder_are_told_and_not_read(tmp_path: Path):
    (tmp_path / "in").mkdir()
    (tmp_path / "out.txt").write_text("Secret.")
    (tmp_path / "in" / "a.txt").write_text("Text.")
    (tmp_path / "in" / "b.txt").symlink_to("a.txt")
    (tmp_path / "in" / "c.txt").symlink_to(tmp_path / "out.txt")
    readings = read_documents([tmp_path / "in"])
    assert [document.id for document in readings.documents] == ["a.txt", "b.txt"]
    assert ["leads out of the folder" in str(error) for error in readings.errors] == [True]


def lines(*rows: tuple[str, float]) -> tuple[Line, ...]:
    return tuple(Line(f"{text}\n", height, 10.0) for text, height in rows)


def test_a_number_that_ends_a_sentence_is_no_page_number():
    pages = [
        lines(
            ("Review", 200), ("Ann Bo was elected", 170), ("president of Chile in May", 158), ("2018.", 146), ("1", 100)
        ),
        lines(("Review", 200), ("Cy Di left in", 170), ("2019", 158), ("and came back.", 146), ("2", 100)),
        lines(("Review", 200), ("He was seen in", 170), ("the square in", 158), ("1990", 146), ("3", 100)),
    ]
    text = make_text(pages)
    assert "president of Chile in May 2018." in text
    assert "Cy Di left in 2019 and came back." in text
    assert "the square in 1990" in text
    assert not {"Review", "1", "2", "3"} & set(text.split())


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("the London-\nbased bank", "the London-based bank"),
        ("a long-\nterm plan", "a long-term plan"),
        ("Twenty-\nfive men", "Twenty-five men"),
        ("the govern-\nment fell", "the government fell"),
        ("the anti-\nAmerican wing", "the anti-American wing"),
        ("president: the ex-\npresident", "president: the ex-president"),
        ("the ex-\ntraordinary envoy", "the extraordinary envoy"),
    ],
)
def test_words_are_made_whole_as_they_were_written(broken: str, whole: str):
    assert unwrap(broken) == whole


def test_each_part_of_a_message_is_read_or_told(tmp_path: Path):
    message = EmailMessage()
    message["Subject"] = "Vote"
    message.set_content("Ann Bo won.")
    for text in ("Cy Di lost.", "Eva Fu left."):
        message.add_attachment(text)
    message.add_attachment(b"Jo Ko came.", maintype="text", subtype="plain", filename="note")
    message.add_attachment("Again.", filename="a.txt")
    message.add_attachment("And again.", filename="a.txt")
    message.add_attachment(b"x", maintype="application", subtype="msword", filename="contract.doc")
    readings = read(tmp_path, "a.eml", message.as_bytes())
    assert readings.errors == ()
    assert [item.id for item in readings.documents] == [
        *("a.eml", "a.eml/a.txt", "a.eml/a.txt#2", "a.eml/note.txt", "a.eml/part-1.txt", "a.eml/part-2.txt")
    ]
    assert [path.name for path in readings.strangers] == ["contract.doc"]


def test_members_of_other_kinds_are_told_and_an_archive_of_nothing_else_is_an_error(tmp_path: Path):
    for name, members in (("a.zip", ("a.txt", "b.doc", "README")), ("b.zip", ("b.doc",))):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            for member in members:
                archive.writestr(member, "Text.")
    readings = read_documents([tmp_path])
    assert [path.name for path in readings.strangers] == ["README", "b.doc"]
    assert ["holds no file of a kind that is read" in str(error) for error in readings.errors] == [True]


@pytest.mark.parametrize(
    ("table", "fault"),
    [
        (b'id,text\n1,"open\n2,Text.\n', "is no CSV"),
        (b"id,text\n1,One, two\n", "row 2: more cells than columns"),
        (b"text,text\nOne,Two\n", "has two columns 'text'"),
    ],
)
def test_a_table_that_loses_rows_or_cells_is_told(table: bytes, fault: str, tmp_path: Path):
    assert any(fault in told for told in faults(tmp_path, "a.csv", table))


def test_a_page_has_the_day_that_it_declares_and_no_other(tmp_path: Path):
    declared = '<meta property="article:published_time" content="2010-09-30T10:00:00Z">'
    assert read(tmp_path, "a.html", (PAGE % declared).encode()).documents[0].published == date(2010, 9, 30)
    assert read(tmp_path, "b.html", (PAGE % "").encode()).documents[0].published is None


def test_the_day_given_goes_before_the_day_of_printing(tmp_path: Path):
    content = (Path(__file__).parent / "files" / "report.pdf").read_bytes()
    assert read(tmp_path, "a.pdf", content, day=date(2011, 3, 5)).documents[0].published == date(2011, 3, 5)


def test_values_that_are_no_texts_and_addresses_that_are_none_are_not_kept(tmp_path: Path):
    assert "text is no text" in faults(tmp_path, "a.jsonl", b'{"text": true}')[0]
    (document,) = read(tmp_path, "b.jsonl", b'{"text": "It \\u202erained.", "url": "javascript:alert(1)"}').documents
    assert (document.text, document.url) == ("It rained.", "")


SEEN = "".join(
    f"<p>Ann Bo is the president of Chile and told {who} in a long speech that {who} would build the schools.</p>"
    for who in ("teachers", "mayors", "doctors")
)
HIDDEN = "Cy Di is the president of Peru and says so in a sentence that is long."


@pytest.mark.parametrize(
    "markup",
    [
        "<p hidden>%s</p>",
        '<div hidden=""><p>%s</p></div>',
        '<p style="display:none">%s</p>',
        '<div style="color:red; DISPLAY : none !important"><p>%s</p></div>',
        '<p style="visibility: hidden">%s</p>',
        '<p style="font-size:0">%s</p>',
        '<p style="position:absolute; left:-9999px">%s</p>',
        '<p aria-hidden="true">%s</p>',
        "<template><p>%s</p></template>",
        "<noscript><p>%s</p></noscript>",
        "<dialog><p>%s</p></dialog>",
        "<!-- <p>%s</p> -->",
        '<script type="application/ld+json">{"@type": "NewsArticle", "articleBody": "%s"}</script>',
    ],
)
@pytest.mark.parametrize("seen", [SEEN, "<p>Ann Bo is the president of Chile.</p>"])
def test_what_a_page_hides_is_no_text_of_it(markup: str, seen: str, tmp_path: Path):
    content = f"<html><head><title>A</title></head><body><article>{seen}{markup % HIDDEN}{seen}</article></body></html>"
    (document,) = read(tmp_path, "a.html", content.encode()).documents
    assert "Ann Bo is the president of Chile" in document.text
    assert "Cy Di" not in document.text


@pytest.mark.parametrize(
    "content",
    [
        f"<body style='visibility:hidden'><article>{SEEN}</article></body>",
        f"<body><main aria-hidden='true'>{SEEN}</main><div role='dialog'>We use cookies.</div></body>",
        f"<body><article><details><summary>More</summary>{SEEN}</details></article></body>",
        f"<body><article><p>Then <i hidden>now</i> it rained.</p>{SEEN}</article></body>",
    ],
)
def test_what_a_page_shows_is_kept_beside_what_it_hides(content: str, tmp_path: Path):
    (document,) = read(tmp_path, "a.html", f"<html><head><title>A</title></head>{content}</html>".encode()).documents
    assert "Ann Bo is the president of Chile and told doctors" in document.text
    assert "now" not in document.text
    assert ("it rained." in document.text) == ("it rained." in content)


def test_hidden_text_of_office_files_is_no_text_of_them():
    for name, last in (("hidden.odt", "The end."), ("hidden.docx", "Jo Ko is the president of Uruguay.\n\nThe end.")):
        (document,) = read_documents([Path(__file__).parent / "files" / name]).documents
        assert document.text == f"Ann Bo is the president of Chile. It rained in Lima.\n\n{last}"
