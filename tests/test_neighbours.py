from __future__ import annotations

from site_builder.dates import parse
from site_builder.edition import Edition, edition
from site_builder.files import Options
from site_builder.loading import load
from site_builder.memo import Memo
from site_builder.neighbours import Step, Thread, all_places, threads
from tests.driver import inputs, timeline, words
from tests.sifting import FILES

Told = dict[str, tuple[str | None, str | None]]


def all_threads(material: Edition) -> dict[str, tuple[Thread, ...]]:
    found = zip(material.timeline.entries, all_places(material), strict=True)
    return {entry.id: threads(material, entry, places) for entry, places in found}


def told(entry: str, files: dict[str, str] = FILES) -> Told:
    found, _ = timeline(files)
    material = edition(found, words())
    return {
        f"{thread.kind} {thread.of.label if thread.of else ''}".strip(): (
            thread.previous.title if thread.previous else None,
            thread.next.title if thread.next else None,
        )
        for thread in all_threads(material)[entry]
    }


def test_stories_of_an_entry() -> None:
    """Before and after stand for the whole timeline, then for the phase, each actor and each place of the entry."""
    assert told("a") == {
        "time": (None, "It is declared"),
        "phase Rise": (None, "It is declared"),
        "actor The Front": (None, "It is declared"),
        "actor The Army": (None, "The attack"),
        "place Mosul": (None, "Another attack"),
    }
    assert told("d")["place Mosul"] == ("The city falls", "The city is retaken")
    assert told("d")["actor The Front"] == ("It is declared", None)


def test_a_story_of_one_is_none() -> None:
    """A place that only one entry names has no before and no after."""
    assert "place Sinjar" not in told("c")
    assert told("a", {"entries/a.md": FILES["entries/a.md"].replace("phase: rise\n", "")} | _registries()) == {}


def _registries() -> dict[str, str]:
    return {path: text for path, text in FILES.items() if path.endswith(".yaml")}


def test_unchanged_stories_are_the_same_objects() -> None:
    """Built again with the same memory, an entry's stories are the same objects: its page need not be made anew."""
    found, _ = timeline(FILES)
    memo = Memo()
    first = all_threads(edition(found, words(), (), memo))
    again = all_threads(edition(found, words(), (), memo))
    assert all(first[id] is again[id] for id in first)


def test_a_new_title_changes_the_stories_beside_it_only() -> None:
    """Of an edited entry, those before and after it tell; the stories of all others stay the same objects."""
    memo, stories = Memo(), []
    for title in ("The city is retaken", "The city is free"):
        text = FILES["entries/e.md"].replace("The city is retaken", title)
        found, _ = load(inputs({**FILES, "entries/e.md": text}), Options(), memo)
        assert found
        stories.append(all_threads(edition(found, words(), (), memo)))
    first, again = stories
    assert {id for id in first if first[id] is not again[id]} == {"d"}  # it comes right before, in time and in Mosul
    assert again["d"][0].next == Step("The city is free", "entries/e.html", parse("2017-07-10"))
