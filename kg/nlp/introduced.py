"""Names that neither model nor lists know, told by what stands at them: 'the swimmer *Eva Sol*', 'fled *Asmara*'."""

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Span, Token

from kg.model import Form
from kg.nlp.spans import lemma, make_span
from kg.nlp.tree import children_of, tokens_of
from kg.ontology import Ontology
from kg.wordlists import fold

_WHO = frozenset({"who", "whom", "whose"})
_TIMES = frozenset({"DATE", "TIME"})
_NEAR = frozenset({"in", "near", "outside"})
_UNSEEN = frozenset({"", "NORP", "PRODUCT"})  # of products the graph knows none
_PATIENTS = frozenset({"dobj", "nsubjpass"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_PLACED = frozenset({"pobj", "dobj", "nsubj", "nsubjpass", "appos", "conj", "attr"})
_LONGEST = 2  # words in a place's name that no list has


def is_introduced(name: Span, ontology: Ontology) -> bool:
    """True of two to four unknown capitalised words at which stands what is only said of persons."""
    root, labels = name[-1], {token.ent_type_ for token in name} - {""}
    titled = name[0].lower_.rstrip(".") in ontology.words["lex:Title"]
    if titled or any(lemma(token) in ontology.nominals for token in name):  # 'Mr. Sol', 'Assistant Master'
        return False
    if len(labels) > 1 or not labels.isdisjoint(_TIMES):  # 'on *Friday* Eva Sol'
        return False
    before = name[0].nbor(-1) if name.start else None
    if before is not None and (before.lower_ == "the" or _is_role(before, ontology)):
        return before.lower_ != "the"
    beside = [child for child in children_of(root) if child.dep_ in ("appos", "relcl")]
    if any(_is_role(child, ontology) if child.dep_ == "appos" else _says_who(child) for child in beside):
        return True
    said = (child for child in children_of(root.head) if child.dep_ == "attr")
    if root.dep_ in _SUBJECTS and any(_is_role(child, ontology) for child in said):
        return True
    return has_fate(root, _PATIENTS, ontology.words["lex:HumanPatient"])  # 'arrested *Di Ek*'


def has_fate(root: Token, labels: frozenset[str], words: frozenset[str]) -> bool:
    """'*Sworn* in as mayor, Di Ek …', 'Di Ek was *educated* at': one of ``words`` befalls what ``labels`` hang."""
    verbs = [root.head] if root.dep_ in labels else []
    if root.dep_ in _SUBJECTS:
        children = (child for child in children_of(root.head) if child.dep_ == "advcl" and child.tag_ == "VBN")
        verbs += [child for child in children if child.is_sent_start]
    return any(lemma(verb) in words for verb in verbs)


def _is_role(noun: Token, ontology: Ontology) -> bool:
    """'the *swimmer*': a noun that only persons are called by."""
    word = lemma(noun)
    singular = noun.tag_ in ("NN", "NNP")
    return singular and ontology.nominals.get(word) == "kg:Person" and word not in ontology.words["lex:AnybodysRole"]


def _says_who(clause: Token) -> bool:
    return any(token.lower_ in _WHO for child in children_of(clause) for token in (child, *children_of(child)))


def match_places(doc: Doc, ontology: Ontology, taken: Iterable[Span]) -> Iterator[Span]:
    """Words that the model took for nothing: places where the gazetteer has them or something took place in them."""
    inside = {i for span in taken for i in range(span.start, span.end)}
    for token in tokens_of(doc):
        if token.i not in inside and token.dep_ in _PLACED and _is_unseen(token, ontology):
            start = token.i
            while (
                start
                and start - 1 not in inside
                and doc[start - 1].head == token
                and _is_unseen(doc[start - 1], ontology)
            ):
                start -= 1
            name = doc[start : token.i + 1]
            if kind := _find_kind(name, ontology):
                yield make_span(doc, name.start, name.end, kind, Form.NAME)


def _is_unseen(token: Token, ontology: Ontology) -> bool:
    text = token.text
    proper = token.pos_ == "PROPN" or (token.pos_ == "ADJ" and token.dep_ == "pobj")  # 'in *Odense*'
    plain = proper and text.istitle() and text.isalpha() and len(text) > 2
    if not plain or token.ent_type_ not in _UNSEEN:
        return False
    known = text in ontology.heads or text in ontology.names or lemma(token) in ontology.nominals
    if not known and _is_scene(token, ontology):
        return True  # 'was born in *Keren*', which is a name, too
    borne = text in ontology.surnames or text in ontology.given_names or fold(text) in ontology.genders
    return not known and not borne


def _find_kind(name: Span, ontology: Ontology) -> str:
    following = name.doc[name.end : name.end + 1].text
    if any(child.dep_ == "det" for child in children_of(name.root)) or following[:1].isupper() or following == "-":
        return ""
    known = ontology.gazetteer.get(fold(name.text), ())
    kinds = {place.type for place in known if place.name == name.text}  # 'God' is no Göd
    if kinds:
        return min(kinds, key=lambda kind: (kind != "kg:City", kind))
    return "kg:Place" if len(name) <= _LONGEST and _is_scene(name.root, ontology) else ""


def _is_scene(noun: Token, ontology: Ontology) -> bool:
    """'met in *Panmunjom*', 'riots in *Kandovan*': behind 'in', where something took place."""
    if noun.dep_ != "pobj" or noun.head.lower_ not in _NEAR:
        return False
    frames = (frame for _, frame in ontology.frames.get(lemma(noun.head.head), ()))
    return any(
        ontology.is_a(frame.evokes, "kg:Event") or frame.evokes in ("kg:bornIn", "kg:diedIn") for frame in frames
    )
