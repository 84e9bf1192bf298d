"""What an entry has lists of, as other programs get it: who, where, what each source says, claims, figures …"""

from __future__ import annotations

from typing import get_args

from site_builder.model import Actor, Casualties, Claim, Control, Precision, Relation, Revision, Role, SourceRef
from site_builder.shapes import DAY, SLUG, Field, choice, count, dated, many, maybe, shape, text, words


def _figure(name: str, about: str) -> Field:
    return count(name, f"{about}; left out where it is unknown, which is not zero", optional=True, minimum=0)


CITE = shape(
    text("source", "id of the source", **SLUG),
    text("locator", "where in the source", optional=True),
)
_CITES = many("cites", "the sources that say so", CITE)
ACTOR = shape(
    text("id", "id of the actor", lambda found: found[0].id, **SLUG),
    text("name", "its name today", lambda found: found[1].name),
    choice("kind", "what it is", words(Actor, "kind"), lambda found: found[1].kind),
    choice("role", "what they had to do with it", get_args(Role), lambda found: found[0].role),
    text("name_used", "its name in this entry", lambda found: found[0].name_used, optional=True),
)
PLACE = shape(
    text("id", "id of the place", lambda found: found[0].id, **SLUG),
    text("name", "its name", lambda found: found[1].name),
    maybe("country", "the country that it lies in", lambda found: found[1].country or None),
    maybe("lat", "degrees north (WGS 84)", lambda found: found[1].lat, "number", minimum=-90, maximum=90),
    maybe("lon", "degrees east (WGS 84)", lambda found: found[1].lon, "number", minimum=-180, maximum=180),
    choice(
        "precision",
        "how well the point stands for the place",
        get_args(Precision),
        lambda found: found[0].precision or found[1].precision,
    ),
    text("note", "what to know of it here", lambda found: found[0].note, optional=True),
)
CLAIM = shape(
    text("by", "id of an actor, or a name"),
    choice("stance", "whether it is asserted, denied or disputed", words(Claim, "stance")),
    choice("about", "what of the event it is about", words(Claim, "about")),
    text("statement", "what is said, in the editors' words"),
    choice("basis", "of a claim of responsibility: what it rests on", words(Claim, "basis"), optional=True),
    dated("made_on", "when it was said, in EDTF", optional=True),
    _CITES,
)
TOLL = shape(
    choice("harm", "what was done to them", words(Casualties, "harm")),
    text("group", "who was harmed", optional=True),
    _figure("min", "lowest figure given"),
    _figure("max", "highest figure given"),
    _figure("best", "the figure given as the best"),
    text("by", "who says so: id of an actor, or a name", optional=True),
    _CITES,
)
CITATION = shape(
    text("source", "id of the source", **SLUG),
    text("locator", "where in the source", optional=True),
    choice("supports", "whether it says so, says so indirectly, or says otherwise", words(SourceRef, "supports")),
    dated("accessed", "when it was read, in EDTF", optional=True),
)
CHANGE = shape(
    text("place", "id of the place", **SLUG),
    text("holder", "id of an actor, or a name"),
    choice("change", "what became of the place", words(Control, "change")),
    _CITES,
)
RELATION = shape(
    text("id", "id of the other entry; one that was withdrawn has no record", **SLUG),
    choice("relation", "how this entry stands to the other", words(Relation, "relation")),
)
REVISION = shape(
    dated("date", "its day", **DAY),
    choice("kind", "what kind of change", words(Revision, "kind")),
    text("summary", "what was changed"),
)
MEDIA = shape(
    text("src", "its path in the site"),
    text("alt", "what it shows, in words"),
    text("caption", "what is said below it", optional=True),
    text("credit", "who made it", optional=True),
    text("licence", "under which licence", optional=True),
)
