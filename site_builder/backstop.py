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
    if not minutes:
        yield
        return
    alarm = _Alarm()
    try:
        try:
            alarm.set(minutes * 60)
            yield
        finally:
            alarm.over = True
    except KeyboardInterrupt:
        if alarm.late:
            raise TimeLimitError(f"it {stopped(minutes)}, and nothing was written") from None
        raise
    finally:
        alarm.clear()


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


class _Alarm:
    """Interrupts the main thread. It has no lock, which a second signal would find taken by the first."""

    def __init__(self) -> None:
        self.late = False  # the time has passed
        self.over = False  # what it is for has come to its end: whatever comes now is too late to change how
        self._off: Callable[[], object] = lambda: None

    def set(self, seconds: float) -> None:
        if not hasattr(signal, "setitimer"):  # Windows
            timer = threading.Timer(seconds, self._call)
            timer.daemon = True
            self._off = timer.cancel
            timer.start()
            return
        # Unlike a thread, it also ends a pattern that never stops matching.
        before = signal.signal(signal.SIGALRM, self._stop)
        self._off = lambda: signal.signal(signal.SIGALRM, before)
        signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)

    def clear(self) -> None:
        self.over = True
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)
        self._off()

    def _stop(self, *_: object) -> None:
        if not self.over:
            self.late = True
            raise KeyboardInterrupt

    def _call(self) -> None:
        if not self.over:
            self.late = True
            _thread.interrupt_main()
