"""Dates and quantities: normalised where the text fixes them, never guessed."""

from datetime import date

import pytest
from parses import read_docs
from spacy.lang.en import English

from kg.nlp.values import annotate_values

FRIDAY = date(2010, 10, 1)
WEDNESDAY = date(2012, 10, 3)
CASES = [
    ("It was on November 26, 2006.", None, ["November 26, 2006 = 2006-11-26"]),
    ("It was on the 3rd of May 1998.", None, ["3rd of May 1998 = 1998-05-03"]),
    ("On Thurs. 30 Sep. 2010 it began.", None, ["Thurs. 30 Sep. 2010 = 2010-09-30"]),
    ("The 2006 election was close.", None, ["2006 = 2006"]),
    ("It began on 2 October.", FRIDAY, ["2 October = 2009-10-02"]),
    (
        "Yesterday (Thurs. 30 Sep. 2010) it began. Today it ended.",
        None,
        ["Yesterday = 2010-09-30", "Thurs. 30 Sep. 2010 = 2010-09-30", "Today = 2010-10-01"],
    ),
    ("They counted 2006 votes.", None, ["2006 = 2006"]),
    ("It cost 1999 dollars.", None, ["1999 dollars = 1999 USD"]),
    ("It was on February 30, 2006.", None, ["February 30, 2006 ="]),
    ("She resigned last month.", WEDNESDAY, ["last month = 2012-09"]),
    ("She resigned two weeks ago.", WEDNESDAY, ["two weeks ago = 2012-09-19"]),
    ("She resigned two years ago.", WEDNESDAY, ["two years ago = 2010"]),
    ("She resigned about two years ago.", WEDNESDAY, ["about two years ago ="]),
    ("She resigned some years ago.", WEDNESDAY, ["some years ago ="]),
    (
        "They met on 3 May 2011 and signed the following day.",
        WEDNESDAY,
        ["3 May 2011 = 2011-05-03", "following day = 2011-05-04"],
    ),
    (
        "They met on 3 May 2011, having talked the previous day.",
        WEDNESDAY,
        ["3 May 2011 = 2011-05-03", "previous day = 2011-05-02"],
    ),
    ("They met the previous day.", WEDNESDAY, ["previous day ="]),
    ("She will resign next Monday.", WEDNESDAY, ["next Monday = 2012-10-08"]),
    ("She resigned on Monday.", WEDNESDAY, ["Monday = 2012-10-01"]),
    ("She will resign on Monday.", WEDNESDAY, ["Monday = 2012-10-08"]),
    ("She said on Monday that she would resign on Friday.", WEDNESDAY, ["Monday = 2012-10-01", "Friday = 2012-10-05"]),
    ("The parliament has until Monday to vote.", WEDNESDAY, ["Monday = 2012-10-08"]),
    ("She resigned in January.", WEDNESDAY, ["January = 2012-01"]),
    ("She will resign in January.", WEDNESDAY, ["January = 2013-01"]),
    ("She resigned in November.", WEDNESDAY, ["November = 2011-11"]),
    ("She resigned earlier this week.", WEDNESDAY, ["this week ="]),
    ("She resigned earlier this year.", WEDNESDAY, ["this year = 2012"]),
    ("She won in 2006 and lost a year later.", WEDNESDAY, ["2006 = 2006", "a year later = 2007"]),
    ("She lost a year later.", WEDNESDAY, ["a year later ="]),
    ("She was born in 1412 and died in 1431.", WEDNESDAY, ["1412 = 1412", "1431 = 1431"]),
    ("She was born on 6 January 1412.", WEDNESDAY, ["6 January 1412 = 1412-01-06"]),
    ("He died in 1348 homes.", WEDNESDAY, ["1348 = 1348"]),
    ("Power failed in 1348.", WEDNESDAY, ["1348 = 1348"]),
    ("She ruled between 2006 and 2010.", WEDNESDAY, ["2006 = 2006", "2010 = 2010"]),
    ("She ruled from 2000 to 2003.", WEDNESDAY, ["2000 = 2000", "2003 = 2003"]),
    ("The junta (2009-2011) fell.", WEDNESDAY, ["2009 = 2009", "2011 = 2011"]),
    ("The junta of 2009–2011 fell.", WEDNESDAY, ["2009 = 2009", "2011 = 2011"]),
    ("The talks of 3-5 May 2011 failed.", WEDNESDAY, ["3 = 2011-05-03", "5 May 2011 = 2011-05-05"]),
    ("She ruled from November 2009 to January 2010.", WEDNESDAY, ["November 2009 = 2009-11", "January 2010 = 2010-01"]),
    ("She ruled from November to January 2010.", WEDNESDAY, ["November = 2009-11", "January 2010 = 2010-01"]),
    ("She ruled from 3 May to 5 June 2009.", WEDNESDAY, ["3 May = 2009-05-03", "5 June 2009 = 2009-06-05"]),
    ("It ended yesterday, 3 October.", date(2012, 10, 4), ["yesterday = 2012-10-03", "3 October = 2012-10-03"]),
    ("It ended yesterday, 3 October.", None, ["yesterday =", "3 October ="]),
    ("Over the last nine years it grew.", WEDNESDAY, ["last nine years = P9Y"]),
    ("He was held for 18 months.", WEDNESDAY, ["18 months = P18M"]),
    ("He was held for several months.", WEDNESDAY, ["several months ="]),
    ("It cost $2.2 billion.", WEDNESDAY, ["$2.2 billion = 2200000000 USD"]),
    ("It cost US$2.2bn and €300,000.", WEDNESDAY, ["US$2.2bn = 2200000000 USD", "€300,000 = 300000 EUR"]),
    ("It cost 1.9 billion euros.", WEDNESDAY, ["1.9 billion euros = 1900000000 EUR"]),
    ("It cost 340 million shillings.", WEDNESDAY, ["340 million shillings ="]),
    ("It cost 340 million Kenyan shillings.", WEDNESDAY, ["340 million Kenyan shillings = 340000000 KES"]),
    ("She won 51.8 percent of 221 votes.", WEDNESDAY, ["51.8 percent = 51.8", "221 = 221"]),
    ("Turnout rose by 5% to two million voters.", WEDNESDAY, ["5% = 5", "two million = 2000000"]),
    ("Some 300,000 people marched.", WEDNESDAY, ["300,000 = 300000"]),
    ("LIMA, 3 May 2011 - The minister resigned on Monday.", None, ["3 May 2011 = 2011-05-03", "Monday = 2011-05-02"]),
    ("On Monday, May 3, she resigned.", date(2011, 1, 1), ["Monday, May 3 = 2010-05-03"]),
    ("On 3 May 2011 she resigned. On 5 May she left.", None, ["3 May 2011 = 2011-05-03", "5 May = 2011-05-05"]),
    ("On 3 May 2011 she resigned. He left in April.", None, ["3 May 2011 = 2011-05-03", "April ="]),
    ("It was due in April.", WEDNESDAY, ["April = 2013-04"]),
    ("It is due in April.", WEDNESDAY, ["April = 2013-04"]),
    ("Theresa May resigned. The party of May lost.", WEDNESDAY, []),
    ("They remember Bloody Sunday.", WEDNESDAY, []),
    ("He writes for the Sunday Times.", WEDNESDAY, []),
    ("They meet every Monday.", WEDNESDAY, []),
    ("In the 1990s she was a minister.", WEDNESDAY, ["the 1990s ="]),
    ("She left on Christmas Day.", WEDNESDAY, ["Christmas Day = 2011-12-25"]),
    ("It began on 3/4/2010 and ended on 30/4/2010.", WEDNESDAY, ["3/4/2010 =", "30/4/2010 = 2010-04-30"]),
    ("The summit is planned for 19 May.", WEDNESDAY, ["19 May = 2013-05-19"]),
    ("She has governed since August.", WEDNESDAY, ["August = 2012-08"]),
    ("She met him in Brussels Monday.", WEDNESDAY, ["Monday = 2012-10-01"]),
    ("The elections of 2009, 2011 and 2013 were fair.", WEDNESDAY, ["2009 = 2009", "2011 = 2011", "2013 = 2013"]),
    ("He was born in 1950.", WEDNESDAY, ["1950 = 1950"]),
    ("By 2030 it will be gone.", WEDNESDAY, ["2030 = 2030"]),
    ("He retired on Thursday night.", WEDNESDAY, ["Thursday = 2012-09-27"]),
    ("The 26-year-old was arrested.", WEDNESDAY, []),
    ("Ten days earlier, on 3 May 2011, she met him.", WEDNESDAY, ["Ten days earlier =", "3 May 2011 = 2011-05-03"]),
    ("At least two thousand soldiers died.", WEDNESDAY, ["two thousand = 2000"]),
    ("They meet tomorrow.", WEDNESDAY, ["tomorrow = 2012-10-04"]),
    ("The bomb killed 12 people at 10:30 on Tuesday.", WEDNESDAY, ["12 = 12", "Tuesday = 2012-10-02"]),
    ("She quit three days after the vote.", WEDNESDAY, ["three days = P3D"]),
    ("The president leaves office on 28 July.", WEDNESDAY, ["28 July = 2013-07-28"]),
    ("He marched in March and may leave in May.", WEDNESDAY, ["March = 2012-03", "May = 2013-05"]),
    ("The 2008-09 crisis cost jobs.", WEDNESDAY, ["2008 = 2008", "09 = 2009"]),
    ("Flight 1904 landed in 1904.", WEDNESDAY, ["1904 = 1904", "1904 = 1904"]),
    ("He had 1,950 votes in 1950.", WEDNESDAY, ["1,950 = 1950", "1950 = 1950"]),
    ("He won in early March 2011.", WEDNESDAY, ["March 2011 = 2011-03"]),
    (
        "She said on 30 September 2012 that she had resigned a week earlier.",
        WEDNESDAY,
        ["30 September 2012 = 2012-09-30", "a week earlier = 2012-09-23"],
    ),
    ("He is 58 years old.", WEDNESDAY, ["58 = 58"]),
    ("The five-year plan failed.", WEDNESDAY, []),
    ("She took $4m.", WEDNESDAY, ["$4m. = 4000000 USD"]),
    ("In his 2012 book he said so.", WEDNESDAY, ["2012 = 2012"]),
    ("In April, 2005, she resigned.", WEDNESDAY, ["April, 2005 = 2005-04"]),
    ("The war of 1941–45 was long.", WEDNESDAY, ["1941 = 1941", "45 = 1945"]),
    ("Nobody knows what happened that day.", WEDNESDAY, []),
    ("The court ruled the same day.", WEDNESDAY, ["same day ="]),
    (
        "On 3 May 2011 she died. The court ruled the same day.",
        WEDNESDAY,
        ["3 May 2011 = 2011-05-03", "same day = 2011-05-03"],
    ),
    ("In mid-2011 they met, and last summer it rained.", WEDNESDAY, ["mid-2011 = 2011", "last summer ="]),
    ("The June 2013 protests spread.", WEDNESDAY, ["June 2013 = 2013-06"]),
]
"""Text, day of publication, and each span with its value; '=' with nothing behind it: no value."""
TEXTS = sorted({text for text, _, _ in CASES})
DOCS = read_docs(English().vocab, "values")


@pytest.mark.parametrize(("text", "published", "expected"), CASES, ids=[text for text, _, _ in CASES])
def test_values(text: str, published: date | None, expected: list[str]):
    doc = annotate_values(DOCS[text].copy(), published=published)
    assert [f"{span.text} = {span.kb_id_}".strip() for span in doc.spans["values"]] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She won 51.8 percent of 221 votes.", ["kg:Percentage", "kg:Number"]),
        ("It cost $2.2 billion.", ["kg:Money"]),
        ("He was held for 18 months.", ["kg:Duration"]),
        ("He was born in 1950.", ["kg:Date"]),
    ],
)
def test_each_value_has_the_class_of_what_it_writes(text: str, expected: list[str]):
    doc = annotate_values(DOCS[text].copy())
    assert [span.label_ for span in doc.spans["values"]] == expected
