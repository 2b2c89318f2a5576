"""Model a map: claims of a text, the relations between them, and the words they were read from.

Nothing here reads or writes. Every value is frozen; a verb takes a map and returns a new one.
Roles (thesis, claim, supporting point) and attack kinds (rebut, undermine, undercut) are
*derived* from the graph, in `argmap.graph`, and never stored.

    Map ─┬─ sources:   Source   the text, its hash, what of it is page furniture
         ├─ speakers:  Speaker  who else speaks in it
         ├─ claims:    Claim    one statement each, with its Quotes
         ├─ relations: Support | Attack | Rephrase
         └─ issues:    Issue    the questions, each with an ordered scale of Positions

The graph may have cycles, relations on relations and relations without a target: real corpora
have all three, and a model that refused them could not even report them.

Sources of terms: Walton, Reed & Macagno 2008 (schemes, linked and convergent premises, attack
kinds); Chesñevar et al. 2006 (AIF: I-, RA-, CA-, MA-nodes); W3C Web Annotation Data Model 2017
(TextQuoteSelector, TextPositionSelector); Krippendorff 2018 (codebook).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Literal, NoReturn, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    JsonValue,
    PlainSerializer,
    PrivateAttr,
    StringConstraints,
    Tag,
    field_serializer,
    model_validator,
)
from pydantic_core import CoreSchema, core_schema

from argmap.provided import provided
from argmap.text_tools import counted, even

Kind = Literal["fact", "cause", "definition", "value", "policy", "plan", "prediction"]
Commitment = Literal["asserted", "reported", "conceded", "rejected", "asked"]
Force = Literal["hedged", "plain", "emphatic"]
Mode = Literal["is", "plan", "will", "ought"]
RelationType = Literal["support", "attack", "rephrase"]
Status = Literal["suggested", "accepted", "rejected"]
Review = Literal["suggested", "accepted"]
Reviewable = Literal["text", "kind", "issue", "position", "speaker", "commitment", "force", "condition"]
ChangeWord = Literal[
    "kept",
    "altered",
    "strengthened",
    "weakened",
    "shifted",
    "reversed",
    "realised",
    "answered",
    "open",
    "conceded",
    "reframed",
    "dropped",
    "new",
]

MODE_OF_KIND: dict[Kind, Mode] = {
    "fact": "is",
    "cause": "is",
    "definition": "is",
    "plan": "plan",
    "prediction": "will",
    "value": "ought",
    "policy": "ought",
}
MODES: tuple[Mode, ...] = ("is", "plan", "will", "ought")
"""In the order in which a reader asks: what is so, what is under preparation, what will be, what ought to be."""

Id = Annotated[
    str,
    StringConstraints(pattern=r"^[\w][\w.\-]*$", max_length=200),
    Field(description="A word, unique in the map and stable: it appears in diffs and links."),
]


class FrozenDict(dict[Any, Any]):
    """A dict that cannot change, so that a frozen map is frozen all the way down."""

    def _refuse(self, *_args: object, **_kwargs: object) -> NoReturn:
        raise TypeError("a map is frozen: make a changed copy with argmap.edits")

    __setitem__ = __delitem__ = clear = pop = popitem = setdefault = update = __ior__ = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self))

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, _handler: object) -> CoreSchema:
        return core_schema.no_info_after_validator_function(cls, core_schema.dict_schema())

    def __reduce__(self) -> tuple[Callable[..., FrozenDict], tuple[dict[Any, Any]]]:
        return FrozenDict, (dict(self),)


_freeze = AfterValidator(FrozenDict)
Extra = Annotated[dict[str, JsonValue], _freeze]


def _listed(value: object) -> object:
    """One thing where a list is allowed: `by: reason` reads as `by: [reason]`."""
    if value is None:
        return ()
    return (value,) if isinstance(value, str | dict | Value) else value


_NO_FIELDS: set[str] = set()


class Value(BaseModel):
    """Common ground of the model: frozen, and an unknown key is an error."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        populate_by_name=True,
        coerce_numbers_to_str=True,
        defer_build=True,  # the validators of a class are built when it is first used
        allow_inf_nan=False,  # JSON has no word for them, so that no file could hold the map
    )

    @model_validator(mode="after")
    def _lean(self) -> Self:
        """Let go of the set of the fields that were given, which nobody asks for: it takes a quarter of a map's memory."""
        object.__setattr__(self, "__pydantic_fields_set__", _NO_FIELDS)
        return self

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        """Show what differs from the defaults, each in a few words; `model_dump` gives everything."""
        for name, field in type(self).model_fields.items():
            value = getattr(self, name, None)
            if value is not None and value != field.default:
                yield name, _Brief(value)


