"""Messages: what they quote is not the sender's own word, and lines that a program broke are whole again."""

from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest

from kg.documents import read_documents
from kg.model import Document
from kg.readers.quoting import part_voices
from kg.readers.wrapping import join_lines

THIRD, SECOND = date(2014, 3, 3), date(2014, 3, 2)
ANN, EVA = "Ann Bo <ann@wire.example>", "Eva Peña <eva@wire.example>"


def read(folder: Path, text: str, **kind: str) -> tuple[Document, ...]:
    message = EmailMessage()
    message["From"], message["Subject"] = "Cy Di <cy@wire.example>", "Re: Vote"
    message["Date"] = "Tue, 4 Mar 2014 10:00:00 +0000"
    message.set_content(text, **kind)
    (folder / "a.eml").write_bytes(message.as_bytes())
    readings = read_documents([folder / "a.eml"])
    assert readings.errors == ()
    return readings.documents


REPLIES = {
    "Gmail": (
        "Yes.\n\nOn Mon, Mar 3, 2014 at 4:11 PM, Ann Bo <ann@wire.example> wrote:\n\n> Did he win?\n",
        [("Yes.", "", None), ("Did he win?", ANN, THIRD)],
    ),
    "Gmail, its announcement broken, quoting a quote": (
        "Yes.\n\nOn Mon, Mar 3, 2014 at 4:11 PM, Ann Bo <ann@wire.example>\nwrote:\n\n> Did he win?\n>\n"
        "> On Sun, Mar 2, 2014 at 9:00 AM, Eva Peña <eva@wire.example> wrote:\n>\n>> He has won.\n>\n> Ann\n",
        [("Yes.", "", None), ("Did he win?\n\n\n\nAnn", ANN, THIRD), ("He has won.", EVA, SECOND)],
    ),
    "Apple Mail": (
        "Yes.\n\n> On 3 Mar 2014, at 16:11, Ann Bo <ann@wire.example> wrote:\n>\n> Did he win?\n",
        [("Yes.", "", None), ("Did he win?", ANN, THIRD)],
    ),
    "Thunderbird, answers between": (
        "On 2014-03-03 16:11, Ann Bo wrote:\n> Did he win?\nYes.\n\n> By how much?\nNine votes.\n",
        [("Yes.\n\n\nNine votes.", "", None), ("Did he win?\n\nBy how much?", "Ann Bo", THIRD)],
    ),
    "Outlook, twice": (
        "Yes.\n\n-----Original Message-----\nFrom: Ann Bo <ann@wire.example>\nSent: Monday, March 3, 2014 4:11 PM\n"
        "To: Cy Di\nSubject: RE: Vote\n\nDid he win?\n\nFrom: Eva Peña <eva@wire.example>\nSent: 2 March 2014 10:00\n"
        "To: Ann Bo\nSubject: Vote\n\nHe has won.\n",
        [("Yes.", "", None), ("Did he win?", ANN, THIRD), ("He has won.", EVA, SECOND)],
    ),
    "Outlook's rule": (
        "Yes.\n________________________________\nFrom: Ann Bo\nSent: March 3, 2014 4:11 PM\nTo: Cy Di\n\nWho?\n",
        [("Yes.", "", None), ("Who?", "Ann Bo", THIRD)],
    ),
    "forwarded by Gmail": (
        "See below.\n\n---------- Forwarded message ---------\nFrom: Ann Bo <ann@wire.example>\n"
        "Date: Mon, Mar 3, 2014 at 4:11 PM\nSubject: Vote\nTo: Cy Di <cy@wire.example>\n\n\nThe vote is on Tuesday.\n",
        [("See below.", "", None), ("The vote is on Tuesday.", ANN, THIRD)],
    ),
    "forwarded by Apple Mail": (
        "Begin forwarded message:\n\n> From: Ann Bo <ann@wire.example>\n> Subject: Vote\n> Date: 3 March 2014 16:11\n"
        ">\n> The vote is on Tuesday.\n\nThat was it.\n",
        [("That was it.", "", None), ("The vote is on Tuesday.", ANN, THIRD)],
    ),
    "Emacs": (
        "Ann Bo <ann@wire.example> writes:\n\n> Who?\n\nCy.\n",
        [("Cy.", "", None), ("Who?", ANN, None)],
    ),
    "nobody named": ("> Who?\nCy.", [("Cy.", "", None), ("Who?", "", None)]),
    "no quotation": (
        "On Monday the president wrote:\n\nWe will build.\n\nFrom: Quito to Loja.\n>From here on it rained.",
        [
            (
                "On Monday the president wrote:\n\nWe will build.\n\nFrom: Quito to Loja.\n>From here on it rained.",
                "",
                None,
            )
        ],
    ),
    "own words just before": (
        "On Monday it rained.\nAnn Bo wrote:\n> Who?\n",
        [("On Monday it rained.", "", None), ("Who?", "Ann Bo", None)],
    ),
}


