"""The change of generations, seen by readers and by the next start after a crash."""

from __future__ import annotations

import errno
import threading
from pathlib import Path

import pytest

from site_builder import exchange
from site_builder.publish import OutputError, Staging, verify
from tests.publishing.rounds import publish


def test_readers_always_find_the_site(out: Path) -> None:
    """While generations change places as fast as they can, a reader finds every page, and finds it whole."""
    if exchange.atomic_swap() is None:
        pytest.skip("two renames leave a moment without a live folder")
    generation = {number: {"index.html": f"{number}" * 50_000, "a/b.html": f"{number}" * 9} for number in range(2)}
    publish(out, generation[0])
    stop, faults = threading.Event(), list[str]()

    def read() -> None:
        while not stop.is_set():
            for name in ("index.html", "a/b.html"):
                try:
                    text = (out / name).read_text()
                except OSError as failure:
                    faults.append(str(failure))
                else:
                    if text not in (generation[0][name], generation[1][name]):
                        faults.append(f"torn {name}")

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for number in range(1, 101):
            publish(out, generation[number % 2])
    finally:
        stop.set()
        reader.join()
    assert faults == []


@pytest.mark.parametrize("moment", [1, 2, 3])
def test_the_next_start_repairs_two_renames(out: Path, monkeypatch: pytest.MonkeyPatch, moment: int) -> None:
    """Dead before the first, second or third rename: after the next start there is a whole site."""
    monkeypatch.setattr(exchange, "atomic_swap", lambda: None)
    for text in ("1", "2"):
        publish(out, {"index.html": text})
    calls = iter(range(1, 9))

    class Killed(BaseException):
        pass

    def dying(rename: object, one: Path, other: Path) -> None:
        if next(calls) >= moment:
            raise Killed
        one.rename(other)

    with monkeypatch.context() as patch:
        patch.setattr(exchange, "patiently", dying)
        with pytest.raises(Killed):
            publish(out, {"index.html": "3"})
    with Staging(out):
        assert verify(out) == []
        assert not (out.parent / "._site.old").exists()
    assert (out / "index.html").read_text() == ("3" if moment == 3 else "2")


def test_a_refused_second_rename_is_taken_back_at_once(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the new generation cannot take the live name (Windows: a file is open), the old one gets it back."""
    publish(out, {"index.html": "1"})
    monkeypatch.setattr(exchange, "atomic_swap", lambda: None)

    def refusing(rename: object, one: Path, other: Path) -> None:
        if one.name.endswith(".next"):
            raise PermissionError(errno.EACCES, "Permission denied")
        one.rename(other)

    monkeypatch.setattr(exchange, "patiently", refusing)
    with pytest.raises(OutputError, match="Permission denied"):
        publish(out, {"index.html": "2"})
    assert (out / "index.html").read_text() == "1"
    assert verify(out) == []