MOST_SHOWN = 60
"""Letters of a value that a `repr` shows."""


class _Brief:
    """A value in a few words, for a `repr` of one line."""

    def __init__(self, value: object) -> None:
        self.value = value

    def __repr__(self) -> str:
        value = self.value
        if isinstance(value, Value):
            name = next((n for n in ("id", "exact", "label") if n in type(value).model_fields), None)
            return f"{type(value).__name__}({f'{name}={_Brief(getattr(value, name))!r}' if name else '…'})"
        if isinstance(value, dict | tuple | list | frozenset):
            plain = all(isinstance(item, str | int | float) for item in value) and not isinstance(value, dict)
            shown = repr(value) if plain and len(value) <= MOST_SHOWN else ""
            return shown if shown and len(shown) <= MOST_SHOWN else f"<{len(value)}>"
        if isinstance(value, str):
            return repr(value if len(value) <= MOST_SHOWN else f"{value[: MOST_SHOWN - 1]}…")
        shown = repr(value)
        return shown if len(shown) <= MOST_SHOWN else f"{shown[: MOST_SHOWN - 1]}…"


class Origin:
    """The text that each file held when a value was read from it, or last saved to it.

    Copies of a value share it, so that saving finds out what others changed meanwhile. All are equal: it is no part of
    the value.
    """

    __slots__ = ("texts",)

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        """Texts by the real path of their file; empty for a file that was not there."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Origin)

    def __hash__(self) -> int:
        return 0

    def __deepcopy__(self, _memo: object) -> Origin:
        return self

    def __reduce__(self) -> tuple[type[Origin], tuple[()]]:
        return Origin, ()


class Filed(Value):
    """A value that has a file."""

    _origin: Origin = PrivateAttr(default_factory=Origin)

    def read_from(self, path: str, text: str) -> Self:
        """Return the same value with the text of the file that it was read from."""
        copy = self.model_copy()
        copy._origin = Origin()
        copy._origin.texts[path] = text
        return copy

    def filed(self) -> Origin:
        """Give this value an origin that only copies made from now on share."""
        texts = dict(self._origin.texts)
        self._origin = Origin()
        self._origin.texts.update(texts)
        return self._origin

    @property
    def origin(self) -> Origin:
        """The texts of the files that it was read from or saved to."""
        return self._origin


class Shown:
    """Shows itself as a picture where pictures can be shown, such as a notebook."""

    def _repr_svg_(self) -> str:
        picture: bytes = provided("picture")(self)
        return picture.decode()

    def _repr_html_(self) -> str:
        """Show a picture that moves, folds and tells its words; its outline stands under it, for everybody."""
        framed: str = provided("picture")(self, "html")._repr_html_()
        return framed

    def _repr_mimebundle_(self, **_wanted: object) -> dict[str, str]:
        """Give the interactive picture, the SVG and the short words; a notebook chooses."""
        return {"text/html": self._repr_html_(), "image/svg+xml": self._repr_svg_(), "text/plain": repr(self)}


class Tabled:
    """Makes tables of what it holds."""

    def to_pandas(self, of: str | None = None) -> Any:
        """Make a table of pandas, which must be installed.

        Parameters
        ----------
        of
            Of a map: `claims` (by default) or `relations`. Of a diff: `changes` (by default), `claims` or `relations`.

        Returns
        -------
        pandas.DataFrame
            One row for each.

        Raises
        ------
        ArgmapError
            If there is no such table.
        ImportError
            If pandas is not installed.
        """
        return provided("frames")(self, of)


class Span(Value):
    """A stretch of a source text, `start` ≤ i < `end`, in Unicode code points (W3C TextPositionSelector)."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)


