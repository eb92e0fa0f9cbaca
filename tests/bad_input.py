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
LAUGHS = (
    b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><a>&b;</a>"""
)


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


MAKERS: Mapping[str, Callable[[], bytes]] = {
    "empty.txt": lambda: b"",
    "blank.md": lambda: b" \n\n",
    "empty.pdf": lambda: b"",
    "binary.txt": lambda: bytes(range(128, 256)) * 3 + b"\0",
    "nul.txt": lambda: b"Ann\0Bo",
    "bell.txt": lambda: b"Ann\x07Bo",
    "picture.txt": lambda: b"\x89PNG\r\n\x1a\n" + bytes(99),
    "old.docx": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99),
    "front.md": lambda: b"---\ntitle: [a\n---\nText.",
    "deep.md": lambda: b"---\na: " + b"[" * 9999 + b"\n---\nText.",
    "lines\nin name.zip": lambda: pack({"a\nb\x1b[31m.pdf": b"%PDF"}),
    "date.md": lambda: b"---\ndate: soon\n---\nText.",
    "large.txt": lambda: b"sparse 200",
    "larger.txt": lambda: b"sparse 300",
    "half.pdf": lambda: half("report.pdf"),
    "half.docx": lambda: half("report.docx"),
    "half.odt": lambda: half("report.odt"),
    "half.zip": lambda: half("report.odt"),
    "half.eml": lambda: b"\n\n",
    "empty.jsonl": lambda: b"\n",
    "none.json": lambda: b"[]",
    "head.csv": lambda: b"id,text\n",
    "surrogate.txt": lambda: b"It \xed\xa0\x80 rained.",
    "no.mhtml": lambda: b"A: b\n\n",
    "menu.html": lambda: b"<html><body><nav></nav><script>1</script></body></html>",
    "nested.html": lambda: b"<html><body>" + b"<div>" * 50_000,
    "locked.pdf": lambda: write_pdf(locked=True),
    "scanned.pdf": lambda: write_pdf(locked=False),
    "locked.zip": lock_zip,
    "bomb.zip": lambda: pack({"a.txt": bytes(30_000_000)}),
    "bomb.docx": lambda: repack("report.docx", "word/media/a.bin", bytes(30_000_000)),
    "laughs.docx": lambda: repack("report.docx", "word/document.xml", LAUGHS),
    "laughs.odt": lambda: repack("report.odt", "content.xml", LAUGHS.decode().encode("utf-16")),
    "deep.zip": lambda: nest(5),
    "climbing.zip": lambda: pack({"../../up.txt": b"Text."}),
    "rooted.zip": lambda: pack({"/up.txt": b"Text."}),
    "broken.jsonl": lambda: b'{"text": "It rained."}\n{"text"\n',
    "halves.jsonl": lambda: b'{"text": "It \\ud800 rained."}',
    "no-field.jsonl": lambda: b'{"body": "It rained."}',
    "number.json": lambda: b"5",
    "deep.json": lambda: b"[" * 200_000,
    "no-column.csv": lambda: b"a,b\n1,2\n",
    "dated.csv": lambda: b"text,date\nIt rained.,soon\n",
}
"""A file's name, and its bytes; what is said of it is in ``bad_input.tsv``."""


def read_table() -> list[tuple[str, int, str]]:
    """Each bad file, the exit code it leads to, and what is said of it after its name."""
    lines = Path(__file__).with_suffix(".tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [(name, int(code), said) for name, code, said in (line.split("\t") for line in lines)]


def make_folder(folder: Path) -> None:
    """All bad files and links in ``folder``."""
    for name, make in MAKERS.items():
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


def fits(line: str, said: str) -> bool:
    return re.fullmatch(".+".join(map(re.escape, said.split("*"))), line) is not None


def make_good(folder: Path) -> None:
    """Texts that look bad and are not."""
    (folder / "good.txt").write_text(GOOD)
    (folder / "bom.txt").write_bytes(b"\xef\xbb\xbfCy Di is the president of Peru.\r\n")
    (folder / "latin.txt").write_bytes(
        "Eva Peña is the president of Bolivia. The mayor's wife, señora Núñez, left.".encode("latin-1")
    )
    (folder / "line.txt").write_text("a" * 1_000_000 + " Flo Gu is the president of Brazil.")
    (folder / "marks.txt").write_text("(" * 2000 + "\n\nJo Ko is the president of Uruguay.")
    os.rename(folder / "marks.txt", folder / 'a "name" <with>\n\x1b[31m {marks} `$(x)`\u202e.txt')  # noqa: PTH104
    (folder / "notes.xyz").write_text("no kind that is read")
