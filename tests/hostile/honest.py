"""Class 1: odd, and nothing wrong with it."""

from __future__ import annotations

from functools import partial

from tests.driver import entry
from tests.hostile.cases import Case, Outcome, body, good

_accept = partial(good, 1, Outcome.ACCEPT)

CASES: tuple[Case, ...] = (
    _accept("honest-arabic", entry(title="مؤتمر صحفي في جنيف", body="انعقد المؤتمر.\n"), "مؤتمر صحفي في جنيف", "انعقد"),
    _accept("honest-hebrew", entry(title="ישיבה פתוחה", body="Minutes: ישיבה.\n"), "ישיבה פתוחה"),
    _accept("honest-persian", entry(title="نشست نمی‌شود", body="می‌شود\n"), "نشست نمی‌شود"),
    _accept("honest-direction", body("The name \u200eABC\u200f stands here.\n"), "stands here"),
    _accept("honest-emoji", body("A family: 👨‍👩‍👧, a heart: ❤️.\n"), "👨‍👩‍👧", "❤️"),
    _accept("honest-punctuation", entry(title="'A: b, c? – “d” & <e>; 100 % #1'"), "A: b, c? – “d” & <e>; 100 % #1"),
    _accept("honest-no", entry(title="no"), "no"),
    _accept("honest-zero", entry(title="'0632'"), "0632"),
    _accept("honest-number", entry(title="1_000"), "1_000"),
    _accept("honest-clock", entry(title="12:30:45"), "12:30:45"),
    _accept("honest-norway", entry("location: {name: NO, country: NO}"), "NO"),
    _accept("honest-leap", entry(date="2016-02-29"), "29 February 2016"),
    _accept("honest-leap-century", entry(date="2000-02-29"), "29 February 2000"),
    _accept("honest-part", entry(date="2014-06"), "June 2014"),
    _accept("honest-year", entry(date="0632"), "632"),
    _accept("honest-before", entry(date="-0043-03"), "44 BC"),
    _accept("honest-range", entry(date="2014-06-04/2014-06-10"), "June 2014"),
    _accept("honest-null-island", entry("location: {name: Null Island, lat: 0, lon: 0}"), "Null Island"),
    _accept("honest-south", entry("location: {name: Ushuaia, lat: -54.8, lon: -68.3}"), "Ushuaia"),
    _accept("honest-zone", entry("location: {name: Fiji, lat: -17.7, lon: 180}"), "Fiji"),
    _accept(
        "honest-archive",
        entry(source="https://web.archive.org/web/20140610000000/http://example.org/?a=1&b=2#c"),
        "https://web.archive.org/web/20140610000000/http://example.org/?a=1&b=2#c",
    ),
    _accept("honest-port", entry(source="http://example.org:8080/~x/(y);z,@1!$'*+"), "http://example.org:8080/~x/(y)"),
    _accept("honest-twin-a", entry(title="The same day"), "The same day"),
    _accept("honest-twin-b", entry(title="The same day"), "The same day"),
    _accept("honest-code", body("Type `<script>alert(1)</script>` here.\n"), "<script>alert(1)</script>"),
    _accept("honest-block", body("    <img src=x onerror=y>\n\nand on.\n"), "<img src=x onerror=y>", "and on."),
    _accept("honest-template-code", body("Write `{{ title }}` or `{% if x %}`.\n"), "{{ title }}", "{% if x %}"),
    _accept("honest-list-year", body("2014\\. June was calm.\n"), "2014. June was calm."),
    _accept("honest-list-number", body("2014. June was calm.\n"), "June was calm."),
    _accept("honest-hash", body("\\#3 of five, and C#.\n"), "#3 of five, and C#."),
    _accept("honest-less", body("It was < 5 and > 3, 2 * 3 * 4 = 24, a_b_c.\n"), "< 5 and > 3", "2 * 3 * 4", "a_b_c"),
    _accept("honest-windows", entry(body="One.\n\nTwo.\n").replace("\n", "\r\n"), "One.", "Two."),
    _accept("honest-mark", b"\xef\xbb\xbf" + entry(body="After a mark.\n").encode(), "After a mark."),
    _accept("honest-combining", entry(title="Zalgo t\u0301e\u0323x\u0308t"), "t\u0301e\u0323x\u0308t"),
    _accept("honest-quoted", entry(title='"true"', body="---\n\nafter a rule\n"), "true", "after a rule"),
    _accept("honest-rule", body("Before.\n\n---\n\nAfter.\n\n***\n\nEnd.\n"), "Before.", "After.", "End."),
    _accept("honest-no-end", entry(body="No line end at the end"), "No line end at the end"),
)