class Quote(Value):
    """Exact words of a source (W3C TextQuoteSelector)."""

    exact: str = Field(min_length=1)
    """The words, character for character."""
    prefix: str = ""
    """Words just before, where the exact words occur more than once."""
    suffix: str = ""
    """Words just after, where the exact words occur more than once."""
    source: Id | None = None
    """Id of the source; left out when the map has only one."""


@lru_cache(maxsize=32)
def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _quote(value: object) -> object:
    return {"exact": value} if isinstance(value, str) else value


QuoteField = Annotated[Quote, BeforeValidator(_quote, json_schema_input_type=str | Quote)]
Quotes = Annotated[
    tuple[QuoteField, ...],
    BeforeValidator(_listed, json_schema_input_type=str | Quote | list[str | Quote] | None),
]
Ids = Annotated[tuple[Id, ...], BeforeValidator(_listed, json_schema_input_type=Id | list[Id])]


class Passage(Value):
    """A part of a source set aside, with the reason: a `quote`, or everything `from` some words `to` others."""

    quote: QuoteField | None = None
    from_: QuoteField | None = Field(default=None, alias="from")
    """The first words of a long passage."""
    to: QuoteField | None = None
    """The last words of a long passage."""
    reason: str

    @model_validator(mode="after")
    def _either(self) -> Passage:
        given = (self.quote is not None, self.from_ is not None, self.to is not None)
        if given not in {(True, False, False), (False, True, True)}:
            raise ValueError("give either `quote`, or `from` and `to`")
        return self

    @field_serializer("quote", "from_", "to")
    def _short(self, quote: Quote | None) -> JsonValue:
        return _short_quote(quote) if quote else None


class Source(Value):
    """A text: where it is, its hash, who wrote it and when, and what of it claims nothing."""

    path: str | None = None
    """The text's file, relative to the map's; left out when `text` holds it."""
    text: str | None = None
    """The text itself. Loading a map fills it from `path`; saving leaves it out then."""
    sha256: str | None = Field(default=None, pattern="^[0-9a-f]{64}$")
    """Hash of the file's bytes, so that a changed text is noticed."""
    author: str | None = None
    title: str | None = None
    published: str | None = None
    """Date as ISO 8601, as precise as it is known: 1996, 1996-04, 1996-04-29."""
    dated_by: Quotes = ()
    """The words that date the text, where no date line does."""
    url: str | None = None
    language: str | None = None
    """BCP 47 code; English when left out."""
    excluded: tuple[Passage, ...] = ()
    """Page furniture: in the file, not in the text."""
    non_argumentative: tuple[Passage, ...] = ()
    """Sentences of the text that claim nothing, each with the reason."""
    extra: Extra = FrozenDict()

    @field_serializer("dated_by")
    def _short(self, quotes: tuple[Quote, ...]) -> JsonValue:
        return _short_quotes(quotes)

    @property
    def digest(self) -> str | None:
        """SHA-256 of the text as it stands, in hexadecimal; `None` without a text."""
        return None if self.text is None else _sha256(self.text)

    @property
    def fingerprint(self) -> str | None:
        """The same for all copies of a text, whatever their line ends, byte order mark and last line end; `None` without a text."""
        return None if self.text is None else _sha256(even(self.text).text)


class Speaker(Value):
    """Someone whom the text quotes or reports."""

    name: str
    role: str | None = None
    extra: Extra = FrozenDict()


