import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-test.lock")


def names_in(path: Path) -> list[str]:
    """Return the normal names of the packages in a requirements file, in its order."""
    found = re.findall(r"^([A-Za-z0-9][\w.-]*)[=>]=", path.read_text(encoding="utf-8"), re.MULTILINE)
    return [name.lower().replace("_", "-") for name in found]


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_names_no_host(lock: str) -> None:
    """A lock file holds no address and no path, so that it leads nobody to the index of whoever made it."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"(?<!no-emit-)index-url|--find-links|--trusted-host|file:|@ |/\w+/", text)


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_has_hashes(lock: str) -> None:
    """Every package in a lock file is pinned to one version, stands once, and carries SHA-256 hashes."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=[a-z])", re.sub(r"(?m)^#.*\n", "", text).strip())
    assert len(blocks) == len(set(names_in(ROOT / lock)))
    for block in blocks:
        assert re.match(r"[a-z0-9-]+==[\w.]+( ; .+)? \\\n", block)
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", block)


def test_test_lock_contains_the_lock() -> None:
    """The test lock has each package of the other one in the same version: one environment serves both."""
    pinned = [set(re.findall(r"^[a-z0-9-]+==\S+", (ROOT / lock).read_text(), re.MULTILINE)) for lock in LOCKS]
    assert pinned[0] < pinned[1]


@pytest.mark.parametrize("stem", ["requirements", "requirements-test"])
def test_lock_has_what_is_asked_for(stem: str) -> None:
    """Whatever requirements*.in asks for is in the lock made from it."""
    assert set(names_in(ROOT / f"{stem}.in")) <= set(names_in(ROOT / f"{stem}.lock"))


def test_project_and_requirements_ask_for_the_same() -> None:
    """`pip install -e .` asks for the floors that the lock file is made from."""
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    lines = (ROOT / "requirements.in").read_text(encoding="utf-8").splitlines()
    assert asked == [line for line in lines if not line.startswith("#")]
