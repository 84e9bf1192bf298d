from __future__ import annotations

from site_builder.edition import edition
from site_builder.memo import Memo
from site_builder.neighbours import Threads
from tests.driver import timeline, words
from tests.sifting import FILES

Told = dict[str, tuple[str | None, str | None]]


def threads(entry: str, files: dict[str, str] = FILES) -> Told:
    found, _ = timeline(files)
    material = edition(found, words())
    (this,) = (each for each in found.entries if each.id == entry)
    return {
        f"{thread.kind} {thread.of.label if thread.of else ''}".strip(): (
            thread.previous.title if thread.previous else None,
            thread.next.title if thread.next else None,
        )
        for thread in Threads(material).of(this)
    }


def test_stories_of_an_entry() -> None:
    """Before and after stand for the whole timeline, then for the phase, each actor and each place of the entry."""
    assert threads("a") == {
        "time": (None, "It is declared"),
        "phase Rise": (None, "It is declared"),
        "actor The Front": (None, "It is declared"),
        "actor The Army": (None, "The attack"),
        "place Mosul": (None, "Another attack"),
    }
    assert threads("d")["place Mosul"] == ("The city falls", "The city is retaken")
    assert threads("d")["actor The Front"] == ("It is declared", None)


def test_a_story_of_one_is_none() -> None:
    """A place that only one entry names has no before and no after."""
    assert "place Sinjar" not in threads("c")
    assert threads("a", {"entries/a.md": FILES["entries/a.md"].replace("phase: rise\n", "")} | _registries()) == {}


def _registries() -> dict[str, str]:
    return {path: text for path, text in FILES.items() if path.endswith(".yaml")}


def test_unchanged_stories_are_the_same_objects() -> None:
    """Built again with the same memory, an entry's stories are the same objects: its page need not be made anew."""
    found, _ = timeline(FILES)
    memo = Memo()
    first = [Threads(edition(found, words(), (), memo)).of(entry) for entry in found.entries]
    again = [Threads(edition(found, words(), (), memo)).of(entry) for entry in found.entries]
    assert all(a is b for mine, others in zip(first, again, strict=True) for a, b in zip(mine, others, strict=True))