def _drop(schema: dict[str, Any], name: str) -> None:
    schema["properties"].pop(name)
    schema["required"].remove(name)


class Claim(Value):
    """One statement that the text makes or reports."""

    model_config = ConfigDict(json_schema_extra=lambda schema: _drop(schema, "id"))

    id: Id = Field(exclude=True)
    """Its key in the map; never written inside the claim."""
    text: str
    """The statement, reworded: it stands alone, says one thing, and keeps the strength of the text."""
    quotes: Quotes = Field(default=(), alias="quote")
    """The words it was read from."""
    kind: Kind | None = None
    """The sort of statement: it *is* (fact, cause, definition), is planned (plan: on the agenda, decided or under preparation, and
    nobody in the text calls for it), *will* be (prediction) or *ought* to be (value, policy)."""
    issue: Id | None = None
    """The question of the codebook that it answers."""
    position: Id | None = None
    """Its position on the scale of the issue."""
    speaker: Id | None = None
    """Id of the speaker; the author when left out."""
    commitment: Commitment = "asserted"
    """The use that the author makes of it."""
    force: Force = "plain"
    """The strength of its wording: `may`, `perhaps` are hedged; `must`, `clearly` emphatic."""
    condition: Annotated[QuoteField, PlainSerializer(lambda quote: _short_quote(quote))] | None = None
    """The words of the text that it hangs on, such as "If all goes well"; they may stand in another sentence than the quote."""
    implicit: bool = False
    """An unstated premise, supplied by the analyst; has no quote."""
    weight: float | None = Field(default=None, ge=0, le=1)
    """Its base score in [0, 1] for `argmap evaluate`: how strong it is before supports and attacks count; 0.5 when left out."""
    status: Review = "accepted"
    """`suggested` for a draft that no person has looked at yet; delete the line to accept it."""
    suggested: Annotated[tuple[Reviewable, ...], BeforeValidator(_listed)] = ()
    """The fields of an accepted claim that were only suggested, such as `position`; delete a name to accept the field."""
    note: str | None = None
    """The analyst's remark; never part of the claim."""
    extra: Extra = FrozenDict()
    """Data of file formats for which argmap has no field, by format."""

    @field_serializer("quotes")
    def _short(self, quotes: tuple[Quote, ...]) -> JsonValue:
        return _short_quotes(quotes)

    @property
    def acts(self) -> tuple[tuple[str | None, str], ...]:
        """The speech acts of a dialogue on it: speaker and act, as formats of dialogues keep them under `extra`, `said`."""
        kept = (own.get("said") for own in self.extra.values() if isinstance(own, dict))
        listed = (each for said in kept if isinstance(said, list) for each in said if isinstance(each, dict))
        return tuple((str(who) if (who := each.get("speaker")) else None, str(each.get("act", ""))) for each in listed)

    @property
    def mode(self) -> Mode | None:
        """`is`, `plan`, `will` or `ought`, from the kind."""
        return MODE_OF_KIND[self.kind] if self.kind else None


class _Relation(Value):
    """The fields of all three relations. `target` is a claim or a relation, or missing in irregular files."""

    type: ClassVar[RelationType]
    target: Id | None
    by: Ids
    id: Id | None = None
    """Needed only where another relation targets this one."""
    cue: str | None = None
    """The connective in the text, quoted."""
    status: Review = "accepted"
    """`suggested` for a draft that no person has looked at yet; delete the line to accept it."""
    note: str | None = None
    extra: Extra = FrozenDict()

    @property
    def is_answer(self) -> bool:
        """Tell whether it ties an answer to a question."""
        return False

    @property
    def key(self) -> str:
        """Its id, or else a name made of what it ties, such as `reason+reason>conclusion`."""
        return self.id or f"{'+'.join(self.by)}{_SIGN[self.type]}{self.target or '?'}"


