"""Messages (.eml) and web archives (.mhtml): the text its reader sees; what is attached is a file of its own."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from email.utils import parsedate_to_datetime
from pathlib import PurePosixPath

from kg.errors import DocumentError
from kg.readers.decoding import decode
from kg.readers.drafts import Draft, Enclosed, Reading, Stranger, Wishes
from kg.readers.kinds import ENDINGS
from kg.readers.quoting import part_voices
from kg.readers.wrapping import join_lines

_TYPES = {
    "application/pdf": ".pdf",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/zip": ".zip",
    "message/rfc822": ".eml",
    "text/csv": ".csv",
    "text/html": ".html",
    "text/plain": ".txt",
}
_SIGNATURE = re.compile(r"^-- \n(?:[^\n]*\n){0,12}[^\n]*\Z", re.M)


def read_message(content: bytes, where: str, wishes: Wishes) -> Reading:
    """The body, plain if there is a plain one, each mail it quotes, and the files attached of kinds that are read."""
    message = _parse(content, where)
    about = Draft("", title=_header(message, "subject"), author=_header(message, "from"), published=_read_day(message))
    body = message.get_body(("plain", "html"))
    attached = list(_find_attached(message))
    if body is not None and (_unpack(body).strip() or not attached):
        yield from _read_body(body, about, where)
    for number, part in enumerate(attached, 1):
        name = _name(part, number)
        forwarded = part.get_content_type() == "message/rfc822"
        if PurePosixPath(name).suffix.lower() in ENDINGS:
            yield Enclosed(name, part.get_content().as_bytes() if forwarded else _unpack(part))
        else:
            yield Stranger(name)


def _find_attached(message: EmailMessage) -> Iterator[MIMEPart]:
    """What is attached; the message itself where it is nothing but another, or nothing but a file."""
    if message.get_content_maintype() == "multipart":
        yield from message.iter_attachments()
    elif message.get_content_maintype() != "text":
        yield message


def read_web_archive(content: bytes, where: str, wishes: Wishes) -> Reading:
    """The page that a browser saved as one file, with where it was; the day in its header is that of saving."""
    message = _parse(content, where)
    body = message.get_body(("html",))
    if body is None:
        raise DocumentError(f"{where}: holds no page", hint="save the page anew")
    place = _header(message, "snapshot-content-location")
    about = Draft("", url=place if place.startswith("http") else "")
    yield from _read_body(body, about, where)


def _name(part: MIMEPart, number: int) -> str:
    """The name it has, with the ending of its type where it has none that is read."""
    name = (part.get_filename() or f"part-{number}").replace("/", "_")
    known = PurePosixPath(name).suffix.lower() in ENDINGS
    return name if known else name + _TYPES.get(part.get_content_type(), "")


def _parse(content: bytes, where: str) -> EmailMessage:
    message = message_from_bytes(content, policy=policy.default)
    if not message.keys():
        raise DocumentError(f"{where}: is no message, it has no header", hint="name it .txt if it is a text")
    return message


def _read_body(body: MIMEPart, about: Draft, where: str) -> Reading:
    """The text that ``about`` goes with; a page is a file of its own, in UTF-8."""
    text = decode(_unpack(body), where, declared=body.get_content_charset() or "").replace("\r\n", "\n")
    if body.get_content_type() == "text/html":
        yield Enclosed("", text.encode("utf-8-sig"), ".html", about)
    else:
        yield from draft_voices(text, about)


def draft_voices(text: str, about: Draft) -> Reading:
    """The sender's words; then, under names of their own, those of others that are quoted."""
    own, *quoted = part_voices(text)
    said = _finish(own.text)
    if said.strip() or not quoted:
        yield replace(about, text=said)
    for number, voice in enumerate(quoted, 1):
        yield Draft(
            _finish(voice.text), f"quoted-{number}", about.title, author=voice.author, published=voice.published
        )


def _finish(text: str) -> str:
    """Whole paragraphs, without the signature."""
    return join_lines(_SIGNATURE.sub("", text))


def _unpack(part: MIMEPart) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else part.as_bytes()


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name) or "").split())
    except (ValueError, IndexError, AttributeError):  # the parser of headers fails on some that are broken
        return ""


def _read_day(message: EmailMessage) -> date | None:
    try:
        return parsedate_to_datetime(_header(message, "date")).date()
    except (ValueError, TypeError):
        return None
