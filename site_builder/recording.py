"""`new actor`, `new place`, `new source`: a record more at the end of its file, and nothing else touched."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from site_builder import advice, authoring, urls
from site_builder.authoring import Field
from site_builder.desk import Begun, Desk, DraftError, Wish, read
from site_builder.model import Actor, Place, Source


def actor(wish: Wish, desk: Desk) -> Begun:
    name = wish.name or desk.answer("The name of the actor?", "the name")
    id = _id(name, Actor, wish, desk)
    fields = [
        Field("name", _plain_or_quoted(name)),
        Field("kind", wish.given.get("kind") or "organisation", "group, person, state, organisation or coalition"),
        Field("description", "", "who they are, in a sentence"),
    ]
    return Begun(_append("content/actors.yaml", f"- id: {id}", fields, id, desk), f"name it as `actor: {id}`")


def place(wish: Wish, desk: Desk) -> Begun:
    name = wish.name or desk.answer("The name of the place?", "the name")
    id = _id(name, Place, wish, desk)
    lat, lon = (wish.given.get(part) or "" for part in ("lat", "lon"))
    if bool(lat) is not bool(lon):
        raise DraftError(f"--{'lon' if lat else 'lat'} is missing: a point of the map has both, or leave out both")
    fields = [
        Field("name", _plain_or_quoted(name)),
        Field("country", _plain_or_quoted(wish.given.get("country") or "")),
        Field("country_code", "", "ISO 3166-1, such as IQ"),
        Field("lat", lat, "degrees north, with a point: 36.34"),
        Field("lon", lon, "degrees east, with a point: 43.13"),
        Field("precision", "near", "exact (a site), near (a town), region or country"),
    ]
    return Begun(_append("content/places.yaml", f"- id: {id}", fields, id, desk), f"name it as `location: {id}`")


def source(wish: Wish, desk: Desk) -> Begun:
    name = wish.name or desk.answer("The address of the source, or its title?", "the address")
    known = {id: record.value for id, record in desk.records(Source).items()}
    url = urls.outside(name)
    if "://" in name and not url:
        raise DraftError(f"`{name[:80]}` is not an address that readers can be sent to; {advice.of_address(name)}")
    there = next((id for id, source in known.items() if url and source.url == url), "")
    if there:
        raise DraftError(f"this address is recorded already: cite it as [@{there}]")
    clue = authoring.guess(url, known.values())
    issued, outlet = wish.given.get("date") or clue.issued, wish.given.get("publisher") or clue.outlet
    title = (clue.title or clue.host if url else "") or name
    key = wish.given.get("id") or authoring.citekey(outlet or clue.host or "source", issued, title, known)
    if key in known:
        raise DraftError(f"there is a source `{key}` already; give another key with --id")
    like = clue.like or Source(key, title)
    fields = [
        Field("type", like.type, "" if clue.like else "in the words of CSL: article-newspaper, report, book …"),
        Field("title", authoring.quoted(title), "from the address: write it as it is printed" if url else ""),
        Field("container-title", _plain_or_quoted(outlet), "" if outlet else "the paper, broadcaster or site"),
        Field("issued", f'"{issued}"' if issued else "", _when(issued, clue.issued)),
        Field("url", url, "" if url else "the whole address"),
        *([Field("kind", like.kind)] if like.kind else []),
        Field("perspective", like.perspective, "whose view it is: see docs/fields.md"),
    ]
    path = authoring.source_file(key, desk.inputs.under("content/sources/", ".yaml"))
    return Begun(_append(path, f"{key}:", fields, key, desk), f"cite it as [@{key}]")


def _when(issued: str, guessed: str) -> str:
    if not issued:
        return "when it appeared, as it is known: 2014-06-10 or 2014"
    return "from the address: see whether it is when it appeared" if issued == guessed else ""


def _id(name: str, model: type, wish: Wish, desk: Desk) -> str:
    """A free id; a name that is recorded already is no new record, unless an id is given."""
    shelf = desk.shelf(model)
    given = str(wish.given.get("id") or "")
    id = given or authoring.propose_id(name, ())
    if not id and desk.ask:
        answer = desk.answer("No id can be made of this name. One of a to z, 0 to 9 and single hyphens:", "--id")
        id = urls.slug(answer) or answer
    same = id if id in shelf else next((each for each in shelf if name in shelf[each]), "")
    if same and (same == id or not wish.given.get("id")):
        raise DraftError(f"`{same}` is recorded already; for another of this name give an id: --id {id}-2")
    if id and not urls.SLUG.fullmatch(id):
        raise DraftError(f"`{id}` is no id; {advice.of_id(id)}")
    if not id:
        raise DraftError("no id can be made of this name: give one with --id, of a to z, 0 to 9 and single hyphens")
    return id


def _plain_or_quoted(text: str) -> str:
    plain = text and all(letter.isalnum() or letter in " -'" for letter in text) and text[0].isalpha()
    return text if plain and text.lower() not in ("null", "true", "false") else authoring.quoted(text) if text else ""


def _append(path: str, head: str, fields: Sequence[Field], id: str, desk: Desk) -> Path:
    """Add the record at the end of its file, once it is sure that the file can still be read with it."""
    data = desk.inputs.files.get(path, b"")
    target = desk.content / path.removeprefix("content/")
    text = data.decode("utf-8", "replace")
    record = authoring.record_text(head, fields, authoring.indent_of(text) if head.startswith("- ") else "")
    before, wrong = read(path, data) if data.strip() else ((), [])
    if wrong:
        raise DraftError(f"{target} has a mistake, so nothing is added to it: {wrong[0]} (`check` shows where)")
    addition = authoring.appended(text, record).encode()
    after, wrong = read(path, data + addition)
    values = [each.value for each in after]
    if wrong or values[:-1] != [each.value for each in before] or not values or values[-1].id != id:
        if wrong:
            raise DraftError(f"nothing is added to {target}: {wrong[0]}. This would have been added:\n{record}")
        why = "it is not written as a list with a line for each field"
        raise DraftError(f"nothing can be added at the end of {target} ({why}); add it by hand:\n{record}")
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("ab") as file:
        file.write(addition)
    return target