class Support(_Relation):
    """Premises → conclusion. Several premises in one support are *linked*; several supports *converge*. AIF: RA."""

    type: ClassVar[RelationType] = "support"
    target: Id | None = Field(alias="support")
    """The conclusion."""
    by: Ids
    """The premises."""
    scheme: str | None = None
    """The argumentation scheme, as `argmap schemes` names it."""
    questions: Annotated[dict[str, Annotated[str, Field(min_length=1)]], _freeze] = FrozenDict()
    """Critical questions of the scheme that are answered or dismissed: by their number in `argmap schemes`, the answer in words or the
    id of the claim that answers."""


class Attack(_Relation):
    """A claim against a claim or a relation. On a conclusion it rebuts, on a premise it undermines, on a relation it undercuts. AIF: CA."""

    type: ClassVar[RelationType] = "attack"
    target: Id | None = Field(alias="attack")
    """The id of what is attacked."""
    by: Ids
    """The attackers."""
    scheme: str | None = None
    """The conflict scheme, where one is named."""


ANSWER = "answer"
"""The scheme of a rephrase that is an answer. AIF has one node, MA, for both, and so have most formats: what carries a
rephrase with its scheme carries an answer, and what has no place for the scheme leaves the answer out."""


class Rephrase(_Relation):
    """One claim says again what another says, or answers it. AIF: MA."""

    type: ClassVar[RelationType] = "rephrase"
    target: Id | None = Field(alias="rephrase")
    """The id of what is said again."""
    by: Ids
    """The rephrasing claims."""
    scheme: str | None = None
    """`answer` where a claim does not say again what another says, but answers what it asks."""

    @property
    def is_answer(self) -> bool:
        """Tell whether the sources answer the target, or the target them, instead of saying it again."""
        return self.scheme == ANSWER


AnyRelation = Support | Attack | Rephrase

_SIGN: dict[RelationType, str] = {"support": ">", "attack": "!", "rephrase": "="}
RELATION_TYPES: tuple[RelationType, ...] = ("support", "attack", "rephrase")


def _relation_type(value: object) -> str | None:
    if isinstance(value, _Relation):
        return value.type
    if isinstance(value, dict):
        return next((word for word in RELATION_TYPES if word in value), value.get("type"))
    return None


Relation = Annotated[
    Annotated[Support, Tag("support")] | Annotated[Attack, Tag("attack")] | Annotated[Rephrase, Tag("rephrase")],
    Discriminator(
        _relation_type,
        custom_error_type="relation_type",
        custom_error_message="a relation starts with `support:`, `attack:` or `rephrase:` and the id of its target",
    ),
]


def _labelled(value: object) -> object:
    return {"label": value} if isinstance(value, str | int | float) else value


class Position(Value):
    """A step on an issue's ordered scale."""

    label: str
    """The analyst's word for it."""
    origin: str | None = None
    """The text that the label comes from, if the analyst did not choose it: quoted, or paraphrased."""


PositionField = Annotated[Position, BeforeValidator(_labelled, json_schema_input_type=str | Position)]


class Issue(Value):
    """A question on which texts can be compared, with an ordered scale where they place themselves on one."""

    question: str
    label: str | None = None
    """A short name, for headings."""
    sentence: str | None = None
    """The pattern of a sentence about a position, with `{is}` for the verb and `{label}`: "Japan {is} a {label}"."""
    scale: Annotated[dict[Id, PositionField], _freeze] = FrozenDict()
    """The positions in their order, from one end to the other."""
    note: str | None = None

    def steps(self, before: Id, after: Id) -> int | None:
        """Return how many steps `after` lies beyond `before` on the scale; `None` when either is not on it."""
        order = list(self.scale)
        if before not in self.scale or after not in self.scale:
            return None
        return order.index(after) - order.index(before)


Issues = Annotated[dict[Id, Issue], _freeze]


