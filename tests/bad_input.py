"""Input that is broken or made to break things: a folder full of it, and what is said of each."""

import io
import os
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from pypdf import PdfReader, PdfWriter

FILES = Path(__file__).parent / "files"
GOOD = "Ann Bo is the president of Chile."
LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><a>&b;</a>"""


def real(name: str) -> bytes:
    return (FILES / name).read_bytes()


def half(name: str) -> bytes:
    return real(name)[: len(real(name)) // 2]


def pack(members: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def repack(name: str, member: str, content: bytes) -> bytes:
    with zipfile.ZipFile(FILES / name) as archive:
        return pack({one: archive.read(one) for one in archive.namelist()} | {member: content})


def nest(depth: int) -> bytes:
    content = GOOD.encode()
    for level in range(depth):
        content = pack({"a.zip" if level else "a.txt": content})
    return content


def lock_zip() -> bytes:
    """The flag of encryption set, in the member's own head and in the directory."""
    packed = bytearray(pack({"a.txt": GOOD.encode()}))
    packed[6] |= 1
    packed[packed.index(b"PK\x01\x02") + 8] |= 1
    return bytes(packed)


def write_pdf(*, locked: bool) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(FILES / "report.pdf")) if locked else PdfWriter()
    if locked:
        writer.encrypt("secret", algorithm="AES-256")
    else:
        writer.add_blank_page(100, 100)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


