"""A small site whose numbers can be counted by hand: what the tests of the timeline's page start from.

id  date        level  phase  actors       place   tags               grade          perspectives
a   2014-06-10  key    rise   front, army  mosul   attack, territory  corroborated   independent
b   2014-06-29  more   rise   front                declaration        single-source  independent
c   2014-08-03  all    loss   army         sinjar  attack             single-source  state
d   2016        all    loss   front        mosul   attack             reported       independent, state
e   2017-07-10  more   loss                mosul   territory          corroborated   independent
"""

from __future__ import annotations

from tests.driver import SITE, entry

_PHASE = "---\nlabel: {0}\nfrom: 2014\nto: ..\ncolour: {1}\nshape: {2}\norder: {3}\n---\n"

FILES = {
    "site.yaml": SITE + "tags: {attack: Attacks, territory: Territory, declaration: Declarations}\n",
    "phases/rise.md": _PHASE.format("Rise", "amber", "circle", 1),
    "phases/loss.md": _PHASE.format("Loss", "navy", "square", 2),
    "actors.yaml": "- {id: army, name: The Army}\n- {id: front, name: The Front, kind: group}\n",
    "places.yaml": "- {id: mosul, name: Mosul}\n- {id: sinjar, name: Sinjar, precision: region}\n",
    "sources/s.yaml": "r: {title: R, publisher: Paper}\ns: {title: S, publisher: Radio}\n"
    "t: {title: T, publisher: Agency, perspective: state}\n",
    "entries/a.md": entry(
        "phase: rise\nsignificance: 1\nactor: [front, army]\nlocation: mosul\ntags: [attack, territory]",
        title="The city falls", date="2014-06-10", source="[r, s]",
    ),
    "entries/b.md": entry(
        "phase: rise\nsignificance: 2\nactor: front\ntags: declaration",
        title="It is declared", date="2014-06-29", source="r",
    ),
    "entries/c.md": entry(
        "phase: loss\nactor: army\nlocation: sinjar\ntags: attack", title="The attack", date="2014-08-03", source="t"
    ),
    "entries/d.md": entry(
        "phase: loss\nactor: front\nlocation: mosul\ntags: attack", title="Another attack", date="2016", source="[r, t]"
    ),
    "entries/e.md": entry(
        "phase: loss\nsignificance: 2\nlocation: mosul\ntags: territory",
        title="The city is retaken", date="2017-07-10", source="[r, s]",
    ),
}  # fmt: skip
