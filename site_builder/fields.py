"""The types of front matter: what a field takes, and what is said of a value that it cannot take.

A model is a frozen dataclass over these types, read by pydantic's TypeAdapter. Values arrive as text (see
`documents`), so every conversion is ours or pydantic's and never YAML's.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping
from functools import cache
from sys import intern
from typing import Annotated, Any, TypeVar, cast

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, PlainSerializer, TypeAdapter, ValidationError
from pydantic.json_schema import GenerateJsonSchema

from site_builder import advice, dates, urls
from site_builder.diagnostics import Diagnostic, error
from site_builder.documents import Document
from site_builder.limits import MAX_ID
from site_builder.texts import blank
from site_builder.yamltext import Path

T = TypeVar("T")

CLOSED = ConfigDict(extra="forbid", arbitrary_types_allowed=True)  # an unknown key is an error, not a silent loss


class FieldError(ValueError):
    """A value that cannot be; `hint` says what to write instead."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


def _text(value: Any) -> Any:
    if isinstance(value, str) and blank(value):
        raise FieldError("this is empty", "write the text, or leave the field out")
    return value.strip() if isinstance(value, str) else value


def _slug(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if value in urls.RESERVED:
        raise FieldError(f"`{value}` cannot be an id: Windows keeps this name for a device", "choose another id")
    if not urls.SLUG.fullmatch(value) or len(value) > MAX_ID:
        message = f"`{value[:100]}` is not an id: ids are made of a to z, 0 to 9 and single hyphens"
        raise FieldError(message, advice.of_id(value))
    return intern(value)  # the ids of ten thousand entries are few texts


def _edtf(value: Any) -> dates.Edtf:
    if not isinstance(value, str):
        raise FieldError("a date is one line of text", "write a date such as 2014-06-10, 2014-06 or 2006~")
    return dates.parse(value)


def _day(value: Any) -> dates.Edtf:
    """A day of our own work, which feeds and the sitemap give on: it is known, so nothing else can stand."""
    try:
        date = _edtf(value)
    except dates.DateError as wrong:
        raise dates.DateError(wrong.message, advice.of_day(wrong.hint)) from None
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", date.text):
        raise FieldError(f"`{date.text}` is not one day", "write year, month and day, as in 2026-11-23")
    return date


def _end(value: Any) -> dates.Edtf | None:
    if isinstance(value, str) and value.strip().lower() in ("present", "now", "today", "ongoing", "open"):
        raise dates.DateError(f"“{value}” does not say when it ended", "write `..` while it lasts")
    return None if value == ".." else _edtf(value)


def _address(value: Any) -> Any:
    if isinstance(value, str) and not urls.outside(value):
        raise FieldError(
            f"`{value[:80]}` is not an address that readers can be sent to",
            advice.of_address(value),
        )
    return value


def _base(value: Any) -> Any:
    """The address that the addresses of all pages begin with, in the letters in which they are sent."""
    _address(value)
    if not isinstance(value, str):
        return value
    if not (base := urls.base(value)):
        hint = "write the address of the folder that the site lies in, without `?`, `#` and the name of a page"
        raise FieldError(f"`{value[:80]}` is no address that the name of a page can be put behind", hint)
    return base


def _address_slots(value: Any) -> Any:
    """An address with slots: `{id}`, `{title}` and `{url}` are filled for each entry."""
    if not isinstance(value, str):
        return value
    filled = re.sub(r"\{(id|title|url)\}", "x", value)
    if "{" in filled or "}" in filled:
        raise FieldError(
            f"`{value[:80]}` has a slot that nothing fills",
            "the slots are {id}, {title} and {url}; write no other braces",
        )
    if "{" in value.partition("?")[0].partition("//")[2].partition("/")[0]:
        raise FieldError(f"`{value[:80]}` has a slot in the name of its host", "write the host out")
    _address(filled)
    return value


def _email(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", value, re.ASCII):
        raise FieldError(f"`{value[:80]}` is not an e-mail address", "write one address, as in desk@example.org")
    return value


def _language(value: Any) -> Any:
    """A language tag of BCP 47, as HTML's `lang` takes it."""
    if isinstance(value, str) and not re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", value):
        raise FieldError(
            f"`{value[:40]}` is no code of a language", "write the code of BCP 47, such as en, ar or fr-CA"
        )
    return value


def _country(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch("[A-Z]{2}", value):
        hint = "write the two capital letters of ISO 3166-1, such as IQ; the name goes to `country`"
        raise FieldError(f"`{value[:40]}` is no code of a country", hint)
    return value


def _number(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"[+-]?[0-9]{1,12}(\.[0-9]{1,30})?", value.strip()):
        raise FieldError(f"`{value[:40]}` is not a number", advice.of_number(value))
    return value


def _level(value: Any) -> Any:
    if value not in ("1", "2", "3"):
        hint = "write 1 (without it the story breaks), 2 (important) or 3 (the rest)"
        raise FieldError(f"`{str(value)[:40]}` is not among 1, 2 and 3", hint)
    return value


def _flag(value: Any) -> Any:
    if isinstance(value, str) and value not in ("true", "false"):
        raise FieldError(f"`{value[:40]}` is neither true nor false", "write `true` or `false`")
    return value


def _bounds(value: Any) -> Any:
    west, south, east, north = value
    if south >= north or west == east:
        raise FieldError("this box is empty", "write west, south, east, north in this order: [35, 28.5, 49.5, 38]")
    return value


def _listed(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


Text = Annotated[str, BeforeValidator(_text)]
Slug = Annotated[str, BeforeValidator(_slug)]
Address = Annotated[str, BeforeValidator(_address)]
BaseAddress = Annotated[str, BeforeValidator(_base)]
AddressSlots = Annotated[str, BeforeValidator(_address_slots)]
Email = Annotated[str, BeforeValidator(_email)]
Date = Annotated[dates.Edtf, BeforeValidator(_edtf), PlainSerializer(str, return_type=str)]
Day = Annotated[dates.Edtf, BeforeValidator(_day), PlainSerializer(str, return_type=str)]
End = Annotated[dates.Edtf | None, BeforeValidator(_end)]  # ".." while it lasts
Count = Annotated[int, Field(ge=0), BeforeValidator(_number)]
Level = Annotated[int, BeforeValidator(_level)]
Language = Annotated[str, BeforeValidator(_language)]
Country = Annotated[str, BeforeValidator(_country)]
Number = Annotated[int, BeforeValidator(_number)]
Decimal = Annotated[float, BeforeValidator(_number)]
Latitude = Annotated[float, Field(ge=-90, le=90), BeforeValidator(_number)]
Longitude = Annotated[float, Field(ge=-180, le=180), BeforeValidator(_number)]
Bounds = Annotated[tuple[Longitude, Latitude, Longitude, Latitude], AfterValidator(_bounds)]
Flag = Annotated[bool, BeforeValidator(_flag)]
listed = BeforeValidator(_listed)  # one value where a list may stand


def spelled(name: str) -> Any:
    """A field whose name in the file is no Python name: `from`, `container-title`."""
    return Field(alias=name)


def shorthand(name: str, *, otherwise: str = "") -> BeforeValidator:
    """Plain text instead of a mapping: an id goes to the field `name`, any other text to `otherwise`."""

    def shorthand_of(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        return {name if not otherwise or urls.SLUG.fullmatch(value) else otherwise: value}

    return BeforeValidator(shorthand_of)


def cite(value: Any) -> Any:
    """`key` or `key, p. 12` as the mapping of a citation."""
    if not isinstance(value, str):
        return value
    key, comma, locator = value.partition(",")
    return {"source": key.strip(), "locator": locator.strip()} if comma else {"source": key.strip()}


cited = BeforeValidator(cite)


@cache
def _adapter(model: Hashable) -> TypeAdapter[Any]:
    return TypeAdapter(cast(Any, model))


def validate(
    model: type[T], document: Document, fields: Mapping[str, Any], at: Path = ()
) -> tuple[T | None, list[Diagnostic]]:
    """The fields (which stand at the path `at` of the document) as a value of the model, or all that is wrong."""
    kept, empty = _without_empty(fields)
    findings = [
        _unknown(model, document, at, loc)
        for loc in empty
        if isinstance(loc[-1], int) or loc[-1] not in _names(model, loc[:-1])
    ]
    try:
        value: T = _adapter(cast(Hashable, model)).validate_python(kept)
        return (None if findings else value), findings
    except ValidationError as wrong:
        faults = wrong.errors(include_url=False)
        return None, [*findings, *_once(_diagnostic(model, document, at, fault) for fault in faults)]


def _once(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Without the fields that are missing only since their names are mistyped."""
    found = list(findings)
    meant = {each.hint for each in found if each.code == "unknown-field"}
    missing = {id(each) for each in found if each.code == "field-missing"}
    return [
        each for each in found if id(each) not in missing or f"did you mean {each.message.split()[0]}?" not in meant
    ]


def what_is_sound(model: type[T], fields: Mapping[str, Any], instead: Mapping[str, Any]) -> T | None:
    """The value without its faulty fields, `instead` in the place of required ones: enough to follow its references."""
    kept = _without_empty(fields)[0]
    adapter = _adapter(cast(Hashable, model))
    try:
        adapter.validate_python(kept)
    except ValidationError as wrong:
        faulty = {fault["loc"][0] for fault in wrong.errors(include_url=False) if fault["loc"]}
        kept = {**instead, **{key: value for key, value in kept.items() if key not in faulty}}
    try:
        value: T = adapter.validate_python(kept)
    except ValidationError:
        return None
    return value


def _without_empty(value: Any, at: Path = ()) -> tuple[Any, list[Path]]:
    """A mapping without its empty values, and their paths: a key of no field is a slip even when it is empty."""
    if not isinstance(value, dict | list):
        return value, []
    empty: list[Path] = []
    kept: list[tuple[Any, Any]] = []
    for key, item in value.items() if isinstance(value, dict) else enumerate(value):
        if item is None:
            empty.append((*at, key))
        elif isinstance(item, dict | list):
            inner, more = _without_empty(item, (*at, key))
            kept.append((key, inner))
            empty += more
        else:
            kept.append((key, item))
    return (dict(kept) if isinstance(value, dict) else [item for _, item in kept]), empty


def _diagnostic(model: type, document: Document, at: Path, fault: Any) -> Diagnostic:
    loc: Path = (*at, *fault["loc"])
    kind, context = fault["type"], fault.get("ctx", {})
    name = document.name(loc)
    if kind == "missing" and isinstance(loc[-1], str):
        name = loc[-1]
        return error(document.at(loc[:-1]), "field-missing", f"`{name}` is missing", f"add a line `{name}: …`")
    if kind == "unexpected_keyword_argument":
        return _unknown(model, document, at, fault["loc"])
    keyed = loc[-1] == "id" and len(at) == 1 and loc not in document.values  # a source: its key is its id
    where = document.at(at, key=True) if keyed else document.at(loc)
    raised = context.get("error")
    if raised is not None:
        hint = advice.of_tags(name, fault["input"]) or raised.hint
        hint = advice.SOURCE if name == "source" and hint == advice.ADDRESS else hint
        code = "date-invalid" if isinstance(raised, dates.DateError) else "value-invalid"
        return error(where, code, f"{name}: {raised.message}", hint)
    if kind == "literal_error":
        return _not_a_choice(where, name, fault["input"], context["expected"])
    words, hint = _WORDS.get(kind, (fault["msg"].lower(), ""))
    given = {**context, "found": str(fault["input"])[:40], "fields": ", ".join(sorted(_names(model, fault["loc"])))}
    hint = advice.of_shape(kind, name, fault["input"]) or hint.format(**given)
    return error(where, "value-invalid", f"{name}: {words.format(**given)}", hint)


def _unknown(model: type, document: Document, at: Path, loc: Path) -> Diagnostic:
    where = document.at((*at, *loc), key=True)
    if isinstance(loc[-1], int):
        return error(where, "value-empty", "this item of the list is empty", "write a value, or remove the item")
    known, name = _names(model, loc[:-1]), str(loc[-1])
    if _is_open(model, loc[:-1]):
        return error(
            where, "value-empty", f"`{name}` is empty", f"write its value behind the colon, or delete `{name}`"
        )
    hint = advice.of_field(name, known, _choices(model, loc[:-1]))
    return error(where, "unknown-field", f"`{name}` is not a field here", hint)


def _not_a_choice(where: Any, name: str, found: Any, expected: str) -> Diagnostic:
    choices = re.findall(r"'([^']+)'", expected)
    message = f"{name}: `{str(found)[:60]}` is not among what can stand here"
    return error(where, "not-a-choice", message, advice.of_choice(str(found), choices))


# What was found, and what to write instead, by pydantic's name of the fault.
_WORDS = {
    "string_type": ("this is a list or a group of fields, where one text can stand", "write one text, in quotes"),
    "tuple_type": ("this is one value, where a list must stand", "put it in brackets: [a, b]"),
    "dict_type": ("this is no group of fields", "write one `name: value` a line, indented below"),
    "dataclass_type": ("this is no group of fields", "write its fields, indented below; they are: {fields}"),
    "missing": ("the list has too few values", "add what is missing"),
    "too_long": ("the list has {actual_length} values, and {max_length} is the most", "remove what is too much"),
    "less_than_equal": ("`{found}` is more than {le}", "write a number up to {le}"),
    "greater_than_equal": ("`{found}` is less than {ge}", "write a number from {ge} upwards"),
    "int_from_float": ("`{found}` is not a whole number", "write digits only"),
    "int_parsing": ("`{found}` is not a whole number", "write digits only"),
}


@cache
def _schema(model: Hashable) -> dict[str, Any]:
    return _adapter(model).json_schema(by_alias=True)


def _names(model: type, loc: Path) -> set[str]:
    """The names that an author may give in the mapping at `loc` of a model."""
    here = _group(model, loc)
    names = set(here.get("properties", {})) - {"extra"}
    return names - {"id", "body"} if "body" in names else names


def _is_open(model: type, loc: Path) -> bool:
    """Whether the names in the mapping at `loc` are the author's own, such as the ids of tags."""
    return bool(_group(model, loc).get("additionalProperties"))


def _group(model: type, loc: Path) -> dict[str, Any]:
    """The schema of the mapping at `loc` of a model."""
    schema = _schema(cast(Hashable, model))
    here: Any = schema
    for part in ("", *loc):
        here = _resolve(schema, here, part)
    return cast(dict[str, Any], here)


def _choices(model: type, loc: Path) -> dict[str, str]:
    """The words that can stand in the fields of the mapping at `loc`, each with the first such field."""
    fields = _group(model, loc).get("properties", {}).items()
    return {word: name for name, field in reversed(list(fields)) for word in field.get("enum", ()) if word}


def _resolve(schema: dict[str, Any], here: dict[str, Any], part: str | int) -> dict[str, Any]:
    if isinstance(part, str) and part and "items" in here:  # one group of fields, where a list can stand
        here = _resolve(schema, here, 0)
    if part != "":
        here = here.get("items", {}) if isinstance(part, int) else here.get("properties", {}).get(part, {})
    for option in here.get("anyOf", ()):
        here = option if option.get("type") != "null" else here
    if "$ref" in here:
        here = schema["$defs"][here["$ref"].rpartition("/")[2]]
    return here


# -- The same types as JSON Schema, for editors

_ID = {"type": ["string", "integer"], "pattern": f"^(?:{urls.SLUG.pattern})$"}
_EDTF = {"type": ["string", "integer", "array"]}  # to YAML, a choice in brackets is a list
_TYPED: Mapping[str, dict[str, Any]] = {
    "_text": {"type": ["string", "number", "boolean"], "pattern": r"\S"},
    "_slug": _ID,
    "_edtf": _EDTF,
    "_day": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    "_end": _EDTF,
    "_address": {"type": "string", "pattern": "^https?://"},
    "_base": {"type": "string", "pattern": "^https?://[^?#]+$"},
    "_address_slots": {"type": "string", "pattern": "^https?://"},
    "_email": {"type": "string", "pattern": "^[^@ ]+@[^@ ]+$"},
    "_level": {"enum": [1, 2, 3, "1", "2", "3"]},
    "_flag": {"enum": [True, False, "true", "false"]},
    "_language": {"type": "string", "pattern": "^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$"},
    "_country": {"type": "string", "pattern": "^[A-Z]{2}$"},
}


class _AsTyped(GenerateJsonSchema):
    """What may stand in a file: one value for a list, an id for a group of fields, digits for a number."""

    def function_before_schema(self, schema: Any) -> dict[str, Any]:
        name = schema["function"]["function"].__name__
        if name in _TYPED:
            return dict(_TYPED[name])
        inner = self.generate_inner(schema["schema"])
        if name == "_listed":
            return {"anyOf": [inner["items"], inner]}
        if name in ("shorthand_of", "cite"):
            return {"anyOf": [{"type": ["string", "integer"]}, inner]}
        if name != "_number":
            return inner
        sign, rest = "" if inner.get("minimum") == 0 else "[+-]?", "" if inner["type"] == "integer" else r"(\.[0-9]+)?"
        return {"anyOf": [inner, {"type": "string", "pattern": f"^{sign}[0-9]+{rest}$"}]}


def schema(model: type) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a record as its author writes it, by the names of the file."""
    return _adapter(cast(Hashable, model)).json_schema(by_alias=True, schema_generator=_AsTyped)
