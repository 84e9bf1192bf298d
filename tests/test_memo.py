from site_builder.memo import Memo


def test_made_once() -> None:
    """The same step with the same key is made once."""
    memo, values = Memo(), iter("ab")
    assert memo.remember("step", "key", lambda: next(values)) == "a"
    assert memo.remember("step", "key", lambda: next(values)) == "a"


def test_steps_and_keys_apart() -> None:
    """Another step, and another key, is another result."""
    memo = Memo()
    assert memo.remember("a", 1, lambda: "a1") == "a1"
    assert memo.remember("b", 1, lambda: "b1") == "b1"
    assert memo.remember("a", 2, lambda: "a2") == "a2"


def test_kept_over_a_build() -> None:
    """A result lives through the sweep after the build that used it."""
    memo = Memo()
    memo.remember("a", 1, lambda: "old")
    memo.sweep()
    assert memo.remember("a", 1, lambda: "new") == "old"


def test_forgotten_when_unused() -> None:
    """A result that a whole build did not ask for is forgotten, so that the memory stays as large as the site."""
    memo = Memo()
    memo.remember("a", 1, lambda: "old")
    memo.sweep()
    memo.sweep()
    assert memo.remember("a", 1, lambda: "new") == "new"


def test_nothing_is_a_result() -> None:
    """None is remembered like any other value."""
    memo, made = Memo(), []
    for _ in range(2):
        assert memo.remember("a", 1, lambda: made.append(1)) is None
    assert made == [1]
