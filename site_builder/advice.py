"""What to write instead of a value or a field's name that cannot be, where the slip behind it can be guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from site_builder import urls
from site_builder.diagnostics import did_you_mean

# What `new` writes where the text of an entry will stand.
TO_WRITE = "What happened, who says so, what it changed, what is disputed"
# Names by which authors look for a field that has another name here; the first that the record knows is proposed.
_OTHERWISE: Mapping[str, tuple[str, ...]] = {
    "author": ("source", "authors"),
    "authors": ("author",),
    "categories": ("tags",),
    "category": ("tags",),
    "coordinates": ("lat",),
    "date": ("issued", "from"),
    "description": ("summary",),
    "ended": ("to", "active_to"),
    "image": ("media",),
    "images": ("media",),
    "importance": ("significance",),
    "keywords": ("tags",),
    "label": ("title", "name"),
    "lastmod": ("revisions",),
    "modified": ("revisions",),
    "updated": ("revisions",),
    "lang": ("language",),
    "language": ("lang",),
    "latitude": ("lat",),
    "link": ("url", "source"),
    "longitude": ("lon",),
    "name": ("title", "literal", "label", "term"),
    "outlet": ("container-title", "publisher"),
    "photo": ("media",),
    "place": ("location",),
    "places": ("location",),
    "slug": ("aliases",),
    "tag": ("tags",),
    "title": ("label", "name", "term"),
    "type": ("kind",),
    "website": ("url", "publisher"),
    "where": ("location",),
    "who": ("actor", "by"),
    "year": ("date", "issued"),
}
# Words that authors write for one that can stand; a word that only looks alike may mean the opposite.
_CHOSEN: Mapping[str, str] = {
    **dict.fromkeys(("dead", "deaths", "died", "fatalities", "murdered"), "killed"),
    **dict.fromkeys(("casualties", "hurt", "injured", "injuries"), "wounded"),
    **dict.fromkeys(("arrested", "imprisoned", "jailed"), "detained"),
    **dict.fromkeys(("hostages", "kidnapped"), "abducted"),
    "disappeared": "missing",
    **dict.fromkeys(("evacuated", "fled", "refugees"), "displaced"),
    **dict.fromkeys(("captured", "conquered", "occupied", "seized", "won"), "taken"),
    **dict.fromkeys(("error", "fix", "fixed"), "correction"),
}
ADDRESS = "write the whole address, beginning with https://"
SOURCE = f"{ADDRESS}, the key of a source in content/sources/, or `{{title: …}}` for what has no address"
_REGION = "{id: world, label: World, bbox: [-130, -45, 160, 66]}"
_ALIKE = 0.75  # from here on a word is a slip of the pen: "perpetator" is, and "dead" for "detained" is not
# How a field is begun whose shape is not that of its value, by what is wrong and the field's name.
_INSTEAD: Mapping[tuple[str, str], str] = {
    ("dataclass_type", "casualties"): "write whose figure of what it is: `{harm: killed, best: 12, by: The police}`",
    ("dataclass_type", "claims"): "write `{by: …, stance: denies, about: event, statement: …}`",
    ("dataclass_type", "control"): "write `{place: …, holder: …, change: taken}`",
    ("dataclass_type", "revisions"): "write `{date: 2026-11-23, kind: correction, summary: …}`",
    ("dataclass_type", "media"): "write `{src: media/…, alt: what the picture shows}`",
    ("dataclass_type", "licence"): "write `licence: {id: CC-BY-4.0, name: …, url: …}`",
    ("dataclass_type", "corrections"): "write `corrections: {email: …}` or `corrections: {url: …}`",
    ("tuple_type", "regions"): f"write `regions: [{_REGION}]`",
    ("dataclass_type", "regions"): f"write `{_REGION}`",
    ("tuple_type", "bbox"): "write west, south, east and north in brackets: [-130, -45, 160, 66]",
    ("dict_type", "scripts"): "write the script and the language that its letters have here: `scripts: {Arab: ar}`",
    ("dict_type", "checks"): "write the code of a check and how severe it is: `checks: {uncited-sentence: error}`",
    ("less_than_equal", "lat"): "a latitude lies between -90 and 90: see whether `lat` and `lon` are exchanged",
    ("greater_than_equal", "lat"): "a latitude lies between -90 and 90: see whether `lat` and `lon` are exchanged",
}
_LABELLED = frozenset({"tags", "origins"})  # in site.yaml: ids with the words that readers see


def of_shape(kind: str, name: str, found: object) -> str:
    """For a value of another shape than the field's: how it is written; "" where only the general words can tell.

    `kind`: pydantic's name of the fault.
    """
    if kind == "dict_type" and isinstance(found, list) and found and all(isinstance(item, dict) for item in found):
        return "delete the hyphens before its lines"
    if kind == "dict_type" and name in _LABELLED and (labels := _labels(found)):
        return f"write ids with their labels: `{name}: {{{labels}}}`"
    if kind == "tuple_type" and isinstance(found, str) and len(re.findall(r"-?[0-9.]+", found)) == 4:
        return f"put it in brackets: [{', '.join(re.findall(r'-?[0-9.]+', found))}]"
    return _INSTEAD.get((kind, name), "")


def _labels(found: object) -> str:
    """`courts: Courts, the-press: The Press` for "Courts; The Press", or for a list of both; "" for anything else."""
    items = re.split("[,;]", found) if isinstance(found, str) else found if isinstance(found, list) else []
    pairs = {_id_of(item): item.strip() for item in items if isinstance(item, str) and item.strip()}
    plain = len(pairs) == len(items) and all(id and re.fullmatch(r"[^\W_][\w .&'-]*", pairs[id]) for id in pairs)
    return ", ".join(f"{id}: {label}" for id, label in pairs.items()) if plain else ""


def of_tags(name: str, value: object) -> str:
    """For several tags or old addresses in one text; else ""."""
    parts = [_id_of(part) for part in re.split("[,;]", value) if part.strip()] if isinstance(value, str) else []
    return (
        f"write several as a list: [{', '.join(parts)}]"
        if name in ("tags", "aliases") and parts[1:] and all(parts)
        else ""
    )


def of_id(value: str) -> str:
    """For a text that is no id."""
    parts = [part.strip() for part in re.split("[,;]", value) if part.strip()]
    if len(parts) > 1 and all(urls.SLUG.fullmatch(part) for part in parts):
        return f"write several ids as a list: [{', '.join(parts)}]"
    proposed = _id_of(re.sub(r"\.(?:md|html?)$", "", value.rstrip("/").rpartition("/")[2]))
    return f"write `{proposed}`" if proposed else "use a to z, 0 to 9 and single hyphens"


def _id_of(words: str) -> str:
    return urls.slug(words)[:100].strip("-")


def of_day(hint: str) -> str:
    """The hint for a date, where only a day can stand: part dates are not proposed."""
    return hint if re.search(r"write \d{4}-\d\d-\d\d", hint) else "write year, month and day, as in 2026-11-23"


def of_address(value: str) -> str:
    """For a text that is no address; where one stands, the key of a source could stand too."""
    bare, keys = value.strip(), [part.strip(" @") for part in re.split("[,;]", value)]
    if elsewhere := _of_addresses(bare):
        return elsewhere
    if bare.startswith(("http://", "https://")):
        bare = "an address has no spaces, quotation marks or user names, and a host of one alphabet"
        return f"{bare}; copy it again from the browser"
    if bare.startswith("@") and urls.SLUG.fullmatch(keys[0]) and len(keys) == 1:
        return f"write the key without the @: `{keys[0]}`"
    if len(keys) > 1 and all(urls.SLUG.fullmatch(key) for key in keys):
        return f"write several keys as a list: [{', '.join(keys)}]"
    if len(keys) > 1 and urls.SLUG.fullmatch(keys[0]):
        return f"write `{{source: {keys[0]}, locator: '{value.partition(',')[2].strip()}'}}`"
    return ADDRESS


def _of_addresses(bare: str) -> str:
    """For one in quotation marks, a DOI, several addresses in one value, and one without its scheme; else ""."""
    if (within := bare.strip(" “”„‟«»‘’‚‹›")) != bare and urls.outside(within):
        return f"write the address without quotation marks: `{within}`"
    if doi := re.fullmatch(r"(?:doi:)?\s*(10\.[0-9]{4,9}/\S+)", bare, re.IGNORECASE):
        return f"write the whole address: `https://doi.org/{doi[1]}`"
    if (named := re.fullmatch(r"[^/]*?[\s(<:](https?://[^\s()<>\[\]]+)[)>\]]*", f" {bare}")) and urls.outside(named[1]):
        return f"write the address alone: `{named[1]}`"
    if (paged := re.fullmatch(r"(https?://[^\s,]+), +([A-Za-z§¶]+\.? ?[0-9]\S*)", bare)) and urls.outside(paged[1]):
        return f"write `{{url: {paged[1]}, locator: {paged[2]}}}`"
    several = re.split(r"[,;\s]+", bare)
    if len(several) > 1 and all(urls.outside(part) for part in several):
        return f"write several addresses as a list: [{', '.join(several)}]"
    whole = urls.outside(f"https://{bare}") and "." in bare.partition("/")[0]
    return f"write the whole address: `https://{bare}`" if whole else ""


_NUMBERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = tuple(
    (re.compile(pattern), advise)
    for pattern, advise in (
        (
            r"[0-9]{1,3}(?:[,  ’'][0-9]{3})+",
            lambda m: f"write `{re.sub('[^0-9]', '', m[0])}`, without signs between the digits",
        ),
        (r"[+-]?[0-9]+,[0-9]+", lambda m: f"decimals have a point: write `{m[0].replace(',', '.')}`"),
        (
            r"([0-9]+(?:\.[0-9]+)?)°? ?([NESW])",
            lambda m: f"write `{'-' if m[2] in 'SW' else ''}{m[1]}`: south and west are negative",
        ),
        (r".*°.*", lambda _: "write decimal degrees, as in 38.9; south and west are negative"),
        (r"([0-9]+) ?[-–] ?([0-9]+)", lambda m: f"write the two figures apart: `min: {m[1]}` and `max: {m[2]}`"),
        (r".*[0-9].*", lambda _: "write digits only, with a point for decimals"),
    )
)


def of_number(value: str) -> str:
    """For a text that is no number."""
    for pattern, advise in _NUMBERS:
        if match := pattern.fullmatch(value.strip()):
            return advise(match)
    return "write digits only, with a point for decimals; leave the field out if the number is unknown"


def _of_signs(name: str, known: list[str]) -> str:
    """For a colon too many or too few; "" where the name has none."""
    if glued := re.fullmatch(r"([a-z_]+):(.*)", name):
        return f"put a space after the colon: `{glued[1]}: {glued[2]}`"
    if "locator" in known and "-" in name and urls.SLUG.fullmatch(name):
        return f"if it is the key of a source, write `{{source: {name}, locator: …}}`"
    if not re.fullmatch(r"[\w-]+", name.strip()):
        return "put the value that this line belongs to in quotes, or indent the line: a colon made a field of it"
    return ""


def of_choice(found: str, choices: list[str]) -> str:
    """For a word that is none of those which can stand."""
    word = _CHOSEN.get(found.strip().lower(), "")
    if word in choices:
        return f"write `{word}`"
    return did_you_mean(found.strip().lower(), choices, _ALIKE) or f"write one of: {', '.join(choices)}"


def of_field(name: str, known: Iterable[str], choices: Mapping[str, str]) -> str:
    """For the name of a field that there is not. `choices`: words that can stand in the fields beside it."""
    known = sorted(known)
    bare = name.strip().lower()
    if name.isdigit():
        hint = (
            f"a comma parts values, so `{name}` stands alone; decimals have a point, as in 38.9, and thousands no sign"
        )
        return f"{hint}; put a text that has a comma in quotes"
    if re.match("[xX][-_ ]", name):
        return f"fields of your own begin with `x_`: write `x_{re.sub('[^a-z0-9]+', '_', bare[2:])}`"
    if meant := next((other for other in (bare, *_OTHERWISE.get(bare, ())) if other in known), ""):
        return f"did you mean `{meant}`?"
    if bare in choices:
        return f"`{bare}` is a value: write `{choices[bare]}: {bare}`"
    if sign := _of_signs(name, known):
        return sign
    return did_you_mean(bare, known) or f"the fields here are: {', '.join(known)}"