@pytest.mark.parametrize("program", REPLIES)
def test_what_a_message_quotes_is_the_word_of_its_own_writer(program: str):
    text, voices = REPLIES[program]
    assert part_voices(text) == voices


@pytest.mark.parametrize(
    "text",
    [
        ">" * 200_000 + " a\n",
        "Yes.\n\nOn Mon, Mar 3, 2014 at 4:11 PM, Ann Bo <a@b> wrote:\n\n" * 3000,
        "> a\nb\n" * 30_000,
        "On" + " wrote" * 60 + ":\n" + "\n" * 60_000,
        ("On" + " wrote" * 60 + "\n") * 300,
    ],
    ids=range(5),
)
def test_quotes_without_end_come_to_an_end(text: str):
    voices = part_voices(text)
    assert len(voices) <= 60


def test_what_is_quoted_is_a_document_of_its_own(tmp_path: Path):
    text = REPLIES["Gmail, its announcement broken, quoting a quote"][0] + "\n-- \nCy Di, Coastal Wire\n"
    assert [(one.id, one.text.strip(), one.author, one.published, one.title) for one in read(tmp_path, text)] == [
        ("a.eml", "Yes.", "Cy Di <cy@wire.example>", date(2014, 3, 4), "Re: Vote"),
        ("a.eml/quoted-1", "Did he win?\n\nAnn", ANN, THIRD, "Re: Vote"),
        ("a.eml/quoted-2", "He has won.", EVA, SECOND, "Re: Vote"),
    ]


def test_a_message_that_only_forwards_has_no_words_of_its_sender(tmp_path: Path):
    (document,) = read(tmp_path, REPLIES["forwarded by Gmail"][0].removeprefix("See below."))
    assert (document.id, document.author) == ("a.eml/quoted-1", ANN)


def test_a_body_is_no_file_that_could_speak_of_itself(tmp_path: Path):
    (document,) = read(tmp_path, "---\nauthor: The President\ndate: 1999-01-01\n---\nIt rained.\n")
    assert (document.author, document.published) == ("Cy Di <cy@wire.example>", date(2014, 3, 4))


def test_a_message_that_is_nothing_but_another_is_read(tmp_path: Path):
    inner = b"From: b\nSubject: Deep\n\nIt rained in Lima.\n"
    for depth, said in ((1, ["Deep"]), (60, [])):
        head = b"From: a\nContent-Type: message/rfc822\n\n" * depth
        (tmp_path / "c.eml").write_bytes(head + inner)
        readings = read_documents([tmp_path / "c.eml"])
        assert [one.title for one in readings.documents] == said
        assert ["too deep" in str(error) for error in readings.errors] == [True] * (depth == 60)


def test_a_message_that_is_nothing_but_a_picture_is_told_as_one_beside_others(tmp_path: Path):
    head = b"From: a\nContent-Type: image/png; name=a.png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n"
    (tmp_path / "d.eml").write_bytes(head)
    readings = read_documents([tmp_path / "d.eml"])
    assert (readings.documents, readings.errors) == ((), ())
    assert [path.name for path in readings.strangers] == ["a.png"]


def test_a_message_without_words_is_what_is_attached(tmp_path: Path):
    message = EmailMessage()
    message["Subject"] = "Files"
    message.set_content("\n")
    message.add_attachment("It rained.", filename="a.txt")
    (tmp_path / "b.eml").write_bytes(message.as_bytes())
    readings = read_documents([tmp_path / "b.eml"])
    assert (readings.errors, [one.id for one in readings.documents]) == ((), ["b.eml/a.txt"])


