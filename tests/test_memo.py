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


def test_a_result_is_revised_when_what_it_is_made_of_changes() -> None:
    """Under one name, the last result stands while its inputs are the same objects; else it is made of the last one."""
    memo, first, second = Memo(), [1], [1]
    seen: list[str | None] = []

    def make(last: str | None) -> str:
        seen.append(last)
        return f"{last} and more"

    assert memo.fresh("step", "a", (first,))
    assert memo.revise("step", "a", (first,), make) == "None and more"
    memo.sweep()
    assert not memo.fresh("step", "a", (first,))
    assert memo.revise("step", "a", (first,), make) == "None and more"
    assert memo.fresh("step", "a", (second,))  # equal, and another object: nobody has looked inside
    assert memo.revise("step", "a", (second,), make) == "None and more and more"
    assert memo.revise("step", "b", (second,), make) == "None and more"
    assert seen == [None, "None and more", None]


def test_a_result_that_no_good_build_asks_for_is_forgotten() -> None:
    """A name that did not come up since the last sweep begins anew."""
    memo, thing = Memo(), object()
    memo.revise("step", "a", (thing,), lambda last: "made")
    memo.sweep()
    memo.sweep()
    assert memo.fresh("step", "a", (thing,))


def test_what_is_spared_is_kept_until_it_is_half_of_all() -> None:
    """A build that knows most files to be as they were asks for little; what it did not ask for is there afterwards."""
    memo, made = Memo(), list[int]()

    def ask(*numbers: int) -> None:
        for number in numbers:
            memo.remember("square", number, lambda number=number: made.append(number))  # type: ignore[misc]

    ask(*range(10))
    memo.sweep()
    for number in range(10, 20):
        memo.spare()
        ask(number)
        memo.sweep()
    ask(*range(20))
    assert made == list(range(20))
    memo.sweep()
    for number in range(20, 41):
        memo.spare()
        ask(number)
        memo.sweep()
    made.clear()
    ask(*range(20))
    assert made == list(range(20))
