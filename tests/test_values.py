"""Dates: normalised where the text fixes them, never guessed."""

from datetime import date

import pytest
from spacy.lang.en import English

from kg.nlp.values import annotate_values

TOKENIZER = English()
FRIDAY = date(2010, 10, 1)
DATES = [
    ("It was on November 26, 2006.", None, ["2006-11-26"]),
    ("It was on 26 November 2006.", None, ["2006-11-26"]),
    ("It was on the 3rd of May 1998.", None, ["1998-05-03"]),
    ("On Thurs. 30 Sep. 2010 it began.", None, ["2010-09-30"]),
    ("It began in April 2005.", None, ["2005-04"]),
    ("It began in 2008.", None, ["2008"]),
    ("The 2006 election was close.", None, ["2006"]),
    ("It began on 2010-09-30.", None, ["2010-09-30"]),
    ("It began on 1 October.", FRIDAY, ["2010-10-01"]),
    ("It began on 2 October.", FRIDAY, ["2009-10-02"]),
    ("It began on 1 October.", None, [""]),
    ("It began yesterday.", FRIDAY, ["2010-09-30"]),
    ("It began yesterday.", None, [""]),
    ("It began on Wednesday.", FRIDAY, ["2010-09-29"]),
    ("It began on Friday.", FRIDAY, ["2010-10-01"]),
    ("It began last year.", FRIDAY, ["2009"]),
    ("Yesterday (Thurs. 30 Sep. 2010) it began. Today it ended.", None, ["2010-09-30", "2010-09-30", "2010-10-01"]),
    ("It was on February 30, 2006.", None, [""]),
    ("They counted 2006 votes.", None, []),
    ("It cost 1999 dollars.", None, []),
]


@pytest.mark.parametrize(("text", "published", "expected"), DATES, ids=[text for text, _, _ in DATES])
def test_dates(text: str, published: date | None, expected: list[str]):
    doc = annotate_values(TOKENIZER(text), published=published)
    assert [span.kb_id_ for span in doc.spans["values"]] == expected