PAGES = {
    "Gmail": '<div dir="ltr">Yes, he <b>did</b>.</div><br><div class="gmail_quote"><div>On Mon, Mar 3, '
    '2014 at 4:11 PM Ann Bo &lt;<a href="mailto:ann@wire.example">ann@wire.example</a>&gt; wrote:<br></div>'
    '<blockquote class="gmail_quote"><div>Did he win?<p hidden>Flo won.</p></div></blockquote></div>',
    "Outlook": "<html><head><style>p {margin: 0}</style></head><body><p class=MsoNormal>Yes, he did.</p><div>"
    '<div style="border:none;border-top:solid #E1E1E1 1.0pt"><p><b>From:</b> Ann Bo &lt;ann@wire.example&gt;<br>'
    "<b>Sent:</b> Monday, March 3, 2014 4:11 PM<br><b>To:</b> Cy Di</p></div></div><p>Did he win?</p></body></html>",
    "Outlook on the web": '<div>Yes, he did.</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>'
    "From:</b> Ann Bo &lt;ann@wire.example&gt;<br><b>Sent:</b> Monday, March 3, 2014 4:11 PM<br><b>To:</b> Cy Di</div>"
    "<div>Did he win?</div>",
    "Apple Mail": '<html><body>Yes, he did.<div><blockquote type="cite"><div>On Mar 3, 2014, at 4:11 PM, Ann Bo '
    "&lt;ann@wire.example&gt; wrote:</div><br><div>Did he win?</div></blockquote></div></body></html>",
    "Thunderbird": '<html><body><p>Yes, he did.</p><div class="moz-cite-prefix">On 2014-03-03 16:11, Ann Bo '
    '&lt;ann@wire.example&gt; wrote:<br></div><blockquote type="cite"><p>Did he win?</p></blockquote></body></html>',
}


@pytest.mark.parametrize("program", PAGES)
def test_what_a_message_quotes_that_is_a_page_is_no_word_of_its_sender(program: str, tmp_path: Path):
    own, quoted = read(tmp_path, PAGES[program], subtype="html")
    assert (own.id, own.text, own.author) == ("a.eml", "Yes, he did.", "Cy Di <cy@wire.example>")
    assert (quoted.id, quoted.text, quoted.author, quoted.published, quoted.title) == (
        "a.eml/quoted-1",
        "Did he win?",
        ANN,
        THIRD,
        "Re: Vote",
    )


WRAPPED = "The assembly of Chile voted on Monday on the law of the waters of the\nnorth, and the mayor of Loja left."
KEPT = (
    "Those who were there and have spoken to the police until this day:\nAnn Bo",
    "- The minister of foreign affairs of Chile, who is not known\n- The mayor of the city of Loja in the south",
    "* The minister of foreign affairs of Chile, who is not known\n* The mayor of the city of Loja in the south",
    "1. The minister of foreign affairs of Chile, who is not known\n2. The mayor of the city of Loja in the south",
    "(a) The minister of foreign affairs of Chile, who is not known\n(b) The mayor of the city of Loja in the south",
    "Where: the great hall of the palace of justice, on the second floor\nWhen: on Monday at ten in the morning",
    "Where: the great hall of the palace of justice, on the second floor\nBring your own chair and some water.",
    "THE LAW OF THE WATERS OF THE NORTH IS READ ONCE\nThe assembly voted on Monday.",
    "Ann Bo, Ministry of Foreign Affairs of Chile\nAvenue of the Republic 2130, Santiago\nChile",
    "It rained.\n    int main() { return the_number_of_all_drops_that_fell_in_the_north; }\n    int next()",
)


@pytest.mark.parametrize("text", KEPT)
def test_lines_that_their_writer_ended_stay(text: str):
    assert join_lines(text) == text


def test_lines_that_a_program_broke_are_joined():
    assert join_lines(f"{WRAPPED}\n\n{WRAPPED}") == "\n\n".join([WRAPPED.replace("\n", " ")] * 2)
    item = "- The minister of foreign affairs of Chile said that the talks in the city\n  would go on."
    assert join_lines(f"{item}\n{item}") == "\n".join([item.replace("\n  ", " ")] * 2)
