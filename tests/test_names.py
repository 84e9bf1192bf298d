"""Names that work everywhere, and those that do not."""

from __future__ import annotations

import pytest

from site_builder.names import fault, fold, path_fault, printable


@pytest.mark.parametrize(
    "name", ["a.md", "2014-06-10-mosul.md", "café.jpg", "الموصل.jpg", ".nojekyll", "console.md", "a b"]
)
def test_an_ordinary_name_has_no_fault(name: str) -> None:
    """Letters of any script, spaces inside and a leading full stop are no fault of a name."""
    assert fault(name) == ""


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "not a name"),
        ("..", "not a name"),
        ("a\\b", "`\\`"),
        ("a:b", "`:`"),
        ("what?.md", "`?`"),
        ("a\x1b[2J", "U+001B"),
        ("a\nb", "U+000A"),
        ("abc\u202egpj.exe", "U+202E"),
        ("zero\u200bwidth", "U+200B"),
        ("bad\udcff", "not UTF-8"),
        ("CON", "device"),
        ("aux.md", "device"),
        ("nul.tar.gz", "device"),
        ("COM¹.txt", "device"),
        ("note.", "full stop"),
        ("note ", "space"),
    ],
)
def test_a_fault_is_named(name: str, words: str) -> None:
    """What some system cannot carry, and what nobody sees, is refused in words."""
    assert words in fault(name)


@pytest.mark.parametrize("path", ["/etc/passwd", "a//b", "a/../b", "a/", "./a", "C:/a"])
def test_a_path_must_be_relative_and_plain(path: str) -> None:
    """Absolute paths, empty parts and steps up are faults."""
    assert path_fault(path)


def test_folding_joins_what_file_systems_join() -> None:
    """Case and Unicode form do not tell two names apart."""
    assert fold("Straße") == fold("STRASSE")
    assert fold("Caf\u00c9") == fold("cafe\u0301")
    assert fold("a") != fold("b")


def test_unseen_characters_are_spelled_out() -> None:
    """Control, direction and undecodable characters become escapes; everything else stays as it is."""
    assert printable("a\x1b\u202e\udcffé") == "a\\x1b\\u202e\\xffé"