def _named(value: object) -> object:
    """Give each claim its key as its id."""
    if not isinstance(value, dict):
        return value
    return {
        key: {**claim, "id": claim.get("id", key)} if isinstance(claim, dict) else claim for key, claim in value.items()
    }


def _same_names(value: dict[str, Claim]) -> FrozenDict:
    for key, claim in value.items():
        if claim.id != key:
            raise ValueError(f"claim {key!r} has another id, {claim.id!r}: leave the inner one out")
    return FrozenDict(value)


RELATION_CLASSES: dict[str, type[AnyRelation]] = {"support": Support, "attack": Attack, "rephrase": Rephrase}
"""The class of each type of relation."""


def _theses(value: object) -> object:
    """`none` is an empty list, and a list of one its one id."""
    if isinstance(value, list | tuple):
        return value[0] if len(value) == 1 else tuple(value)
    return value


ThesisField = Annotated[
    Id | tuple[Id, ...] | None,
    BeforeValidator(_theses, json_schema_input_type=Id | list[Id] | None),
]


class Map(Shown, Tabled, Filed):
    """The argument of one text (or of several told as one): claims, and what ties them."""

    argmap: Literal[1] = 1
    """Version of the file format."""
    id: Id
    title: str | None = None
    thesis: ThesisField = None
    """The claim that everything else serves; several for a platform of planks, `none` for a text that has none."""
    codebook: str | None = None
    """File with the issues, relative to the map's; or give `issues` here."""
    sources: Annotated[dict[Id, Source], _freeze] = FrozenDict()
    speakers: Annotated[dict[Id, Speaker], _freeze] = FrozenDict()
    claims: Annotated[dict[Id, Claim], BeforeValidator(_named), AfterValidator(_same_names)] = FrozenDict()
    relations: tuple[Relation, ...] = ()
    issues: Issues = FrozenDict()
    """The questions, headline first. Loading a map fills them from `codebook`; saving leaves them out then."""
    drafted_by: Annotated[tuple[str, ...], BeforeValidator(_listed)] = ()
    """Programs and language models that drafted parts of the map, each with its version or date."""
    note: str | None = None
    extra: Extra = FrozenDict()

    @model_validator(mode="after")
    def _without_thesis(self) -> Map:
        if self.thesis == "none" and "none" not in self.claims:
            object.__setattr__(self, "thesis", ())
        return self

    @property
    def theses(self) -> tuple[Id, ...]:
        """The claims that the map names as its thesis: one, several, or an empty tuple."""
        if isinstance(self.thesis, tuple):
            return self.thesis
        return () if self.thesis is None else (self.thesis,)

    @property
    def awaiting(self) -> tuple[int, int]:
        """Numbers of claims (or fields of claims) and of relations that are suggested and await a person."""
        claims = sum(claim.status == "suggested" or bool(claim.suggested) for claim in self.claims.values())
        return claims, sum(relation.status == "suggested" for relation in self.relations)

    @property
    def awaiting_in_words(self) -> str:
        """The counts of `awaiting` in words, `3 claims and 1 relation`; empty when nothing awaits a person."""
        claims, relations = self.awaiting
        words = ([counted(claims, "claim")] if claims else []) + ([counted(relations, "relation")] if relations else [])
        return " and ".join(words)

    @property
    def only_thesis(self) -> Id | None:
        """The thesis where the map names exactly one."""
        return self.thesis if isinstance(self.thesis, str) else None

    def source_of(self, quote: Quote) -> tuple[Id, Source] | None:
        """The source a quote is from: the one it names, or the map's only (or first) one."""
        name = quote.source or next(iter(self.sources), None)
        return (name, self.sources[name]) if name in self.sources else None

    def relation(self, key: str) -> AnyRelation | None:
        """The relation of that id or key."""
        return next((relation for relation in self.relations if relation.key == key), None)

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        yield "id", self.id
        yield "claims", len(self.claims)
        yield "relations", len(self.relations)

    @property
    def date(self) -> str | None:
        """The date on which its text was published, as far as known."""
        return next((source.published for source in self.sources.values() if source.published), None)


