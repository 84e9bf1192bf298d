"""Classes 8 and 9: bytes that are no text, and characters that a reader of the source takes for something else."""

from __future__ import annotations

from functools import partial

from tests.driver import entry
from tests.hostile.cases import Case, Outcome, body, good, reject

_bytes = partial(reject, 8)
_unseen = partial(reject, 9)
_accept = partial(good, 8, Outcome.ACCEPT)
_honest = partial(good, 9, Outcome.ACCEPT)


def _with(data: bytes) -> bytes:
    """An entry with these bytes in the third line of its text, which is line 9 of the file."""
    return entry(body="One.\n\nTwo ").encode() + data + b" three.\n"


_BYTES: tuple[Case, ...] = (
    _accept("bytes-mark", b"\xef\xbb\xbf" + entry(body="After the mark.\n").encode(), "After the mark."),
    _bytes("bytes-two-marks", b"\xef\xbb\xbf\xef\xbb\xbf" + entry().encode(), 1, "hidden-character"),
    _bytes("bytes-mark-inside", _with(b"\xef\xbb\xbf"), 9, "hidden-character"),
    _bytes("bytes-utf-16", entry().encode("utf-16"), 1, "not-utf-8"),
    _bytes("bytes-utf-16-be", b"\xfe\xff" + entry().encode("utf-16-be"), 1, "not-utf-8"),
    _bytes("bytes-utf-16-bare", entry().encode("utf-16-le"), 1),
    _bytes("bytes-utf-32", entry().encode("utf-32"), 1, "not-utf-8"),
    _bytes("bytes-latin", _with("Müller".encode("latin-1")), 9, "not-utf-8"),
    _bytes("bytes-windows", _with("“quoted”".encode("cp1252")), 9, "not-utf-8"),
    _bytes("bytes-japanese", _with("会議".encode("shift_jis")), 9, "not-utf-8"),
    _bytes("bytes-overlong", _with(b"\xc0\xaf"), 9, "not-utf-8"),
    _bytes("bytes-surrogate", _with(b"\xed\xa0\x80"), 9, "not-utf-8"),
    _bytes("bytes-beyond", _with(b"\xf4\x90\x80\x80"), 9, "not-utf-8"),
    _bytes("bytes-cut", entry(body="One.\n\nTwo ").encode() + b"\xe2\x82", 9, "not-utf-8"),
    _bytes("bytes-nul", _with(b"\x00"), 9, "hidden-character"),
    _bytes("bytes-bell", _with(b"\x07"), 9, "hidden-character"),
    _bytes("bytes-terminal", _with(b"\x1b[2J\x1b]0;x\x07"), 9, "hidden-character"),
    _bytes("bytes-csi", _with("\x9b31m".encode()), 9, "hidden-character"),
    _bytes("bytes-backspace", _with(b"abc\x08\x08\x08xyz"), 9, "hidden-character"),
    _bytes("bytes-delete", _with(b"\x7f"), 9, "hidden-character"),
    _bytes("bytes-form-feed", _with(b"\x0c"), 9, "hidden-character"),
    _bytes("bytes-vertical-tab", _with(b"\x0b"), 9, "hidden-character"),
    _bytes("bytes-noncharacter", _with("\uffff".encode()), 9, "hidden-character"),
    _bytes("bytes-noncharacter-high", _with("\U0001fffe".encode()), 9, "hidden-character"),
    _bytes("bytes-noncharacter-last", _with("\U0010ffff".encode()), 9, "hidden-character"),
    _bytes("bytes-return", entry(body="One.\rTwo.\n"), 7, "hidden-character"),
    _bytes("bytes-returns", entry().replace("\n", "\r"), 1, "hidden-character"),
    _bytes("bytes-after-windows", entry(body="One.\n\nTwo.\x00\n").replace("\n", "\r\n"), 9, "hidden-character"),
    _bytes("bytes-after-mixed", entry(body="One.\r\n\nTwo.\x00\n"), 9, "hidden-character"),
    _bytes("bytes-all-nul", b"\x00" * 10_000, 1, "hidden-character"),
    _bytes("bytes-random", bytes(range(256)) * 40, 2, "not-utf-8"),
    _bytes("bytes-empty", b"", 1, "front-matter-missing"),
    _bytes("bytes-spaces", b"   \n\n  ", 1, "front-matter-missing"),
    _bytes("bytes-mark-only", b"\xef\xbb\xbf", 1, "front-matter-missing"),
    _bytes("bytes-picture", b"\x89PNG\r\n\x1a\n" + bytes(500), 1, "not-utf-8"),
    _bytes("bytes-title-escape", entry(title='"A\\e[31m"'), 2, "hidden-character"),
    _bytes("bytes-title-newlines", entry('phase: "a\\nb/content/x.md:1:1: error: forged"'), 6, "value-invalid"),
    _bytes("bytes-tab-message", entry('phase: "a\\tb"'), 6, "value-invalid"),
    _accept("bytes-escaped-tab", entry(title='"A\\tB"'), "A B"),
    _accept("bytes-escaped-line", entry(title='"One\\nTwo"'), "One Two"),
    _accept("bytes-long-line", body("word " * 5_000 + "end.\n"), "word end."),
    _accept("bytes-no-break", body("10\xa0km, 5\u202fkg\n"), "10 km"),
    _accept("bytes-private", body("A private \ue000 sign.\n"), "A private"),
    _accept("bytes-replacement", body("A lost \ufffd letter.\n"), "A lost \ufffd letter."),
    Case(
        "bytes-registry",
        8,
        Outcome.REJECT,
        {"actors.yaml": b"- id: a\n  name: \xff\n"},
        at=("actors.yaml", 2),
        code="not-utf-8",
    ),
    Case(
        "bytes-site",
        8,
        Outcome.REJECT,
        {"site.yaml": b"id: a\ntitle: \x1b[2J\n"},
        at=("site.yaml", 2),
        code="hidden-character",
    ),
    Case(
        "bytes-json",
        8,
        Outcome.REJECT,
        {"sources/a.json": b'[{"id": "a",\n"title": "\\u001b[2J"}]'},
        at=("sources/a.json", 2),
        code="hidden-character",
    ),
    Case(
        "bytes-json-half",
        8,
        Outcome.REJECT,
        {"sources/a.json": b'[{"id": "a",\n"title": "\\ud800"}]'},
        at=("sources/a.json", 2),
        code="hidden-character",
    ),
)

