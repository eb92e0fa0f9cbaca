"""Whether a date lies ahead of the day of writing: by the verb it belongs to."""

from spacy.tokens import Span, Token

from kg.nlp.tree import children_of

_AHEAD = frozenset({"agree", "aim", "ask", "call", "decide", "demand", "due", "expect", "hope", "intend", "invite",
                    "need", "order",
                    "plan", "pledge", "poised", "prepare", "promise", "propose", "request", "schedule", "set",
                    "slated", "summon", "threaten", "tip", "upcoming", "urge", "vow", "want", "wish"})  # fmt: skip
"""Verbs and adjectives whose complement has yet to happen: 'is *due* in April', '*asked* him to stay until June'."""
_DEADLINE = frozenset({"have", "give", "get"})
UNTIL = frozenset({"until", "till"})
_BY = frozenset({*UNTIL, "by"})
_LASTING = frozenset(
    {"rule", "govern", "reign", "serve", "lead", "head", "live", "remain", "stay", "hold", "be", "work"}
)
"""What ends with what stands behind 'until', of which one tells when it is over: 'ruled until the coup'."""
_MEASURES = frozenset({"day", "days", "week", "weeks", "month", "months", "year", "years", "decade", "decades"})
_SCHEDULED = frozenset({"expect", "schedule", "plan", "due", "slate", "set", "upcoming"})


def looks_ahead(span: Span) -> bool:
    """'*will* rule on Monday', '*leaves* office on 28 July', '*has until* December'; 'said on Monday' looks back."""
    prep = _preposition(span.root)
    word = prep.lower_ if prep is not None else ""
    if word == "since":
        return False
    if word == "for":
        return True
    governor = _governor(span.root)
    if governor is None:
        return False
    if word in _BY and governor.lemma_.lower() in _DEADLINE:
        return True
    return _verb_looks_ahead(governor)


def _preposition(token: Token) -> Token | None:
    """The one before the date: '*until* early December'."""
    for head in token.ancestors:
        if head.dep_ == "prep" or head.pos_ in ("ADP", "SCONJ"):
            return head
        if head.pos_ not in ("PROPN", "NUM", "NOUN") or head.dep_ in ("nsubj", "dobj", "nsubjpass"):
            return None
    return None


def _governor(token: Token) -> Token | None:
    """The verb, or the adjective 'due', that the date belongs to."""
    for head in token.ancestors:
        if head.pos_ in ("VERB", "AUX") or head.lemma_.lower() in _SCHEDULED:
            return head
    return None


def _verb_looks_ahead(verb: Token) -> bool:
    helpers = [child for child in children_of(verb) if child.dep_ in ("aux", "auxpass")]
    if any(helper.lemma_.lower() in ("have", "having") for helper in helpers):
        return False  # 'has ruled', 'would have ruled'
    if any(helper.tag_ == "MD" for helper in helpers):
        return True
    if any(helper.tag_ == "TO" for helper in helpers):
        return _complement_looks_ahead(verb)
    if _is_present(verb) or any(helper.tag_ in ("VBZ", "VBP") for helper in helpers):
        return verb.tag_ != "VBN" or verb.lemma_.lower() in _SCHEDULED
    if verb.tag_ == "VBN" or verb.pos_ == "ADJ":
        return verb.lemma_.lower() in _SCHEDULED and not any(helper.tag_ == "VBD" for helper in helpers)
    return verb.tag_ in ("VB", "VBG") and _complement_looks_ahead(verb)


def _is_present(verb: Token) -> bool:
    """Taggers take 'froze' for a present too, but a plural present has the form of its lemma."""
    return verb.tag_ == "VBZ" or (verb.tag_ == "VBP" and (verb.lower_ == verb.lemma_.lower() or verb.lemma_ == "be"))


def _complement_looks_ahead(verb: Token) -> bool:
    """'urged them to vote on Monday', 'is to rule on Monday' look ahead; 'managed to win on Monday' does not."""
    head = verb.head
    if head == verb or head.dep_ == verb.dep_ == "ROOT":
        return False
    if head.lemma_.lower() in _AHEAD or (head.lemma_ == "be" and verb.dep_ == "xcomp"):
        return True
    governor = head if head.pos_ in ("VERB", "AUX") else _governor(verb)
    return governor is not None and _verb_looks_ahead(governor)


def is_over(verb: Token) -> bool:
    """'*resigned*', '*was* arrested', '*had* left'; no 'would leave', no 'leaves'."""
    helpers = {child.tag_ for child in children_of(verb) if child.dep_ in ("aux", "auxpass")}
    return (verb.tag_ == "VBD" or "VBD" in helpers) and "MD" not in helpers


def is_ended(prep: Token) -> bool:
    """'was mayor *until* he was arrested', '*until* her death'; but 'would stay until he resigned', 'until polls'."""
    if prep.dep_ == "mark":
        return is_over(prep.head) and is_over(prep.head.head)
    owned = any(child.dep_ == "poss" for end in children_of(prep) for child in children_of(end))
    if prep.head.lemma_.lower() in _LASTING and is_over(prep.head):
        return True
    return owned and (prep.head.pos_ in ("NOUN", "PROPN") or is_over(prep.head))


def is_measured(mark: Token) -> bool:
    """'fled *two days before* the vote', '*a year before* he became mayor': what one counts from has come about."""
    return mark.lower_ == "before" and mark.i > 0 and mark.nbor(-1).lower_ in _MEASURES
