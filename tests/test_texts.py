import pytest

from site_builder.texts import decode, position, printable


def test_utf_8_without_mark() -> None:
    """Text comes back as typed, a byte order mark gone, Windows' line ends as one kind."""
    assert decode("a.md", b"\xef\xbb\xbfone\r\ntwo\n") == ("one\ntwo\n", [])


@pytest.mark.parametrize(
    ("data", "line"),
    [(b"caf\xe9", 1), (b"one\ntwo\ncaf\xe9", 3), (b"\xff\xfea\x00", 1), (b"\xef\xbb\xbfone\n\xc0\xaf", 2)],
)
def test_other_encodings(data: bytes, line: int) -> None:
    """A byte that is no UTF-8 is told with its line; the text is not used."""
    text, (found,) = decode("content/a.md", data)
    assert text == ""
    assert (found.code, found.location.line) == ("not-utf-8", line)


@pytest.mark.parametrize(
    "character", ["\x00", "\x1b", "\x85", "\r", "\u200b", "\u2028", "\u202e", "\ufdd0", "\U000e0041"]
)
def test_hidden_characters(character: str) -> None:
    """What a reviewer cannot see is refused at its line and column, which count from 1 in code points."""
    _, (found,) = decode("content/a.md", f"one\n日本{character}x\n".encode())
    assert (found.code, found.location.line, found.location.column) == ("hidden-character", 2, 3)


@pytest.mark.parametrize("text", ["tab\there", "خط\u200cنستعلیق", "👩\u200d🔬", "שלום\u200f!"])
def test_honest_characters(text: str) -> None:
    """Tabs, joiners that Persian and emoji need, and marks of direction that change no order are let in."""
    assert decode("a.md", text.encode()) == (text, [])


def test_all_hidden_characters_are_told() -> None:
    """Every hidden character of a file is told at once, in order."""
    _, found = decode("a.md", b"a\x01b\n\x02\n")
    assert [(item.location.line, item.location.column) for item in found] == [(1, 2), (2, 1)]


@pytest.mark.parametrize(("index", "place"), [(0, (1, 1)), (2, (1, 3)), (3, (1, 4)), (4, (2, 1)), (5, (2, 2))])
def test_position(index: int, place: tuple[int, int]) -> None:
    """Lines and columns count from 1; the line end belongs to the line that it ends."""
    assert position("abc\ndef", index) == place


def test_printable() -> None:
    """A hidden character is shown as its escape, all others as they are."""
    assert printable("a\x1b[31m\u202eü\n\x7f") == "a\\x1b[31m\\u202eü\n\\x7f"
