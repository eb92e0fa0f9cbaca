"""Names by head word: capitalised runs whose head tells the type, 'Supreme *Court*', '*Ministry* of Health'."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import compress, pairwise

from spacy.tokens import Doc, Span, Token

from kg.model import Curie, Form
from kg.nlp.spans import make_span
from kg.nlp.tree import tokens_of
from kg.ontology import Ontology

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii"})
_OF = frozenset({"of", "for", "de", "del", "of the", "do", "da", "des", "für"})
_AND = frozenset({"and", "&"})
_ARTICLES = frozenset({"the", "la", "las", "los", "le", "les"})
_JOINTS = _OF | _AND
_POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
_POS = frozenset({"PROPN", "NOUN", "ADJ", "VERB", "X", "NUM"})
_LOOSE = frozenset({"kg:Organization", "kg:SocialMovement", "kg:Legislature", "kg:LabourUnion"})
_UNIONS = _LOOSE - {"kg:SocialMovement"}
_LISTING = ("kg:Ministry", "kg:GovernmentBody")


def split_entity(entity: Span, ontology: Ontology) -> list[Span]:
    """The names a model's entity lumps together: 'A Party / B Party', 'Amnesty International and B Watch'."""
    doc, cuts = entity.doc, [entity.start]
    inside = tokens_of(doc)[entity.start : entity.end]
    cuts += [token.i + 1 for token in inside if token.text in {"/", "–", ";"}] + [entity.end + 1]
    runs = [(a, b - 1) for a, b in pairwise(cuts)]
    pieces = [piece for run in runs for piece in _split(doc, run, ontology)]
    return [doc[start:end] for start, end in pieces if end > start] if len(pieces) > 1 else [entity]


def split_row(entity: Span) -> list[Span]:
    """'the mayor of *Malmö*, *Ann Bo*': what a comma parts and the tree does not join is not one; 'Ann Bo, Jr.' is."""
    words = tokens_of(entity.doc)
    commas = [i for i in range(entity.start + 1, entity.end - 1) if words[i].text == "," and _is_parted(entity, i)]
    edges = [entity.start - 1, *commas, entity.end]
    return [entity.doc[one + 1 : other] for one, other in pairwise(edges)] if commas else [entity]


def _is_parted(entity: Span, comma: int) -> bool:
    left, right = entity.doc[entity.start : comma], entity.doc[comma + 1 : entity.end]
    joined = left.root.head in right or right.root.head in left
    return not joined and right[0].lower_.rstrip(".") not in _SUFFIXES


def match_heads(doc: Doc, ontology: Ontology) -> list[Span]:
    """Capitalised runs whose head word tells the type: 'Patriotic Society *Party*'."""
    runs = (piece for run in _runs(doc, ontology) for piece in _split(doc, run, ontology))
    return [found for run in runs if (found := _type_run(doc, run, ontology))]


def _runs(doc: Doc, ontology: Ontology) -> Iterator[tuple[int, int]]:
    """First token and token after the last of each run of capitals with 'of', 'and' and possessives between."""
    tokens = tokens_of(doc)
    capital = [token.text[0].isupper() and token.pos_ in _POS for token in tokens]
    end = 0
    for start in compress(range(len(tokens)), capital):
        if start < end:
            continue
        end = start
        while end < len(tokens) and (capital[end] or (end > start and _joins(doc, end, ontology))):
            end += 1 + (tokens[end].lower_ in _JOINTS and tokens[end + 1].lower_ in _ARTICLES)
            if end < len(tokens) and _closes(doc, start, end, ontology):
                break
        if end - start > 1:
            yield _skip_titles(doc, start, end, ontology), end