class Codebook(Filed):
    """The issues that a set of maps shares (content analysis: the codebook)."""

    version: Literal[1] = Field(default=1, alias="argmap-codebook")
    id: Id
    title: str | None = None
    issues: Issues
    """The questions; the first is the headline."""


class Correspondence(Value):
    """Claims before and claims after that speak of the same thing, and what a person says of the pair."""

    before: Ids
    after: Ids
    change: ChangeWord | None = None
    """The analyst's word; derived when left out."""
    facets: Annotated[tuple[Literal["turned"], ...], BeforeValidator(_listed)] = ()
    """Facets that no rule can see: `turned` where the same matter argues for the other side."""
    because: str | None = None
    """One sentence for the reader."""
    status: Status = "accepted"
    """A rejected pair is never proposed again; a suggested one is shown dashed and counted apart."""
    confidence: float | None = Field(default=None, ge=0, le=1)
    """The certainty of the suggestion, in [0, 1]."""
    evidence: Annotated[tuple[str, ...], BeforeValidator(_listed)] = ()
    """The evidence for the suggestion."""


class Silent(Value):
    """Claims that the other text passes over, as a person confirmed it."""

    before: Ids = ()
    """Claims of the earlier map that the later text passes over."""
    after: Ids = ()
    """Claims of the later map that the earlier text passes over."""


class Read(Value):
    """Claims that a language model looked for in the other text, and what it found there.

    Each claim has the words of the other text that take it up, or `None` where no sentence does.
    """

    by: str
    """The model, and the package that asked it."""
    texts: str | None = Field(default=None, pattern="^[0-9a-f]{64}$")
    """Hash of the texts that were read; once they change, only words that still stand count."""
    before: Annotated[dict[Id, str | None], _freeze] = FrozenDict()
    """Claims of the earlier map, looked for in the later text."""
    after: Annotated[dict[Id, str | None], _freeze] = FrozenDict()
    """Claims of the later map, looked for in the earlier text."""


class Alignment(Filed):
    """The correspondences between the claims of two maps, as a person confirmed them."""

    version: Literal[1] = Field(default=1, alias="argmap-alignment")
    before: str
    """The earlier map's file, relative to the alignment's."""
    after: str
    """The later map's file."""
    correspondences: tuple[Correspondence, ...] = ()
    silent: Silent = Silent.model_construct()
    """Claims that the other text passes over, as a person confirmed it."""
    read: Read | None = None
    """Claims that a language model looked for in the other text."""
    note: str | None = None

    @property
    def passed_over(self) -> Silent:
        """All claims confirmed as passed over: those under `silent`, and accepted correspondences with an empty side."""
        alone = [
            each for each in self.correspondences if each.status == "accepted" and not (each.before and each.after)
        ]
        before = dict.fromkeys((*self.silent.before, *(claim_id for each in alone for claim_id in each.before)))
        after = dict.fromkeys((*self.silent.after, *(claim_id for each in alone for claim_id in each.after)))
        return Silent(before=tuple(before), after=tuple(after))


def _short_quote(quote: Quote) -> JsonValue:
    data = quote.model_dump(exclude_defaults=True)
    return str(data["exact"]) if len(data) == 1 else data


def _short_quotes(quotes: tuple[Quote, ...]) -> JsonValue:
    short = [_short_quote(quote) for quote in quotes]
    return short[0] if len(short) == 1 else short


T = TypeVar("T", bound=Value)


def replace(value: T, **changes: object) -> T:
    """A copy of `value` with some fields changed; raises pydantic.ValidationError if one does not fit."""
    fields = {name: getattr(value, name) for name in type(value).model_fields}
    made = type(value).model_validate({**fields, **changes})
    if isinstance(made, Filed) and isinstance(value, Filed):
        made._origin = value.origin
    return made
