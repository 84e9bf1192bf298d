from tests.driver import entry, site


def test_minimal_site() -> None:
    """One entry and nothing else is a site with its pages, and without a finding."""
    built = site({"entries/2020/hearing.md": entry()})
    assert built.codes == []
    assert "<h1>Hearing</h1>" in built.html("entries/hearing.html")


def test_real_look() -> None:
    """The same entry builds with the project's own templates."""
    built = site({"entries/2020/hearing.md": entry()}, look="real")
    assert built.codes == [], built.messages
    assert "Hearing" in built.html("entries/hearing.html")
