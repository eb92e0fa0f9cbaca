"""Reading texts: what is kept, and one clear line for each that can't be read."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest

from kg.documents import make_document, read_documents
from kg.errors import DocumentError

FRONT_MATTER = (
    '---\ntitle: "Talks: day two"\ndate: 2010-10-01\nsource: Wire\nurl: https://example.org/a\n---\nThey met.\n'
)


def test_front_matter_is_kept_apart_from_the_text():
    document = make_document("a.md", FRONT_MATTER)
    assert (document.title, document.source, document.url) == ("Talks: day two", "Wire", "https://example.org/a")
    assert document.published == date(2010, 10, 1)
    assert document.text == "They met.\n"


def test_line_ends_and_byte_order_mark_are_normalised(tmp_path: Path):
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbfOne.\r\nTwo.\rThree.")
    assert read_documents([tmp_path]).documents[0].text == "One.\nTwo.\nThree."


def test_a_folder_is_read_recursively_in_sorted_order_without_hidden_files(tmp_path: Path):
    for name in ("b.txt", "sub/a.md", "a.txt", ".hidden.txt", "sub/.git/x.txt", "picture.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("Text.", encoding="utf-8")
    readings = read_documents([tmp_path])
    assert [document.id for document in readings.documents] == ["a.txt", "b.txt", "sub/a.md"]
    assert readings.errors == ()


def test_the_day_in_a_file_name_dates_the_text():
    assert make_document("2010-09-30-revolt.md", "Text.").published == date(2010, 9, 30)
    assert make_document("2010-99-30.md", "Text.").published is None


def test_standard_input_is_a_document():
    assert read_documents([Path("-")], stdin=StringIO("Text.")).documents[0].id == "stdin"


BAD = [
    ("empty.txt", b"", "is empty"),
    ("blank.txt", b" \n\n", "is empty"),
    ("bytes.txt", b"\x81\x8d\xff\xfe\x81\x00\x8f\x90\x9d" * 9, "is no text in any encoding"),
    ("nul.txt", b"a\0b", "NUL bytes"),
    ("yaml.md", b"---\ntitle: [a\n---\nText.", "front matter is no YAML"),
    ("list.md", b"---\n- a\n---\nText.", "front matter has no fields"),
    ("date.md", b"---\ndate: soon\n---\nText.", "is no day"),
    ("title.md", b"---\ntitle: {a: b}\n---\nText.", "front matter: title is no text"),
    ("only.md", b"---\ntitle: a\n---\n", "is empty"),
]


@pytest.mark.parametrize(("name", "content", "message"), BAD, ids=[name for name, _, _ in BAD])
def test_a_bad_file_is_named_and_good_ones_beside_it_are_read(tmp_path: Path, name: str, content: bytes, message: str):
    (tmp_path / name).write_bytes(content)
    (tmp_path / "good.txt").write_text("Text.", encoding="utf-8")
    readings = read_documents([tmp_path])
    assert [document.id for document in readings.documents] == ["good.txt"]
    assert [message in str(error) and name in str(error) for error in readings.errors] == [True]


def test_a_missing_path_and_another_kind_of_file_are_errors(tmp_path: Path):
    (tmp_path / "a.xls").write_bytes(b"1 2 3")
    errors = read_documents([tmp_path / "none", tmp_path / "a.xls"]).errors
    assert ["No such file" in str(errors[0]), "is of no kind that is read" in str(errors[1])] == [True, True]


def test_two_texts_of_one_name_are_not_mixed_up(tmp_path: Path):
    for folder, text in (("a", "One."), ("b", "Two.")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.txt").write_text(text, encoding="utf-8")
    readings = read_documents([tmp_path / "a", tmp_path / "b"])
    assert len(readings.documents) == 1
    assert "was read before" in str(readings.errors[0])


def test_errors_tell_the_way_out():
    with pytest.raises(DocumentError, match=r"remove it or put text into it"):
        make_document("a.txt", "")