def _closes(doc: Doc, start: int, end: int, ontology: Ontology) -> bool:
    """'Liberal Party of *Canada* | Ann Bo': a country after 'of' ends a name, but for 'and'."""
    if end - start < 3 or tokens_of(doc)[end].lower_ in _AND | _POSSESSIVES:
        return False
    tokens = tokens_of(doc)
    before = next((i for i in (end - 2, end - 3) if i > start and tokens[i].lower_ in _OF | _ARTICLES), 0)
    name = ontology.names.get(doc[before + 1 : end].text) if before else None
    return name is not None and name.type == "kg:Country" and not name.adjective


def _skip_titles(doc: Doc, start: int, end: int, ontology: Ontology) -> int:
    """A title and the person after it are no part of the body: 'Foreign *Minister* Ann Bo and the *Bank* of X'."""
    tokens = tokens_of(doc)
    if tokens[start].is_sent_start and tokens[start].lower_ in _ARTICLES:
        start += 1
    named = start > 0 and tokens[start - 1].lower_ == "the" and tokens[end - 1].text in ontology.heads
    if named and tokens[start].lower_ not in ontology.words["lex:Title"]:
        return start  # 'the *Marine* Parks Act'
    titles = [i for i in range(start, min(end, start + 4)) if _is_title(doc, i, ontology)]
    if not titles or doc[titles[-1] + 1 : titles[-1] + 2].text.lower() in {*_OF, *_POSSESSIVES}:
        return start
    return titles[-1] + 1


def _is_title(doc: Doc, i: int, ontology: Ontology) -> bool:
    """'*Minister* Ann Bo', 'Liberal *MP* Ann Hall', but 'the *Veteran* Affairs Office'."""
    word, following = tokens_of(doc)[i], tokens_of(doc)[i + 1 : i + 2]
    if word.lower_ in ontology.words["lex:Title"]:
        return True
    before_name = following and following[0].text in ontology.given_names
    return bool(before_name) and ontology.nominals.get(word.lower_) == "kg:Person"


def _is_capital(token: Token) -> bool:
    return bool(token.text[0].isupper() and token.pos_ in _POS)


def _joins(doc: Doc, i: int, ontology: Ontology) -> bool:
    before, token, *ahead = tokens_of(doc)[i - 1 : i + 3]
    if not ahead:
        return False
    if token.text in _POSSESSIVES:  # 'People's Party', not 'Correa's Ecuador'
        return _is_capital(ahead[0]) and ahead[0].text in ontology.heads and before.text not in ontology.names
    if token.text == "-":  # 'Pan-Amazon Highway'
        return not token.whitespace_ and not before.whitespace_ and _is_capital(ahead[0])
    if token.lower_ not in _JOINTS:
        return False
    return _is_capital(ahead[0]) or (ahead[0].lower_ in _ARTICLES and len(ahead) > 1 and _is_capital(ahead[1]))


def _split(doc: Doc, run: tuple[int, int], ontology: Ontology) -> Iterator[tuple[int, int]]:
    """'Amnesty International *and* Human Rights Watch' are two; 'Ministry of Trade *and* Industry' is one."""
    start, end = run
    tokens = tokens_of(doc)
    joint = next((i for i in range(start, end) if tokens[i].lower_ in _AND), end)
    if joint == end or (joint + 1 < len(doc) and _is_list(doc, start, joint, end, ontology)):
        yield start, end
        return
    if joint - start > 1:
        yield start, joint
    following = joint + 1 + (doc[joint + 1 : joint + 2].text.lower() in _ARTICLES)
    if end - following > 1:
        yield from _split(doc, (_skip_titles(doc, following, end, ontology), end), ontology)


def _is_list(doc: Doc, start: int, joint: int, end: int, ontology: Ontology) -> bool:
    """True where both sides of 'and' are in one name."""
    if doc[joint + 1].lower_ in _ARTICLES:
        return False
    left, right = doc[start:joint], doc[joint + 1 : end]
    if left.text in ontology.names or doc[start].text in ontology.given_names:
        return False
    headed = [token.text for token in left if token.text in ontology.heads]
    if headed:
        opened = any(token.lower_ in _OF for token in left)
        lists = any(ontology.is_a(ontology.heads[headed[0]], kind) for kind in _LISTING)
        return opened and lists and not any(token.text in ontology.heads for token in right)
    apart = left and left[-1].ent_type_ == "ORG" and not doc[joint].ent_type_  # as the model sees two bodies
    return len(left) <= 2 and not apart and any(token.text in ontology.heads for token in right)


