"""An event among the records of a site: references that lead somewhere stay, the others are told and kept beside.

Links to other sites become sources, since entries cite their sources instead of linking to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from site_builder import dates, urls
from site_builder.bodies import RECORDS
from site_builder.imports.events import Event
from site_builder.imports.naming import listed
from site_builder.imports.target import Target
from site_builder.markup import parse
from site_builder.model import Actor, Place, Source
from site_builder.references import SAID
from site_builder.texts import position

_LINK = re.compile(
    r"(?P<picture>!?)\[(?P<words>(?:[^\[\]\\\n]|\\.)*)\]\(\s*<?(?P<address>[^()\s<>]+)>?(?:\s+\"[^\"\n]*\")?\s*\)"
)
_NAMED = re.compile(r"^ {0,3}\[(?P<name>[^\]\n^@]+)\]:[ \t]*<?(?P<address>\S+?)>?(?:[ \t]+[\"'(].*)?$\n?", re.MULTILINE)
_BY_NAME = re.compile(r"(!?)\[((?:[^\[\]\\\n]|\\.)+)\][ ]?\[([^\]\n]*)\]")
_BARE = re.compile(r"<(https?://[^<>\s]+)>")
_CITED = re.compile(r"(?<!\\)\[(@[^\[\]]{1,2000})\]")
_KEY = re.compile(r"@([^\s,;@\]]+)")

_KINDS = {"actor": "actor", "location": "place"}
_MODELS: Mapping[str, type] = {"actor": Actor, "location": Place, "source": Source}
# What an author would leave out, and beside that of what is recorded nowhere else.
_USUAL = {"role": "other", "supports": "direct"}
_INLINE = {"kind": "organisation", "precision": "near"}


@dataclass(slots=True)
class Settled:
    """`lost`: what leads nowhere here, in the words of a report."""

    fields: dict[str, Any]
    body: str
    addresses: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


def settle(event: Event, target: Target, entries: Set[str]) -> Settled:
    """The event as an entry of the site. `entries`: ids that there will be."""
    settled = Settled(dict(event.fields), "")
    settled.body = _text(event.body, settled, target, entries)
    for name in ("actor", "location", "source"):
        if name in settled.fields:
            settled.fields[name] = [
                _reference(name, item, target, settled.lost) for item in listed(settled.fields[name])
            ]
    _add_addresses(settled)
    _tags(settled, target)
    _phase(settled, target)
    for name in ("claims", "casualties", "control", "related"):
        wrong = [key for item in listed(settled.fields.get(name)) for key in _astray(name, item, target, entries)]
        if wrong:
            settled.lost.append(
                f"`{name}` names {_list(wrong)}, which this site does not have, and is kept as `x_{name}`"
            )
            settled.fields[f"x_{name}"] = settled.fields.pop(name)
    return settled


def _reference(name: str, item: Any, target: Target, lost: list[str]) -> Any:
    """What is shaped like an id and is none is a name, and is written so that nobody takes it for an id."""
    kind, key, words = ("source", "source", "title") if name == "source" else (_KINDS[name], "id", "name")
    found = item if isinstance(item, dict) else {key: item} if urls.SLUG.fullmatch(str(item)) else None
    if found is None:
        return item
    found, usual = {part: value for part, value in found.items() if value not in (None, "")}, dict(_USUAL)
    id = str(found.get(key, ""))
    if id and not target.has(kind, id):
        if name == "source" or "-" in id:
            lost.append(f"this site has no {kind} `{id[:60]}`, so it stands there as words")
        found = {words: found.pop(key), **found}
        usual |= _INLINE
    elif id:
        found = _recorded(name, found, target, lost)
    found = {part: value for part, value in found.items() if usual.get(part) != value}
    return found[key] if found.keys() == {key} else found


def _recorded(name: str, found: dict[str, Any], target: Target, lost: list[str]) -> dict[str, Any]:
    """Of a record that the site has, only what an entry says of it; a title or an address of a source is told."""
    place = target.places.get(str(found["id"])) if name == "location" else None
    own = SAID[_MODELS[name]] - ({"precision"} if place and place.precision == found.get("precision") else set())
    beside = [part for part in found if part not in own] if name == "source" else []
    if beside:
        lost.append(
            f"the source `{found['source']}` is recorded here, so what is said of it is left out: {_list(beside)}"
        )
    return {part: value for part, value in found.items() if part in own}


def _add_addresses(settled: Settled) -> None:
    there = [item.get("url") if isinstance(item, dict) else item for item in settled.fields.get("source", ())]
    new = [address for address in dict.fromkeys(settled.addresses) if address not in there]
    if new:
        settled.fields["source"] = [*settled.fields.get("source", ()), *new]


def _tags(settled: Settled, target: Target) -> None:
    tags = listed(settled.fields.pop("tags", None))
    known = [tag for tag in tags if not target.tags or tag in target.tags]
    if known:
        settled.fields["tags"] = known
    unknown = [str(tag) for tag in tags if tag not in known]
    if unknown:
        settled.lost.append(f"site.yaml has no tags {_list(unknown)}: they are kept as `x_tags`")
        settled.fields["x_tags"] = [*listed(settled.fields.get("x_tags")), *unknown]


def _phase(settled: Settled, target: Target) -> None:
    """The phase that it names, by id or label; else that of its date, which the caller tells."""
    group = settled.fields.pop("group", "")
    given = str(settled.fields.get("phase", ""))
    labels = {phase.label: phase.id for phase in target.phases}
    if given and not target.has("phase", given):
        settled.lost.append(f"there is no phase `{given[:60]}`: it is kept as `x_phase`")
        settled.fields["x_phase"] = settled.fields.pop("phase")
    if group and (group in labels or target.has("phase", group)):
        settled.fields.setdefault("phase", labels.get(group, group))
    elif group:
        settled.fields["x_group"] = group


def _astray(name: str, item: Any, target: Target, entries: Set[str]) -> Iterable[str]:
    """The references of a claim, a figure, a change of control or a relation that lead nowhere."""
    group: Mapping[str, Any] = item if isinstance(item, dict) else {"id": item}
    if name == "related":
        if str(group.get("id")) not in entries:
            yield str(group.get("id"))
        return
    for cite in listed(group.get("cites")):
        key = str(cite.get("source") if isinstance(cite, dict) else cite).partition(",")[0].strip()
        if not target.has("source", key):
            yield key
    who = group.get("holder" if name == "control" else "by")
    if isinstance(who, str) and urls.SLUG.fullmatch(who) and not target.has("actor", who):
        yield who
    if name == "control" and not target.has("place", str(group.get("place"))):
        yield str(group.get("place"))


def _list(words: Iterable[str]) -> str:
    return ", ".join(f"`{word[:60]}`" for word in dict.fromkeys(words))


# -- Links and citations of a text


def _text(body: str, settled: Settled, target: Target, entries: Set[str]) -> str:
    if "```" in body:
        return body  # a text that shows code shows its marks too
    named = {match["name"].lower(): match["address"] for match in _NAMED.finditer(body)}
    if named:
        body = _NAMED.sub("", body)
        body = _BY_NAME.sub(lambda at: _by_name(at, named), body)

    def link(match: re.Match[str]) -> str:
        return _link(match, settled, target, entries)

    body = _LINK.sub(link, body)
    body = _BARE.sub(lambda at: _noted(at[1], at[1], settled), body)
    return _cited(body, settled, target).strip()


def _by_name(at: re.Match[str], named: Mapping[str, str]) -> str:
    address = named.get((at[3] or at[2]).lower())
    return f"{at[1]}[{at[2]}]({address})" if address else at[0]


def _link(match: re.Match[str], settled: Settled, target: Target, entries: Set[str]) -> str:
    address, words = match["address"], match["words"]
    kind, _, id = address.partition(":")
    here = id.partition("#")[0]
    if kind in RECORDS and (here in entries if kind == "entry" else kind == "year" or target.has(kind, here)):
        return match[0]
    if address in target.files:
        return match[0]
    if urls.outside(address) and not match["picture"]:
        return _noted(address, words, settled)
    settled.lost.append(
        f"a {'picture' if match['picture'] else 'link'} leads to `{address[:80]}`, which is not part of this site"
    )
    settled.fields["x_links"] = [*settled.fields.get("x_links", ()), address]
    return words


def _noted(address: str, words: str, settled: Settled) -> str:
    """The words of a link to another site, whose address becomes a source."""
    if urls.outside(address):
        settled.addresses.append(address)
    return words


def _cited(body: str, settled: Settled, target: Target) -> str:
    """The text with its citations of what this site does not have as words; what stands in code is none."""
    unknown = {key for keys in _CITED.findall(body) for key in _KEY.findall(keys) if not target.has("source", key)}
    if not unknown:
        return body
    cited = {(citation.line, citation.key) for citation in parse(body).citations}

    def citation(at: re.Match[str]) -> str:
        line = position(body, at.start())[0]
        astray = [key for key in _KEY.findall(at[1]) if key in unknown and (line, key) in cited]
        if not astray:
            return at[0]
        settled.lost.append(
            f"the text cites {_list(astray)}, which this site does not have: bring in the sources first"
        )
        return f"\\{at[0]}"

    return _CITED.sub(citation, body)


def dated(fields: Mapping[str, Any]) -> dates.Edtf | None:
    try:
        return dates.parse(str(fields.get("date")))
    except dates.DateError:
        return None