# Invisible, or turning the direction of what is round them; each in the third line of a text.
_INVISIBLE = {
    "override": "\u202e",
    "override-left": "\u202d",
    "embedding": "\u202a",
    "pop": "\u202c",
    "isolate": "\u2066",
    "isolate-first": "\u2068",
    "isolate-pop": "\u2069",
    "zero-space": "\u200b",
    "joiner-word": "\u2060",
    "plus": "\u2064",
    "no-break-space": "\ufeff",
    "shaping": "\u206a",
    "annotation": "\ufff9",
    "vowel-mongol": "\u180e",
    "grapheme-joiner": "\u034f",
    "soft-hyphen": "\u00ad",
    "hangul": "\u3164",
    "hangul-half": "\uffa0",
    "hangul-first": "\u115f",
    "khmer": "\u17b4",
    "tag": "\U000e0041",
    "tag-language": "\U000e0001",
    "selector": "\U000e0100",
    "music": "\U0001d173",
    "shorthand": "\U0001bca0",
}

_DECEPTIVE: tuple[Case, ...] = (
    *(_unseen(f"unseen-{name}", _with(sign.encode()), 9, "hidden-character") for name, sign in _INVISIBLE.items()),
    _unseen(
        "unseen-message",
        _with("".join(chr(0xE0000 + ord(sign)) for sign in "hidden words").encode()),
        9,
        "hidden-character",
    ),
    _unseen("unseen-selectors", _with(("a" + "\ufe00\ufe01\ufe02\ufe0e\ufe0f" * 3).encode()), 9, "hidden-character"),
    _unseen("unseen-joiners", _with(("a" + "\u200c\u200d" * 8).encode()), 9, "hidden-character"),
    _unseen("unseen-marks", _with(("a" + "\u200e\u200f" * 8).encode()), 9, "hidden-character"),
    _unseen("unseen-title", entry(title="A\u202eB"), 2, "hidden-character"),
    _unseen("unseen-escape", entry(title='"A\\u202eB"'), 2, "hidden-character"),
    _unseen("unseen-escape-soft", entry(title='"A\\u00adB"'), 2, "hidden-character"),
    _unseen("unseen-key", entry("sta\u200btus: draft"), 6, "hidden-character"),
    _unseen("blank-braille", entry(title="\u2800"), 2, "value-invalid"),
    _unseen("blank-joiner", entry(title="\u200d"), 2, "value-invalid"),
    _unseen("blank-mark", entry(title="\u200e"), 2, "value-invalid"),
    _unseen("blank-no-break", entry(title='"\xa0\u2003"'), 2, "value-invalid"),
    _unseen("blank-actor", entry("actor: {name: \u2800}"), 6, "value-invalid"),
    _unseen("lookalike-tag", entry("tags: [lаw]"), 6, "value-invalid"),
    _unseen("lookalike-phase", entry("phase: phаse"), 6, "value-invalid"),
    _unseen("lookalike-cite", body("A claim [@sоurce].\n"), 7, "citation-malformed"),
    _unseen("wide-tag", entry("tags: [ｌａｗ]"), 6, "value-invalid"),
    Case(
        "lookalike-key",
        9,
        Outcome.REJECT,
        {"actors.yaml": "- id: аctor\n  name: A\n"},
        at=("actors.yaml", 1),
        code="value-invalid",
    ),
    good(
        9,
        Outcome.WARN,
        "lookalike-name",
        entry("actor: Jаne Doe"),
        at=("entries/lookalike-name.md", 6),
        code="mixed-script",
    ),
    good(
        9,
        Outcome.WARN,
        "lookalike-title",
        entry(title="Tаlks in Geneva"),
        at=("entries/lookalike-title.md", 2),
        code="mixed-script",
    ),
    _honest("unicode-form", entry(title="Cafe\u0301 talks"), "talks"),
    _honest("unicode-joiner", entry(title="می‌شود"), "می‌شود"),
    _honest("unicode-flag", body("Flags 🇮🇶 and 👩🏽‍🚀 and ☪️.\n"), "👩🏽‍🚀"),
    _honest("unicode-ligature", body("ﬁnal, ½, №, ™\n"), "ﬁnal, ½, №, ™"),
    _honest(
        "unicode-cyrillic", entry("actor: Анна Орлова", title="Встреча в Женеве"), "Встреча в Женеве", "Анна Орлова"
    ),
    _honest("unicode-greek", entry(title="Η συνάντηση αβγ und C"), "Η συνάντηση"),
    _honest("unicode-units", entry(title="A 5 µm and 3 kΩ part"), "5 µm"),
)

CASES: tuple[Case, ...] = (*_BYTES, *_DECEPTIVE)