BAD: tuple[tuple[str, Callable[[], bytes], str], ...] = (
    ("empty.txt", lambda: b"", ": is empty (remove it or put text into it)"),
    ("blank.md", lambda: b" \n\n", ": is empty (remove it or put text into it)"),
    ("empty.pdf", lambda: b"", ": is no PDF that can be read: * (is it whole? open it in its own program and save it anew)"),
    ("binary.txt", lambda: bytes(range(128, 256)) * 3 + b"\0", ": is no text in any encoding known (convert it to UTF-8, or remove it)"),
    ("nul.txt", lambda: b"Ann\0Bo", ": holds NUL bytes (it is not a text: convert it first)"),
    ("bell.txt", lambda: b"Ann\x07Bo", ": holds a control character (\\x07) (remove it, or save the text anew)"),
    ("picture.txt", lambda: b"\x89PNG\r\n\x1a\n" + bytes(99), ": is a picture or sound (remove it)"),
    ("old.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), ": is an Office file of before 2007, or one with a password (save it as .docx without a password)"),
    ("front.md", lambda: b"---\ntitle: [a\n---\nText.", ": line 3: front matter is no YAML (quote values with a colon)"),
    ("deep.md", lambda: b"---\na: " + b"[" * 9999 + b"\n---\nText.", ": line *: front matter is no YAML (quote values with a colon)"),
    ("date.md", lambda: b"---\ndate: soon\n---\nText.", ": front matter: date 'soon' is no day (write it as 2010-09-30)"),
    ("large.txt", lambda: b"sparse 200", ": has more than 50,000,000 characters (split it)"),
    ("larger.txt", lambda: b"sparse 300", ": is larger than 256 MB (split it)"),
    ("half.pdf", lambda: half("report.pdf"), ": is no PDF that can be read: * (is it whole? open it in its own program and save it anew)"),
    ("half.docx", lambda: half("report.docx"), ": is no whole ZIP archive: File is not a zip file (pack it anew)"),
    ("half.odt", lambda: half("report.odt"), ": is no whole ZIP archive: File is not a zip file (pack it anew)"),
    ("half.zip", lambda: half("report.odt"), ": is no whole ZIP archive: File is not a zip file (pack it anew)"),
    ("half.eml", lambda: b"\n\n", ": is no message, it has no header (name it .txt if it is a text)"),
    ("no.mhtml", lambda: b"A: b\n\n", ": holds no page (save the page anew)"),
    ("menu.html", lambda: b"<html><body><nav>Home</nav></body></html>", ": no text is found in this page (save its article as text)"),
    ("nested.html", lambda: b"<html><body>" + b"<div>" * 50_000, ": * (*)"),
    ("locked.pdf", lambda: write_pdf(locked=True), ": is encrypted (save it without a password)"),
    ("scanned.pdf", lambda: write_pdf(locked=False), ": holds pictures but no text (run text recognition (OCR) on it first)"),
    ("locked.zip", lock_zip, ": a.txt: can't be unpacked: * (pack it anew)"),
    ("bomb.zip", lambda: pack({"a.txt": bytes(30_000_000)}), ": 'a.txt': is packed as if to burst (unpack it by hand)"),
    ("bomb.docx", lambda: repack("report.docx", "word/media/a.bin", bytes(30_000_000)), ": 'word/media/a.bin': is packed as if to burst (unpack it by hand)"),
    ("laughs.docx", lambda: repack("report.docx", "word/document.xml", LAUGHS), ": 'word/document.xml': declares entities (open it in its own program and save it anew)"),
    ("laughs.odt", lambda: repack("report.odt", "content.xml", LAUGHS.decode().encode("utf-16")), ": 'content.xml': declares entities (open it in its own program and save it anew)"),
    ("deep.zip", lambda: nest(5), ": a.zip: a.zip: a.zip: a.zip: is too deep inside of other files (unpack the outer ones)"),
    ("climbing.zip", lambda: pack({"../../up.txt": b"Text."}), ": ../../up.txt: can't be unpacked: its name leads out of the archive (pack it anew)"),
    ("rooted.zip", lambda: pack({"/up.txt": b"Text."}), ": /up.txt: can't be unpacked: its name leads out of the archive (pack it anew)"),
    ("broken.jsonl", lambda: b'{"text": "It rained."}\n{"text"\n', ":2: is no JSON: * (one object a line in .jsonl)"),
    ("halves.jsonl", lambda: b'{"text": "It \\ud800 rained."}', "/1: holds half of a character (a lone surrogate) (remove it, or save the text anew)"),
    ("no-field.jsonl", lambda: b'{"body": "It rained."}', ":1: has no field 'text' (name it with --field text=NAME)"),
    ("number.json", lambda: b"5", ': is no object and no list of objects (write {"text": "…"})'),
    ("deep.json", lambda: b"[" * 200_000, ": is nested too deep (flatten it)"),
    ("no-column.csv", lambda: b"a,b\n1,2\n", ": has no column 'text' but a, b (name it with --field text=COLUMN)"),
    ("dated.csv", lambda: b"text,date\nIt rained.,soon\n", ": row 2: date 'soon' is no day (write it as 2010-09-30)"),
)  # fmt: skip
"""A file's name, its bytes, and what is said after its path; * stands for the words of a library."""


def make_folder(folder: Path) -> dict[str, str]:
    """All bad files and links in ``folder``; path → what is said of it."""
    for name, make, _ in BAD:
        content = make()
        path = folder / name
        if content.startswith(b"sparse "):
            with path.open("wb") as file:
                file.truncate(int(content[7:]) << 20)
        else:
            path.write_bytes(content)
    (folder / "loop").symlink_to(folder)
    (folder / "gone.txt").symlink_to(folder / "nowhere.txt")
    (folder / "self.txt").symlink_to("self.txt")
    return {name: said for name, _, said in BAD} | {
        "loop": ": is a link to a folder that it lies in (remove the link)",
        "gone.txt": ": No such file or directory (check its name and its rights)",
        "self.txt": ": Too many levels of symbolic links (check its name and its rights)",
    }


def fits(line: str, said: str) -> bool:
    return re.fullmatch(".+".join(map(re.escape, said.split("*"))), line) is not None


def make_good(folder: Path) -> None:
    """Texts that look bad and are not."""
    (folder / "good.txt").write_text(GOOD)
    (folder / "bom.txt").write_bytes(b"\xef\xbb\xbfCy Di is the president of Peru.\r\n")
    (folder / "latin.txt").write_bytes("Eva Peña is the president of Bolivia. The mayor's wife, señora Núñez, left.".encode("latin-1"))
    (folder / "line.txt").write_text("a" * 1_000_000 + " Flo Gu is the president of Brazil.")
    (folder / "marks.txt").write_text("(" * 2000 + "\n\nJo Ko is the president of Uruguay.")
    os.rename(folder / "marks.txt", folder / 'a "name" <with>\n\x1b[31m {marks} `$(x)`\u202e.txt')  # noqa: PTH104
    (folder / "notes.xyz").write_text("no kind that is read")
