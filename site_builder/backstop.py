"""The one limit that is a time: what should never be needed, since all other limits are counts.

It is so generous that no honest build meets it, on a slow machine either, and ends one that would never end. Where an
end in the middle would get lost, it and Ctrl-C can be held back.
"""

from __future__ import annotations

import _thread
import contextlib
import signal
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

_ENDING = [getattr(signal, name) for name in ("SIGINT", "SIGALRM") if hasattr(signal, name)]  # Windows has no alarm
_AGAIN = 60.0  # seconds to the next signal, should something have swallowed the first


class TimeLimitError(Exception):
    """It took too long and was stopped; the message says so to the person at the terminal."""


@contextlib.contextmanager
def within(minutes: float) -> Iterator[None]:
    """Let what stands below end as by Ctrl-C once it has taken so long, as `TimeLimitError`; 0: it may take for ever.

    For the main thread only, to which both ways belong.
    """
    course = _Course()
    disarm = _armed(minutes * 60, course) if minutes else lambda: None
    try:
        try:
            yield
        finally:
            course.over = True
    except KeyboardInterrupt:
        if course.late:
            raise TimeLimitError(f"it {stopped(minutes)}, and nothing was written") from None
        raise
    finally:
        disarm()


@contextlib.contextmanager
def held_back() -> Iterator[None]:
    """Let the limit and Ctrl-C take effect only after what stands below.

    For a fork: Python drops what a signal raises in what it calls before and after one.
    """
    if threading.current_thread() is not threading.main_thread():  # which alone is told of signals
        yield
        return
    heard: list[int] = []
    held = [number for number in _ENDING if signal.getsignal(number) is not None]  # None: not set by Python
    before: dict[int, Any] = {}
    try:
        for number in held:  # a signal may come between the two, too
            before[number] = signal.signal(number, lambda number, _: heard.append(number))
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    for number in heard:
        signal.raise_signal(number)


def stopped(minutes: float) -> str:
    """The words for it, without the subject."""
    length = f"{minutes:g} minute{'' if minutes == 1 else 's'}"
    return f"was not done after {length} and was stopped (`--time-limit` sets another limit)"


@dataclass(slots=True)
class _Course:
    """How far it is. Without a lock, which a second signal would find taken by the first."""

    late: bool = False  # the time has passed
    over: bool = False  # it has come to its end: whatever comes now is too late to change how


def _armed(seconds: float, course: _Course) -> Callable[[], None]:
    """Interrupt the main thread after so long, if it is not over; what calls it off."""
    if not hasattr(signal, "setitimer"):  # Windows

        def late() -> None:
            if not course.over:
                course.late = True
                _thread.interrupt_main()

        timer = threading.Timer(seconds, late)
        timer.daemon = True
        timer.start()
        return timer.cancel

    def stop(*_: object) -> None:
        if not course.over:
            course.late = True
            raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, stop)  # unlike a thread, it also ends a pattern that never stops matching
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)

    def disarm() -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

    return disarm
