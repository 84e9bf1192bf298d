"""`data/places.geojson` (RFC 7946): a feature for each place of each entry, ready for any map."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from site_builder import urls
from site_builder.artifacts import Artifact, Output, Text
from site_builder.edition import Edition
from site_builder.entry_data import day
from site_builder.exports import PLACES
from site_builder.model import Entry, Place, PlaceRef

# A point in the middle of a country, or of what nobody knows, would say more than is known.
_POINTLESS = frozenset({"country", "none"})


def artifacts(edition: Edition) -> Iterator[Artifact]:
    if PLACES.fits(edition.timeline):
        yield Artifact(PLACES.path, Text(lambda: _collection(edition), shows=()), listed=False)


def _collection(edition: Edition) -> str:
    """One feature a line."""
    features = [edition.once(_features, edition.of(entry)) for entry in edition.timeline.entries if entry.location]
    return '{"type": "FeatureCollection", "features": [\n' + ",\n".join(features) + "\n]}\n"


def _features(edition: Edition) -> str:
    """Those of one entry. One that names a place again, such as with another note, has a number in its id."""
    found, seen = [], Counter[str]()
    for ref in edition.entry.location:
        seen[ref.id] += 1
        feature = _feature(edition, edition.entry, ref, edition.timeline.records.places[ref.id])
        feature["id"] += f"/{seen[ref.id]}" if seen[ref.id] > 1 else ""
        found.append(json.dumps(feature, ensure_ascii=False))
    return ",\n".join(found)


def _feature(edition: Edition, entry: Entry, ref: PlaceRef, place: Place) -> dict[str, Any]:
    precision = ref.precision or place.precision
    known = place.lat is not None and place.lon is not None and precision not in _POINTLESS
    return {
        "type": "Feature",
        "id": f"{entry.id}/{place.id}",
        # Longitude first; a place that is known by its name only has no geometry, which RFC 7946 has a form for.
        "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]} if known else None,
        "properties": {
            **_when(edition, entry),
            "place": place.id,
            "place_name": place.name,
            "country": place.country or None,
            "precision": precision,
            "note": ref.note or None,
        },
    }


def _when(edition: Edition, entry: Entry) -> dict[str, Any]:
    path, base = urls.page("entry", entry.id), edition.timeline.site.base_url
    return {
        "entry": entry.id,
        "title": entry.title,
        "url": urls.absolute(base, path) if base else f"../{path}",
        "edtf": entry.date.text,
        "earliest": day(entry.date.earliest),
        "latest": day(entry.date.latest),
        "date": entry.date_display or edition.words.date(entry.date),
        "date_basis": entry.date_basis,
        "phase": entry.phase or None,
        "significance": entry.significance,
        "grade": edition.timeline.evidence[entry.id].grade,
    }


OUTPUT = Output(artifacts)