def _type_run(doc: Doc, run: tuple[int, int], ontology: Ontology) -> Span | None:
    """The run up to a person after 'of', where its head is known; else None."""
    (start, end), tokens = run, tokens_of(doc)
    owned = start > 0 and tokens[start - 1].lower_ == "the"
    several = ontology.heads.get(tokens[end - 1].text) == "kg:PoliticalParty" and tokens[end - 1].text.endswith("s")
    seen = end - start > 2 and tokens[end - 1].ent_type_ in ("ORG", "FAC")  # '*Lira* General Hospital'
    if end - start < 2 or (tokens[start].text in ontology.given_names and not (owned or several or seen)):
        return None  # 'Richard *Hall*' is no hall, 'Christian *Democrats*' are a party
    if _is_body_for(doc, start, ontology):
        return _type_run(doc, (start + 2, end), ontology)
    end = next((i for i in range(start + 1, end) if tokens[i].lower_ in _OF and _is_person(doc, i + 1, ontology)), end)
    while end > start and tokens[end - 1].lower_ in _OF | _AND | _ARTICLES | _POSSESSIVES:
        end -= 1
    kind = type_words(tokens[start:end], ontology)
    return make_span(doc, start, end, kind, Form.NAME) if kind and end - start > 1 else None


def _is_body_for(doc: Doc, start: int, ontology: Ontology) -> bool:
    """'a member of *Congress for* Ann's Party' speaks of two bodies, 'the Congress for Peace' of one."""
    bare = start > 0 and doc[start - 1].lower_ in ("of", "in", "to") and doc[start + 1].lower_ == "for"
    return bare and doc[start].lower_ in ontology.words["lex:Generic"]


def _is_person(doc: Doc, i: int, ontology: Ontology) -> bool:
    if i >= len(doc) or doc[i].text in ontology.names:
        return False
    return doc[i].text in ontology.given_names or doc[i].ent_type_ == "PERSON"


def type_by_head(span: Span, ontology: Ontology) -> Curie:
    """The class its head word gives a name, or '': 'Supreme *Court* of Justice' is a court."""
    return type_words([token for token in span if not token.is_punct], ontology)


def type_words(words: Sequence[Token], ontology: Ontology) -> Curie:
    """By the word before the first 'of', else the last; a movement with a creed in its name is a party, a congress of
    'Workers' a union."""
    joint = next((n for n, token in enumerate(words) if n and token.lower_ in _OF), len(words))
    if len(words) < 2:
        return ""
    whole = " ".join(token.text for token in words)
    first = words[0].text if words[0].text in ontology.words["lex:HeadFirst"] else ""
    kind = ontology.heads.get(whole) or ontology.heads.get(words[joint - 1].text) or ontology.heads.get(first, "")
    if kind and kind not in _LOOSE:
        return kind
    if kind in _UNIONS and any(token.text in ontology.words["lex:Workforce"] for token in words[: joint - 1]):
        return "kg:LabourUnion"
    creeds = [token.lower_.startswith(_list_creeds(ontology)) for token in words]
    loose = kind in _LOOSE or (not kind and creeds[joint - 1] and words[joint - 1].text.endswith("s"))
    return "kg:PoliticalParty" if any(creeds) and loose else kind


@lru_cache(maxsize=4)
def _list_creeds(ontology: Ontology) -> tuple[str, ...]:
    """What the words for a creed begin with."""
    return tuple(sorted(ontology.words["lex:Creed"]))
